package org.motleysim.workloads.federated.population;

import org.motleysim.core.engine.SimTime;
import org.motleysim.core.random.RandomStream;

/**
 * Exponential times on and off, without an event: a client has a state only when somebody looks.
 *
 * <p>Eight bytes a client: until when its state holds, and the state in the lowest bit. Whoever looks later than that finds a client of
 * which nothing is known since the state changed there. Both laws being memoryless, the state then is that of a two-state Markov chain,
 *
 * <pre>
 * P(on at t + d | off at t) = a (1 - exp(-d / on - d / off)),   a = on / (on + off),
 * </pre>
 *
 * and what is left of its time is exponential again. So a look draws at most twice, however long ago the last one was, and the process is
 * the same in law as if each change had been an event.
 */
final class ExponentialHours implements Availability.Hours {
    private static final long UNSEEN = 0;
    private static final long FARTHEST = Long.MAX_VALUE >> 2;

    private final long[] state; // end of the state in nanoseconds, times two, plus one if on
    private final double onMean;
    private final double offMean;
    private final double share;
    private final double decayPerNano;
    private final RandomStream draws;

    ExponentialHours(int clients, double onSeconds, double offSeconds, RandomStream draws) {
        this.state = new long[clients];
        this.onMean = onSeconds;
        this.offMean = offSeconds;
        this.share = onSeconds / (onSeconds + offSeconds);
        this.decayPerNano = 1e-9 * (1 / onSeconds + 1 / offSeconds);
        this.draws = draws;
    }

    private long look(int client, long now) {
        long known = state[client];
        if (known != UNSEEN && known >>> 1 > now) {
            return known;
        }
        boolean on;
        if (known == UNSEEN) {
            on = draws.nextDouble() < share;
        } else {
            boolean wasOn = (known & 1) != 0; // and changed when it ended
            double forgotten = -StrictMath.expm1(-decayPerNano * (now - (known >>> 1)));
            on = draws.nextDouble() < (wasOn ? share * forgotten : 1 - (1 - share) * forgotten);
        }
        long end = Math.min(FARTHEST, now + 1 + SimTime.nanos(draws.nextExponential(on ? onMean : offMean)));
        state[client] = end << 1 | (on ? 1 : 0);
        return state[client];
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
        return look(client, nanos) >>> 1; // at that very time it is on with certainty: nothing is forgotten yet
    }

    @Override
    public long arrayBytes() {
        return 8L * state.length;
    }
}
