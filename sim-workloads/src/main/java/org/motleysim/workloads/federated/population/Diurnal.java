package org.motleysim.workloads.federated.population;

import org.motleysim.core.engine.SimTime;
import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.IndexedDraws;
import org.motleysim.core.random.RandomStreams;

/**
 * Clients with daily hours: each day of its own clock a client is available once, from an hour that it draws for as long as it draws, or not
 * at all that day. Takes no memory: the hours of a day depend on the seed, the client and the day.
 *
 * @param startHour when it begins, in hours after midnight by the client's clock
 * @param hours how long it lasts, in hours, more than zero; cut at 24
 * @param dailyShare probability that there are hours on a day, above 0 and at most 1
 */
public record Diurnal(Distribution startHour, Distribution hours, double dailyShare) implements Availability {
    private static final long DAY = 86_400_000_000_000L;
    private static final int SEARCHED_DAYS = 3_650;

    /** @throws IllegalArgumentException if a number is out of range */
    public Diurnal {
        if (!(dailyShare > 0 && dailyShare <= 1)) {
            throw new IllegalArgumentException("dailyShare (" + dailyShare + ") must be above 0 and at most 1");
        }
        if (!(hours.quantile(0x1p-53) > 0)) {
            throw new IllegalArgumentException(
                    "hours (" + hours + ") must be a law of numbers above zero\nMaybe uniform.");
        }
    }

    @Override
    public Hours bind(int clients, ClockSkew.Clocks clocks, RandomStreams streams) {
        return new DailyHours(this, clocks, streams.draws("federated/availability"));
    }

    private record DailyHours(Diurnal laws, ClockSkew.Clocks clocks, IndexedDraws draws) implements Hours {
        @Override
        public boolean isOn(int client, long nanos) {
            return end(client, nanos + clocks.aheadNanos(client)) >= 0;
        }

        @Override
        public long onUntil(int client, long nanos) {
            long ahead = clocks.aheadNanos(client);
            long until = nanos + ahead;
            for (int days = 0; days < SEARCHED_DAYS; days++) {
                long end = end(client, until);
                if (end < 0) {
                    return until - ahead;
                }
                until = end;
            }
            return until - ahead;
        }

        @Override
        public long offUntil(int client, long nanos) {
            long ahead = clocks.aheadNanos(client);
            long local = nanos + ahead;
            long day = Math.floorDiv(local, DAY);
            long first = Long.MAX_VALUE;
            // A day's hours may begin before the next day's are over: two more days are looked at once there is one.
            for (long d = day - 2; d < day + SEARCHED_DAYS; d++) {
                if (first != Long.MAX_VALUE && first < d * DAY - DAY) {
                    break;
                }
                if (takesPart(client, d) && start(client, d) > local) {
                    first = Math.min(first, start(client, d));
                }
            }
            return first == Long.MAX_VALUE ? Long.MAX_VALUE : first - ahead;
        }

        /** The end of the hours that a local time lies in; negative if in none. */
        private long end(int client, long local) {
            long day = Math.floorDiv(local, DAY);
            long latest = Long.MIN_VALUE;
            for (long d = day - 2; d <= day + 1; d++) {
                if (takesPart(client, d)) {
                    long start = start(client, d);
                    long end = start + length(client, d);
                    if (start <= local && local < end) {
                        latest = Math.max(latest, end);
                    }
                }
            }
            return latest == Long.MIN_VALUE ? -1 : latest;
        }

        private boolean takesPart(int client, long day) {
            return draws.unit(index(client, day, 0)) < laws.dailyShare;
        }

        private long start(int client, long day) {
            double hour = laws.startHour.quantile(draws.open(index(client, day, 1)));
            return day * DAY + (long) StrictMath.rint(Math.max(-24, Math.min(24, hour)) * 3.6e12);
        }

        private long length(int client, long day) {
            return Math.max(
                    1, SimTime.nanos(3_600 * Math.min(24, laws.hours.quantile(draws.open(index(client, day, 2))))));
        }

        private static long index(int client, long day, int what) {
            return ((long) client << 32) ^ ((day + (1 << 20)) << 2 | what);
        }

        @Override
        public long arrayBytes() {
            return 0;
        }
    }
}
