package org.motleysim.hardware.price;

/**
 * What one device costs: by time and by energy.
 *
 * @param usdPerSecond of having the device, busy or not, zero or more
 * @param usdPerJoule of what it draws, zero or more
 */
public record Tariff(double usdPerSecond, double usdPerJoule) {
    /** @throws IllegalArgumentException if a number is negative, infinite or not a number */
    public Tariff {
        if (!(usdPerSecond >= 0 && usdPerSecond < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "usdPerSecond (" + usdPerSecond + ") must be a finite number, zero or more");
        }
        if (!(usdPerJoule >= 0 && usdPerJoule < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "usdPerJoule (" + usdPerJoule + ") must be a finite number, zero or more");
        }
    }

    /** Returns the dollars of having a device for a time in which it draws that energy. */
    public double usd(double seconds, double joules) {
        return usdPerSecond * seconds + usdPerJoule * joules;
    }

    /** Returns both tariffs together. */
    public Tariff plus(Tariff other) {
        return new Tariff(usdPerSecond + other.usdPerSecond, usdPerJoule + other.usdPerJoule);
    }
}
