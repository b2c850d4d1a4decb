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

    static List<Phase> read(Path data) {
        List<Phase> phases = new ArrayList<>();
        SystemNames names = SystemNames.in(Catalog.builtIn());
        CsvTable.read(data.resolve(FILE), new CsvTable.Reader() {
            @Override
            public void header(List<String> columns) {}

            @Override
            public void row(TableRow row, CSVRecord fields) {
                names.find(row.text("hardware")).ifPresent(device -> phases(row, device, phases));
            }
        });
        return phases;
    }

    private static void phases(TableRow row, DeviceSpec device, List<Phase> into) {
        Double parameters = PARAMETERS.get(row.text("model"));
        double average = row.number("average_power");
        if (parameters == null || average == 0) {
            return;
        }
        double share = parameters / row.positive("tensor_parallel");
        double batch = row.positive("batch_size");
        double prompt = row.milliseconds("prompt_time") / 1e3;
        double token = row.milliseconds("token_time") / 1e3;
        double whole = row.milliseconds("e2e_time") / 1e3;
        Part prefill = part(device, share, batch * row.positive("prompt_size"), prompt, prompt);
        Part decode = part(device, share, batch, token, Math.max(0, whole - prompt));
        String model = row.text("model");
        into.add(new Phase(model, device.name(), "prefill", List.of(prefill), row.number("peak_power")));
        boolean decodes = whole - prompt >= DECODES * whole;
        into.add(new Phase(
                model,
                device.name(),
                decodes ? "decode" : "prefill-and-decode",
                decodes ? List.of(decode) : List.of(prefill, decode),
                average));
    }

    private static Part part(DeviceSpec device, double weights, double tokens, double step, double seconds) {
        double bandwidth = device.memoryBandwidth().bytesPerSecond();
        double peak = device.peak(NumberFormat.FP16).orElseThrow().flopsPerSecond();
        return new Part(2 * weights / step / bandwidth, 2 * weights * tokens / step / peak, seconds);
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
