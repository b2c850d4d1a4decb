package org.motleysim.workloads.federated;

import org.motleysim.core.metric.LatencyHistogram;
import org.motleysim.core.metric.TimeWeighted;

/** What is counted in a run. */
final class Books {
    private static final int STALENESS_BINS = 1 << 14;
    private static final int CAUSES = LossCause.values().length;

    final LatencyHistogram latency = new LatencyHistogram();
    final LatencyHistogram roundTimes = new LatencyHistogram();
    final double[] joulesByClass;
    private final long[] staleness = new long[STALENESS_BINS];
    private final TimeWeighted inFlight = new TimeWeighted();
    private final TimeWeighted lag = new TimeWeighted();

    long version;
    long launched;
    long arrived;
    final long[] lost = new long[CAUSES];
    long used;
    long tooStale;
    long late;
    long failedRounds;

    // Bytes.
    long downReceived;
    long downLost;
    long downInFlight;
    long upReceived;
    long upLost;
    long upInFlight;
    long upUnsent;
    long downUnsent;
    long backhaulBytes;

    // Joules.
    double downJoules;
    double computeJoules;
    double upJoules;
    double tailJoules;
    double wastedJoules;

    // Staleness of the updates that were used.
    private double stalenessSum;
    private long stale;
    private long warmNanos;
    private long warmVersion;
    private long warmArrived;
    private long stalenessMax;
    private double serverSeconds;

    Books(int classes) {
        this.joulesByClass = new double[classes];
    }

    /** A task begins with the present version. */
    void launched(long now) {
        launched++;
        inFlight.add(now, 1);
    }

    /** A task is over, whose version is so far behind. */
    void over(long now, long behind) {
        inFlight.add(now, -1);
        if (behind != 0) {
            lag.add(now, -(double) behind);
        }
    }

    /** There is a new version: all that is under way is one more behind. */
    void newVersion(long now) {
        version++;
        lag.add(now, inFlight.level());
    }

    /** Forgets times and staleness: the warm-up is over. Counts, bytes and joules go on. */
    void warm(long now) {
        latency.reset();
        roundTimes.reset();
        java.util.Arrays.fill(staleness, 0);
        stalenessSum = 0;
        stalenessMax = 0;
        stale = 0;
        inFlight.reset(now);
        lag.reset(now);
        warmNanos = now;
        warmVersion = version;
        warmArrived = arrived;
    }

    /** Versions a second since the warm-up. */
    double versionRate(long now) {
        return rate(version - warmVersion, now);
    }

    /** Tasks with an update a second since the warm-up. */
    double taskRate(long now) {
        return rate(arrived - warmArrived, now);
    }

    private double rate(long count, long now) {
        return now > warmNanos ? count / ((now - warmNanos) * 1e-9) : Double.NaN;
    }

    /** An update of that staleness went into the model. */
    void use(long behind) {
        used++;
        stale++;
        stalenessSum += behind;
        stalenessMax = Math.max(stalenessMax, behind);
        staleness[(int) Math.min(STALENESS_BINS - 1, behind)]++;
    }

    void serverBusy(double seconds) {
        serverSeconds += seconds;
    }

    double serverSeconds() {
        return serverSeconds;
    }

    double meanStaleness() {
        return stale == 0 ? Double.NaN : stalenessSum / stale;
    }

    double maxStaleness() {
        return stale == 0 ? Double.NaN : stalenessMax;
    }

    /** The least staleness that at least so large a share of the updates does not exceed; the last bin holds all beyond. */
    double stalenessQuantile(double share) {
        if (stale == 0) {
            return Double.NaN;
        }
        long wanted = Math.max(1, (long) Math.ceil(share * stale));
        long seen = 0;
        for (int i = 0; i < staleness.length; i++) {
            seen += staleness[i];
            if (seen >= wanted) {
                return i == staleness.length - 1 ? stalenessMax : i;
            }
        }
        return stalenessMax;
    }

    long[] stalenessCounts() {
        int last = 0;
        for (int i = 0; i < staleness.length; i++) {
            if (staleness[i] > 0) {
                last = i;
            }
        }
        return java.util.Arrays.copyOf(staleness, last + 1);
    }

    double meanInFlight(long now) {
        return inFlight.mean(now);
    }

    /** How many versions behind the tasks under way are, on average over tasks and time. */
    double meanLag(long now) {
        double tasks = inFlight.integralSeconds(now);
        return tasks == 0 ? Double.NaN : lag.integralSeconds(now) / tasks;
    }

    double joules() {
        return downJoules + computeJoules + upJoules + tailJoules;
    }

    long lostInAll() {
        return lost[0] + lost[1] + lost[2];
    }
}
