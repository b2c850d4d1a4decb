package org.motleysim.workloads.split;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.hardware.radio.RayleighFading;

/**
 * The bandwidth of a link over time: steps that hold until the next one, repeated after their length. Zero is legal: nothing moves then.
 *
 * @param steps the first at zero, in order
 * @param length after which it begins again, more than the start of the last step
 */
public record LinkTrace(List<Step> steps, Duration length) {
    private static final double NANOS = 1e9;

    /**
     * A bandwidth that holds from a time on.
     *
     * @param from since the start
     * @param bandwidth zero or more
     */
    public record Step(Duration from, Bandwidth bandwidth) {}

    /** @throws IllegalArgumentException if the steps are not in order from zero, the length is too short, or all bandwidths are zero */
    public LinkTrace {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || !steps.get(0).from().isZero()) {
            throw new IllegalArgumentException("steps of a link must begin with one from zero");
        }
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).from().compareTo(steps.get(i - 1).from()) <= 0) {
                throw new IllegalArgumentException(
                        "step " + i + " (from " + steps.get(i).from() + ") must come after the step before it");
            }
        }
        if (length.compareTo(steps.get(steps.size() - 1).from()) <= 0) {
            throw new IllegalArgumentException("length (" + length + ") must be more than the start of the last step");
        }
    }

    /** Returns a link that does not change. */
    public static LinkTrace constant(Bandwidth bandwidth) {
        return new LinkTrace(List.of(new Step(Duration.ZERO, bandwidth)), Duration.ofHours(1));
    }

    /**
     * Returns a link that fades: a rate drawn anew for each coherence time.
     *
     * @param fading law of the rates
     * @param coherence time for which a rate holds, more than zero
     * @param count how many are drawn before they repeat, one or more
     * @param seed of what is drawn
     */
    public static LinkTrace fading(RayleighFading fading, Duration coherence, int count, long seed) {
        var draws = RandomStreams.of(seed).stream("link-trace");
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(new Step(coherence.multipliedBy(i), Bandwidth.of(fading.bytesPerSecond(draws))));
        }
        return new LinkTrace(steps, coherence.multipliedBy(count));
    }

    /**
     * Reads a trace: CSV with the columns {@code seconds} (rising, the first zero) and {@code mbps} (megabits a second). The last step is as
     * long as the one before it.
     *
     * @throws IllegalArgumentException if a column is missing or a row is no number, naming its line
     * @throws IOException if the file cannot be read
     */
    public static LinkTrace read(Path csv) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreHeaderCase(true)
                .setTrim(true)
                .get();
        List<Step> steps = new ArrayList<>();
        try (CSVParser rows = CSVParser.parse(csv, StandardCharsets.UTF_8, format)) {
            for (CSVRecord row : rows) {
                steps.add(new Step(
                        Duration.ofNanos(SimTime.nanos(number(row, "seconds", csv))),
                        Bandwidth.megabitsPerSecond(number(row, "mbps", csv))));
            }
        }
        if (steps.isEmpty()) {
            throw new IllegalArgumentException(csv + " must have a row");
        }
        Duration last = steps.get(steps.size() - 1).from();
        Duration before = steps.size() > 1 ? steps.get(steps.size() - 2).from() : last.minusSeconds(1);
        return new LinkTrace(steps, last.plus(last.minus(before)));
    }

    private static double number(CSVRecord row, String column, Path csv) {
        String line = csv + " line " + row.getParser().getCurrentLineNumber();
        if (!row.isMapped(column) || !row.isSet(column)) {
            throw new IllegalArgumentException(
                    line + " must have the column " + column + "\nMaybe the header is seconds,mbps.");
        }
        try {
            return Double.parseDouble(row.get(column));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(line + ": " + column + " (" + row.get(column) + ") must be a number", e);
        }
    }

    /** Returns the mean bandwidth over the length, in bytes per second. */
    public double meanBytesPerSecond() {
        Course course = new Course();
        return course.bytesOfRound / SimTime.seconds(course.round);
    }

    /** Returns the link as it is asked about in a run. */
    Course bind() {
        return new Course();
    }

    /** A trace in arrays. */
    final class Course {
        private final long[] from;
        private final double[] bytesPerSecond;
        private final double[] bytesBefore; // of a round, before each step
        private final long round;
        private final double bytesOfRound;

        Course() {
            int count = steps.size();
            from = new long[count];
            bytesPerSecond = new double[count];
            bytesBefore = new double[count];
            round = SimTime.nanos(length);
            double bytes = 0;
            for (int i = 0; i < count; i++) {
                from[i] = SimTime.nanos(steps.get(i).from());
                bytesPerSecond[i] = steps.get(i).bandwidth().bytesPerSecond();
            }
            for (int i = 0; i < count; i++) {
                bytesBefore[i] = bytes;
                bytes += bytesPerSecond[i] * (end(i) - from[i]) / NANOS;
            }
            bytesOfRound = bytes;
        }

        private long end(int step) {
            return step + 1 < from.length ? from[step + 1] : round;
        }

        private int step(long within) {
            int found = Arrays.binarySearch(from, within);
            return found >= 0 ? found : -found - 2;
        }

        /** The bandwidth of a moment, in bytes per second. */
        double bytesPerSecond(long nanos) {
            return bytesPerSecond[step(nanos % round)];
        }

        /** When a transfer that begins now has moved so many bytes; {@link Long#MAX_VALUE} for never. */
        long end(long now, double bytes) {
            if (bytes == 0) {
                return now;
            }
            if (bytesOfRound == 0) {
                return Long.MAX_VALUE;
            }
            long within = now % round;
            int step = step(within);
            double left = bytes;
            double inStep = bytesPerSecond[step] * (end(step) - within) / NANOS;
            if (left <= inStep) {
                return now + (long) Math.rint(left / bytesPerSecond[step] * NANOS);
            }
            left -= bytesOfRound - bytesBefore[step] - bytesPerSecond[step] * (within - from[step]) / NANOS;
            long start = now - within + round;
            if (left <= 0) { // within this round, in a later step
                left += bytesOfRound;
                start -= round;
            }
            // What a whole number of rounds moves is over with its last byte, not with the round.
            double rounds = Math.max(0, Math.ceil(left / bytesOfRound) - 1);
            if (rounds * round > 9e18) {
                return Long.MAX_VALUE;
            }
            left -= rounds * bytesOfRound;
            long whole = (long) rounds;
            start += whole * round;
            int last = 0;
            while (last + 1 < from.length && bytesBefore[last + 1] < left) {
                last++;
            }
            double rest = left - bytesBefore[last];
            return start + from[last] + (rest <= 0 ? 0 : (long) Math.rint(rest / bytesPerSecond[last] * NANOS));
        }
    }
}
