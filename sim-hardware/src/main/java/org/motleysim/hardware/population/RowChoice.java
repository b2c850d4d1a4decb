package org.motleysim.hardware.population;

import org.motleysim.core.random.IndexedDraws;
import org.motleysim.core.random.RandomStreams;

/** The row of a device, as a function of its index alone. */
sealed interface RowChoice permits RowChoice.Sampled, RowChoice.Quotas {
    int row(int device);

    static RowChoice of(DeviceTable table, Selection selection, int size, RandomStreams streams) {
        return selection == Selection.SAMPLED ? new Sampled(table, streams) : new Quotas(table, size, streams);
    }

    /**
     * Walker's alias method (Vose, "A linear algorithm for generating random numbers with a given distribution", IEEE TSE 17(9), 1991):
     * one number chooses a column and, by its fraction, the column's own row or its alias.
     */
    final class Sampled implements RowChoice {
        private final IndexedDraws draws;
        private final double[] keep;
        private final int[] alias;

        Sampled(DeviceTable table, RandomStreams streams) {
            this.draws = streams.draws("population/row");
            int rows = table.rows();
            this.keep = new double[rows];
            this.alias = new int[rows];
            double sum = 0;
            for (int i = 0; i < rows; i++) {
                sum += table.weight(i);
            }
            int[] small = new int[rows];
            int[] large = new int[rows];
            int smalls = 0;
            int larges = 0;
            for (int i = 0; i < rows; i++) {
                keep[i] = table.weight(i) / sum * rows;
                alias[i] = i;
                if (keep[i] < 1) {
                    small[smalls++] = i;
                } else {
                    large[larges++] = i;
                }
            }
            while (smalls > 0 && larges > 0) {
                int less = small[--smalls];
                int more = large[larges - 1];
                alias[less] = more;
                keep[more] -= 1 - keep[less];
                if (keep[more] < 1) {
                    larges--;
                    small[smalls++] = more;
                }
            }
            while (larges > 0) {
                keep[large[--larges]] = 1;
            }
            while (smalls > 0) {
                keep[small[--smalls]] = 1; // only rounding leaves some here
            }
        }

        @Override
        public int row(int device) {
            double scaled = draws.unit(device) * keep.length;
            int column = (int) scaled;
            return scaled - column < keep[column] ? column : alias[column];
        }
    }

    /**
     * Device i has position p(i) in a random permutation, and rows own consecutive positions. The permutation is a Feistel network of
     * four rounds on the next even number of bits, walked until it lands inside (Black and Rogaway, "Ciphers with arbitrary finite
     * domains", CT-RSA 2002), so that it takes no memory.
     */
    final class Quotas implements RowChoice {
        private static final int ROUNDS = 4;

        private final IndexedDraws[] rounds = new IndexedDraws[ROUNDS];
        private final int size;
        private final int halfBits;
        private final long mask;
        private final int[] ends;

        Quotas(DeviceTable table, int size, RandomStreams streams) {
            this.size = size;
            for (int i = 0; i < ROUNDS; i++) {
                rounds[i] = streams.draws("population/order/" + i);
            }
            int bits = Math.max(2, Integer.SIZE - Integer.numberOfLeadingZeros(size - 1));
            this.halfBits = (bits + 1) / 2;
            this.mask = (1L << halfBits) - 1;
            this.ends = ends(table, size);
        }

        /** Cumulative shares, rounded: no row is off by a whole device, and together they are all. */
        private static int[] ends(DeviceTable table, int size) {
            int[] ends = new int[table.rows()];
            double sum = 0;
            for (int i = 0; i < ends.length; i++) {
                sum += table.weight(i);
            }
            double cumulative = 0;
            for (int i = 0; i < ends.length; i++) {
                cumulative += table.weight(i);
                ends[i] = (int) Math.rint(Math.min(1, cumulative / sum) * size);
            }
            ends[ends.length - 1] = size;
            return ends;
        }

        @Override
        public int row(int device) {
            long position = device;
            do {
                position = shuffled(position);
            } while (position >= size);
            int low = 0;
            int high = ends.length - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (ends[middle] > position) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return low;
        }

        private long shuffled(long value) {
            long left = value >>> halfBits;
            long right = value & mask;
            for (IndexedDraws round : rounds) {
                long next = left ^ (round.bits(right) & mask);
                left = right;
                right = next;
            }
            return left << halfBits | right;
        }
    }
}
