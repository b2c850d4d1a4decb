package org.motleysim.hardware.power;

import java.time.Duration;
import org.motleysim.core.engine.SimTime;

/**
 * The temperature of a device as that of one thermal resistance and one capacity:
 *
 * <pre>
 * tau dT/dt = ambient + power * resistance - T,   T(t) = steady + (T(0) - steady) exp(-t / tau),   steady = ambient + power * resistance
 * </pre>
 *
 * <p>Power is constant between events, so the exponential is exact and the time at which a temperature is crossed is a logarithm. The first
 * order is that of the lumped model of Skadron et al. ("Temperature-aware microarchitecture", ISCA 2003) with a single node.
 *
 * <p>A ladder of trip points throttles: the device gives up one operating point when it reaches {@code throttleAt}, a second one
 * {@code hysteresis} above that, and so on; it gets each back two rungs lower, so the first one at {@code throttleAt - hysteresis}.
 *
 * @param kelvinPerWatt thermal resistance between the chip and the air, more than zero
 * @param timeConstant tau: resistance times heat capacity, more than zero
 * @param ambientCelsius temperature of the air, above -273.15
 * @param throttleCelsius where throttling begins, above ambient
 * @param hysteresisKelvin how far it has to cool before it recovers, more than zero, and recovery above ambient
 */
public record Thermal(
        double kelvinPerWatt,
        Duration timeConstant,
        double ambientCelsius,
        double throttleCelsius,
        double hysteresisKelvin) {
    private static final double ABSOLUTE_ZERO = -273.15;

    /** @throws IllegalArgumentException if a number is out of range */
    public Thermal {
        positive("kelvinPerWatt", kelvinPerWatt);
        positive("hysteresisKelvin", hysteresisKelvin);
        if (timeConstant.isNegative() || timeConstant.isZero()) {
            throw new IllegalArgumentException("timeConstant (" + timeConstant + ") must be more than zero");
        }
        if (!(ambientCelsius >= ABSOLUTE_ZERO && ambientCelsius < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "ambientCelsius (" + ambientCelsius + ") must be above " + ABSOLUTE_ZERO);
        }
        if (!(throttleCelsius - hysteresisKelvin > ambientCelsius && throttleCelsius < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("throttleCelsius (" + throttleCelsius + ") less hysteresisKelvin ("
                    + hysteresisKelvin + ") must be above ambientCelsius (" + ambientCelsius
                    + "), or the device never recovers\nMaybe a higher throttle point, or a smaller hysteresis.");
        }
    }

    /** Returns the temperature that a constant power leads to. */
    public double steadyCelsius(double watts) {
        return ambientCelsius + watts * kelvinPerWatt;
    }

    /** Returns the temperature after some time at a constant power. */
    public double celsiusAfter(double startCelsius, double watts, double seconds) {
        double steady = steadyCelsius(watts);
        return steady + (startCelsius - steady) * StrictMath.exp(-seconds / tau());
    }

    /** Returns when a temperature is reached at a constant power, in seconds; infinite if it never is. */
    public double secondsUntil(double startCelsius, double watts, double targetCelsius) {
        double steady = steadyCelsius(watts);
        double ratio = (steady - startCelsius) / (steady - targetCelsius);
        return ratio >= 1 && ratio < Double.POSITIVE_INFINITY
                ? tau() * StrictMath.log(ratio)
                : Double.POSITIVE_INFINITY;
    }

    /** Returns the temperature at which the device gives up one more operating point, after it has given up so many. */
    public double stepDownCelsius(int level) {
        return throttleCelsius + level * hysteresisKelvin;
    }

    /** Returns the temperature at which it gets one back. */
    public double stepUpCelsius(int level) {
        return throttleCelsius + (level - 2) * hysteresisKelvin;
    }

    private double tau() {
        return SimTime.seconds(SimTime.nanos(timeConstant));
    }

    private static void positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " (" + value + ") must be a finite number above zero");
        }
    }
}
