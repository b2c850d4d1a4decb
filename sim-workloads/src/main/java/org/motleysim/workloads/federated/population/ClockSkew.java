package org.motleysim.workloads.federated.population;

import org.motleysim.core.engine.SimTime;
import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.IndexedDraws;
import org.motleysim.core.random.RandomStreams;

/**
 * What the clocks of clients are ahead of the server's: time zones, and clocks that are wrong. Daily hours, charging hours and traces follow
 * the client's clock.
 *
 * @param seconds ahead, each client drawing its own; negative for behind
 */
public record ClockSkew(Distribution seconds) {
    private static final double HALF_YEAR = 180 * 86_400.0;

    /** Returns clocks that are all right. */
    public static ClockSkew none() {
        return new ClockSkew(Distribution.constant(0));
    }

    /** The clocks of one run; takes no memory. */
    public static final class Clocks {
        private final Distribution seconds;
        private final IndexedDraws draws;
        private final boolean right;

        Clocks(ClockSkew skew, RandomStreams streams) {
            this.seconds = skew.seconds;
            this.draws = streams.draws("federated/clock-skew");
            this.right = skew.equals(none());
        }

        /** Returns the nanoseconds that the clock of a client is ahead. */
        public long aheadNanos(int client) {
            if (right) {
                return 0;
            }
            double ahead = Math.max(-HALF_YEAR, Math.min(HALF_YEAR, seconds.quantile(draws.open(client))));
            return ahead < 0 ? -SimTime.nanos(-ahead) : SimTime.nanos(ahead);
        }
    }

    /** Returns the clocks of a run. */
    public Clocks bind(RandomStreams streams) {
        return new Clocks(this, streams);
    }
}
