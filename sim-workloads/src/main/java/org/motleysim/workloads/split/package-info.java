/**
 * Inference that is split between a device and a server: where a network is cut, what goes over the link, exits on the way, and a loop of
 * frames with deadlines on a link that changes.
 *
 * <p>Start at {@link org.motleysim.workloads.split.NetworkCuts} for one network and two devices, and at {@link
 * org.motleysim.workloads.split.SplitJob} for the workload. Not here: layers and their kernels ({@code layers}), fleets that offload whole
 * tasks ({@code offload}). The model card is docs/models/split.md.
 */
@NullMarked
package org.motleysim.workloads.split;

import org.jspecify.annotations.NullMarked;
