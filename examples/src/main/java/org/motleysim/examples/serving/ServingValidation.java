package org.motleysim.examples.serving;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** All that is held against runs of others, on a folder of their results. */
public final class ServingValidation {
    private final Path serving;

    private ServingValidation(Path serving) {
        this.serving = serving;
    }

    public static void main(String[] args) {
        List<Comparison> rows = new VidurRuns(Path.of(args[0], "serving")).comparisons();
        for (Comparison row : rows) {
            System.out.printf(
                    Locale.ROOT,
                    "%-12s %-10s %10.2f %10.2f %-8s %8s %s%n",
                    row.run(),
                    row.figure(),
                    row.reference(),
                    row.predicted(),
                    row.unit(),
                    Comparison.percent(row.error()),
                    row.verdict());
        }
    }
}
