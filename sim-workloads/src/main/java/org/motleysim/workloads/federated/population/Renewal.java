package org.motleysim.workloads.federated.population;

import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.core.random.Weibull;

/**
 * Clients that come and go: times on and times off follow each other, each drawn from its law, and everything is in equilibrium at the
 * start (a client is on with probability {@code E[on] / (E[on] + E[off])}, and what is left of its time is the residual life).
 *
 * @param on law of the time on, in seconds, of positive finite mean
 * @param off law of the time off, in seconds, of positive finite mean
 */
public record Renewal(Distribution on, Distribution off) implements Availability {
    /** @throws IllegalArgumentException if a mean is not above zero and finite, or a time may be negative */
    public Renewal {
        check("on", on);
        check("off", off);
    }

    /** Returns exponential times of these means. */
    public static Renewal exponential(double onSeconds, double offSeconds) {
        return new Renewal(Distribution.exponential(onSeconds), Distribution.exponential(offSeconds));
    }

    private static void check(String name, Distribution law) {
        if (!(law.mean() > 0 && law.mean() < Double.POSITIVE_INFINITY && law.quantile(0) >= 0)) {
            throw new IllegalArgumentException(name + " (" + law
                    + ") must be a law of seconds that is never negative and has a finite mean above zero"
                    + "\nMaybe an exponential, such as {\"kind\": \"exponential\", \"mean\": 3600}.");
        }
    }

    /** Returns the share of clients that is on. */
    public double share() {
        return on.mean() / (on.mean() + off.mean());
    }

    @Override
    public Hours bind(int clients, ClockSkew.Clocks clocks, RandomStreams streams) {
        return isExponential(on) && isExponential(off)
                ? new ExponentialHours(clients, on.mean(), off.mean(), streams.stream("federated/availability"))
                : new RenewalHours(clients, this, streams.stream("federated/availability"));
    }

    private static boolean isExponential(Distribution law) {
        return law instanceof Weibull weibull && weibull.shape() == 1;
    }
}
