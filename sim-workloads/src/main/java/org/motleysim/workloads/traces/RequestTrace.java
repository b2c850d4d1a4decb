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
 * (16 bytes a request, and 4 for each block of a prompt that the trace has a number for); immutable, with value equality.
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
    private final PrefixBlocks prefixes;
    private final @Nullable Path file;

    /** Takes the arrays over. */
    RequestTrace(long[] arrivalNanos, int[] promptTokens, int[] outputTokens, PrefixBlocks prefixes) {
        this(arrivalNanos, promptTokens, outputTokens, prefixes, null);
    }

    private RequestTrace(
            long[] arrivalNanos, int[] promptTokens, int[] outputTokens, PrefixBlocks prefixes, @Nullable Path file) {
        this.arrivalNanos = arrivalNanos;
        this.promptTokens = promptTokens;
        this.outputTokens = outputTokens;
        this.prefixes = prefixes;
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
        return new RequestTrace(arrivalNanos.clone(), promptTokens.clone(), outputTokens.clone(), PrefixBlocks.NONE);
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
        return new RequestTrace(read.arrivalNanos, read.promptTokens, read.outputTokens, read.prefixes, file);
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

    /**
     * Returns the same requests, with numbers for blocks of their prompts.
     *
     * @param blockTokens tokens per block, at least 1
     * @param numbers of the first blocks of each request, not negative. A number stands for a block and all before it: wherever it occurs,
     *     it has the same position and the same number before it
     * @throws IllegalArgumentException if there are not as many rows as requests, or a rule is broken
     */
    public RequestTrace withPrefixes(int blockTokens, int[][] numbers) {
        if (blockTokens < 1 || numbers.length != size()) {
            throw new IllegalArgumentException("blockTokens (" + blockTokens + ") must be at least 1, and numbers ("
                    + numbers.length + " rows) must have a row for each of " + size() + " requests");
        }
        var places = new FirstPlaces();
        int[] ends = new int[size()];
        int[] all = new int[Arrays.stream(numbers).mapToInt(row -> row.length).sum()];
        int count = 0;
        for (int i = 0; i < ends.length; i++) {
            if ((numbers[i].length - 1L) * blockTokens >= promptTokens[i]) {
                throw new IllegalArgumentException("numbers[" + i + "] (" + numbers[i].length + " blocks of "
                        + blockTokens + " tokens) must not be more than a prompt of " + promptTokens[i] + " has");
            }
            for (int j = 0; j < numbers[i].length; j++) {
                if (numbers[i][j] < 0 || !places.holds(numbers[i][j], j, j == 0 ? -1 : numbers[i][j - 1])) {
                    throw new IllegalArgumentException("numbers[" + i + "][" + j + "] (" + numbers[i][j]
                            + ") must not be negative, and always at the same place after the same number");
                }
                all[count++] = numbers[i][j];
            }
            ends[i] = count;
        }
        return new RequestTrace(
                arrivalNanos, promptTokens, outputTokens, new PrefixBlocks(blockTokens, ends, all), file);
    }

    /** Whether the trace says which prompts begin alike. */
    public boolean hasPrefixes() {
        return prefixes != PrefixBlocks.NONE;
    }

    /** Returns how many tokens at the beginning of a request's prompt are in blocks that the trace has a number for; 0 without such. */
    public int prefixTokens(int index) {
        return (int) Math.min(promptTokens[index], (long) prefixes.count(index) * prefixes.blockTokens());
    }

    /**
     * Returns the number of the block that a token of a prompt is in. Requests with the same number at the same place have prompts that
     * are alike from the beginning to the end of that block.
     *
     * @param token counted from 0, less than {@link #prefixTokens}
     */
    public int prefixBlock(int index, int token) {
        return prefixes.block(index, token / prefixes.blockTokens());
    }

    /** Returns the first {@code count} requests, or all if there are fewer. */
    public RequestTrace first(int count) {
        int length = Math.min(size(), Math.max(0, count));
        return new RequestTrace(
                Arrays.copyOf(arrivalNanos, length),
                Arrays.copyOf(promptTokens, length),
                Arrays.copyOf(outputTokens, length),
                prefixes);
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
        return new RequestTrace(times, promptTokens, outputTokens, prefixes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RequestTrace that
                && Arrays.equals(arrivalNanos, that.arrivalNanos)
                && Arrays.equals(promptTokens, that.promptTokens)
                && Arrays.equals(outputTokens, that.outputTokens)
                && prefixes.equalRows(that.prefixes, size());
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
