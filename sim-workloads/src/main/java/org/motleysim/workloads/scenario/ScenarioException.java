package org.motleysim.workloads.scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.motleysim.workloads.Problem;

/** A scenario cannot run; it carries all reasons at once. */
public final class ScenarioException extends RuntimeException {
    private final transient List<Problem> problems;

    /** One or more reasons. */
    public ScenarioException(List<Problem> problems) {
        super(lines(problems));
        this.problems = List.copyOf(problems);
    }

    private ScenarioException(Path file, ScenarioException refusal) {
        super(heading(file, refusal.problems) + "\n" + lines(refusal.problems), refusal);
        this.problems = refusal.problems;
    }

    /** The same, with a message that begins with the name of the file that the reasons are in. */
    ScenarioException in(Path file) {
        return new ScenarioException(file, this);
    }

    /** All reasons, in the order of the scenario. */
    public List<Problem> problems() {
        return problems;
    }

    private static String heading(Path file, List<Problem> problems) {
        return file + ": " + (problems.size() == 1 ? "a problem" : problems.size() + " problems");
    }

    private static String lines(List<Problem> problems) {
        return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }
}
