package org.motleysim.workloads;

import java.util.Objects;

/**
 * One reason why a scenario cannot run, found before the run starts.
 *
 * @param path where it was found, as a JSON path into the scenario such as {@code $.workloads[0].model}
 * @param message what is wrong, with the value and the rule it breaks
 * @param hint what the user may do about it; empty when there is nothing to suggest
 */
public record Problem(String path, String message, String hint) {
    /** Checks that nothing is null. */
    public Problem {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(hint, "hint");
    }

    /** The same problem seen from further out: its path is put behind {@code prefix}. */
    public Problem under(String prefix) {
        return new Problem(prefix + (path.startsWith("$") ? path.substring(1) : "." + path), message, hint);
    }

    @Override
    public String toString() {
        return path + ": " + message + (hint.isEmpty() ? "" : "\n  " + hint);
    }
}
