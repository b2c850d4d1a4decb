package org.motleysim.examples.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.scenario.ScenarioException;
import org.motleysim.workloads.scenario.ScenarioFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check FILE}: says everything that is wrong with a scenario, without running it. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Says everything that is wrong with a scenario, or \"ok\".",
        footer = {"", "Example:", "  motley check examples/scenarios/mixed-serving.json"})
final class CheckCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The scenario file.")
    private Path file = Path.of("");

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Change a value of the file before checking it. May be repeated.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Option(names = "--json", description = "Print the problems as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out =
                Objects.requireNonNull(spec, "picocli sets it").commandLine().getOut();
        try {
            ScenarioFile.read(file, overrides);
        } catch (ScenarioException refusal) {
            if (!json) {
                throw refusal;
            }
            out.print(Json.print(json(refusal.problems())));
            return Motley.BAD_INPUT;
        }
        out.print(json ? Json.print(json(List.of())) : "ok" + System.lineSeparator());
        return 0;
    }

    private ObjectNode json(List<Problem> problems) {
        ObjectNode result = JsonNodeFactory.instance
                .objectNode()
                .put("file", file.toString())
                .put("ok", problems.isEmpty());
        var list = result.putArray("problems");
        for (Problem problem : problems) {
            list.addObject()
                    .put("path", problem.path())
                    .put("message", problem.message())
                    .put("hint", problem.hint());
        }
        return result;
    }
}
