package org.motleysim.bench.engine;

import java.util.SplittableRandom;

/** What is run: models that do next to nothing but schedule. */
public enum Shape {
    /** A thousand pending; each event schedules one after an exponential time. */
    HOLD_1E3(1_000, 1_000),
    /** The same with a hundred thousand. */
    HOLD_1E5(100_000, 100_000),
    /** The same with a million. */
    HOLD_1E6(1_000_000, 1_000_000),
    /** 1,024 processes with 16,384 events between them; each event counts and goes to a random process. */
    PHOLD(16_384, 16_384),
    /** A queue with one server at 80 % load, through which a million customers pass: two pending events at most. */
    MM1(2, 1),
    /** A hundred thousand pending, half of them timeouts that are always cancelled. */
    CANCEL_HALF(100_000, 50_000),
    /** A hundred thousand pending; nine of ten increments are a millionth of the tenth. */
    SKEWED_BIMODAL(100_000, 100_000),
    /** A hundred thousand pending; Pareto increments with shape 1.1. */
    SKEWED_PARETO(100_000, 100_000);

    /** Increments are drawn in advance and used round and round. */
    static final int DRAWS = 1 << 18;

    static final int DRAW_MASK = DRAWS - 1;

    private static final double MEAN_NANOS = 1e9;

    private final int tokens;
    private final int initial;

    Shape(int tokens, int initial) {
        this.tokens = tokens;
        this.initial = initial;
    }

    int tokens() {
        return tokens;
    }

    /** Returns how many tokens are scheduled at the start. */
    int initial() {
        return initial;
    }

    /** Returns how many events are scheduled, and run or cancelled, for each that runs. */
    int eventsPerRun() {
        return this == CANCEL_HALF ? 2 : 1;
    }

    long[] increments() {
        SplittableRandom random = new SplittableRandom(20261101);
        long[] increments = new long[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            increments[i] = 1 + (long) (MEAN_NANOS * increment(random.nextDouble()));
        }
        return increments;
    }

    private double increment(double u) {
        return switch (this) {
            case SKEWED_BIMODAL -> u < 0.9 ? exponential(u / 0.9) * 1e-6 : exponential((u - 0.9) / 0.1);
            case SKEWED_PARETO -> 1e-3 * Math.min(1e6, Math.pow(1 - u, -1 / 1.1));
            default -> exponential(u);
        };
    }

    private static double exponential(double u) {
        return -Math.log(1 - u);
    }
}
