package org.motleysim.workloads.federated.population;

import org.motleysim.core.engine.SimTime;
import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.RandomStream;

/**
 * Times on and off of any law, walked through when somebody looks: eight bytes a client, and a draw for each change since the last look.
 *
 * <p>What is left of the first time has the density {@code (1 - F(x)) / mean}; its distribution function is summed over a table of
 * quantiles.
 */
final class RenewalHours implements Availability.Hours {
    private static final long FARTHEST = Long.MAX_VALUE >> 2;
    private static final int STEPS = 4096;

    private final long[] state; // end of the state in nanoseconds, times two, plus one if on; 0 before the first look
    private final Renewal laws;
    private final RandomStream draws;
    private final Residual onLeft;
    private final Residual offLeft;

    RenewalHours(int clients, Renewal laws, RandomStream draws) {
        this.state = new long[clients];
        this.laws = laws;
        this.draws = draws;
        this.onLeft = new Residual(laws.on());
        this.offLeft = new Residual(laws.off());
    }

    private long look(int client, long now) {
        long known = state[client];
        if (known == 0) {
            boolean on = draws.nextDouble() < laws.share();
            known = after(0, on, (on ? onLeft : offLeft).seconds(draws.nextOpen()));
        }
        while (known >>> 1 <= now) {
            boolean on = (known & 1) == 0;
            known = after(known >>> 1, on, (on ? laws.on() : laws.off()).sample(draws));
        }
        state[client] = known;
        return known;
    }

    private static long after(long from, boolean on, double seconds) {
        long end = Math.min(FARTHEST, from + Math.max(1, SimTime.nanos(seconds)));
        return end << 1 | (on ? 1 : 0);
    }

    @Override
    public boolean isOn(int client, long nanos) {
        return (look(client, nanos) & 1) != 0;
    }

    @Override
    public long onUntil(int client, long nanos) {
        return look(client, nanos) >>> 1;
    }

    @Override
    public long offUntil(int client, long nanos) {
        return look(client, nanos) >>> 1;
    }

    @Override
    public long arrayBytes() {
        return 8L * state.length;
    }

    /** What is left of a time that somebody comes upon. */
    private static final class Residual {
        private final double[] seconds = new double[STEPS + 1];
        private final double[] share = new double[STEPS + 1];

        Residual(Distribution law) {
            for (int i = 1; i <= STEPS; i++) {
                double p = (i - 0.5) / STEPS;
                seconds[i] = law.quantile(p);
                share[i] = share[i - 1] + (1 - (i - 1.0) / STEPS) * (seconds[i] - seconds[i - 1]);
            }
        }

        double seconds(double p) {
            double wanted = p * share[STEPS];
            int low = 0;
            int high = STEPS;
            while (high - low > 1) {
                int middle = (low + high) >>> 1;
                if (share[middle] <= wanted) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            double width = share[high] - share[low];
            double part = width > 0 ? (wanted - share[low]) / width : 0;
            return seconds[low] + part * (seconds[high] - seconds[low]);
        }
    }
}
