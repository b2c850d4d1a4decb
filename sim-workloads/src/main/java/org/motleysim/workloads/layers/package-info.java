/**
 * Networks of layers: tables of convolutions, products, norms and the like, and what a batch of them asks of a device.
 *
 * <p>Here: the description of a network ({@link org.motleysim.workloads.layers.Network}), the public networks by name ({@link
 * org.motleysim.workloads.layers.Networks}), kernels of an inference or a training step ({@link
 * org.motleysim.workloads.layers.NetworkKernels}), tensors kept for the backward pass ({@link
 * org.motleysim.workloads.layers.SavedTensors}). Not here: how long a kernel takes, which cost models say; language models, which have a
 * package of their own. Start at {@link org.motleysim.workloads.layers.Networks}. The model card is docs/models/layers.md.
 */
@NullMarked
package org.motleysim.workloads.layers;

import org.jspecify.annotations.NullMarked;
