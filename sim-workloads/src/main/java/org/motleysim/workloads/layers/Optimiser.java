package org.motleysim.workloads.layers;

import java.util.Locale;

/** How weights follow gradients, and what is kept for each of them. */
public enum Optimiser {
    /** Plain gradient descent. */
    SGD(0),
    /** With a running mean of gradients. */
    MOMENTUM(1),
    /** With running means of gradients and of their squares (Kingma and Ba, ICLR 2015). */
    ADAM(2);

    private final int states;

    Optimiser(int states) {
        this.states = states;
    }

    /** Returns the numbers kept for each parameter, besides itself and its gradient. */
    public int states() {
        return states;
    }

    /** Returns the name used in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
