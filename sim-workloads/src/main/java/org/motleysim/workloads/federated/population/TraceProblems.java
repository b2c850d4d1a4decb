package org.motleysim.workloads.federated.population;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a file, so that all of it is said at once. */
final class TraceProblems {
    private static final int SHOWN = 20;

    private final Path file;
    private final List<String> found = new ArrayList<>();

    TraceProblems(Path file) {
        this.file = file;
    }

    void add(String place, String message) {
        found.add(place.isEmpty() ? message : place + ": " + message);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    double seconds(String place, String text) {
        try {
            double seconds = Double.parseDouble(text);
            if (seconds >= 0 && seconds < 1e9) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        add(place, "(" + text + ") must be a number of seconds from 0 to 1e9");
        return 0;
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            String more = found.size() > SHOWN ? "\n... and " + (found.size() - SHOWN) + " more" : "";
            throw new IllegalArgumentException("trace of availability (" + file + ") is not as it should be:\n"
                    + String.join("\n", found.subList(0, Math.min(SHOWN, found.size()))) + more);
        }
    }
}
