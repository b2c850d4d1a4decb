/**
 * How a host feeds a device: kernels are launched one by one by a thread that takes time for each, wait in a queue of bounded depth, and
 * run in order. So many small kernels are bound by the host, and fewer, larger ones pay.
 *
 * <p>Not here: what a kernel takes on the device ({@code cost}). Start at {@link org.motleysim.hardware.dispatch.Host} and
 * {@link org.motleysim.hardware.dispatch.LaunchTimes}, or {@link org.motleysim.hardware.dispatch.LaunchQueue} inside a simulation.
 */
@NullMarked
package org.motleysim.hardware.dispatch;

import org.jspecify.annotations.NullMarked;
