/**
 * Kernel times learned from measurements: a short physical estimate from the datasheet, times a smooth correction of the kernel's shape.
 *
 * <p>A {@link org.motleysim.hardware.fitted.FittedRecord} holds the coefficients for one device, family and format; a {@link
 * org.motleysim.hardware.fitted.FittedKernels} answers from it. Not here: how coefficients are found ({@code calibration}) and which
 * model answers when there are none ({@code cost}). Start at {@link org.motleysim.hardware.fitted.FittedKernels}.
 */
@NullMarked
package org.motleysim.hardware.fitted;

import org.jspecify.annotations.NullMarked;
