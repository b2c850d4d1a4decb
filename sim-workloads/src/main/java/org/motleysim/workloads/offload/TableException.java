package org.motleysim.workloads.offload;

import java.util.List;

/** A table of applications or positions that cannot be used, with everything that is wrong in it, in the order of the lines. */
public final class TableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    TableException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns the problems, at least one, each with file and line. */
    public List<String> problems() {
        return problems;
    }
}
