/**
 * What a language model is made of: shapes, parameter counts, bytes of weights and of KV cache.
 *
 * <p>Start at {@link org.motleysim.workloads.llm.model.ModelSpec}: built in by name, or read from a Hugging Face {@code config.json}.
 * Not here: how long a model takes on a machine ({@code llm.step}) and who asks it what ({@code llm.request}).
 */
@NullMarked
package org.motleysim.workloads.llm.model;

import org.jspecify.annotations.NullMarked;
