package org.motleysim.examples.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Report;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Table;
import org.motleysim.hardware.calibration.MeasuredKernels;
import org.motleysim.hardware.calibration.MeasuredTableCostModel;
import org.motleysim.hardware.calibration.SystemNames;
import org.motleysim.hardware.calibration.TableEstimates;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cost.CalibratedCostModel;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.cost.Estimate;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.fitted.FittedKernels;
import org.motleysim.hardware.power.OperatingPoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code estimate}: what a kernel costs on a device, or each kernel of a table. */
@Command(
        name = "estimate",
        mixinStandardHelpOptions = true,
        description = {
            "Estimates the time and energy of a kernel on a device and says which model answered,",
            "or appends predicted_ms, model and bound to each row of a table of kernels."
        },
        footer = {
            "",
            "Examples:",
            "  motley estimate --device nvidia-h100-sxm-80gb --kernel gemm --m 64 --n 8192 --k 8192 --format bf16",
            "  motley estimate --device l40s --kernel attention-decode --heads 32 --kv-heads 8 --batch 16 --context 4096",
            "  motley estimate --device nvidia-a100-sxm-80gb --kernel gemm --m 8 --n 8192 --k 8192 --weight-format int4-b128s16",
            "  motley estimate --device h100_sxm --kernel all-reduce --bytes 1e6 --ranks 8",
            "  motley estimate --csv kernels.csv --out kernels-with-times.csv --data ../shared/data"
        })
final class EstimateCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            description = "A device of the catalogue or a name tables give it.")
    private @Nullable String device;

    @Option(names = "--kernel", paramLabel = "KERNEL", description = "One of ${COMPLETION-CANDIDATES}.")
    private KernelOptions.@Nullable Name kernel;

    @Option(
            names = "--format",
            description = "Format of the arithmetic; see motley formats. Default: ${DEFAULT-VALUE}.")
    private String format = "bf16";

    @Mixin
    private Formats formats = new Formats();

    @Mixin
    private KernelOptions sizes = new KernelOptions();

    @Mixin
    private DevicesCommand.OwnDevices own = new DevicesCommand.OwnDevices();

    @Option(names = "--csv", paramLabel = "IN", description = "A table of kernels; needs --out.")
    private @Nullable Path in;

    @Option(names = "--out", paramLabel = "OUT", description = "Where the table goes, with estimates.")
    private @Nullable Path out;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Interpolate in the measured tables of this folder, or in this table, first.")
    private @Nullable Path data;

    @Option(
            names = "--framework",
            paramLabel = "NAME",
            description = "Whose kernels, such as vllm, trtllm or sglang. Default: vllm; a table says it row by row.")
    private String framework = CalibratedCostModel.builtIn().framework();

    @Option(names = "--fits", paramLabel = "DIR", description = "Use these fits, as calibrate writes them.")
    private @Nullable Path fits;

    @Option(names = "--json", description = "Print JSON instead of text.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter console =
                Objects.requireNonNull(spec, "picocli sets it").commandLine().getOut();
        Catalog catalog = own.catalog();
        Optional<MeasuredKernels> measured = Optional.ofNullable(data).map(MeasuredKernels::readAny);
        if (in != null || out != null) {
            table(catalog, measured, console);
        } else {
            one(catalog, measured, console);
        }
        return 0;
    }

    private void table(Catalog catalog, Optional<MeasuredKernels> measured, PrintWriter console) {
        if (in == null || out == null || kernel != null || device != null) {
            throw new IllegalArgumentException(
                    "--csv and --out must be given together and without --device and --kernel");
        }
        long rows = new TableEstimates(catalog, model(), measured).write(in, out);
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("rows", rows).put("out", out.toString());
            console.print(Json.print(node));
        } else {
            console.println(rows + " rows estimated: " + out);
        }
    }

    private void one(Catalog catalog, Optional<MeasuredKernels> measured, PrintWriter console) {
        if (device == null || kernel == null) {
            throw new IllegalArgumentException("--device and --kernel must be given"
                    + "\nMaybe with --csv IN --out OUT instead, for a whole table.");
        }
        DeviceSpec on = SystemNames.in(catalog).device(device);
        Kernel asked = sizes.kernel(kernel, formats.parse("--format", format), formats);
        CostModel model = model();
        if (measured.isPresent()) {
            model = MeasuredTableCostModel.of(measured.get(), catalog, model);
        }
        Estimate estimate = model.explain(asked, on, OperatingPoint.nominal());
        console.print(json ? Json.print(json(on, asked, estimate)) : text(on, asked, estimate));
    }

    private CostModel model() {
        CalibratedCostModel model = CalibratedCostModel.builtIn();
        return (fits == null ? model : model.with(FittedKernels.read(fits))).kernelsOf(framework);
    }

    private String text(DeviceSpec on, Kernel asked, Estimate estimate) {
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(List.of(Cell.text("time"), Cell.of(estimate.cost().seconds(), "s")));
        rows.add(List.of(Cell.text("bound"), Cell.text(estimate.bound().label())));
        rows.add(List.of(
                Cell.text("achieved, of the peak"),
                estimate.achievedFraction() > 0 ? Cell.share(estimate.achievedFraction()) : Cell.absent()));
        rows.add(List.of(
                Cell.text("energy, without idle"), Cell.of(estimate.cost().dynamicJoules(), "J")));
        rows.add(List.of(Cell.text("model"), Cell.text(estimate.model())));
        rows.add(List.of(
                Cell.text("expected error"),
                estimate.expectedError().isPresent()
                        ? Cell.share(estimate.expectedError().getAsDouble())
                        : Cell.text("not known")));
        if (!estimate.note().isEmpty()) {
            rows.add(List.of(Cell.text("note"), Cell.text(estimate.note())));
        }
        String title = asked.family().label() + " in " + asked.format().label() + " on " + on.title();
        return Report.builder(title)
                .add(new Table("", List.of(Column.text("what"), Column.text("value")), rows))
                .build()
                .text();
    }

    private static ObjectNode json(DeviceSpec on, Kernel asked, Estimate estimate) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("device", on.name());
        node.put("family", asked.family().label());
        node.put("format", asked.format().label().toLowerCase(Locale.ROOT));
        node.put("seconds", estimate.cost().seconds());
        node.put("bound", estimate.bound().label());
        node.put("achieved_fraction", estimate.achievedFraction());
        node.put("joules", estimate.cost().dynamicJoules());
        node.put("model", estimate.model());
        if (estimate.expectedError().isPresent()) {
            node.put("expected_error", estimate.expectedError().getAsDouble());
        } else {
            node.putNull("expected_error");
        }
        node.put("note", estimate.note());
        return node;
    }
}
