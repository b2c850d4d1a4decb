package org.motleysim.bench.calibration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormat;

/**
 * Fits power / TDP = active + memory * (achieved / peak bandwidth) + compute * (achieved / peak rate) to the measured power of A100
 * serving Llama-2-70B (Splitwise, ISCA 2024), and judges it on BLOOM-176B, which the fit does not see.
 *
 * <p>Two kinds of rows, batch 1: the average power of runs that decode for at least 95% of their time, and the peak power, which is that
 * of the prompt, unless it touches the TDP. Achieved rates are weights and 2 flops per weight and token over the measured time; peak power
 * is that of the busiest stretch of a prompt, whose rate is the highest mean rate of any prompt with as many tokens or fewer on the same
 * devices (see {@code PowerRuns}, which judges).
 *
 * <p>The other way round, fitted on BLOOM-176B and judged on Llama-2-70B, nothing can be learned: BLOOM ran on eight devices only, so its
 * decodes all have the same rates, and six of its eight prompts touch the TDP. {@link #reverse} says how far off that is.
 */
final class PowerFit {
    private static final double LLAMA_2_70B = 68.977e9; // parameters
    private static final double BLOOM = 176.247e9;
    private static final double AT_THE_CAP = 0.98;

    private record Point(double bandwidthUse, double computeUse, double powerShare) {}

    private final double[] shares;
    private final List<Point> judged;

    private PowerFit(double[] shares, List<Point> judged) {
        this.shares = shares;
        this.judged = judged;
    }

    static PowerFit of(Path data, DeviceSpec a100) {
        Csv table = Csv.read(data.resolve("serving/e2e/splitwise_time_and_power.csv"));
        return fit(points(table, "llama2-70b", LLAMA_2_70B, a100), points(table, "bloom-176b", BLOOM, a100));
    }

    /** The same with the models exchanged. */
    static PowerFit reverse(Path data, DeviceSpec a100) {
        Csv table = Csv.read(data.resolve("serving/e2e/splitwise_time_and_power.csv"));
        return fit(points(table, "bloom-176b", BLOOM, a100), points(table, "llama2-70b", LLAMA_2_70B, a100));
    }

    private static PowerFit fit(List<Point> seen, List<Point> judged) {
        double[] power = seen.stream().mapToDouble(Point::powerShare).toArray();
        double[][] use = seen.stream()
                .map(point -> new double[] {point.bandwidthUse, point.computeUse})
                .toArray(double[][]::new);
        OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
        regression.newSampleData(power, use);
        return new PowerFit(regression.estimateRegressionParameters(), judged);
    }

    double active() {
        return shares[0];
    }

    double memory() {
        return shares[1];
    }

    double compute() {
        return shares[2];
    }

    int judgedRows() {
        return judged.size();
    }

    double heldOutError() {
        return judged.stream()
                .mapToDouble(point -> {
                    double predicted =
                            Math.min(1, shares[0] + shares[1] * point.bandwidthUse + shares[2] * point.computeUse);
                    return Math.abs(predicted / point.powerShare - 1);
                })
                .average()
                .orElseThrow();
    }

    private static List<Point> points(Csv table, String model, double parameters, DeviceSpec spec) {
        double bandwidth = spec.memoryBandwidth().bytesPerSecond();
        double peak = spec.peak(NumberFormat.FP16).orElseThrow().flopsPerSecond();
        List<Csv.Row> all = table.rows(row -> row.text("model").equals(model)
                && row.text("hardware").equals("a100-80gb")
                && row.number("average_power") > 0);
        List<Point> points = new ArrayList<>();
        for (Csv.Row row : table.rows(row -> row.text("model").equals(model)
                && row.text("hardware").equals("a100-80gb")
                && row.whole("batch_size") == 1
                && row.number("average_power") > 0)) {
            double share = parameters / row.whole("tensor_parallel");
            double prompt = row.number("prompt_time") / 1e3;
            double token = row.number("token_time") / 1e3;
            if (prompt < 0.05 * row.number("e2e_time") / 1e3) {
                points.add(new Point(
                        2 * share / token / bandwidth, 2 * share / token / peak, row.number("average_power")));
            }
            if (row.number("peak_power") < AT_THE_CAP) {
                points.add(new Point(
                        2 * share / prompt / bandwidth,
                        busiestFlopsPerSecond(row, all, share) / peak,
                        row.number("peak_power")));
            }
        }
        return points;
    }

    private static double busiestFlopsPerSecond(Csv.Row row, List<Csv.Row> all, double share) {
        return all.stream()
                .filter(other ->
                        other.whole("tensor_parallel") == row.whole("tensor_parallel") && tokens(other) <= tokens(row))
                .mapToDouble(other -> 2 * share * tokens(other) / (other.number("prompt_time") / 1e3))
                .max()
                .orElseThrow();
    }

    private static double tokens(Csv.Row row) {
        return (double) row.whole("batch_size") * row.whole("prompt_size");
    }
}
