/**
 * What a machine is and what it is asked to do: {@link org.motleysim.hardware.device.DeviceSpec} (the datasheet) and
 * {@link org.motleysim.hardware.device.Kernel} (a demand for flops and bytes). Plain immutable descriptions.
 *
 * <p>Not here: how long a kernel takes ({@code cost}), what a machine does over time ({@code cluster}), or which machines exist
 * ({@code catalog}). Start at {@link org.motleysim.hardware.device.DeviceSpec}.
 */
@NullMarked
package org.motleysim.hardware.device;

import org.jspecify.annotations.NullMarked;
