/**
 * What one iteration of a serving engine costs: time, energy, arithmetic and traffic of a batch on one replica, and the memory it leaves
 * for the KV cache.
 *
 * <p>Start at {@link org.motleysim.workloads.llm.step.StepModel}; the built-in one, and what it assumes, is described at
 * {@link org.motleysim.workloads.llm.step.StepCost}. Not here: which requests are in an iteration ({@code llm.batching}), and how long a
 * single kernel takes ({@code org.motleysim.hardware.cost}).
 */
@NullMarked
package org.motleysim.workloads.llm.step;

import org.jspecify.annotations.NullMarked;
