package org.motleysim.hardware.cost;

import org.motleysim.core.quantity.Energy;

/**
 * What a kernel costs on a device that does nothing else.
 *
 * @param seconds from launch to end, zero or more
 * @param dynamicJoules energy on top of idle power, zero or more
 */
public record Cost(double seconds, double dynamicJoules) {
    /** Nothing. */
    public static final Cost ZERO = new Cost(0, 0);

    /** @throws IllegalArgumentException if a number is negative, infinite or not a number */
    public Cost {
        if (!(seconds >= 0) || seconds == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("seconds (" + seconds + ") must be a finite number, zero or more");
        }
        if (!(dynamicJoules >= 0) || dynamicJoules == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "dynamicJoules (" + dynamicJoules + ") must be a finite number, zero or more");
        }
    }

    /** Returns a cost of that time and energy. */
    public static Cost of(double seconds, Energy dynamic) {
        return new Cost(seconds, dynamic.joules());
    }

    /** Returns both costs, one after the other. */
    public Cost plus(Cost other) {
        return new Cost(seconds + other.seconds, dynamicJoules + other.dynamicJoules);
    }

    /** Returns this cost so many times, one after the other. */
    public Cost times(double count) {
        return new Cost(seconds * count, dynamicJoules * count);
    }

    /** Returns the mean power on top of idle; zero when it takes no time. */
    public double dynamicWatts() {
        return seconds > 0 ? dynamicJoules / seconds : 0;
    }
}
