package org.motleysim.workloads.traces;

import java.util.List;
import java.util.stream.Collectors;

/** A trace file that cannot be used, with what is wrong in it: up to twenty problems, in the order of the lines. */
public final class TraceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<TraceProblem> problems;

    TraceException(List<TraceProblem> problems) {
        super(problems.stream().map(TraceProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Returns the problems, at least one. */
    public List<TraceProblem> problems() {
        return problems;
    }
}
