package org.motleysim.hardware.collective;

/** In each step everyone sends to the rank a certain distance ahead. */
final class ShiftSchedule implements CollectiveSchedule {
    private final int ranks;
    private final int[] distances;
    private final long[] sizes;

    /** @param distances ahead, 1 to ranks - 1, per step */
    ShiftSchedule(int ranks, int[] distances, long[] sizes) {
        this.ranks = ranks;
        this.distances = distances;
        this.sizes = sizes;
    }

    /** Distances 1, 2, 4 ... below the number of ranks. */
    static int[] doubling(int ranks) {
        int[] distances = new int[log2Up(ranks)];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = 1 << i;
        }
        return distances;
    }

    /** The logarithm to base 2, rounded up. */
    static int log2Up(int number) {
        return 32 - Integer.numberOfLeadingZeros(number - 1);
    }

    @Override
    public int steps() {
        return distances.length;
    }

    @Override
    public void step(int rank, int step, Step into) {
        int to = rank + distances[step];
        into.send(to >= ranks ? to - ranks : to, sizes[step]);
        into.receive(1);
    }

    @Override
    public boolean symmetric(int... levels) {
        return levels.length == 1;
    }
}
