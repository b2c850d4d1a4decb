package org.motleysim.workloads.federated.learning;

/**
 * What an update counts that was made from an old model, by its staleness: how many versions the model went on between its download and
 * its use (Xie, Koyejo and Gupta, "Asynchronous federated optimization", 2019, section 5.2). 1 at staleness 0.
 */
public sealed interface StalenessWeight {
    /** Returns the weight, above 0 and at most 1. */
    double of(double staleness);

    /** Returns weights that are all 1. */
    static StalenessWeight constant() {
        return new Constant();
    }

    /** Returns {@code (1 + staleness)^-a}; FedBuff uses 0.5. */
    static StalenessWeight polynomial(double a) {
        return new Polynomial(a);
    }

    /** All updates count the same. */
    record Constant() implements StalenessWeight {
        @Override
        public double of(double staleness) {
            return 1;
        }
    }

    /**
     * {@code (1 + staleness)^-a}.
     *
     * @param a zero or more
     */
    record Polynomial(double a) implements StalenessWeight {
        /** @throws IllegalArgumentException if a is negative */
        public Polynomial {
            notNegative("a", a);
        }

        @Override
        public double of(double staleness) {
            return a == 0.5 ? 1 / Math.sqrt(1 + staleness) : StrictMath.pow(1 + staleness, -a);
        }
    }

    /**
     * 1 up to a staleness of b, then {@code 1 / (a (staleness - b) + 1)}.
     *
     * @param a zero or more
     * @param b zero or more
     */
    record Hinge(double a, double b) implements StalenessWeight {
        /** @throws IllegalArgumentException if a number is negative */
        public Hinge {
            notNegative("a", a);
            notNegative("b", b);
        }

        @Override
        public double of(double staleness) {
            return staleness <= b ? 1 : 1 / (a * (staleness - b) + 1);
        }
    }

    private static void notNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " (" + value + ") of a staleness weight must be zero or more");
        }
    }
}
