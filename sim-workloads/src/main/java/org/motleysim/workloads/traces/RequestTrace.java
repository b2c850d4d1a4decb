package org.motleysim.workloads.traces;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.SimTime;

/**
 * Requests in the order of their arrival: when each comes, how long its prompt is, how much it generates. Columns of primitive numbers
 * (16 bytes a request); immutable, with value equality.
 *
 * <pre>{@code
 * RequestTrace trace = RequestTrace.read(Path.of("AzureLLMInferenceTrace_conv.csv"));
 * }</pre>
 */
public final class RequestTrace {
    /** Most tokens a prompt or an output may have in a trace. */
    public static final int MOST_TOKENS = 100_000_000;

    private final long[] arrivalNanos;
    private final int[] promptTokens;
    private final int[] outputTokens;
    private final @Nullable Path file;

    /** Takes the arrays over. */
    RequestTrace(long[] arrivalNanos, int[] promptTokens, int[] outputTokens) {
        this(arrivalNanos, promptTokens, outputTokens, null);
    }

    private RequestTrace(long[] arrivalNanos, int[] promptTokens, int[] outputTokens, @Nullable Path file) {
        this.arrivalNanos = arrivalNanos;
        this.promptTokens = promptTokens;
        this.outputTokens = outputTokens;
        this.file = file;
    }

    /**
     * Returns a trace of the given columns, which are copied.
     *
     * @param arrivalNanos nanoseconds from the start, never decreasing
     * @param promptTokens at least 1 each
     * @param outputTokens at least 1 each
     * @throws IllegalArgumentException if the columns differ in length or a value breaks its rule
     */
    public static RequestTrace of(long[] arrivalNanos, int[] promptTokens, int[] outputTokens) {
        if (arrivalNanos.length != promptTokens.length || arrivalNanos.length != outputTokens.length) {
            throw new IllegalArgumentException("columns (" + arrivalNanos.length + ", " + promptTokens.length + " and "
                    + outputTokens.length + " rows) must have the same length");
        }
        for (int i = 0; i < arrivalNanos.length; i++) {
            if (arrivalNanos[i] < (i == 0 ? 0 : arrivalNanos[i - 1])) {
                throw new IllegalArgumentException("arrivalNanos[" + i + "] (" + arrivalNanos[i]
                        + ") must not be less than the one before it\nMaybe sort the requests by arrival.");
            }
            checkTokens("promptTokens", i, promptTokens[i]);
            checkTokens("outputTokens", i, outputTokens[i]);
        }
        return new RequestTrace(arrivalNanos.clone(), promptTokens.clone(), outputTokens.clone());
    }

    private static void checkTokens(String name, int index, int tokens) {
        if (tokens < 1 || tokens > MOST_TOKENS) {
            throw new IllegalArgumentException(
                    name + "[" + index + "] (" + tokens + ") must be between 1 and " + MOST_TOKENS);
        }
    }

    /**
     * Reads a trace, whose layout is recognised by its first line.
     *
     * @throws IOException if the file cannot be read
     * @throws TraceException if the layout is unknown, a row is wrong, or the file is too large to be a trace
     */
    public static RequestTrace read(Path file) throws IOException {
        return read(file, detect(file));
    }

    /**
     * Reads a trace of a known layout.
     *
     * @throws IOException if the file cannot be read
     * @throws TraceException if a row is wrong, or the file is too large to be a trace
     */
    public static RequestTrace read(Path file, TraceFormat format) throws IOException {
        RequestTrace read = format == TraceFormat.MOONCAKE
                ? new JsonLinesTraceReader(file).read()
                : new CsvTraceReader(file, format).read();
        return new RequestTrace(read.arrivalNanos, read.promptTokens, read.outputTokens, file);
    }

    /**
     * Recognises the layout of a trace by its first line.
     *
     * @throws IOException if the file cannot be read
     * @throws TraceException if it is none of {@link TraceFormat}
     */
    public static TraceFormat detect(Path file) throws IOException {
        return TraceDetection.detect(file);
    }

    /** Returns the file that this trace was read from, by which scenario files name it; equality does not ask for it. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** Returns the number of requests. */
    public int size() {
        return arrivalNanos.length;
    }

    /** Returns when a request arrives, in nanoseconds from the start. */
    public long arrivalNanos(int index) {
        return arrivalNanos[index];
    }

    /** Returns the tokens of a request's prompt, at least 1. */
    public int promptTokens(int index) {
        return promptTokens[index];
    }

    /** Returns the tokens that a request generates, at least 1. */
    public int outputTokens(int index) {
        return outputTokens[index];
    }

    /** Returns the first {@code count} requests, or all if there are fewer. */
    public RequestTrace first(int count) {
        int length = Math.min(size(), Math.max(0, count));
        return new RequestTrace(
                Arrays.copyOf(arrivalNanos, length),
                Arrays.copyOf(promptTokens, length),
                Arrays.copyOf(outputTokens, length));
    }

    /**
     * Returns the same requests with the times between them multiplied: 0.5 doubles the load.
     *
     * @throws IllegalArgumentException if the factor is not positive and finite, or the last arrival leaves the range of time
     */
    public RequestTrace stretched(double factor) {
        if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("factor (" + factor + ") must be positive and finite");
        }
        long[] times = new long[size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = SimTime.nanos(SimTime.seconds(arrivalNanos[i]) * factor);
        }
        return new RequestTrace(times, promptTokens, outputTokens);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RequestTrace that
                && Arrays.equals(arrivalNanos, that.arrivalNanos)
                && Arrays.equals(promptTokens, that.promptTokens)
                && Arrays.equals(outputTokens, that.outputTokens);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                Arrays.hashCode(arrivalNanos), Arrays.hashCode(promptTokens), Arrays.hashCode(outputTokens));
    }

    @Override
    public String toString() {
        return size() + " requests" + (size() == 0 ? "" : " in " + SimTime.format(arrivalNanos[size() - 1]));
    }
}
