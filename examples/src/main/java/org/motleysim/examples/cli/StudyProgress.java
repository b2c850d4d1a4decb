package org.motleysim.examples.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.motleysim.core.experiment.Experiment;
import org.motleysim.core.experiment.RunRecord;
import org.motleysim.core.quantity.Durations;

/** How far a study is and how long the rest will take: one line on a terminal, a line a minute when there is none. */
final class StudyProgress implements Experiment.Watcher, AutoCloseable {
    private static final long NANOS_BETWEEN_UPDATES = 200_000_000;
    private static final long NANOS_BETWEEN_LINES = 60_000_000_000L;

    private final PrintWriter err;
    private final boolean terminal;
    private final LongSupplier clock;
    private final long started;
    private long shown;
    private long failed;
    private boolean dirty;

    /** @param clock nanoseconds of the wall clock */
    StudyProgress(PrintWriter err, boolean terminal, LongSupplier clock) {
        this.err = err;
        this.terminal = terminal;
        this.clock = clock;
        this.started = clock.getAsLong();
        this.shown = started;
    }

    static StudyProgress on(PrintWriter err) {
        return new StudyProgress(err, Progress.isTerminal(), System::nanoTime);
    }

    @Override
    public void ended(RunRecord run, long of) {
        failed += run.failure().isPresent() ? 1 : 0;
        long now = clock.getAsLong();
        if (now - shown < (terminal ? NANOS_BETWEEN_UPDATES : NANOS_BETWEEN_LINES)) {
            return;
        }
        shown = now;
        long done = run.run() + 1;
        String line = String.format(
                Locale.ROOT,
                "%,d of at most %,d runs%s, %s left",
                done,
                of,
                failed == 0 ? "" : ", " + failed + " failed",
                Durations.format(Duration.ofSeconds(Math.round((now - started) / 1e9 * (of - done) / done))));
        if (terminal) {
            dirty = true;
            err.print("\r\u001b[K" + line);
            err.flush();
        } else {
            err.println(line);
        }
    }

    /** Clears the line. */
    @Override
    public void close() {
        if (dirty) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
