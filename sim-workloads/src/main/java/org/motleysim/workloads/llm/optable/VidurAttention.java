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

        Grid(SortedMap<Double, SortedMap<Double, Double>> points, Interpolation interpolation) {
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

    private VidurAttention(Rows rows, Interpolation interpolation) {
        Map<Double, Integer> counts = new HashMap<>();
        TreeMap<Double, Double> means = new TreeMap<>();
        rows.writes.forEach((tokens, sumAndCount) -> {
            means.put(tokens, sumAndCount[0] / sumAndCount[1]);
            counts.put(tokens, (int) sumAndCount[1]);
        });
        this.lines = interpolation == Interpolation.LINEAR;
        TreeMap<Double, Double> first = new TreeMap<>();
        rows.firstChunks.forEach((chunk, seconds) -> first.put(size(chunk), seconds));
        SortedMap<Double, SortedMap<Double, Double>> later = new TreeMap<>();
        rows.laterChunks.forEach((chunk, byCached) -> later.put(size(chunk), byCached));
        this.write = new Curve(means, counts, interpolation);
        this.firstChunks = new Curve(first, interpolation);
        this.laterChunks = new Grid(later, interpolation);
        this.decodes = new Grid(rows.decodes, interpolation);
    }

    /** How far apart chunks are: by their squares, unless lines are drawn. */
    private double size(double chunk) {
        return lines ? chunk : chunk * chunk;
    }

    /** The rows of a table. */
    static final class Rows {
        /** Sum of seconds and number of rows, by tokens. */
        private final TreeMap<Double, double[]> writes = new TreeMap<>();

        private final TreeMap<Double, Double> firstChunks = new TreeMap<>();
        /** By chunk, then by what is cached. */
        private final SortedMap<Double, SortedMap<Double, Double>> laterChunks = new TreeMap<>();
        /** By context, then by the number of sequences. */
        private final SortedMap<Double, SortedMap<Double, Double>> decodes = new TreeMap<>();

        static Rows read(Path file) {
            Rows rows = new Rows();
            TableFile.read(
                    file,
                    row -> rows.add(
                            row.whole("prefill_chunk"),
                            row.whole("batch"),
                            row.whole("kv_len"),
                            row.number("attention_ms") * 1e-3,
                            row.number("kv_save_ms") * 1e-3));
            if (rows.firstChunks.isEmpty() || rows.laterChunks.isEmpty() || rows.decodes.isEmpty()) {
                throw new IllegalArgumentException("table (" + file
                        + ") must have rows of first chunks, of chunks on a cache, and of decodes (prefill_chunk 0)");
            }
            return rows;
        }

        private void add(int chunk, int batch, int context, double attention, double write) {
            double[] sum = writes.computeIfAbsent((double) (chunk > 0 ? chunk : batch), none -> new double[2]);
            sum[0] += write;
            sum[1]++;
            if (chunk == 0) {
                RaggedTable.put(decodes, context, batch, attention);
            } else if (context == 0) {
                firstChunks.put((double) chunk, attention);
            } else {
                RaggedTable.put(laterChunks, chunk, context, attention);
            }
        }

        VidurAttention by(Interpolation interpolation) {
            return new VidurAttention(this, interpolation);
        }
    }

    /** Seconds to write the keys and values of so many tokens. */
    double write(long tokens) {
        return write.at((double) tokens);
    }

    double decode(long sequences, long context) {
        return decodes.at((double) context, (double) sequences);
    }

    double prefill(long chunk, long cached) {
        return cached == 0
                ? firstChunks.at(size((double) chunk))
                : laterChunks.at(size((double) chunk), (double) cached);
    }
}
