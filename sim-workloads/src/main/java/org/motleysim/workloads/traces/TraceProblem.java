package org.motleysim.workloads.traces;

/**
 * One thing that is wrong in a trace file.
 *
 * @param file the file
 * @param line counted from 1; 0 when it concerns the file as a whole
 * @param column of the first character of the value, counted from 1; 0 when it concerns the whole line
 * @param message what is wrong, with the value and the rule
 */
public record TraceProblem(String file, long line, int column, String message) {
    /** Returns {@code file:line:column: message}, without the parts that are 0. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + (column > 0 ? ":" + column : "") + ": " + message;
    }
}
