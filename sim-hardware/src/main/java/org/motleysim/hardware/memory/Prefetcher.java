package org.motleysim.hardware.memory;

import java.util.Arrays;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;

/**
 * Brings objects into a tier ahead of their use, in order, while the one before is computed.
 *
 * <p>It has so many buffers as the window says. An object takes the next free buffer (and its bytes of the pool) when it starts to move, and
 * keeps it until it has been computed; so a window of 1 is no overlap at all, and a window of 2 is double buffering. From each source tier
 * one object moves at a time, in order, as on a copy stream; movements from unlike tiers go on side by side and share what they share.
 *
 * <pre>
 * for equal objects that take m to move and c to compute, n of them:
 * window 1: n (m + c)        window 2 or more: m + (n - 1) max(m, c) + c
 * </pre>
 *
 * <p>{@code ready} happens with the number of each object in turn, as soon as it is there and the one before has been computed; the caller
 * then computes for as long as that takes and calls {@link #computed}. The time between is a stall, and it is counted for the tier that the
 * object comes from: seconds from start to end = seconds of computing + {@link #stallSeconds()}.
 *
 * <p>Used by the thread of the simulation; several may share a mover.
 */
public final class Prefetcher {
    private static final long NOTHING = -1;

    private enum State {
        FREE,
        WAITING,
        MOVING,
        HERE
    }

    private final Simulation simulation;
    private final Mover mover;
    private final int to;
    private final MemoryPool pool;
    private final ObjectSequence objects;
    private final EventType ready;
    private final EventType arrival;

    private final long[] held; // per buffer: the object in it
    private final State[] state;
    private final boolean[] busy; // per tier: whether one of our objects moves from there
    private final long[] stallNanos; // per tier
    private int buffersInUse;
    private long current;
    private long ahead;
    private long awaited = NOTHING;
    private long stalledSince;
    private long bytesMoved;

    /**
     * Prepares; {@link #start} begins.
     *
     * @param name label of its events
     * @param to number of the tier that objects are brought to
     * @param pool capacity of that tier
     * @param window objects that may have a buffer at once, the one being computed included, 1 or more
     * @param ready told each object in turn
     * @throws IllegalArgumentException if the window is less than one
     */
    public Prefetcher(
            Simulation simulation,
            String name,
            Mover mover,
            int to,
            MemoryPool pool,
            int window,
            ObjectSequence objects,
            EventType ready) {
        if (window < 1) {
            throw new IllegalArgumentException("window (" + window + ") must be at least 1");
        }
        this.simulation = simulation;
        this.mover = mover;
        this.to = to;
        this.pool = pool;
        this.objects = objects;
        this.ready = ready;
        this.arrival = simulation.register(name, buffer -> arrived((int) buffer));
        this.held = new long[window];
        this.state = new State[window];
        Arrays.fill(state, State.FREE);
        int tiers = mover.map().tiers().size();
        this.busy = new boolean[tiers];
        this.stallNanos = new long[tiers];
    }

    /** Begins with the first object. */
    public void start() {
        fetchAhead();
        takeTurn();
    }

    /** The object that was ready has been computed: its buffer is free, and it is the next one's turn. */
    public void computed() {
        if (objects.source(current) != ObjectSequence.RESIDENT) {
            int buffer = bufferOf(current);
            state[buffer] = State.FREE;
            buffersInUse--;
            pool.release(objects.bytes(current));
        }
        current++;
        fetchAhead();
        takeTurn();
    }

    private void fetchAhead() {
        while (ahead < objects.size()) {
            int source = objects.source(ahead);
            if (source != ObjectSequence.RESIDENT) {
                long bytes = objects.bytes(ahead);
                // Alone it must fit, or the pool says why not; behind others it waits until they have gone.
                if (buffersInUse == held.length || (buffersInUse > 0 && !pool.fits(bytes))) {
                    return;
                }
                pool.reserve(bytes, arrival.label());
                int buffer = freeBuffer();
                held[buffer] = ahead;
                state[buffer] = State.WAITING;
                buffersInUse++;
                moveNext(source);
            }
            ahead++;
        }
    }

    /** Starts the first waiting object of a tier, if none of it is moving. */
    private void moveNext(int source) {
        if (busy[source]) {
            return;
        }
        int first = -1;
        for (int i = 0; i < held.length; i++) {
            if (state[i] == State.WAITING
                    && objects.source(held[i]) == source
                    && (first < 0 || held[i] < held[first])) {
                first = i;
            }
        }
        if (first >= 0) {
            busy[source] = true;
            state[first] = State.MOVING;
            mover.move(source, to, objects.bytes(held[first]), arrival, first);
        }
    }

    private void arrived(int buffer) {
        int source = objects.source(held[buffer]);
        state[buffer] = State.HERE;
        busy[source] = false;
        bytesMoved += objects.bytes(held[buffer]);
        moveNext(source);
        if (held[buffer] == awaited) {
            stallNanos[source] += simulation.now() - stalledSince;
            awaited = NOTHING;
            simulation.schedule(0, ready, held[buffer]);
        }
    }

    private void takeTurn() {
        if (current == objects.size()) {
            return;
        }
        if (objects.source(current) == ObjectSequence.RESIDENT || state[bufferOf(current)] == State.HERE) {
            simulation.schedule(0, ready, current);
        } else {
            awaited = current;
            stalledSince = simulation.now();
        }
    }

    private int bufferOf(long object) {
        for (int i = 0; i < held.length; i++) {
            if (held[i] == object && state[i] != State.FREE) {
                return i;
            }
        }
        throw new IllegalStateException("object " + object + " has no buffer\nMaybe computed() was called twice.");
    }

    private int freeBuffer() {
        for (int i = 0; i < state.length; i++) {
            if (state[i] == State.FREE) {
                return i;
            }
        }
        throw new IllegalStateException("no buffer is free");
    }

    /** Whether all objects have been computed. */
    public boolean finished() {
        return current == objects.size();
    }

    /** Returns the objects that have been computed. */
    public long completed() {
        return current;
    }

    /** Returns the bytes of the objects that have been brought. */
    public long bytesMoved() {
        return bytesMoved;
    }

    /** Returns the time that computing has waited for objects so far, in seconds. */
    public double stallSeconds() {
        double sum = 0;
        for (int tier = 0; tier < stallNanos.length; tier++) {
            sum += stallSeconds(tier);
        }
        return sum;
    }

    /** Returns the time that computing has waited for objects from a tier so far, in seconds. */
    public double stallSeconds(int tier) {
        boolean waitingNow = awaited != NOTHING && objects.source(awaited) == tier;
        return SimTime.seconds(stallNanos[tier] + (waitingNow ? simulation.now() - stalledSince : 0));
    }
}
