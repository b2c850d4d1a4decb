package org.motleysim.workloads.graph;

import java.util.List;

/** A file of a task graph that cannot be used, with what is wrong in it: up to twenty problems, in the order of the lines. */
public final class GraphFileException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    GraphFileException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns the problems, at least one, each with its file and line. */
    public List<String> problems() {
        return problems;
    }
}
