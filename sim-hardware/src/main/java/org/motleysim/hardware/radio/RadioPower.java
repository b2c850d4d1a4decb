package org.motleysim.hardware.radio;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.quantity.Power;

/**
 * What the radio of a station draws above the rest of the station. While it sends or receives: a base power, and a part that grows with
 * the rate, which is the same as an energy per bit. After that it stays awake for a while, the tail.
 *
 * <p>Form and numbers of the built-in ones: Huang et al., "A Close Examination of Performance and Power Characteristics of 4G LTE
 * Networks", MobiSys 2012, equation 1 and tables 3 and 4.
 *
 * @param name for files
 * @param sendNanojoulesPerBit that it spends on a bit it sends; a milliwatt per megabit per second is a nanojoule per bit
 * @param receiveNanojoulesPerBit that it spends on a bit it receives
 * @param base power while it sends or receives
 * @param tail power while it stays awake afterwards
 * @param tailTime how long it does
 * @param source where the numbers are from
 */
public record RadioPower(
        String name,
        double sendNanojoulesPerBit,
        double receiveNanojoulesPerBit,
        Power base,
        Power tail,
        Duration tailTime,
        String source) {
    private static final String HUANG =
            "Huang et al., MobiSys 2012, tables 3 and 4; bases and the row of 3G unconfirmed";

    /** @throws IllegalArgumentException if a number is negative or not finite */
    public RadioPower {
        if (!(sendNanojoulesPerBit >= 0
                && sendNanojoulesPerBit < Double.POSITIVE_INFINITY
                && receiveNanojoulesPerBit >= 0
                && receiveNanojoulesPerBit < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("nanojoules per bit (" + sendNanojoulesPerBit + ", "
                    + receiveNanojoulesPerBit + ") must be zero or more");
        }
        if (tailTime.isNegative()) {
            throw new IllegalArgumentException("tail time (" + tailTime + ") must be zero or more");
        }
    }

    /** Returns a radio that draws nothing. */
    public static RadioPower none() {
        return new RadioPower("none", 0, 0, Power.ZERO, Power.ZERO, Duration.ZERO, "");
    }

    /** Returns a radio that spends a fixed energy on a bit, and nothing else: that of a technology. */
    public static RadioPower of(RadioTechnology technology) {
        return new RadioPower(
                technology.name(),
                technology.sendNanojoulesPerBit(),
                technology.receiveNanojoulesPerBit(),
                Power.ZERO,
                Power.ZERO,
                Duration.ZERO,
                technology.source());
    }

    /** Returns the radios that come with Motley: LTE, 3G and Wi-Fi of phones of 2012. */
    public static List<RadioPower> builtIn() {
        return List.of(
                new RadioPower(
                        "lte", 438.39, 51.97, Power.milliwatts(1288.04), Power.milliwatts(1060), millis(11576), HUANG),
                new RadioPower(
                        "3g", 868.98, 122.12, Power.milliwatts(817.88), Power.milliwatts(803.9), millis(8088), HUANG),
                new RadioPower(
                        "wifi", 283.17, 137.01, Power.milliwatts(132.86), Power.milliwatts(119.3), millis(238), HUANG));
    }

    /** Returns one of them by its name, {@code "none"} included; empty if there is none. */
    public static Optional<RadioPower> find(String name) {
        return name.equals("none")
                ? Optional.of(none())
                : builtIn().stream().filter(radio -> radio.name.equals(name)).findFirst();
    }

    /**
     * Returns one of them by its name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static RadioPower builtIn(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("radio (" + name + ") must be one of none, "
                        + String.join(
                                ", ", builtIn().stream().map(RadioPower::name).toList())));
    }

    /**
     * Returns the energy of a transfer by itself, its tail left out, in joules.
     *
     * @param sentBytes zero or more
     * @param receivedBytes zero or more
     * @param seconds that it takes
     */
    public double joules(double sentBytes, double receivedBytes, double seconds) {
        return 8e-9 * (sentBytes * sendNanojoulesPerBit + receivedBytes * receiveNanojoulesPerBit)
                + base.watts() * seconds;
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
