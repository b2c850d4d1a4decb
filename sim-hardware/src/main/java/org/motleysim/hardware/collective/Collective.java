package org.motleysim.hardware.collective;

/**
 * What a group of ranks moves together. Ranks are numbered from 0; bytes are zero or more.
 *
 * <p>Sizes follow the usual benchmarks: the whole buffer for all-reduce, reduce-scatter and broadcast, all that a rank has at the end for
 * all-gather, all that a rank has at the start for all-to-all (its part for itself included).
 */
public sealed interface Collective {
    /** Returns the size in bytes, as above. */
    long bytes();

    /** Returns its usual name: {@code "all-reduce"}. */
    String name();

    /** Returns the same collective of another size; a barrier has none. */
    Collective withBytes(long size);

    /**
     * Returns what nccl-tests multiplies the algorithm bandwidth (bytes / time) with to get the bus bandwidth, which compares with the
     * rate of a link whatever the number of ranks: PERFORMANCE.md of NVIDIA/nccl-tests.
     *
     * @param ranks one or more
     */
    default double busFactor(int ranks) {
        return 1;
    }

    /** Every rank has a buffer; all get the sum. */
    record AllReduce(long bytes) implements Collective {
        public AllReduce {
            check(bytes);
        }

        @Override
        public Collective withBytes(long size) {
            return new AllReduce(size);
        }

        @Override
        public String name() {
            return "all-reduce";
        }

        @Override
        public double busFactor(int ranks) {
            return 2.0 * (ranks - 1) / ranks;
        }
    }

    /** Every rank has one part; all get all parts. */
    record AllGather(long bytes) implements Collective {
        public AllGather {
            check(bytes);
        }

        @Override
        public Collective withBytes(long size) {
            return new AllGather(size);
        }

        @Override
        public String name() {
            return "all-gather";
        }

        @Override
        public double busFactor(int ranks) {
            return (ranks - 1.0) / ranks;
        }
    }

    /** Every rank has a buffer; each gets one part of the sum. */
    record ReduceScatter(long bytes) implements Collective {
        public ReduceScatter {
            check(bytes);
        }

        @Override
        public Collective withBytes(long size) {
            return new ReduceScatter(size);
        }

        @Override
        public String name() {
            return "reduce-scatter";
        }

        @Override
        public double busFactor(int ranks) {
            return (ranks - 1.0) / ranks;
        }
    }

    /** Rank 0 has a buffer; all get it. */
    record Broadcast(long bytes) implements Collective {
        public Broadcast {
            check(bytes);
        }

        @Override
        public Collective withBytes(long size) {
            return new Broadcast(size);
        }

        @Override
        public String name() {
            return "broadcast";
        }
    }

    /**
     * Every rank has a part for every rank.
     *
     * @param bytes of one rank on average over the ranks
     * @param split who has how much for whom
     */
    record AllToAll(long bytes, Split split) implements Collective {
        public AllToAll {
            check(bytes);
        }

        /** Equal parts. */
        public AllToAll(long bytes) {
            this(bytes, Split.even());
        }

        @Override
        public Collective withBytes(long size) {
            return new AllToAll(size, split);
        }

        @Override
        public String name() {
            return "all-to-all";
        }

        @Override
        public double busFactor(int ranks) {
            return (ranks - 1.0) / ranks;
        }
    }

    /** Nobody goes on before all have come. */
    record Barrier() implements Collective {
        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public Collective withBytes(long size) {
            return this;
        }

        @Override
        public String name() {
            return "barrier";
        }
    }

    /** One rank sends to another; the others do nothing. */
    record PointToPoint(long bytes, int from, int to) implements Collective {
        public PointToPoint {
            check(bytes);
            if (from < 0 || to < 0) {
                throw new IllegalArgumentException("from (" + from + ") and to (" + to + ") must be zero or more");
            }
        }

        @Override
        public Collective withBytes(long size) {
            return new PointToPoint(size, from, to);
        }

        @Override
        public String name() {
            return "point-to-point";
        }
    }

    /** Every rank sends its buffer to the next rank, the last to the first: {@code sendrecv} of nccl-tests. */
    record SendReceive(long bytes) implements Collective {
        public SendReceive {
            check(bytes);
        }

        @Override
        public Collective withBytes(long size) {
            return new SendReceive(size);
        }

        @Override
        public String name() {
            return "send-receive";
        }
    }

    private static void check(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes (" + bytes + ") must be zero or more");
        }
    }
}
