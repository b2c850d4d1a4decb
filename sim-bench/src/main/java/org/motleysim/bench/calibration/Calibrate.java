package org.motleysim.bench.calibration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;

/**
 * Writes the efficiencies that sim-hardware ships.
 *
 * <pre>
 * mvn -q -DskipTests package
 * java -cp sim-bench/target/benchmarks.jar org.motleysim.bench.calibration.Calibrate DATA \
 *     sim-hardware/src/main/resources/org/motleysim/hardware/catalog/efficiency.json
 * </pre>
 *
 * <p>DATA is a folder with {@code serving/ops/*.csv} (kernel latencies of NVIDIA AIConfigurator, Apache-2.0, and Vidur, MIT) and {@code
 * serving/e2e/splitwise_time_and_power.csv} (Splitwise, MIT). Kernels only: nothing is fitted to a served model, but the power shares.
 */
public final class Calibrate {
    private static final String KERNELS = "aiconfigurator";
    private static final String OPERATORS = "vidur";

    private static final Measured A100 = new Measured("a100_sxm", "nvidia-a100-sxm-80gb", "nvidia-a100-sxm-40gb");
    private static final Measured H100 = new Measured("h100_sxm", "nvidia-h100-sxm-80gb", "nvidia-h200-sxm-141gb");
    private static final List<Measured> MEASURED = List.of(
            A100, H100, new Measured("b200_sxm", "nvidia-b200-sxm-180gb"), new Measured("l40s", "nvidia-l40s-48gb"));

    /**
     * A device in the tables.
     *
     * @param system its name there
     * @param devices its name in the catalogue, then others of the same silicon, which take over its numbers
     */
    private record Measured(String system, List<String> devices) {
        Measured(String system, String... devices) {
            this(system, List.of(devices));
        }

        DeviceSpec spec() {
            return Catalog.builtIn().device(devices.get(0));
        }
    }

    private final Map<String, List<List<Sample>>> classes = new LinkedHashMap<>();
    private final List<String> entries = new ArrayList<>();

    private Calibrate() {}

