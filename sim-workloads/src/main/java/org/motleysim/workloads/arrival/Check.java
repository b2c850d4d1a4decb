package org.motleysim.workloads.arrival;

/** Checks of constructor arguments. */
final class Check {
    private Check() {}

    static void positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " (" + value + ") must be positive and finite");
        }
    }
}
