package org.motleysim.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.report.AtomicFile;
import org.motleysim.hardware.calibration.CatalogFit;
import org.motleysim.hardware.calibration.MeasuredKernels;
import org.motleysim.hardware.calibration.SystemNames;
import org.motleysim.hardware.calibration.few.FewSampleCostModel;
import org.motleysim.hardware.calibration.few.FewSampleScore;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.fitted.FittedKernels;
import org.motleysim.hardware.fitted.FittedRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code calibrate}: coefficients from measured tables. */
@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        description = {
            "Fits the times of kernels to measured tables and writes the coefficients: no measured row is kept.",
            "With --few and --family: says how well a few measured kernels of one device make it a mixture of known ones, and prints",
            "the cost model for a scenario file."
        },
        footer = {
            "",
            "Equal tables give equal files. What comes with Motley was made by",
            "  motley calibrate --data ../shared/data --date 2026-11-25 --out fits",
            "which takes some minutes. Others' tables need the columns that docs/estimate.md lists. A device with ten rows:",
            "  motley calibrate --few examples/scenarios/rtx-4090-ten-kernels.csv --devices nvidia-rtx-4090-24gb \\",
            "    --family nvidia-l40s-48gb,nvidia-a100-sxm-80gb,nvidia-h100-sxm-80gb"
        })
final class CalibrateCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "A folder of measured tables, or one.")
    private @Nullable Path data;

    @Option(
            names = "--few",
            paramLabel = "FILE",
            description = "A table of few kernels measured on the one device of --devices.")
    private @Nullable Path few;

    @Option(names = "--family", split = ",", paramLabel = "NAME", description = "With --few: known devices.")
    private List<String> family = new ArrayList<>();

    @Option(names = "--devices", split = ",", paramLabel = "NAME", description = "Only these devices. Default: all.")
    private List<String> devices = new ArrayList<>();

    @Option(names = "--device-file", paramLabel = "FILE", description = "A file of further devices; may be repeated.")
    private List<Path> deviceFiles = new ArrayList<>();

    @Option(names = "--date", paramLabel = "DATE", description = "Written into the records. Default: none.")
    private String date = "";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to write the fits: one file for each device, one for each kind of device.")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        var console =
                Objects.requireNonNull(spec, "picocli sets it").commandLine().getOut();
        Catalog catalog = Catalog.builtIn();
        for (Path file : deviceFiles) {
            catalog = catalog.with(file);
        }
        if (few != null) {
            calibrateFew(catalog, few, console);
            return 0;
        }
        if (data == null || out == null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--data and --out, or --few and --family, must be given");
        }
        Set<String> wanted = new LinkedHashSet<>();
        for (String name : devices) {
            wanted.add(catalog.device(name).name());
        }
        MeasuredKernels measured = MeasuredKernels.readAny(data);
        List<FittedRecord> fits = new CatalogFit(SystemNames.in(catalog), date)
                .fits(measured, device -> wanted.isEmpty() || wanted.contains(device.name()));
        Path folder = out;
        Map<String, List<FittedRecord>> files = new LinkedHashMap<>();
        for (FittedRecord fit : fits) {
            files.computeIfAbsent(fit.devices().get(0), device -> new ArrayList<>())
                    .add(fit);
        }
        for (Map.Entry<String, List<FittedRecord>> file : files.entrySet()) {
            byte[] text = FittedKernels.write(file.getValue()).getBytes(StandardCharsets.UTF_8);
            AtomicFile.write(folder.resolve(FittedKernels.fileName(file.getKey())), stream -> stream.write(text));
        }
        for (FittedRecord fit : fits) {
            console.printf(
                    Locale.ROOT,
                    "%-28s %-58s %5d rows  held out: mean %5.1f%%, median %5.1f%%%n",
                    fit.devices().get(0),
                    fit.key(),
                    fit.rows(),
                    100 * fit.heldOut().mape(),
                    100 * fit.heldOut().median());
        }
        console.printf(Locale.ROOT, "%d fits in %s%n", fits.size(), folder);
        return 0;
    }

    private void calibrateFew(Catalog catalog, Path file, PrintWriter console) {
        if (devices.size() != 1 || family.isEmpty()) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--few must come with the name of one device as --devices and of known ones as --family");
        }
        DeviceSpec device = catalog.device(devices.get(0));
        List<DeviceSpec> known = family.stream().map(catalog::device).toList();
        var model = FewSampleCostModel.of(device, MeasuredKernels.readAny(file), known, CostModel.builtIn());
        for (FewSampleScore score : model.scores()) {
            console.printf(
                    Locale.ROOT,
                    "%-28s %-18s %4d rows  without them: mean %5.1f%%  left out one by one: %s  ridge %s%n",
                    device.name(),
                    score.kind().label(),
                    score.rows(),
                    100 * score.before(),
                    score.after().isPresent()
                            ? String.format(
                                    Locale.ROOT,
                                    "mean %5.1f%%",
                                    100 * score.after().getAsDouble())
                            : "-",
                    score.fit().ridge());
            double[] weights = score.fit().weights();
            for (int i = 0; i < weights.length; i++) {
                console.printf(
                        Locale.ROOT,
                        "  %6.3f  %s%n",
                        weights[i],
                        score.fit().devices().get(i));
            }
        }
        String names = family.stream()
                .map(name -> '"' + catalog.device(name).name() + '"')
                .collect(Collectors.joining(", "));
        console.printf(
                "\"costModel\": {\"kind\": \"few-samples\", \"device\": \"%s\", \"data\": \"%s\", \"family\": [%s]}%n",
                device.name(), String.valueOf(file).replace("\\", "/"), names);
    }
}
