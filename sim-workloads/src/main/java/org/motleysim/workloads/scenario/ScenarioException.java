package org.motleysim.workloads.scenario;

import java.util.List;
import java.util.stream.Collectors;
import org.motleysim.workloads.Problem;

/** A scenario cannot run; it carries all reasons at once. */
public final class ScenarioException extends RuntimeException {
    private final transient List<Problem> problems;

    /** One or more reasons. */
    public ScenarioException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All reasons, in the order of the scenario. */
    public List<Problem> problems() {
        return problems;
    }
}
