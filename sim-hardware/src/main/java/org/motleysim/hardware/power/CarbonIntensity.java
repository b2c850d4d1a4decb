package org.motleysim.hardware.power;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.motleysim.core.engine.SimTime;

/**
 * What a kilowatt-hour of the grid emits, over time, as steps: each value holds until the next one.
 *
 * @param steps in order, the first at zero
 * @param daily whether they come back every 24 hours; otherwise the last holds for ever
 */
public record CarbonIntensity(List<Step> steps, boolean daily) {
    private static final Duration DAY = Duration.ofDays(1);

    /**
     * A value from some time on.
     *
     * @param from since the start of the run, or of the day
     * @param gramsPerKilowattHour grams of CO2 equivalent, zero or more
     */
    public record Step(Duration from, double gramsPerKilowattHour) {
        /** @throws IllegalArgumentException if a number is negative, infinite or not a number */
        public Step {
            if (from.isNegative()) {
                throw new IllegalArgumentException("from (" + from + ") must be zero or more");
            }
            if (!(gramsPerKilowattHour >= 0 && gramsPerKilowattHour < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "gramsPerKilowattHour (" + gramsPerKilowattHour + ") must be a finite number, zero or more");
            }
        }
    }

    /** @throws IllegalArgumentException if there are no steps, the first is not at zero, or they are not in order */
    public CarbonIntensity {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || !steps.get(0).from().isZero()) {
            throw new IllegalArgumentException("steps (" + steps + ") must begin with one from zero");
        }
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).from().compareTo(steps.get(i - 1).from()) <= 0) {
                throw new IllegalArgumentException(
                        "step " + i + " (from " + steps.get(i).from() + ") must come after the step before it (from "
                                + steps.get(i - 1).from() + ")");
            }
        }
        if (daily && steps.get(steps.size() - 1).from().compareTo(DAY) >= 0) {
            throw new IllegalArgumentException(
                    "step (from " + steps.get(steps.size() - 1).from() + ") of a daily profile must begin within 24 h");
        }
    }

    /** Returns one value for ever. */
    public static CarbonIntensity constant(double gramsPerKilowattHour) {
        return new CarbonIntensity(List.of(new Step(Duration.ZERO, gramsPerKilowattHour)), false);
    }

    /**
     * Returns equal parts of a day, such as 24 hours.
     *
     * @param gramsPerKilowattHour one or more values from midnight on; the run starts at midnight
     */
    public static CarbonIntensity daily(double... gramsPerKilowattHour) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < gramsPerKilowattHour.length; i++) {
            Duration from = DAY.multipliedBy(i).dividedBy(gramsPerKilowattHour.length);
            steps.add(new Step(from, gramsPerKilowattHour[i]));
        }
        return new CarbonIntensity(steps, true);
    }

    /**
     * Reads a trace: a CSV file with the columns {@code seconds} (since the start of the run, the first zero) and {@code
     * grams_per_kilowatt_hour}.
     *
     * @throws IllegalArgumentException if a column is missing or a row is no number, naming its line
     * @throws IOException if the file cannot be read
     */
    public static CarbonIntensity read(Path csv) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .get();
        List<Step> steps = new ArrayList<>();
        try (CSVParser rows = CSVParser.parse(csv, StandardCharsets.UTF_8, format)) {
            for (CSVRecord row : rows) {
                double seconds = number(row, "seconds", csv);
                steps.add(new Step(
                        Duration.ofNanos(SimTime.nanos(seconds)), number(row, "grams_per_kilowatt_hour", csv)));
            }
        }
        return new CarbonIntensity(steps, false);
    }

    private static double number(CSVRecord row, String column, Path csv) {
        if (!row.isMapped(column) || !row.isSet(column)) {
            throw new IllegalArgumentException(csv + " line " + row.getParser().getCurrentLineNumber()
                    + " must have the column " + column + "\nMaybe the header is seconds,grams_per_kilowatt_hour.");
        }
        try {
            return Double.parseDouble(row.get(column));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(csv + ": " + column + " (" + row.get(column) + ") must be a number", e);
        }
    }
}
