package org.motleysim.workloads.arrival;

import java.time.Duration;
import java.util.List;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.random.RandomStream;

/**
 * A Poisson process whose rate changes in steps, over and over: the hours of a day, for instance. The time of an arrival is where the
 * integral of the rate has grown by an exponential number, which is exact and takes one draw.
 *
 * @param perSecond the rates, one after the other, none negative and not all zero
 * @param step how long each of them lasts, positive
 */
public record ProfileArrivals(List<Double> perSecond, Duration step) implements Arrivals {
    /** @throws IllegalArgumentException if a part is out of its range */
    public ProfileArrivals {
        perSecond = List.copyOf(perSecond);
        for (double rate : perSecond) {
            if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("rate per second (" + rate + ") must not be negative or infinite");
            }
        }
        if (perSecond.stream().noneMatch(rate -> rate > 0)) {
            throw new IllegalArgumentException("rates per second (" + perSecond + ") must not all be zero");
        }
        if (step.isNegative() || step.isZero()) {
            throw new IllegalArgumentException("step (" + step + ") must be positive");
        }
    }

    @Override
    public ArrivalProcess bind(RandomStream stream) {
        double[] rates = perSecond.stream().mapToDouble(Double::doubleValue).toArray();
        double stepSeconds = step.toNanos() / 1e9;
        return new ArrivalProcess() {
            private long steps; // that are over
            private double inStep; // seconds since then

            @Override
            public long nextNanos() {
                double left = stream.nextExponential(1);
                double rate = rates[(int) (steps % rates.length)];
                double here = rate * (stepSeconds - inStep);
                while (left >= here) {
                    left -= here;
                    steps++;
                    inStep = 0;
                    rate = rates[(int) (steps % rates.length)];
                    here = rate * stepSeconds;
                }
                inStep += left / rate;
                return Math.addExact(Math.multiplyExact(steps, step.toNanos()), SimTime.nanos(inStep));
            }
        };
    }
}
