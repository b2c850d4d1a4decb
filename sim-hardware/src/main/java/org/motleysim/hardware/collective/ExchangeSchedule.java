package org.motleysim.hardware.collective;

/** Everyone has a part for everyone: one partner a step, or all at once. */
final class ExchangeSchedule implements CollectiveSchedule {
    enum Order {
        /** In step s with the rank s + 1 ahead. */
        SHIFTED,
        /** In step s with the rank whose number differs in the bits of s + 1; ranks are a power of two. */
        PAIRED,
        /** With all in one step. */
        AT_ONCE
    }

    private final int ranks;
    private final Split.Parts parts;
    private final Order order;
    private final boolean even;

    ExchangeSchedule(int ranks, Split.Parts parts, Order order, boolean even) {
        this.ranks = ranks;
        this.parts = parts;
        this.order = order;
        this.even = even;
    }

    @Override
    public int steps() {
        return order == Order.AT_ONCE ? 1 : ranks - 1;
    }

    @Override
    public void step(int rank, int step, Step into) {
        if (order == Order.AT_ONCE) {
            for (int distance = 1; distance < ranks; distance++) {
                send(rank, ahead(rank, distance), into);
            }
            into.receive(ranks - 1);
        } else {
            send(rank, order == Order.PAIRED ? rank ^ (step + 1) : ahead(rank, step + 1), into);
            into.receive(1);
        }
    }

    private int ahead(int rank, int distance) {
        return rank + distance >= ranks ? rank + distance - ranks : rank + distance;
    }

    private void send(int rank, int to, Step into) {
        into.send(to, parts.bytes(rank, to));
    }

    @Override
    public boolean symmetric(int... levels) {
        boolean powers = true;
        for (int level : levels) {
            powers &= Integer.bitCount(level) == 1;
        }
        return even && (order == Order.AT_ONCE || levels.length == 1 || (order == Order.PAIRED && powers));
    }
}
