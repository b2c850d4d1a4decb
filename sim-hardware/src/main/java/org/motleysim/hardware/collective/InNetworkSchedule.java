package org.motleysim.hardware.collective;

/**
 * Switches add up on the way: every rank sends its buffer once and gets the sum once, and no rank has it before the last has sent. On
 * the network it is a transfer to the next rank, which loads the way up and the way down of every port just so.
 *
 * @param ranks two or more
 * @param bytes of the buffer
 */
record InNetworkSchedule(int ranks, long bytes) implements CollectiveSchedule {
    @Override
    public int steps() {
        return 1;
    }

    @Override
    public void step(int rank, int step, Step into) {
        into.send(rank + 1 == ranks ? 0 : rank + 1, bytes);
        into.receive(1);
    }

    @Override
    public boolean joint(int step) {
        return true;
    }

    @Override
    public boolean symmetric(int... levels) {
        return levels.length == 1;
    }
}
