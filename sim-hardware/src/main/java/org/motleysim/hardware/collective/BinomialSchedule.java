package org.motleysim.hardware.collective;

/**
 * Rank 0 gives to the rank half way, then both give on to those a quarter further, and so on: the whole buffer to broadcast, or what
 * those beyond need to scatter.
 *
 * @param ranks two or more
 * @param bytes of the buffer, or of one rank's part when scattering
 * @param scatter whether each gets only what it and those it gives to need
 */
record BinomialSchedule(int ranks, long bytes, boolean scatter) implements CollectiveSchedule {
    @Override
    public int steps() {
        return ShiftSchedule.log2Up(ranks);
    }

    @Override
    public void step(int rank, int step, Step into) {
        int distance = 1 << (steps() - 1 - step);
        int within = rank & (2 * distance - 1);
        if (within == 0 && rank + distance < ranks) {
            into.send(rank + distance, scatter ? bytes * Math.min(distance, ranks - rank - distance) : bytes);
        } else if (within == distance) {
            into.receive(1);
        }
    }
}
