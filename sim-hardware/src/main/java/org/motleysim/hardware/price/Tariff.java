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
        Check.notNegative("usdPerSecond", usdPerSecond);
        Check.notNegative("usdPerJoule", usdPerJoule);
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
