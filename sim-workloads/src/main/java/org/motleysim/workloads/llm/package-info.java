/**
 * LLM serving: requests arrive, are routed to a replica of the model, batched, computed iteration by iteration, and answered token by
 * token.
 *
 * <p>Start at {@link org.motleysim.workloads.llm.LlmServing}. Its policies have packages of their own: {@code llm.routing} (which replica
 * gets a request), {@code llm.batching} (who is in the next iteration), {@code llm.kv} (the KV cache); {@code llm.model} and
 * {@code llm.step} know what a model weighs and what an iteration costs, {@code llm.request} how long requests are.
 */
@NullMarked
package org.motleysim.workloads.llm;

import org.jspecify.annotations.NullMarked;
