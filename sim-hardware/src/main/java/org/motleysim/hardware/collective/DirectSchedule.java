package org.motleysim.hardware.collective;

/**
 * Everyone sends a part to everyone at once: to add up, to share, or first the one and then the other.
 *
 * @param ranks two or more
 * @param part bytes for each
 * @param reduce whether parts are added up in the first step
 * @param gather whether they are shared in the last
 */
record DirectSchedule(int ranks, long part, boolean reduce, boolean gather) implements CollectiveSchedule {
    @Override
    public int steps() {
        return reduce && gather ? 2 : 1;
    }

    @Override
    public void step(int rank, int step, Step into) {
        for (int distance = 1; distance < ranks; distance++) {
            int to = rank + distance;
            into.send(to >= ranks ? to - ranks : to, part);
        }
        into.receive(ranks - 1);
        if (reduce && step == 0) {
            into.reduce((ranks - 1) * part);
        }
    }

    @Override
    public boolean symmetric(int... levels) {
        return true;
    }
}
