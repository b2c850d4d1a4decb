package org.motleysim.core.trace;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Takes what happens during a run, as spans, instants and counters on named tracks.
 *
 * <pre>{@code
 * try (TraceSink trace = TraceSink.chrome(Path.of("timeline.json"))) {
 *     int track = trace.track("h100-0", "iterations");
 *     trace.span(track, "prefill", startNanos, durationNanos);
 * }
 * }</pre>
 *
 * <p>Times are simulated nanoseconds. Code that has to prepare a name or a number for the trace asks {@link #enabled()} first; when it
 * answers false, nothing else need be called. A failing disk shows as {@link java.io.UncheckedIOException}. For one simulation and one
 * thread.
 */
public interface TraceSink extends Closeable {
    /** Returns whether anything is kept. Constant over the life of the sink. */
    boolean enabled();

    /** Returns the number of a track (a row of the timeline), opening it when the pair of names is new. */
    int track(String process, String thread);

    /** Records something that lasted. Spans of one track nest or follow one another; they must not overlap otherwise. */
    void span(int track, String name, long startNanos, long durationNanos);

    /** Records something that happened at once. */
    void instant(int track, String name, long nanos);

    /** Records the value of a quantity from this time on. */
    void counter(int track, String name, long nanos, double value);

    /** Completes the output. Calling it again does nothing. */
    @Override
    void close() throws IOException;

    /** Returns the sink that keeps nothing. */
    static TraceSink none() {
        return NoTrace.INSTANCE;
    }

    /**
     * Writes the Chrome trace event format to a file, as the run goes.
     *
     * @throws IOException if the file cannot be written
     */
    static TraceSink chrome(Path file) throws IOException {
        return chrome(Files.newOutputStream(file));
    }

    /**
     * Writes the Chrome trace event format to a stream, which {@link #close()} closes.
     *
     * @throws IOException if the stream cannot be written
     */
    static TraceSink chrome(OutputStream out) throws IOException {
        return new ChromeTrace(out);
    }
}
