package org.motleysim.workloads.federated;

import org.motleysim.core.quantity.Flops;
import org.motleysim.core.random.Distribution;

/** What a client computes in one task. */
public sealed interface LocalWork {
    /**
     * Training whose time follows from its operations and the compute rate of the device:
     * {@code samples seen x forward x (1 + (factor - 1) x trained share) / speed}.
     *
     * <p>A step forward and back costs three times the forward pass (the backward pass computes two products for each one; Kaplan et al., 2020,
     * and FedScale's own factor). With a part of the layers frozen only the rest has a backward pass.
     *
     * @param forward operations of the forward pass of one sample
     * @param factor operations of a step over those of its forward pass, at least 1; 3 unless known better
     * @param amount how much is trained
     * @param trainedShare share of the backward pass that is done: below 1 when lower layers are frozen; from 0 to 1
     */
    record Training(Flops forward, double factor, Amount amount, double trainedShare) implements LocalWork {
        /** @throws IllegalArgumentException if a number is out of range */
        public Training {
            if (!(factor >= 1 && factor < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("factor (" + factor + ") must be at least 1\nMaybe 3.");
            }
            if (!(trainedShare >= 0 && trainedShare <= 1)) {
                throw new IllegalArgumentException("trainedShare (" + trainedShare + ") must be from 0 to 1");
            }
        }

        /** Training of the whole model, at three times the forward pass. */
        public Training(Flops forward, Amount amount) {
            this(forward, 3, amount, 1);
        }

        double flopsPerSample() {
            return forward.value() * (1 + (factor - 1) * trainedShare);
        }
    }

    /**
     * Work that takes a time drawn for each task, whatever the device.
     *
     * @param seconds law of the time, never negative
     */
    record Timed(Distribution seconds) implements LocalWork {
        /** @throws IllegalArgumentException if a time may be negative */
        public Timed {
            if (!(seconds.quantile(0) >= 0)) {
                throw new IllegalArgumentException("seconds (" + seconds + ") must be a law that is never negative");
            }
        }
    }

    /** How much a client trains. */
    sealed interface Amount {
        /** Returns the samples that are seen. */
        double samples(int own, int steps);

        /** Returns the local steps; 0 if they follow from the samples. */
        int steps();

        /** Returns the samples of a step. */
        int batch();

        /**
         * All of its samples so many times.
         *
         * @param epochs one or more
         * @param batch samples of a step
         */
        record Epochs(int epochs, int batch) implements Amount {
            /** @throws IllegalArgumentException if a number is less than one */
            public Epochs {
                positive("epochs", epochs);
                positive("batch", batch);
            }

            @Override
            public double samples(int own, int steps) {
                return steps == 0 ? (double) epochs * own : (double) steps * batch;
            }

            @Override
            public int steps() {
                return 0;
            }
        }

        /**
         * So many steps, however many samples it has.
         *
         * @param steps one or more
         * @param batch samples of a step
         */
        record Steps(int steps, int batch) implements Amount {
            /** @throws IllegalArgumentException if a number is less than one */
            public Steps {
                positive("steps", steps);
                positive("batch", batch);
            }

            @Override
            public double samples(int own, int wanted) {
                return (double) (wanted == 0 ? steps : wanted) * batch;
            }
        }

        private static void positive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " (" + value + ") must be at least 1");
            }
        }
    }
}
