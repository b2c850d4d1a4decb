package org.motleysim.workloads.llm.optable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/** One attention kernel for prompts and decoding sequences together, taken apart: see {@link LayerProfile}. Immutable. */
final class MixedAttention {
    /** What decoding costs beside a prompt is at least this share of what it costs alone; noise of the table could say less. */
    private static final double LEAST_SHARE = 0.1;

    private record Row(double chunk, double cached, double decodes, double context, double seconds) {
        boolean mixed() {
            return chunk > 0 && decodes > 0;
        }
    }

    private final RaggedTable prefill;
    private final RaggedTable decode;
    private final RaggedTable beside;
    private final double residual;

    private MixedAttention(List<Row> rows, Path file) {
        SortedMap<Double, SortedMap<Double, Double>> prefills = new TreeMap<>();
        SortedMap<Double, SortedMap<Double, Double>> decodes = new TreeMap<>();
        for (Row row : rows) {
            if (row.decodes == 0) {
                RaggedTable.put(prefills, row.chunk, row.cached, row.seconds);
            } else if (row.chunk == 0) {
                RaggedTable.put(decodes, row.decodes, row.context, row.seconds);
            }
        }
        if (prefills.isEmpty() || decodes.isEmpty()) {
            throw new IllegalArgumentException(
                    "table (" + file + ") must have rows with n_decode 0 and rows with prefill_chunk 0");
        }
        this.prefill = new RaggedTable(prefills);
        this.decode = new RaggedTable(decodes);
        TreeMap<Double, TreeMap<Double, List<Double>>> beyond = new TreeMap<>();
        for (Row row : rows) {
            if (row.mixed()) {
                beyond.computeIfAbsent(row.decodes, none -> new TreeMap<>())
                        .computeIfAbsent(row.context, none -> new ArrayList<>())
                        .add(row.seconds - prefill.at(row.chunk, row.cached));
            }
        }
        SortedMap<Double, SortedMap<Double, Double>> medians = new TreeMap<>();
        beyond.forEach((sequences, byContext) -> byContext.forEach((context, extra) -> RaggedTable.put(
                medians, sequences, context, Math.max(median(extra), LEAST_SHARE * decode.at(sequences, context)))));
        this.beside = new RaggedTable(medians);
        this.residual = median(rows.stream()
                .filter(Row::mixed)
                .map(row -> Math.abs(at(row.chunk, row.cached, row.decodes, row.context) / row.seconds - 1))
                .toList());
    }

    static MixedAttention read(Path file) {
        List<Row> rows = new ArrayList<>();
        TableFile.read(
                file,
                row -> rows.add(new Row(
                        row.whole("prefill_chunk"),
                        row.whole("kv_prefill"),
                        row.whole("n_decode"),
                        row.whole("kv_decode"),
                        row.number("time_us") * 1e-6)));
        return new MixedAttention(rows, file);
    }

    private static double median(List<Double> values) {
        return values.isEmpty()
                ? Double.NaN
                : new Median()
                        .evaluate(
                                values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Seconds of one layer. */
    double at(double chunk, double cached, double decodes, double context) {
        if (chunk == 0) {
            return decode.at(decodes, context);
        }
        double alone = prefill.at(chunk, cached);
        if (decodes == 0) {
            return alone;
        }
        return alone + (beside.isEmpty() ? decode : beside).at(decodes, context);
    }

    double residual() {
        return residual;
    }
}
