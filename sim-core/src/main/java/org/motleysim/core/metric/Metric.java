package org.motleysim.core.metric;

/**
 * One number with its name and unit, such as {@code ttft.p99 = 0.412 s}.
 *
 * @param name lower-case words joined by dots
 * @param value a finite number, in the given unit
 * @param unit an SI unit without prefix, "1" for a plain number, or the thing counted ("token/s", "USD")
 */
public record Metric(String name, double value, String unit) {
    /** @throws IllegalArgumentException if the name or unit is blank, or the value NaN or infinite */
    public Metric {
        if (name.isBlank() || unit.isBlank()) {
            throw new IllegalArgumentException(
                    "metric name (\"" + name + "\") and unit (\"" + unit + "\") must not be blank");
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("metric " + name + " (" + value + ") must be finite");
        }
    }

    @Override
    public String toString() {
        return name + " = " + value + " " + unit;
    }
}
