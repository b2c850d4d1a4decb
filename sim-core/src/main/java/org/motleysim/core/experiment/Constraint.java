package org.motleysim.core.experiment;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bound that the mean of a metric must keep, such as {@code goodput >= 0.99}.
 *
 * @param metric its name
 * @param atLeast whether the bound is the least, else it is the most
 * @param bound in the metric's unit
 */
public record Constraint(String metric, boolean atLeast, double bound) {
    private static final Pattern FORM =
            Pattern.compile("\\s*(\\S+)\\s*(>=|<=)\\s*([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)\\s*");

    /**
     * Reads {@code metric >= number} or {@code metric <= number}.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    public static Constraint parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("constraint (\"" + text
                    + "\") must be a metric, >= or <=, and a number in its unit\nMaybe \"ttft.p99 <= 0.5\".");
        }
        return new Constraint(matcher.group(1), matcher.group(2).equals(">="), Double.parseDouble(matcher.group(3)));
    }

    /** Whether a value keeps the bound. */
    public boolean keeps(double value) {
        return atLeast ? value >= bound : value <= bound;
    }

    @Override
    public String toString() {
        return metric + (atLeast ? " >= " : " <= ") + bound;
    }
}
