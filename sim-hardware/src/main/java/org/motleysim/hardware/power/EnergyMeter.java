package org.motleysim.hardware.power;

/**
 * Integrates a piecewise-constant power over virtual time. Each piece is one product; the pieces are summed with Neumaier's
 * compensation, so that a meter read after millions of changes is still exact to about 1e-15 of its value.
 *
 * <p>Used by one thread.
 */
public final class EnergyMeter {
    private static final double NANOS_PER_SECOND = 1e9;

    private long sinceNanos;
    private double watts;
    private double joules;
    private double lost;
    private double peakWatts;

    /** Starts a meter at a time and power. */
    public EnergyMeter(long nowNanos, double watts) {
        this.sinceNanos = nowNanos;
        this.watts = checked(watts);
        this.peakWatts = watts;
    }

    /**
     * Changes the power from now on.
     *
     * @throws IllegalArgumentException if time goes backwards, or the power is negative, infinite or not a number
     */
    public void set(long nowNanos, double newWatts) {
        advance(nowNanos);
        watts = checked(newWatts);
        peakWatts = Math.max(peakWatts, newWatts);
    }

    /** Returns the energy up to now, without changing the power. */
    public double joules(long nowNanos) {
        advance(nowNanos);
        return joules + lost;
    }

    /** Returns the power of this moment. */
    public double watts() {
        return watts;
    }

    /** Returns the highest power so far. */
    public double peakWatts() {
        return peakWatts;
    }

    private void advance(long nowNanos) {
        if (nowNanos < sinceNanos) {
            throw new IllegalArgumentException(
                    "now (" + nowNanos + " ns) must not be before the last reading (" + sinceNanos + " ns)");
        }
        if (nowNanos > sinceNanos) {
            add(watts * ((nowNanos - sinceNanos) / NANOS_PER_SECOND));
            sinceNanos = nowNanos;
        }
    }

    private void add(double term) {
        double sum = joules + term;
        lost += joules >= term ? (joules - sum) + term : (term - sum) + joules;
        joules = sum;
    }

    private static double checked(double watts) {
        if (!(watts >= 0) || watts == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("watts (" + watts + ") must be a finite number, zero or more");
        }
        return watts;
    }
}
