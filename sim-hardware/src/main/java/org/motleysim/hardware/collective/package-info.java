/**
 * Collective communication: what a group of devices moves together. {@link org.motleysim.hardware.collective.Collective} says what, a
 * {@link org.motleysim.hardware.collective.CollectiveAlgorithm} says who sends what to whom in which step, {@link
 * org.motleysim.hardware.collective.Collectives} runs it as transfers over a network, and {@link
 * org.motleysim.hardware.collective.SymmetricRun} prices one step for all ranks when all do the same.
 *
 * <p>Start at {@link org.motleysim.hardware.collective.Algorithms}. The model card is docs/models/collectives.md. Not here: the kernels
 * that cost models price for an all-reduce inside one node (docs/models/all-reduce.md).
 */
@NullMarked
package org.motleysim.hardware.collective;

import org.jspecify.annotations.NullMarked;
