/**
 * Kernels of products on quantised numbers: inputs rotated, rounded to blocks that share a scale, and multiplied with weights stored so.
 *
 * <p>Start at {@link org.motleysim.workloads.quantised.BlockProduct}. Not here: what a format costs in silicon, which is in {@link
 * org.motleysim.hardware.arithmetic}. The model card is docs/models/quantised.md.
 */
@NullMarked
package org.motleysim.workloads.quantised;

import org.jspecify.annotations.NullMarked;
