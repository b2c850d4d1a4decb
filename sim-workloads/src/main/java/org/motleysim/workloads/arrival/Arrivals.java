package org.motleysim.workloads.arrival;

import java.time.Duration;
import java.util.List;
import org.motleysim.core.random.RandomStream;
import org.motleysim.workloads.traces.RequestTrace;

/**
 * A law of arrivals: a description without state, shared freely; {@link #bind} starts it for one run. Those made here are immutable and
 * have value equality.
 *
 * <p>Arrivals with a rate are renewal processes: gaps are independent, the first one starts at time 0, and each is rounded to nanoseconds
 * once. A user's own law is a lambda that returns a lambda.
 */
@FunctionalInterface
public interface Arrivals {
    /** Starts the arrivals of one run. */
    ArrivalProcess bind(RandomStream stream);

    /** Whether arrivals go on for ever, so that a run needs a horizon or a number of requests to end. */
    default boolean endless() {
        return true;
    }

    /**
     * Poisson arrivals: exponential gaps.
     *
     * @param perSecond mean rate, positive
     * @throws IllegalArgumentException if the rate is not positive and finite
     */
    static Arrivals poisson(double perSecond) {
        return new PoissonArrivals(perSecond);
    }

    /**
     * Gamma-distributed gaps: bursty above a coefficient of variation of 1, regular below, Poisson at 1.
     *
     * @param perSecond mean rate, positive
     * @param coefficientOfVariation standard deviation of the gaps divided by their mean, positive
     * @throws IllegalArgumentException if a number is not positive and finite
     */
    static Arrivals gamma(double perSecond, double coefficientOfVariation) {
        return new GammaArrivals(perSecond, coefficientOfVariation);
    }

    /**
     * Equal gaps; the n-th arrival is at n / rate, without accumulated rounding.
     *
     * @param perSecond rate, positive
     * @throws IllegalArgumentException if the rate is not positive and finite
     */
    static Arrivals fixed(double perSecond) {
        return new FixedArrivals(perSecond);
    }

    /**
     * Poisson arrivals whose rate follows a cosine over the day.
     *
     * @param perSecond mean rate, positive
     * @param peakToMean rate at the peak divided by the mean, from 1 to 2
     * @param peakAt time of the day of the peak, from 0 to 24 h; a run begins at 0
     * @throws IllegalArgumentException if a part is out of its range
     */
    static Arrivals diurnal(double perSecond, double peakToMean, Duration peakAt) {
        return new DiurnalArrivals(perSecond, peakToMean, peakAt);
    }

    /**
     * Poisson arrivals whose rate changes in steps, over and over.
     *
     * @param perSecond the rates
     * @param step how long each of them lasts
     * @throws IllegalArgumentException if a rate is negative, all are zero, or the step is not positive
     */
    static Arrivals profile(List<Double> perSecond, Duration step) {
        return new ProfileArrivals(perSecond, step);
    }

    /** The arrival times of a trace, once; nothing is drawn. */
    static Arrivals trace(RequestTrace trace) {
        return new TraceArrivals(trace);
    }

    /**
     * Returns the same law with all gaps multiplied: 0.5 doubles the rate. The draws are the same, so that runs at several loads have
     * common random numbers.
     *
     * @param factor positive and finite
     * @throws IllegalArgumentException if it is not
     */
    default Arrivals stretched(double factor) {
        return new StretchedArrivals(this, factor);
    }
}
