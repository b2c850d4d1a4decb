package org.motleysim.workloads.federated.population;

import org.motleysim.core.engine.SimTime;
import org.motleysim.core.random.RandomStream;

/**
 * Exponential times on and off, without an event: a client has a state only when somebody looks.
 *
 * <p>Eight bytes a client: a time, and what is known of it in the two lowest bits. Both laws being memoryless, what comes after that time depends
 * on nothing else: the state d later is that of a two-state Markov chain,
 *
 * <pre>
 * P(on at t + d | off at t) = a (1 - exp(-d / on - d / off)),   a = on / (on + off),
 * </pre>
 *
 * and what is left of its time is exponential again. So a look draws at most twice, however long ago the last one was, and the process is
 * the same in law as if each change had been an event. Until when a client is off is drawn only if somebody asks.
 */
final class ExponentialHours implements Availability.Hours {
    private static final int SEEN_OFF = 1; // off at that time, and nothing is known of later ones
    private static final int ON_UNTIL = 2; // goes off at that time
    private static final int OFF_UNTIL = 3; // comes on at that time
    private static final int KIND = 3;
    private static final long FARTHEST = Long.MAX_VALUE >> 3;

    private final long[] state; // 0: nobody has looked yet
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
        int kind = (int) known & KIND;
        long time = known >>> 2;
        if (kind >= ON_UNTIL ? time > now : kind == SEEN_OFF && time == now) {
            return known;
        }
        boolean on;
        if (kind == 0) {
            on = draws.nextDouble() < share;
        } else {
            boolean wasOn = kind == OFF_UNTIL; // from that time on
            double chance = draws.nextDouble();
            // On if below share + (1 - share) left, or below share (1 - left): mostly the share alone decides.
            on = wasOn == chance < share
                    ? wasOn
                    : chance < (wasOn ? share + (1 - share) * left(now - time) : share - share * left(now - time));
        }
        long found = on ? until(now, onMean) << 2 | ON_UNTIL : now << 2 | SEEN_OFF;
        state[client] = found;
        return found;
    }

    /** What is left of the knowledge of a state after some time. */
    private double left(long nanos) {
        return StrictMath.exp(-decayPerNano * nanos);
    }

    private long until(long now, double mean) {
        return Math.min(FARTHEST, now + 1 + SimTime.nanos(draws.nextExponential(mean)));
    }

    @Override
    public boolean isOn(int client, long nanos) {
        return (look(client, nanos) & KIND) == ON_UNTIL;
    }

    @Override
    public long onUntil(int client, long nanos) {
        return look(client, nanos) >>> 2;
    }

    @Override
    public long offUntil(int client, long nanos) {
        long found = look(client, nanos);
        if ((found & KIND) == SEEN_OFF) {
            found = until(nanos, offMean) << 2 | OFF_UNTIL;
            state[client] = found;
        }
        return found >>> 2; // at that very time it is on with certainty: nothing is forgotten yet
    }

    @Override
    public long arrayBytes() {
        return 8L * state.length;
    }
}
