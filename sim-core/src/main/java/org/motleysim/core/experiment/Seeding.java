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
    INDEPENDENT;

    long seed(RandomStreams streams, int variant, int replication) {
        RandomStreams own = streams.replication(replication);
        return (this == COMMON ? own.stream("run") : own.stream("run", variant)).nextLong();
    }
}
