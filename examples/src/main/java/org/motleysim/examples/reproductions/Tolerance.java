package org.motleysim.examples.reproductions;

import java.util.Locale;

/**
 * How far a prediction may be from the reported value. Written {@code "15%"} (of the reported value), {@code "+-3"} (in the unit of the
 * claim), {@code "x2"} (a factor either way), {@code "at most"} or {@code "at least"} the reported value, or {@code "exact"}.
 *
 * @param text as written
 */
public record Tolerance(String text) {
    /** @throws IllegalArgumentException if the text is none of these forms */
    public Tolerance {
        bounds(text, 1);
    }

    /** Returns whether a value is near enough to the reported one. */
    public boolean covers(double reported, double value) {
        double[] bounds = bounds(text, reported);
        return value >= bounds[0] && value <= bounds[1];
    }

    private static double[] bounds(String text, double reported) {
        String form = text.strip().toLowerCase(Locale.ROOT);
        // A number that went through arithmetic may miss the edge by its last bit.
        double slack = 1e-9 * Math.abs(reported);
        if (form.equals("exact")) {
            return new double[] {reported - slack, reported + slack};
        }
        if (form.equals("at most")) {
            return new double[] {Double.NEGATIVE_INFINITY, reported + slack};
        }
        if (form.equals("at least")) {
            return new double[] {reported - slack, Double.POSITIVE_INFINITY};
        }
        if (form.endsWith("%")) {
            double share = number(text, form.substring(0, form.length() - 1)) / 100;
            double most = share * Math.abs(reported) + slack;
            return new double[] {reported - most, reported + most};
        }
        if (form.startsWith("+-")) {
            double most = number(text, form.substring(2)) + slack;
            return new double[] {reported - most, reported + most};
        }
        if (form.startsWith("x")) {
            double factor = number(text, form.substring(1));
            if (factor < 1) {
                throw refused(text);
            }
            return new double[] {
                Math.min(reported / factor, reported * factor) - slack,
                Math.max(reported / factor, reported * factor) + slack
            };
        }
        throw refused(text);
    }

    private static double number(String text, String digits) {
        try {
            double number = Double.parseDouble(digits.strip());
            if (number >= 0 && number < Double.POSITIVE_INFINITY) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw refused(text);
        }
        throw refused(text);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("tolerance (\"" + text
                + "\") must be like \"15%\", \"+-3\", \"x2\", \"at most\", \"at least\" or \"exact\"\nMaybe \"15%\".");
    }

    @Override
    public String toString() {
        return text;
    }
}
