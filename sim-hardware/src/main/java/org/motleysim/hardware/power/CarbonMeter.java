package org.motleysim.hardware.power;

import java.util.List;
import org.motleysim.core.engine.SimTime;

/**
 * Integrates a piecewise-constant power times a piecewise-constant carbon intensity over virtual time, exactly: one product per piece of
 * both, summed with Neumaier's compensation like {@link EnergyMeter}. It needs no events at the steps of the intensity.
 *
 * <p>Used by one thread.
 */
public final class CarbonMeter {
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final double JOULES_PER_KILOWATT_HOUR = 3.6e6;

    private final long[] fromNanos;
    private final double[] gramsPerJoule;
    private final boolean daily;
    private long sinceNanos;
    private double watts;
    private double grams;
    private double lost;

    private int step;
    private long base; // start of the present day
    private long stepEnd;

    /** Starts a meter at a time and power. */
    public CarbonMeter(CarbonIntensity intensity, long nowNanos, double watts) {
        List<CarbonIntensity.Step> steps = intensity.steps();
        this.fromNanos =
                steps.stream().mapToLong(each -> SimTime.nanos(each.from())).toArray();
        this.gramsPerJoule = steps.stream()
                .mapToDouble(each -> each.gramsPerKilowattHour() / JOULES_PER_KILOWATT_HOUR)
                .toArray();
        this.daily = intensity.daily();
        this.watts = watts;
        this.sinceNanos = 0;
        findEnd();
        skipTo(nowNanos);
        this.sinceNanos = nowNanos;
    }

    /**
     * Changes the power from now on.
     *
     * @throws IllegalArgumentException if time goes backwards
     */
    public void set(long nowNanos, double newWatts) {
        advance(nowNanos);
        watts = newWatts;
    }

    /** Adds energy that is drawn at this instant, and returns its grams. */
    public double add(long nowNanos, double joules) {
        advance(nowNanos);
        skipTo(nowNanos);
        double emitted = joules * gramsPerJoule[step];
        sum(emitted);
        return emitted;
    }

    /** Returns the grams of CO2 equivalent up to now. */
    public double grams(long nowNanos) {
        advance(nowNanos);
        return grams + lost;
    }

    /** Returns the grams per second of this moment. */
    public double gramsPerSecond(long nowNanos) {
        advance(nowNanos);
        skipTo(nowNanos);
        return watts * gramsPerJoule[step];
    }

    private void advance(long nowNanos) {
        if (nowNanos < sinceNanos) {
            throw new IllegalArgumentException(
                    "now (" + nowNanos + " ns) must not be before the last reading (" + sinceNanos + " ns)");
        }
        while (sinceNanos < nowNanos) {
            skipTo(sinceNanos);
            long until = Math.min(nowNanos, stepEnd);
            sum(watts * gramsPerJoule[step] * SimTime.seconds(until - sinceNanos));
            sinceNanos = until;
        }
    }

    /** Moves to the step that holds at a time no earlier than the present step. */
    private void skipTo(long nanos) {
        while (nanos >= stepEnd) {
            step++;
            if (step == fromNanos.length) {
                step = 0;
                base += DAY_NANOS;
            }
            findEnd();
        }
    }

    private void findEnd() {
        if (step + 1 < fromNanos.length) {
            stepEnd = base + fromNanos[step + 1];
        } else {
            stepEnd = daily ? base + DAY_NANOS : Long.MAX_VALUE;
        }
    }

    private void sum(double term) {
        double whole = grams + term;
        lost += grams >= term ? (grams - whole) + term : (term - whole) + grams;
        grams = whole;
    }
}
