package org.motleysim.hardware.collective;

/**
 * In each step ranks whose numbers differ in one bit exchange. If the ranks are no power of two, those above one are folded away: of the
 * first pairs the even rank gives its buffer to the odd one and gets the result at the end (Rabenseifner 2004, as MPICH does it).
 */
final class HypercubeSchedule implements CollectiveSchedule {
    private final int folded; // pairs that act as one
    private final int[] masks;
    private final long[] sizes;
    private final int reducing; // so many of the first exchanges are added up
    private final long buffer;

    /**
     * @param masks the bit of each exchange
     * @param sizes bytes of each exchange, one way
     * @param buffer bytes that are folded, if the ranks are no power of two
     */
    HypercubeSchedule(int ranks, int[] masks, long[] sizes, int reducing, long buffer) {
        this.folded = ranks - Integer.highestOneBit(ranks);
        this.masks = masks;
        this.sizes = sizes;
        this.reducing = reducing;
        this.buffer = buffer;
    }

    @Override
    public int steps() {
        return masks.length + (folded > 0 ? 2 : 0);
    }

    @Override
    public void step(int rank, int step, Step into) {
        if (folded == 0) {
            exchange(rank, step, into);
        } else if (step == 0) {
            fold(rank, into);
        } else if (step <= masks.length) {
            if (rank >= 2 * folded) {
                exchange(rank - folded, step - 1, into);
            } else if (rank % 2 == 1) {
                exchange(rank / 2, step - 1, into);
            }
        } else {
            unfold(rank, into);
        }
    }

    private void exchange(int corner, int index, Step into) {
        int other = corner ^ masks[index];
        into.send(other < folded ? 2 * other + 1 : other + folded, sizes[index]);
        into.receive(1);
        if (index < reducing) {
            into.reduce(sizes[index]);
        }
    }

    private void fold(int rank, Step into) {
        if (rank < 2 * folded) {
            if (rank % 2 == 0) {
                into.send(rank + 1, buffer);
            } else {
                into.receive(1);
                into.reduce(buffer);
            }
        }
    }

    private void unfold(int rank, Step into) {
        if (rank < 2 * folded) {
            if (rank % 2 == 1) {
                into.send(rank - 1, buffer);
            } else {
                into.receive(1);
            }
        }
    }

    @Override
    public boolean symmetric(int... levels) {
        boolean powers = folded == 0;
        for (int level : levels) {
            powers &= Integer.bitCount(level) == 1;
        }
        return powers;
    }
}
