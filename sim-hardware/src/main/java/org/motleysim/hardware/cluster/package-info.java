/**
 * Machines that are put together: {@link org.motleysim.hardware.cluster.Cluster} describes them, {@link
 * org.motleysim.hardware.cluster.BoundCluster} is the cluster of one run, made of {@link org.motleysim.hardware.cluster.Device}s with
 * memory, energy and cost meters.
 *
 * <p>Not here: what runs on them. Start at {@link org.motleysim.hardware.cluster.Cluster}.
 */
@NullMarked
package org.motleysim.hardware.cluster;

import org.jspecify.annotations.NullMarked;
