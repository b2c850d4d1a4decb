package org.motleysim.workloads.llm.optable;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The attention table of Vidur: three functions. Immutable. */
final class VidurAttention {
    /** Seconds by two sizes: the outer one by nearness (or a line), the inner one by the curve of its row. */
    private static final class Grid {
        private final boolean lines;
        private final double[] outer;
        private final Curve[] rows;

        Grid(SortedMap<Double, TreeMap<Double, Double>> points, Interpolation interpolation) {
            this.lines = interpolation == Interpolation.LINEAR;
            this.outer =
                    points.keySet().stream().mapToDouble(Double::doubleValue).toArray();
            this.rows = points.values().stream()
                    .map(row -> new Curve(row, interpolation))
                    .toArray(Curve[]::new);
        }

        double at(double first, double second) {
            int last = outer.length - 1;
            if (first <= outer[0]) {
                return rows[0].at(second);
            }
            if (first > outer[last]) {
                return rows[last].at(second) * first / outer[last];
            }
            int above = 0;
            while (outer[above] < first) {
                above++;
            }
            if (outer[above] == first) {
                return rows[above].at(second);
            }
            double low = outer[above - 1];
            double high = outer[above];
            if (!lines) {
                return rows[first - low <= high - first ? above - 1 : above].at(second);
            }
            double from = rows[above - 1].at(second);
            return from + (first - low) / (high - low) * (rows[above].at(second) - from);
        }
    }

    private final Curve write;
    private final Curve firstChunks;
    private final Grid laterChunks;
    private final Grid decodes;
    private final boolean lines;

    private VidurAttention(Builder builder) {
        Map<Double, Integer> rows = new HashMap<>();
        TreeMap<Double, Double> means = new TreeMap<>();
        builder.writes.forEach((tokens, sumAndCount) -> {
            means.put(tokens, sumAndCount[0] / sumAndCount[1]);
            rows.put(tokens, (int) sumAndCount[1]);
        });
        this.lines = builder.interpolation == Interpolation.LINEAR;
        this.write = new Curve(means, rows, builder.interpolation);
        this.firstChunks = new Curve(builder.firstChunks, builder.interpolation);
        this.laterChunks = new Grid(builder.laterChunks, builder.interpolation);
        this.decodes = new Grid(builder.decodes, builder.interpolation);
    }

    /** Collects rows. */
    static final class Builder {
        private final Interpolation interpolation;
        /** Sum of seconds and number of rows, by tokens. */
        private final TreeMap<Double, double[]> writes = new TreeMap<>();
        /** By the square of the chunk. */
        private final TreeMap<Double, Double> firstChunks = new TreeMap<>();
        /** By the square of the chunk, then by what is cached. */
        private final TreeMap<Double, TreeMap<Double, Double>> laterChunks = new TreeMap<>();
        /** By the context, then by the number of sequences. */
        private final TreeMap<Double, TreeMap<Double, Double>> decodes = new TreeMap<>();

        Builder(Interpolation interpolation) {
            this.interpolation = interpolation;
        }

        void row(int chunk, int batch, int context, double attention, double write) {
            double[] sum = writes.computeIfAbsent((double) (chunk > 0 ? chunk : batch), none -> new double[2]);
            sum[0] += write;
            sum[1]++;
            if (chunk == 0) {
                RaggedTable.put(decodes, context, batch, attention);
                return;
            }
            double size = interpolation == Interpolation.LINEAR ? chunk : (double) chunk * chunk;
            if (context == 0) {
                firstChunks.put(size, attention);
            } else {
                RaggedTable.put(laterChunks, size, context, attention);
            }
        }

        VidurAttention build(Path file) {
            if (firstChunks.isEmpty() || laterChunks.isEmpty() || decodes.isEmpty()) {
                throw new IllegalArgumentException("table (" + file
                        + ") must have rows of first chunks, of chunks on a cache, and of decodes (prefill_chunk 0)");
            }
            return new VidurAttention(this);
        }
    }

    /** Seconds to write the keys and values of so many tokens. */
    double write(long tokens) {
        return write.at(tokens);
    }

    double decode(long sequences, long context) {
        return decodes.at(context, sequences);
    }

    double prefill(long chunk, long cached) {
        double size = lines ? chunk : (double) chunk * chunk;
        return cached == 0 ? firstChunks.at(size) : laterChunks.at(size, cached);
    }
}
