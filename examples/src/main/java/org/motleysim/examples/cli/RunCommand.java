package org.motleysim.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.report.OutputFolder;
import org.motleysim.core.trace.TraceSink;
import org.motleysim.workloads.scenario.ResultFiles;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.scenario.ScenarioFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run FILE}: runs a scenario, prints what came out and writes the result files. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description =
                "Runs a scenario, prints its table, and writes result.json, metrics.csv, requests.csv and report.html.",
        footer = {
            "",
            "Example:",
            "  motley run examples/scenarios/mixed-serving.json --set 'workloads[0].arrivals.rate=20 /s'"
        })
final class RunCommand implements Callable<Integer> {
    private static final String TIMELINE = "timeline.json";

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The scenario file.")
    private Path file = Path.of("");

    @Option(names = "--seed", paramLabel = "N", description = "Run with this seed instead of the file's.")
    private @Nullable Long seed;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Change a value of the file, such as workloads[0].arrivals.rate=20 /s. May be repeated.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the files; out/<scenario name> by default.")
    private @Nullable Path out;

    @Option(names = "--timeline", description = "Write " + TIMELINE + " too, which Perfetto opens.")
    private boolean timeline;

    @Option(names = "--json", description = "Print result.json instead of the table.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Scenario scenario = scenario();
        Path folder = Optional.ofNullable(out).orElseGet(() -> usualFolder(scenario.name()));
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new ParameterException(
                    command().commandLine(), "--out (" + folder + ") must be a folder, and is a file");
        }
        RunResult result = run(scenario, folder);
        PrintWriter console = command().commandLine().getOut();
        console.print(json ? ResultFiles.json(result) : result.report().text());
        if (!json) {
            console.println("files   " + folder);
        }
        return 0;
    }

    private Scenario scenario() {
        var changes = new LinkedHashMap<>(overrides);
        if (seed != null) {
            changes.put("seed", String.valueOf(seed));
        }
        Scenario scenario = ScenarioFile.read(file, changes);
        return timeline && scenario.timeline().isEmpty() ? scenario.withTimeline(Path.of(TIMELINE)) : scenario;
    }

    private RunResult run(Scenario scenario, Path folder) throws IOException {
        try (var files = OutputFolder.open(folder);
                var progress = Progress.on(command().commandLine().getErr())) {
            RunResult result;
            try (var trace = scenario.timeline().isPresent()
                    ? TraceSink.chrome(files.stage(scenario.timeline().get().toString()))
                    : TraceSink.none()) {
                result = scenario.run(progress, trace);
            }
            ResultFiles.stage(result, files);
            files.commit();
            return result;
        }
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec, "picocli sets it");
    }

    /** A folder named after the scenario, whatever characters the name has. */
    static Path usualFolder(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+", "");
        return Path.of("out", safe.isEmpty() ? "scenario" : safe);
    }
}
