package org.motleysim.hardware.population;

/** What devices of a population differ in. */
public enum Attribute {
    /** Compute rate, in flop/s. */
    SPEED("speed_flop_per_s", "flop/s", true),
    /** Memory, in bytes. */
    MEMORY("memory_bytes", "B", true),
    /** What it receives, in bytes per second. */
    LINK_DOWN("link_down_bytes_per_s", "B/s", true),
    /** What it sends, in bytes per second. */
    LINK_UP("link_up_bytes_per_s", "B/s", true),
    /** Energy of a full battery, in joules; infinite for a device at the mains. */
    BATTERY("battery_j", "J", false),
    /** Bandwidth of the memory, in bytes per second; not a number where nobody said. */
    MEMORY_BANDWIDTH("memory_bandwidth_bytes_per_s", "B/s", false),
    /** Power at full work, in watts; not a number where nobody said. */
    BUSY_POWER("busy_power_w", "W", false);

    private final String column;
    private final String unit;
    private final boolean required;

    Attribute(String column, String unit, boolean required) {
        this.column = column;
        this.unit = unit;
        this.required = required;
    }

    /** Its column in a table, and its field in a list of classes. */
    public String column() {
        return column;
    }

    /** Its unit. */
    public String unit() {
        return unit;
    }

    /** Whether each device must have it. */
    public boolean required() {
        return required;
    }

    /** The value of a device of which nobody said it. */
    double absent() {
        return this == BATTERY ? Double.POSITIVE_INFINITY : Double.NaN;
    }

    boolean isUsable(double value) {
        return value > 0 && (value < Double.POSITIVE_INFINITY || this == BATTERY);
    }

    double checked(String where, double value) {
        boolean infiniteIsFine = this == BATTERY;
        if (!(value > 0) || (value == Double.POSITIVE_INFINITY && !infiniteIsFine)) {
            throw new IllegalArgumentException(
                    where + column + " (" + value + ") must be above zero" + (infiniteIsFine ? "" : " and finite"));
        }
        return value;
    }
}
