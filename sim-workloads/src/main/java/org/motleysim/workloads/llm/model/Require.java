package org.motleysim.workloads.llm.model;

/** Checks of constructor arguments. */
final class Require {
    private Require() {}

    static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " (" + value + ") must be at least 1");
        }
    }
}
