package org.motleysim.examples.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.motleysim.core.quantity.Durations;
import org.motleysim.workloads.scenario.RunProgress;

/** One line on a terminal that says how far a run is and how long the rest will take; silent when nobody watches. */
final class Progress implements RunProgress, AutoCloseable {
    private static final long NANOS_BETWEEN_LINES = 200_000_000;

    private final PrintWriter terminal;
    private final boolean watched;
    private final LongSupplier clock;
    private final long started;
    private long shown;
    private boolean dirty;

    /** @param clock nanoseconds of the wall clock */
    Progress(PrintWriter terminal, boolean watched, LongSupplier clock) {
        this.terminal = terminal;
        this.watched = watched;
        this.clock = clock;
        this.started = clock.getAsLong();
        this.shown = started;
    }

    static Progress on(PrintWriter err) {
        return new Progress(err, isTerminal(), System::nanoTime);
    }

    @Override
    public void at(double simulatedSeconds, double fraction, long completed) {
        long now = clock.getAsLong();
        if (!watched || now - shown < NANOS_BETWEEN_LINES) {
            return;
        }
        shown = now;
        dirty = true;
        String line = Double.isNaN(fraction)
                ? String.format(Locale.ROOT, "%,.0f s simulated, %,d done", simulatedSeconds, completed)
                : String.format(
                        Locale.ROOT,
                        "%3.0f%%  %,.0f s simulated, %,d done, %s left",
                        100 * fraction,
                        simulatedSeconds,
                        completed,
                        left(fraction, now - started));
        terminal.print("\r\u001b[K" + line);
        terminal.flush();
    }

    /** Clears the line. */
    @Override
    public void close() {
        if (dirty) {
            terminal.print("\r\u001b[K");
            terminal.flush();
        }
    }

    private static String left(double fraction, long nanosSoFar) {
        if (fraction < 0.01) {
            return "unknown time";
        }
        return Durations.format(Duration.ofSeconds(Math.round(nanosSoFar / 1e9 * (1 - fraction) / fraction)));
    }

    /**
     * From JDK 22 on there is a console even when nobody watches, and {@code isTerminal} tells. JDK 17 lacks that method, hence the
     * reflection, which the compiler's rule does not see.
     */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isTerminal() {
        var console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJdk) {
            return true;
        }
    }
}
