package org.motleysim.examples.cli;

import java.io.IOException;
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
import org.jspecify.annotations.Nullable;
import org.motleysim.core.report.AtomicFile;
import org.motleysim.hardware.calibration.CatalogFit;
import org.motleysim.hardware.calibration.MeasuredKernels;
import org.motleysim.hardware.calibration.SystemNames;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.fitted.FittedKernels;
import org.motleysim.hardware.fitted.FittedRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code calibrate}: coefficients from measured tables. */
@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        description =
                "Fits the times of kernels to measured tables and writes the coefficients: no measured row is kept.",
        footer = {
            "",
            "Equal tables give equal files. What comes with Motley was made by",
            "  motley calibrate --data ../shared/data --date 2026-11-23 --out fits",
            "which takes some minutes. Others' tables need the columns that docs/estimate.md lists."
        })
final class CalibrateCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "A folder of measured tables, or one.")
    private @Nullable Path data;

    @Option(names = "--devices", split = ",", paramLabel = "NAME", description = "Only these devices. Default: all.")
    private List<String> devices = new ArrayList<>();

    @Option(names = "--device-file", paramLabel = "FILE", description = "A file of further devices; may be repeated.")
    private List<Path> deviceFiles = new ArrayList<>();

    @Option(names = "--date", paramLabel = "DATE", description = "Written into the records. Default: none.")
    private String date = "";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
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
        Set<String> wanted = new LinkedHashSet<>();
        for (String name : devices) {
            wanted.add(catalog.device(name).name());
        }
        MeasuredKernels measured = MeasuredKernels.readAny(Objects.requireNonNull(data, "required"));
        List<FittedRecord> fits = new CatalogFit(SystemNames.in(catalog), date)
                .fits(measured, device -> wanted.isEmpty() || wanted.contains(device.name()));
        Path folder = Objects.requireNonNull(out, "required");
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
}
