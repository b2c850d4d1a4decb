package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Which numbers are allowed: all finite ones above or from {@code low} to or below {@code high}, which are whole or infinite. */
record NumberRange(double low, boolean lowIncluded, double high, boolean highIncluded) {

    static NumberRange any() {
        return new NumberRange(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);
    }

    static NumberRange positive() {
        return new NumberRange(0, false, Double.POSITIVE_INFINITY, false);
    }

    static NumberRange notNegative() {
        return new NumberRange(0, true, Double.POSITIVE_INFINITY, false);
    }

    /** A share that may be nothing or the whole: [0, 1]. */
    static NumberRange closedShare() {
        return new NumberRange(0, true, 1, true);
    }

    /** All numbers from {@code low} on. */
    static NumberRange atLeast(int low) {
        return new NumberRange(low, true, Double.POSITIVE_INFINITY, false);
    }

    /** A share that is never the whole: [0, 1). */
    static NumberRange part() {
        return new NumberRange(0, true, 1, false);
    }

    /** A share that is never nothing: (0, 1]. */
    static NumberRange share() {
        return new NumberRange(0, false, 1, true);
    }

    boolean contains(double value) {
        return (lowIncluded ? value >= low : value > low) && (highIncluded ? value <= high : value < high);
    }

    String allowed() {
        var allowed = new StringBuilder("a number");
        if (low > Double.NEGATIVE_INFINITY) {
            allowed.append(lowIncluded ? " from " : " above ").append(plain(low));
        }
        if (high < Double.POSITIVE_INFINITY) {
            allowed.append(highIncluded ? " to " : ", below ").append(plain(high));
        } else if (lowIncluded) {
            allowed.append(" on");
        }
        return allowed.toString();
    }

    ObjectNode bound(ObjectNode schema) {
        if (low > Double.NEGATIVE_INFINITY) {
            schema.put(lowIncluded ? "minimum" : "exclusiveMinimum", (long) low);
        }
        if (high < Double.POSITIVE_INFINITY) {
            schema.put(highIncluded ? "maximum" : "exclusiveMaximum", (long) high);
        }
        return schema;
    }

    private static String plain(double bound) {
        return String.valueOf((long) bound);
    }
}
