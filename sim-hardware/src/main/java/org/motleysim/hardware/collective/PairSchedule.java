package org.motleysim.hardware.collective;

/** One transfer. */
record PairSchedule(int from, int to, long bytes) implements CollectiveSchedule {
    @Override
    public int steps() {
        return from == to ? 0 : 1;
    }

    @Override
    public void step(int rank, int step, Step into) {
        if (rank == from) {
            into.send(to, bytes);
        } else if (rank == to) {
            into.receive(1);
        }
    }
}
