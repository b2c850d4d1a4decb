/**
 * Edge offloading: devices whose tasks run on the device, on an edge server behind a radio, or in a cloud behind a wide-area network.
 *
 * <p>Start at {@link org.motleysim.workloads.offload.OffloadJob}, the workload; a policy is an {@link
 * org.motleysim.workloads.offload.OffloadPolicy}, which can be trained outside with an {@link
 * org.motleysim.workloads.offload.OffloadEpisode}. Not here: networks split between device and server ({@code split}), federated rounds,
 * tasks of a graph on a cluster ({@code graph}). The model card is docs/models/offload.md.
 */
@NullMarked
package org.motleysim.workloads.offload;

import org.jspecify.annotations.NullMarked;
