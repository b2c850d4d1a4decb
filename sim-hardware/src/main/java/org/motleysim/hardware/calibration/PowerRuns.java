package org.motleysim.hardware.calibration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.catalog.PowerShares;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormat;

/**
 * Measured power of served models (the table of Splitwise, ISCA 2024) beside that of the rule of {@link PowerShares}.
 *
 * <p>Achieved rates are weights, and two flops per weight and token, over the measured times; so only power is judged here, not time. A
 * run's peak power is that of its prompt; its average power is that of decoding where that takes 95% of the time, and otherwise of
 * both, each for its time. Runs whose power was not recorded (zero in the table) are left out.
 *
 * <p>Peak power is the highest of many samples, so it is that of the busiest stretch of the prompt and not of its mean. Long prompts spend
 * part of their time on other things than matrix products, which lowers the mean (Llama-2-70B on eight A100 falls from 41% of the peak
 * rate at 2,048 tokens to 22% at 8,192) and leaves the peak power where it was. A matrix product does not become less efficient as it
 * grows: in the busiest stretch the rate is taken as the highest mean rate of any prompt of the same model on the same devices with as many
 * tokens or fewer. It comes from measured times alone and has no free number.
 */
final class PowerRuns {
    static final String FILE = "serving/e2e/splitwise_time_and_power.csv";

    /** Published numbers of parameters. */
    private static final Map<String, Double> PARAMETERS = Map.of("llama2-70b", 68.977e9, "bloom-176b", 176.247e9);

    private static final double DECODES = 0.95;

    private PowerRuns() {}

    /**
     * A phase of a run.
     *
     * @param parts what the device does, each with its time
     * @param powerShare measured, of the TDP
     */
    record Phase(String model, String device, String name, List<Part> parts, double powerShare) {
        /** Mean over the parts by the rule, never above the TDP. */
        double predicted(PowerShares shares) {
            double sum = 0;
            double time = 0;
            for (Part part : parts) {
                double share =
                        shares.active() + shares.memory() * part.bandwidthUse + shares.compute() * part.computeUse;
                sum += Math.min(1, share) * part.seconds;
                time += part.seconds;
            }
            return sum / time;
        }
    }

    /** Fractions of the peaks that are achieved, for so long. */
    record Part(double bandwidthUse, double computeUse, double seconds) {}

    static boolean isIn(Path data) {
        return Files.isRegularFile(data.resolve(FILE));
    }

    /** A row of the table. */
    private record Run(
            String model,
            DeviceSpec device,
            double weights,
            double batch,
            double tokens,
            double promptSeconds,
            double tokenSeconds,
            double wholeSeconds,
            double peakPower,
            double averagePower) {
        boolean isLike(Run other) {
            return model.equals(other.model) && device.equals(other.device) && weights == other.weights;
        }
    }

    static List<Phase> read(Path data) {
        List<Run> runs = new ArrayList<>();
        SystemNames names = SystemNames.in(Catalog.builtIn());
        CsvTable.read(data.resolve(FILE), new CsvTable.Reader() {
            @Override
            public void header(List<String> columns) {}

            @Override
            public void row(TableRow row, CSVRecord fields) {
                names.find(row.text("hardware")).ifPresent(device -> runs(row, device, runs));
            }
        });
        List<Phase> phases = new ArrayList<>();
        runs.forEach(run -> phases(run, runs, phases));
        return phases;
    }

    private static void runs(TableRow row, DeviceSpec device, List<Run> into) {
        Double parameters = PARAMETERS.get(row.text("model"));
        double average = row.number("average_power");
        if (parameters == null || average == 0) {
            return;
        }
        double batch = row.positive("batch_size");
        into.add(new Run(
                row.text("model"),
                device,
                parameters / row.positive("tensor_parallel"),
                batch,
                batch * row.positive("prompt_size"),
                row.milliseconds("prompt_time") / 1e3,
                row.milliseconds("token_time") / 1e3,
                row.milliseconds("e2e_time") / 1e3,
                row.number("peak_power"),
                average));
    }

    private static void phases(Run run, List<Run> runs, List<Phase> into) {
        double prompt = run.promptSeconds;
        double decoding = Math.max(0, run.wholeSeconds - prompt);
        Part prefill = part(run, run.tokens, prompt, prompt);
        Part decode = part(run, run.batch, run.tokenSeconds, decoding);
        Part busiest = new Part(prefill.bandwidthUse, busiestComputeUse(run, runs), prompt);
        into.add(new Phase(run.model, run.device.name(), "prefill", List.of(busiest), run.peakPower));
        boolean decodes = decoding >= DECODES * run.wholeSeconds;
        into.add(new Phase(
                run.model,
                run.device.name(),
                decodes ? "decode" : "prefill-and-decode",
                decodes ? List.of(decode) : List.of(prefill, decode),
                run.averagePower));
    }

    private static double busiestComputeUse(Run run, List<Run> runs) {
        return runs.stream()
                .filter(other -> other.isLike(run) && other.tokens <= run.tokens)
                .mapToDouble(other -> part(other, other.tokens, other.promptSeconds, 0).computeUse)
                .max()
                .orElseThrow();
    }

    private static Part part(Run run, double tokens, double step, double seconds) {
        double bandwidth = run.device.memoryBandwidth().bytesPerSecond();
        double peak = run.device.peak(NumberFormat.FP16).orElseThrow().flopsPerSecond();
        return new Part(2 * run.weights / step / bandwidth, 2 * run.weights * tokens / step / peak, seconds);
    }

    /** Errors by (device, phase) on the runs of one model. */
    static Map<List<String>, List<Double>> errors(List<Phase> phases, String model, PowerShares shares) {
        Map<List<String>, List<Double>> errors = new LinkedHashMap<>();
        for (Phase phase : phases) {
            if (phase.model.equals(model)) {
                errors.computeIfAbsent(List.of(phase.device, phase.name), key -> new ArrayList<>())
                        .add(Math.abs(phase.predicted(shares) / phase.powerShare - 1));
            }
        }
        return errors;
    }
}
