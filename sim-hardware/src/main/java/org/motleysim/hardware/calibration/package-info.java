/**
 * Measured kernels and what is learned from them: tables of latencies become {@link
 * org.motleysim.hardware.calibration.Measurement}s, fits turn those into the records of the catalogue, and validation scores the
 * catalogue against them. Measured rows are read from a folder of the user; none ships with Motley.
 *
 * <p>Not here: the cost models themselves ({@code cost}) and the records they read ({@code catalog}). Start at {@link
 * org.motleysim.hardware.calibration.MeasuredKernels}.
 */
@NullMarked
package org.motleysim.hardware.calibration;

import org.jspecify.annotations.NullMarked;
