package org.motleysim.hardware.calibration.few;

import java.util.OptionalDouble;
import org.motleysim.hardware.device.KernelFamily;

/**
 * How well few samples predict a kernel family on a new device.
 *
 * @param kind the kernel family
 * @param rows measured
 * @param before mean absolute error of the base model at the rows, as a fraction: what it knows of the device without them
 * @param after the same of fits that were each made without the row they predict; empty for a single row
 * @param fit of all rows
 */
public record FewSampleScore(KernelFamily kind, int rows, double before, OptionalDouble after, FewSampleFit fit) {}
