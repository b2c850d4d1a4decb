package org.motleysim.hardware.collective;

/**
 * Everyone sends its buffer to rank 0, which adds up; rank 0 sends the result to everyone.
 *
 * @param ranks two or more
 * @param bytes of the buffer
 * @param collect whether the first half happens
 * @param spread whether the second does
 */
record StarSchedule(int ranks, long bytes, boolean collect, boolean spread) implements CollectiveSchedule {
    @Override
    public int steps() {
        return collect && spread ? 2 : 1;
    }

    @Override
    public void step(int rank, int step, Step into) {
        boolean collecting = collect && step == 0;
        if (rank != 0) {
            if (collecting) {
                into.send(0, bytes);
            } else {
                into.receive(1);
            }
        } else if (collecting) {
            into.receive(ranks - 1);
            into.reduce((ranks - 1) * bytes);
        } else {
            for (int to = 1; to < ranks; to++) {
                into.send(to, bytes);
            }
        }
    }
}
