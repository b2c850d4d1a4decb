package org.motleysim.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Report;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Table;
import org.motleysim.hardware.calibration.MeasuredKernels;
import org.motleysim.hardware.calibration.Score;
import org.motleysim.hardware.calibration.Validation;
import org.motleysim.hardware.cost.CalibratedCostModel;
import org.motleysim.hardware.fitted.FittedKernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code validate}: the shipped catalogue against measured tables. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Scores the shipped catalogue against measured tables. Fits nothing.",
        subcommands = ValidateServingCommand.class,
        footer = {
            "",
            "Errors are |predicted / measured - 1| on all rows. Suites ending in -held-out are the errors that the shipped fit",
            "had on shapes it had not seen when it was made, -unseen on devices it had not seen; -peak-roofline are the plain",
            "roofline on the same rows. Goals are for the mean, of -unseen for the median.",
            "Exit code 1 when a goal is missed.",
            "",
            "Example:",
            "  motley validate --data ../shared/data --json",
            "  motley validate serving --data ../shared/data"
        })
final class ValidateCommand implements Callable<Integer> {
    private static final int GOAL_MISSED = 1;
    private static final List<Column> COLUMNS = List.of(
            Column.text("device"),
            Column.text("family"),
            Column.text("format"),
            Column.number("rows"),
            Column.number("mape"),
            Column.number("median"),
            Column.number("p90"),
            Column.number("worst"),
            Column.number("goal"),
            Column.text("ok"));

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "The folder of measured tables; required.")
    private @Nullable Path data;

    @Option(
            names = "--unseen",
            description = "Score devices that were never measured instead: each by a fit of the others.")
    private boolean unseen;

    @Option(names = "--fits", paramLabel = "DIR", description = "Score these fits, as calibrate writes them.")
    private @Nullable Path fits;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Override
    public Integer call() {
        CommandSpec self = Objects.requireNonNull(spec, "picocli sets it");
        if (data == null) {
            throw new ParameterException(self.commandLine(), "Missing required option: '--data=DIR'");
        }
        Path folder = data;
        CalibratedCostModel builtIn = CalibratedCostModel.builtIn();
        Validation validation = Validation.of(fits == null ? builtIn : builtIn.with(FittedKernels.read(fits)));
        List<Score> scores = unseen ? validation.unseen(MeasuredKernels.read(folder)) : validation.scores(folder);
        var out = self.commandLine().getOut();
        out.print(json ? Json.print(json(scores)) : text(scores));
        return scores.stream().allMatch(Score::ok) ? 0 : GOAL_MISSED;
    }

    /** One table for each suite, with the plain roofline below it. */
    private static String text(List<Score> scores) {
        Report.Builder report = Report.builder("Validation");
        Map<String, List<List<Cell>>> suites = new LinkedHashMap<>();
        for (Score score : scores) {
            suites.computeIfAbsent(score.suite(), name -> new ArrayList<>()).add(row(score));
        }
        suites.forEach((suite, rows) -> report.add(new Table(suite, COLUMNS, rows)));
        long missed = scores.stream().filter(score -> !score.ok()).count();
        long goals = scores.stream().filter(score -> score.goal().isPresent()).count();
        return report.build().text() + (goals - missed) + " of " + goals + " goals are met.\n";
    }

    private static List<Cell> row(Score score) {
        return List.of(
                Cell.text(score.device()),
                Cell.text(score.family()),
                Cell.text(score.format()),
                Cell.text(String.valueOf(score.errors().rows())),
                percent(score.errors().mape()),
                percent(score.errors().median()),
                percent(score.errors().p90()),
                percent(score.errors().worst()),
                score.goal().isPresent() ? percent(score.goal().getAsDouble()) : Cell.absent(),
                Cell.text(score.goal().isEmpty() ? "" : score.ok() ? "yes" : "NO"));
    }

    private static Cell percent(double fraction) {
        return Cell.text(String.format(Locale.ROOT, "%.1f%%", 100 * fraction));
    }

    private static ArrayNode json(List<Score> scores) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (Score score : scores) {
            ObjectNode row = rows.addObject();
            row.put("suite", score.suite());
            row.put("device", score.device());
            row.put("family", score.family());
            row.put("format", score.format());
            row.put("rows", score.errors().rows());
            row.put("mape", score.errors().mape());
            row.put("median", score.errors().median());
            row.put("p90", score.errors().p90());
            row.put("worst", score.errors().worst());
            if (score.goal().isPresent()) {
                row.put("goal", score.goal().getAsDouble());
            } else {
                row.putNull("goal");
            }
            row.put("ok", score.ok());
        }
        return rows;
    }
}
