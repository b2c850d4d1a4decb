package org.motleysim.hardware.collective;

import java.util.ArrayList;
import java.util.List;

/**
 * Who has how much for whom in an all-to-all. Immutable.
 *
 * @see Collective.AllToAll
 */
@FunctionalInterface
public interface Split {
    /** How many bytes a rank has for another, or for itself, which do not travel. */
    @FunctionalInterface
    interface Parts {
        /** Returns bytes, zero or more. */
        long bytes(int from, int to);
    }

    /**
     * Returns the parts of a group.
     *
     * @param bytes that a rank has on average
     * @throws IllegalArgumentException if the split is not for so many ranks
     */
    Parts parts(int ranks, long bytes);

    /** Returns the split in which every rank has the same for everyone, itself included: bytes / ranks, rounded up. */
    static Split even() {
        return new Even();
    }

    /**
     * Returns a split in which some ranks get more: rank r gets in proportion to 1 / (r + 1)^exponent of what every rank has. An exponent
     * of 0 is even.
     *
     * @throws IllegalArgumentException if the exponent is negative or not finite
     */
    static Split zipf(double exponent) {
        return new Zipf(exponent);
    }

    /**
     * Returns a split as counted: {@code matrix[from][to]} bytes.
     *
     * @throws IllegalArgumentException if the matrix is not square or has a negative entry
     */
    static Split matrix(long[][] matrix) {
        List<List<Long>> rows = new ArrayList<>();
        for (long[] row : matrix) {
            List<Long> copy = new ArrayList<>();
            for (long bytes : row) {
                copy.add(bytes);
            }
            rows.add(copy);
        }
        return new Matrix(rows);
    }

    /** Equal parts. */
    record Even() implements Split {
        @Override
        public Parts parts(int ranks, long bytes) {
            long part = Step.part(bytes, ranks);
            return (from, to) -> part;
        }
    }

    /**
     * Popular and unpopular receivers.
     *
     * @param exponent zero or more
     */
    record Zipf(double exponent) implements Split {
        public Zipf {
            if (!(exponent >= 0 && exponent < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("exponent (" + exponent + ") must be zero or more");
            }
        }

        @Override
        public Parts parts(int ranks, long bytes) {
            double[] weights = new double[ranks];
            double sum = 0;
            for (int rank = 0; rank < ranks; rank++) {
                weights[rank] = StrictMath.pow(rank + 1.0, -exponent);
                sum += weights[rank];
            }
            long[] parts = new long[ranks];
            for (int rank = 0; rank < ranks; rank++) {
                parts[rank] = (long) Math.ceil(bytes * (weights[rank] / sum));
            }
            return (from, to) -> parts[to];
        }
    }

    /**
     * Parts as counted.
     *
     * @param rows one per sender: bytes for each receiver
     */
    record Matrix(List<List<Long>> rows) implements Split {
        public Matrix {
            rows = rows.stream().map(List::copyOf).toList();
            for (List<Long> row : rows) {
                if (row.size() != rows.size() || row.stream().anyMatch(bytes -> bytes < 0)) {
                    throw new IllegalArgumentException("matrix must have as many columns as rows (" + rows.size()
                            + "), of bytes that are zero or more");
                }
            }
        }

        @Override
        public Parts parts(int ranks, long bytes) {
            if (ranks != rows.size()) {
                throw new IllegalArgumentException("ranks (" + ranks + ") must be those of the matrix, " + rows.size());
            }
            long[] flat = rows.stream()
                    .flatMap(List::stream)
                    .mapToLong(Long::longValue)
                    .toArray();
            return (from, to) -> flat[from * ranks + to];
        }
    }
}
