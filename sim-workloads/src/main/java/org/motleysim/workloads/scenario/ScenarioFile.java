package org.motleysim.workloads.scenario;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motleysim.workloads.Problem;

/**
 * The JSON face of a {@link Scenario}. Whatever the file says can be said in Java, and the reverse; only lambdas have no name and cannot
 * be written.
 *
 * <pre>{@code
 * Scenario scenario = ScenarioFile.read(Path.of("mixed-serving.json"), Map.of("workloads[0].arrivals.rate", "20 /s"));
 * }</pre>
 *
 * <p>The format is strict: unknown fields, numbers without a unit where one is due, and fields given twice are refused. Relative paths
 * in a file begin at its folder. A file of more than 8 MiB is refused unread.
 */
public final class ScenarioFile {

    private ScenarioFile() {}

    /**
     * Reads a scenario.
     *
     * @throws ScenarioException with everything that is wrong with it, when it cannot be read or cannot run
     */
    public static Scenario read(Path file) {
        return read(file, Map.of());
    }

    /**
     * Reads a scenario after changing some of it.
     *
     * @param overrides values by path, in order, such as {@code workloads[0].arrivals.rate} to {@code 20 /s}; a value is JSON if it can
     *     be, else text. Relative file names in a value begin at the working folder
     * @throws ScenarioException with everything that is wrong with it, when it cannot be read or cannot run
     */
    public static Scenario read(Path file, Map<String, String> overrides) {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
        var reading = new Reading(folder);
        try {
            return scenario(JsonText.read(file, reading.problems()), overrides, reading);
        } catch (ScenarioException refusal) {
            throw refusal.in(file);
        }
    }

    /**
     * Reads a scenario from text.
     *
     * @param folder where relative paths in the text begin
     * @throws ScenarioException with everything that is wrong with it, when it cannot be read or cannot run
     */
    public static Scenario parse(String json, Path folder) {
        var reading = new Reading(folder);
        return scenario(JsonText.parse(json, Place.root(Place.Origin.FILE), reading.problems()), Map.of(), reading);
    }

    private static Scenario scenario(Optional<Node> document, Map<String, String> overrides, Reading reading) {
        Node node = document.orElseThrow(
                () -> new ScenarioException(reading.problems().inOrder()));
        for (var override : overrides.entrySet()) {
            node = Overrides.apply(node, override.getKey(), override.getValue(), reading.problems());
        }
        Optional<Scenario> scenario = ScenarioCodec.SCENARIO.read(node, reading);
        List<Problem> problems = new ArrayList<>(reading.problems().inOrder());
        scenario.ifPresent(readable -> problems.addAll(readable.problems()));
        if (!problems.isEmpty()) {
            throw new ScenarioException(problems);
        }
        return scenario.orElseThrow();
    }

    /**
     * Writes a scenario as a file says it; {@link #parse} gives an equal one.
     *
     * @return JSON, indented, ended by a line feed
     * @throws IllegalArgumentException if a policy in it has no name, such as a lambda
     */
    public static String write(Scenario scenario) {
        return JsonPrinter.print(ScenarioCodec.SCENARIO.write(scenario));
    }

    /** The JSON Schema (draft 2020-12) of scenario files, made from the same declarations that read them. */
    public static String schema() {
        return JsonPrinter.print(ScenarioCodec.schema());
    }
}
