package org.motleysim.workloads.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with the files of a graph, and stops at twenty. */
final class GraphProblems {
    private static final int MOST = 20;
    private static final long LARGEST_FILE_BYTES = 128L << 20;

    private final List<String> problems = new ArrayList<>();

    /** Notes a problem. */
    void add(Path file, long line, String message) {
        add(file + ":" + line + ": " + message);
    }

    void add(String message) {
        problems.add(message);
        if (problems.size() == MOST) {
            problems.add("... and perhaps more; reading stopped here");
            throw new GraphFileException(problems);
        }
    }

    /** Throws if there is a problem. */
    void check() {
        if (!problems.isEmpty()) {
            throw new GraphFileException(problems);
        }
    }

    /** Builds a graph that was read; a cycle is a problem of its file. */
    static TaskGraph built(Path file, TaskGraph.Builder graph, GraphProblems problems) {
        try {
            return graph.build();
        } catch (IllegalArgumentException e) {
            problems.add(file + ": " + e.getMessage());
            problems.check();
            throw e;
        }
    }

    /** Refuses what is no file, or too large to be read into memory. */
    void checkFile(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            add(file + ": must be a file, and there is none");
        } else if (Files.size(file) > LARGEST_FILE_BYTES) {
            add(file + ": " + Files.size(file) + " bytes must not exceed " + LARGEST_FILE_BYTES
                    + "\nMaybe it is not a task graph.");
        }
    }
}
