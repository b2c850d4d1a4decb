package org.motleysim.workloads.arrival;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.motleysim.core.random.RandomStream;

/**
 * A Poisson process whose rate follows a cosine over the day, in steps of five minutes.
 *
 * @param perSecond mean rate over a day, positive
 * @param peakToMean rate at the peak divided by the mean, from 1 (no change) to 2 (nothing at the trough)
 * @param peakAt time of the day of the peak, from 0 to 24 h
 */
public record DiurnalArrivals(double perSecond, double peakToMean, Duration peakAt) implements Arrivals {
    private static final Duration STEP = Duration.ofMinutes(5);
    private static final int STEPS = (int) (Duration.ofDays(1).toMinutes() / STEP.toMinutes());

    /** @throws IllegalArgumentException if a part is out of its range */
    public DiurnalArrivals {
        Check.positive("rate per second", perSecond);
        if (!(peakToMean >= 1 && peakToMean <= 2)) {
            throw new IllegalArgumentException("peakToMean (" + peakToMean + ") must be from 1 to 2");
        }
        if (peakAt.isNegative() || peakAt.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("peakAt (" + peakAt + ") must be from 0 to 24 hours");
        }
    }

    @Override
    public ArrivalProcess bind(RandomStream stream) {
        List<Double> rates = new ArrayList<>();
        double peakDays = peakAt.toNanos() / 1e9 / 86_400;
        for (int i = 0; i < STEPS; i++) {
            double days = (i + 0.5) / STEPS;
            double wave = StrictMath.cos(2 * StrictMath.PI * (days - peakDays));
            rates.add(Math.max(0, perSecond * (1 + (peakToMean - 1) * wave)));
        }
        return new ProfileArrivals(rates, STEP).bind(stream);
    }
}
