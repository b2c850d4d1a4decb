package org.motleysim.workloads.offload;

import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.workloads.layers.Network;

/** What a task has to compute. */
public sealed interface Work {
    /**
     * So many instructions, as in the tables of CloudSim and its children.
     *
     * @param millions of instructions (MI), zero or more
     */
    record Instructions(double millions) implements Work {
        /** @throws IllegalArgumentException if the number is negative or not finite */
        public Instructions {
            if (!(millions >= 0 && millions < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "millions of instructions (" + millions + ") must be finite, zero or more");
            }
        }
    }

    /**
     * One inference of a network; how long it takes is asked of the cost model of each processor.
     *
     * @param network layer by layer
     * @param format of weights and activations
     */
    record Inference(Network network, NumberFormat format) implements Work {}
}
