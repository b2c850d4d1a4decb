package org.motleysim.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.experiment.Difference;
import org.motleysim.core.experiment.StoredRuns;
import org.motleysim.core.name.NearestName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code compare A B}: what differs between the results of two studies. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Compares the runs of two folders, variant by variant of the same name, or the only variant of each.",
            "Runs with the same seeds are compared in pairs, others as independent."
        },
        footer = {"", "Example:", "  motley compare out/before out/after --metric ttft.p99 --metric goodput"})
final class CompareCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "A folder with runs.jsonl.")
    private Path first = Path.of("");

    @Parameters(index = "1", paramLabel = "B", description = "Another.")
    private Path second = Path.of("");

    @Option(names = "--metric", paramLabel = "NAME", description = "Only this one. May be repeated. Default: all.")
    private List<String> metrics = new ArrayList<>();

    @Option(names = "--json", description = "Print JSON instead of sentences.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        StoredRuns a = read(first);
        StoredRuns b = read(second);
        for (String metric : metrics) {
            if (!a.metrics().contains(metric)) {
                throw new IllegalArgumentException("--metric (" + metric + ") must be a metric of " + first
                        + NearestName.of(metric, a.metrics())
                                .map(near -> "\nMaybe \"" + near + "\".")
                                .orElse(""));
            }
        }
        PrintWriter console =
                Objects.requireNonNull(spec, "picocli sets it").commandLine().getOut();
        List<Difference> found = a.differences(first.toString(), b, second.toString());
        if (found.isEmpty()) {
            throw new IllegalArgumentException("folders (" + first + ", " + second
                    + ") must have a variant of the same name, or one variant each, run twice or more");
        }
        List<Difference> wanted = found.stream()
                .filter(difference -> metrics.isEmpty() || metrics.contains(difference.metric()))
                .toList();
        if (json) {
            console.print(json(wanted));
        } else {
            wanted.forEach(difference ->
                    console.println(difference.sentence() + (difference.paired() ? "" : " (independent)")));
        }
        return 0;
    }

    private static String json(List<Difference> differences) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Difference difference : differences) {
            list.addObject()
                    .put("metric", difference.metric())
                    .put("unit", difference.unit())
                    .put("first", difference.first())
                    .put("second", difference.second())
                    .put("firstMean", difference.firstMean())
                    .put("difference", difference.interval().estimate())
                    .put("low", difference.interval().low())
                    .put("high", difference.interval().high())
                    .put("level", difference.interval().level())
                    .put("replications", difference.replications())
                    .put("paired", difference.paired())
                    .put("sentence", difference.sentence());
        }
        return Json.print(list);
    }

    private static StoredRuns read(Path folder) throws IOException {
        if (!Files.exists(folder.resolve("runs.jsonl")) || !Files.exists(folder.resolve("study.json"))) {
            throw new IllegalArgumentException("folder (" + folder
                    + ") must hold study.json and runs.jsonl\nMaybe run motley study with --out " + folder + " first.");
        }
        return StoredRuns.read(folder);
    }
}
