/**
 * What goes wrong with devices, as distributions or from a trace: failure and repair, stragglers, transient slow-down, soft errors.
 *
 * <p>Start at {@link org.motleysim.hardware.fault.Faults}, which a group of devices has. Not here: what a workload loses when a device
 * fails, and how it starts again. The model card is docs/models/faults.md.
 */
@NullMarked
package org.motleysim.hardware.fault;

import org.jspecify.annotations.NullMarked;
