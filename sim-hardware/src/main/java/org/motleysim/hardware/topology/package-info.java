/**
 * What a network is made of: {@link org.motleysim.hardware.topology.TopologyShape} names the well-known forms, {@link
 * org.motleysim.hardware.topology.Topology} is one built, {@link org.motleysim.hardware.topology.TopologyNetwork} moves bytes over it,
 * and {@link org.motleysim.hardware.topology.Fabric} is such a network in a running simulation.
 *
 * <p>The model card is docs/models/topology.md. Not here: how rates are shared (package network), collectives.
 */
@NullMarked
package org.motleysim.hardware.topology;

import org.jspecify.annotations.NullMarked;
