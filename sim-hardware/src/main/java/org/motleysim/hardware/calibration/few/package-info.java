/**
 * A new device from few measurements: {@link org.motleysim.hardware.calibration.few.DeviceFamily} holds what known devices take for a set
 * of items (networks, kernels); ten measured items of a new device say which mixture of them it is like.
 *
 * <p>Not here: fits of one device to its own many measurements ({@code fitted}, {@code calibration}). Start at
 * {@link org.motleysim.hardware.calibration.few.DeviceFamily}; for kernels and cost models at
 * {@link org.motleysim.hardware.calibration.few.FewSampleCostModel}.
 */
@NullMarked
package org.motleysim.hardware.calibration.few;

import org.jspecify.annotations.NullMarked;
