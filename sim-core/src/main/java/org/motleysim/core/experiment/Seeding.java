package org.motleysim.core.experiment;

import org.motleysim.core.random.RandomStreams;

/** How the runs of an experiment get their seeds; all derive from the seed of the experiment. */
public enum Seeding {
    /**
     * Replication r of every variant has the same seed: common random numbers. Variants then meet the same chance, and their difference
     * is seen through less noise.
     */
    COMMON,
    /** Every run has a seed of its own. */
    INDEPENDENT,
    /**
     * As {@link #COMMON}, and replications come in pairs, 0 and 1, 2 and 3, and so on: where the streams of the first draw u, those of the
     * second draw 1 - u ({@link RandomStreams#antithetic}). When an answer rises or falls with its random numbers, the two err in opposite
     * directions, and the mean of the pair errs less than that of two independent runs. The means of pairs are what is independent:
     * statistics are over them.
     */
    ANTITHETIC;

    long seed(RandomStreams streams, int variant, int replication) {
        if (this == ANTITHETIC) {
            // 48 bits: two pairs among a million coincide with probability 0.2%.
            long first = streams.replication(replication / 2).stream("pair").nextLong() >>> 16;
            return replication % 2 == 0 ? first : RandomStreams.antithetic(first);
        }
        RandomStreams own = streams.replication(replication);
        return (this == COMMON ? own.stream("run") : own.stream("run", variant)).nextLong();
    }

    /** How many replications must end together. */
    int group() {
        return this == ANTITHETIC ? 2 : 1;
    }

    /** Whether variants share their random numbers. */
    boolean isPaired() {
        return this != INDEPENDENT;
    }

    /** What is independent: the values of replications, or the means of pairs of them; NaN where one of a pair is missing. */
    double[] observations(double[] values) {
        if (this != ANTITHETIC) {
            return values;
        }
        double[] means = new double[values.length / 2];
        for (int pair = 0; pair < means.length; pair++) {
            means[pair] = (values[2 * pair] + values[2 * pair + 1]) / 2;
        }
        return means;
    }
}