    /** Runs the calibration: the data folder, then the file to write. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("arguments must be DATA and OUT, see the Javadoc of this class");
        }
        Path data = Path.of(arguments[0]);
        if (!Files.isDirectory(data.resolve("serving/ops"))) {
            throw new IllegalArgumentException("DATA (" + data + ") must be a folder that contains serving/ops");
        }
        Files.writeString(Path.of(arguments[1]), new Calibrate().run(data));
    }

    private String run(Path data) {
        KernelTables tables = new KernelTables(data);
        for (Measured measured : MEASURED) {
            DeviceSpec spec = measured.spec();
            String system = measured.system;
            add(
                    measured,
                    KernelFamily.GEMM,
                    NumberFormat.BF16,
                    KERNELS,
                    tables.gemm(system, "bfloat16", spec, NumberFormat.BF16));
            if (spec.peak(NumberFormat.FP8).isPresent()) {
                add(
                        measured,
                        KernelFamily.GEMM,
                        NumberFormat.FP8,
                        KERNELS,
                        tables.gemm(system, "fp8", spec, NumberFormat.FP8));
            }
            if (spec.peak(NumberFormat.FP4).isPresent()) {
                add(
                        measured,
                        KernelFamily.GEMM,
                        NumberFormat.FP4,
                        KERNELS,
                        tables.gemm(system, "nvfp4", spec, NumberFormat.FP4));
            }
            add(measured, KernelFamily.ATTENTION_PREFILL, NumberFormat.BF16, KERNELS, tables.prefill(system, spec));
            add(measured, KernelFamily.ATTENTION_DECODE, NumberFormat.BF16, KERNELS, tables.decode(system, spec));
            add(measured, KernelFamily.MOE_GEMM, NumberFormat.BF16, KERNELS, tables.moe(system, spec));
            add(measured, KernelFamily.ALL_REDUCE, NumberFormat.BF16, KERNELS, tables.allReduce(system, spec));
        }
        addOperators(tables, A100, "a100");
        addOperators(tables, H100, "h100");
        classes.forEach((key, groups) -> {
            String[] parts = key.split(" ", -1);
            addClass(parts[0], parts[1], parts[2], groups);
        });
        // No table of these families: they move bytes, as elementwise kernels do.
        for (String family : List.of("embedding", "copy", "other")) {
            addClass(family, "bf16", OPERATORS, group("elementwise bf16 " + OPERATORS));
        }
        PowerFit reverse = PowerFit.reverse(data, A100.spec());
        System.out.printf(
                Locale.ROOT,
                "power, the other way round (BLOOM seen, Llama judged): error %.3f on %d rows%n",
                reverse.heldOutError(),
                reverse.judgedRows());
        return file(PowerFit.of(data, A100.spec()));
    }

    private void addOperators(KernelTables tables, Measured measured, String gpu) {
        DeviceSpec spec = measured.spec();
        add(measured, KernelFamily.NORM, NumberFormat.BF16, OPERATORS, tables.norm(gpu, spec));
        add(measured, KernelFamily.ELEMENTWISE, NumberFormat.BF16, OPERATORS, tables.elementwise(gpu, spec));
    }

    private List<List<Sample>> group(String key) {
        return classes.computeIfAbsent(key, name -> new ArrayList<>());
    }

    private void add(Measured measured, KernelFamily family, NumberFormat format, String source, List<Sample> samples) {
        group(family.label() + " " + format.label() + " " + source).add(samples);
        String devices = measured.devices.stream()
                .map(name -> "\"" + name + "\"")
                .collect(Collectors.joining(", ", "\"devices\": [", "]"));
        entries.add(entry(
                devices,
                family.label(),
                format.label(),
                source,
                RooflineFit.of(samples),
                samples.size(),
                RooflineFit.heldOutError(samples)));
    }

    private void addClass(String family, String format, String source, List<List<Sample>> groups) {
        List<Sample> all = groups.stream().flatMap(List::stream).toList();
        double error = groups.size() > 1 ? RooflineFit.heldOutGroupError(groups) : RooflineFit.heldOutError(all);
        entries.add(entry("\"kind\": \"gpu\"", family, format, source, RooflineFit.of(all), all.size(), error));
    }

    private static String entry(
            String subject, String family, String format, String source, RooflineFit fit, int rows, double error) {
        String entry = String.format(
                Locale.ROOT,
                "    {%s, \"family\": \"%s\", \"format\": \"%s\", \"launch\": \"%.3f us\", \"compute\": %.3f,"
                        + " \"computeRamp\": \"%.3f us\", \"bandwidth\": %.3f, \"bandwidthRamp\": \"%.3f us\", \"rows\": %d,"
                        + " \"heldOutError\": %.3f, \"source\": \"%s\"}",
                subject,
                family,
                format,
                fit.launchSeconds() * 1e6,
                fit.compute(),
                fit.computeRampSeconds() * 1e6,
                fit.bandwidth(),
                fit.bandwidthRampSeconds() * 1e6,
                rows,
                error,
                source);
        System.out.println(entry.strip());
        return entry;
    }

    private String file(PowerFit power) {
        System.out.printf(
                Locale.ROOT,
                "power: active %.3f memory %.3f compute %.3f, error %.3f on %d rows of a model not seen%n",
                power.active(),
                power.memory(),
                power.compute(),
                power.heldOutError(),
                power.judgedRows());
        return String.format(
                Locale.ROOT,
                """
                {
                  "motley-efficiency": 1,
                  "sources": {
                    "aiconfigurator": "kernel latencies of NVIDIA AIConfigurator (Apache-2.0): vLLM 0.14 on A100 and 0.24 on the others, NCCL 2.27; fitted by org.motleysim.bench.calibration.Calibrate",
                    "vidur": "operator latencies of Vidur (MIT), medians per size, rounded to a microsecond; fitted by org.motleysim.bench.calibration.Calibrate",
                    "splitwise": "power of A100 serving Llama-2-70B (Splitwise, ISCA 2024, MIT), by org.motleysim.bench.calibration.Calibrate; %.1f%% off on BLOOM-176B, %d rows; idle is the mean of A100, H100, H200 and B200"
                  },
                  "efficiencies": [
                %s
                  ],
                  "power": [
                    {"kind": "gpu", "idle": 0.122, "active": %.3f, "memory": %.3f, "compute": %.3f, "source": "splitwise"}
                  ]
                }
                """,
                100 * power.heldOutError(),
                power.judgedRows(),
                String.join(",\n", entries),
                power.active(),
                power.memory(),
                power.compute());
    }
}
