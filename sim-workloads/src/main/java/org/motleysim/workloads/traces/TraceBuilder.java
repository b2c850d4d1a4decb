package org.motleysim.workloads.traces;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects the rows of a trace, and what is wrong with them, within fixed bounds. */
final class TraceBuilder {
    /** 320 MB of columns. The largest public trace known to us (Azure 2024, a week of conversations) has 27 million rows. */
    static final int MOST_ROWS = 50_000_000;

    private static final int MOST_PROBLEMS = 20;
    private static final int SHOWN = 40;
    private static final int LONGEST_NUMBER = 40;

    private final String file;
    private final List<TraceProblem> problems = new ArrayList<>();
    private long[] arrivalNanos = new long[1_024];
    private int[] promptTokens = new int[1_024];
    private int[] outputTokens = new int[1_024];
    private int size;

    /** Tokens per numbered block; 0 while the trace has shown none. */
    private int blockTokens;

    private int[] blockEnds = {};
    private int[] blocks = {};
    private int blockCount;
    /** Numbers of the row that is being read stand behind {@link #blockCount}. */
    private int pending;

    private final FirstPlaces places = new FirstPlaces();

    TraceBuilder(String file) {
        this.file = file;
    }

    /** Adds a row if it follows in time. Values that were wrong in themselves are negative, and their row is left out. */
    void add(long line, long nanos, int prompt, int output) {
        int numbered = pending;
        pending = 0;
        if (nanos < 0 || prompt < 0 || output < 0) {
            return;
        }
        if (numbered > 0 && numbered > ((long) prompt + blockTokens - 1) / blockTokens) {
            problem(
                    line,
                    0,
                    "has " + numbered + " numbers of blocks of " + blockTokens + " tokens for a prompt of " + prompt);
            return;
        }
        if (size > 0 && nanos < arrivalNanos[size - 1]) {
            problem(
                    line,
                    0,
                    "goes back in time, by " + (arrivalNanos[size - 1] - nanos) * 1e-9
                            + " s; rows must be sorted by arrival");
            return;
        }
        if (size == MOST_ROWS) {
            throw fatal(line, "has more than " + MOST_ROWS + " requests");
        }
        if (size == arrivalNanos.length) {
            int capacity = Math.min(MOST_ROWS, 2 * size);
            arrivalNanos = Arrays.copyOf(arrivalNanos, capacity);
            promptTokens = Arrays.copyOf(promptTokens, capacity);
            outputTokens = Arrays.copyOf(outputTokens, capacity);
        }
        arrivalNanos[size] = nanos;
        promptTokens[size] = prompt;
        outputTokens[size] = output;
        if (blockTokens > 0) {
            blockEnds =
                    blockEnds.length == arrivalNanos.length ? blockEnds : Arrays.copyOf(blockEnds, arrivalNanos.length);
            checkPlaces(line, numbered);
            blockCount += numbered;
            blockEnds[size] = blockCount;
        }
        size++;
    }

    /** The trace numbers blocks of so many tokens. */
    void numbersBlocks(int tokens) {
        blockTokens = tokens;
    }

    /** Notes the number of the next block of the row that is being read. */
    void block(long line, int column, String text) {
        int digits = text.length();
        boolean whole = digits > 0 && digits <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!whole) {
            problem(line, column, "number of a block (" + shown(text) + ") must be a whole number below 1000000000");
            return;
        }
        if (blockCount + pending == blocks.length) {
            blocks =
                    Arrays.copyOf(blocks, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(1_024L, 2L * blocks.length)));
        }
        blocks[blockCount + pending++] = Integer.parseInt(text);
    }

    /** A number that stands for a block and all before it is always at one place, after the same number. */
    private void checkPlaces(long line, int numbered) {
        for (int i = 0; i < numbered; i++) {
            int number = blocks[blockCount + i];
            if (!places.holds(number, i, i == 0 ? -1 : blocks[blockCount + i - 1])) {
                problem(
                        line,
                        0,
                        "has block number " + number + " at another place or after another block than a row before;"
                                + " a number must stand for a block and all before it");
                return;
            }
        }
    }

    /** A count of tokens, or -1 with a problem noted. */
    int tokens(long line, int column, String name, String text) {
        int digits = text.length();
        boolean whole = digits > 0 && digits <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int tokens = whole ? Integer.parseInt(text) : 0;
        if (tokens < 1 || tokens > RequestTrace.MOST_TOKENS) {
            problem(
                    line,
                    column,
                    name + " (" + shown(text) + ") must be a whole number between 1 and " + RequestTrace.MOST_TOKENS);
            return -1;
        }
        return tokens;
    }

    /** A time from the start in some decimal unit, exactly; or -1 with a problem noted. */
    long nanos(long line, int column, String name, String text, long nanosPerUnit) {
        try {
            if (text.length() <= LONGEST_NUMBER) {
                BigDecimal number = new BigDecimal(text);
                // The scale is bounded before anything is computed: 1e999999999 is a short text and a huge number.
                if (Math.abs((long) number.scale()) <= LONGEST_NUMBER && number.signum() >= 0) {
                    return number.multiply(BigDecimal.valueOf(nanosPerUnit))
                            .setScale(0, RoundingMode.HALF_EVEN)
                            .longValueExact();
                }
            }
        } catch (NumberFormatException e) {
            // noted below, like numbers out of range
        } catch (ArithmeticException e) {
            // more than 292 years
        }
        problem(line, column, name + " (" + shown(text) + ") must be a number of at least 0 and less than 292 years");
        return -1;
    }

    /** Notes a problem; gives up when there are enough of them. */
    void problem(long line, int column, String message) {
        problems.add(new TraceProblem(file, line, column, message));
        if (problems.size() == MOST_PROBLEMS) {
            throw new TraceException(problems);
        }
    }

    /** A problem that ends the reading, after those already noted. */
    TraceException fatal(long line, String message) {
        problems.add(new TraceProblem(file, line, 0, message));
        return new TraceException(problems);
    }

    RequestTrace build() {
        if (problems.isEmpty() && size == 0) {
            throw fatal(0, "has no requests");
        }
        if (!problems.isEmpty()) {
            throw new TraceException(problems);
        }
        return new RequestTrace(
                Arrays.copyOf(arrivalNanos, size),
                Arrays.copyOf(promptTokens, size),
                Arrays.copyOf(outputTokens, size),
                blockTokens == 0
                        ? PrefixBlocks.NONE
                        : new PrefixBlocks(
                                blockTokens, Arrays.copyOf(blockEnds, size), Arrays.copyOf(blocks, blockCount)));
    }

    /** A value as it may be printed: short, on one line, without control characters. */
    static String shown(String text) {
        String line = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        StringBuilder clean = new StringBuilder();
        line.chars().forEach(c -> clean.append(Character.isISOControl(c) ? '\uFFFD' : (char) c));
        return "\"" + clean + "\"";
    }
}
