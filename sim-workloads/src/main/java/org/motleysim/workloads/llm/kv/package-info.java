/**
 * The key-value cache of a replica: a pool of equal blocks of tokens.
 *
 * <p>Start at {@link org.motleysim.workloads.llm.kv.KvBlocks}. How many bytes a token takes is in {@code llm.model}; who gets blocks, and
 * who gives them back, is decided in {@code llm.batching}.
 */
@NullMarked
package org.motleysim.workloads.llm.kv;

import org.jspecify.annotations.NullMarked;
