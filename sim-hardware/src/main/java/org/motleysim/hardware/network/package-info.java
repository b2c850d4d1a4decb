/**
 * Moving bytes between endpoints (usually devices): {@link org.motleysim.hardware.network.NetworkModel} describes a network, {@link
 * org.motleysim.hardware.network.Network} is one in a running simulation.
 *
 * <p>The model card is docs/models/network.md. Not here: collectives inside a node, which cost models price as kernels.
 */
@NullMarked
package org.motleysim.hardware.network;

import org.jspecify.annotations.NullMarked;
