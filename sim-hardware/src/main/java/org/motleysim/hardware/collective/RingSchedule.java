package org.motleysim.hardware.collective;

/**
 * Everyone sends a part to the next rank, or half of it to each neighbour, again and again.
 *
 * @param ranks two or more
 * @param part bytes that a rank sends in a step
 * @param steps how often
 * @param reducing in how many of the first steps what came is added up
 * @param twoWay whether in both directions, half each
 */
record RingSchedule(int ranks, long part, int steps, int reducing, boolean twoWay) implements CollectiveSchedule {
    @Override
    public void step(int rank, int step, Step into) {
        int next = rank + 1 == ranks ? 0 : rank + 1;
        if (twoWay) {
            long half = Step.part(part, 2);
            into.send(next, half);
            into.send(rank == 0 ? ranks - 1 : rank - 1, half);
            into.receive(2);
        } else {
            into.send(next, part);
            into.receive(1);
        }
        if (step < reducing) {
            into.reduce(part);
        }
    }

    @Override
    public boolean symmetric(int... levels) {
        return levels.length == 1;
    }
}
