package org.motleysim.core.engine;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A discrete-event simulation: a clock, the pending events, and the run.
 *
 * <p>Time is a {@code long} count of nanoseconds since the start (see {@link SimTime}). Events run in the total order
 * (time, priority, sequence): among equals, the one scheduled first. A delay of zero is legal and runs after everything
 * of its priority that is already pending at this instant. The run uses the calling thread, and nothing here is shared
 * between simulations: as many as wanted may run in one process, each in one thread at a time.
 *
 * <p>There are two ways to schedule. The fast one registers a handler once and schedules it with a number:
 *
 * <pre>{@code
 * Simulation simulation = new Simulation();
 * EventType departure = simulation.register("departure", server -> free[(int) server] = true);
 * simulation.schedule(SimTime.nanos(0.25), departure, 3);
 * simulation.run();
 * }</pre>
 *
 * <p>It allocates nothing. The easy one takes any code: {@code simulation.schedule(delay, "departure", () -> ...)}, and
 * allocates no more than the lambda itself.
 *
 * <p>Each way returns a handle by which the event can be cancelled or moved. A handle whose event has run, was
 * cancelled or was moved is stale; using it does nothing.
 */
public final class Simulation {

    private static final long FOREVER = Long.MAX_VALUE;
    private static final long DEFAULT_EVENTS_PER_INSTANT = 10_000_000;
    private static final long NORMAL = Priority.NORMAL.bits;

    private static final int NO_TYPE = -1;

    /** The type of events that were scheduled as a {@link Runnable}; their argument is an index of {@link #actions}. */
    private static final int ACTION = 1;

    private final PendingEvents pending = new PendingEvents();
    private final EventTable events = pending.events;
    private final ShortList handful = pending.handful;
    private final ActionTable actions = new ActionTable();
    private final @Nullable TieShuffle shuffle;
    private final @Nullable EventObserver observer;
    private final InstantGuard guard;

    /** By {@link EventType#id}; the first two are not registered types. */
    private @Nullable EventType[] types = new @Nullable EventType[8];

    private int typeCount = ACTION + 1;

    /** Type of the last event that was no action. */
    private EventType recent = new EventType(this, NO_TYPE, "none", argument -> {});

    private long now;
    private long sequence;
    private long processed;
    private long digest = Digest.EMPTY;
    private boolean running;
    private boolean stopRequested;

    /** Creates a simulation with the defaults of {@link Builder}. */
    public Simulation() {
        this(builder());
    }

    private Simulation(Builder builder) {
        this.shuffle = builder.shuffle;
        this.observer = builder.observer;
        this.guard = new InstantGuard(builder.eventsPerInstant);
    }

    /**
     * Starts the description of a simulation that differs from the default.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Makes a handler known. A label may be registered any number of times, with a handler object each.
     *
     * @param label what the event is called in digests, traces and errors
     * @param handler serves the events of this type
     * @return the type to schedule with
     */
    public EventType register(String label, EventHandler handler) {
        Objects.requireNonNull(handler, "handler");
        if (typeCount == types.length) {
            types = Arrays.copyOf(types, 2 * typeCount);
        }
        EventType type = new EventType(this, typeCount, label, handler);
        types[typeCount++] = type;
        return type;
    }

    /**
     * Returns the virtual time: that of the running event, or of the last one, or where {@link #runUntil} ended.
     *
     * @return nanoseconds since the start
     */
    public long now() {
        return now;
    }

    /**
     * Schedules an event after a delay.
     *
     * @param delayNanos nanoseconds from now, zero or more
     * @param type what happens
     * @param argument handed to the handler
     * @return the handle of the event
     * @throws IllegalArgumentException if the delay is negative or leads beyond the range of time, or if the type was
     *     registered with another simulation
     */
    public long schedule(long delayNanos, EventType type, long argument) {
        return add(after(delayNanos), NORMAL, type, argument);
    }

    /**
     * Schedules an event after a delay, with a priority.
     *
     * @param delayNanos nanoseconds from now, zero or more
     * @param priority order among events of the same instant
     * @param type what happens
     * @param argument handed to the handler
     * @return the handle of the event
     * @throws IllegalArgumentException as {@link #schedule(long, EventType, long)}
     */
    public long schedule(long delayNanos, Priority priority, EventType type, long argument) {
        return add(after(delayNanos), priority.bits, type, argument);
    }

    /**
     * Schedules an event at a time.
     *
     * @param timeNanos nanoseconds since the start, not before now
     * @param type what happens
     * @param argument handed to the handler
     * @return the handle of the event
     * @throws IllegalArgumentException if the time is past, or if the type was registered with another simulation
     */
    public long scheduleAt(long timeNanos, EventType type, long argument) {
        return add(notPast(timeNanos), NORMAL, type, argument);
    }

    /**
     * Schedules an event at a time, with a priority.
     *
     * @param timeNanos nanoseconds since the start, not before now
     * @param priority order among events of the same instant
     * @param type what happens
     * @param argument handed to the handler
     * @return the handle of the event
     * @throws IllegalArgumentException as {@link #scheduleAt(long, EventType, long)}
     */
    public long scheduleAt(long timeNanos, Priority priority, EventType type, long argument) {
        return add(notPast(timeNanos), priority.bits, type, argument);
    }

    /**
     * Schedules an action after a delay.
     *
     * @param delayNanos nanoseconds from now, zero or more
     * @param label what the event is called in digests, traces and errors
     * @param action what happens
     * @return the handle of the event
     * @throws IllegalArgumentException if the delay is negative or leads beyond the range of time
     */
    public long schedule(long delayNanos, String label, Runnable action) {
        return add(after(delayNanos), NORMAL, label, action);
    }

    /**
     * Schedules an action after a delay, with a priority.
     *
     * @param delayNanos nanoseconds from now, zero or more
     * @param priority order among events of the same instant
     * @param label what the event is called in digests, traces and errors
     * @param action what happens
     * @return the handle of the event
     * @throws IllegalArgumentException if the delay is negative or leads beyond the range of time
     */
    public long schedule(long delayNanos, Priority priority, String label, Runnable action) {
        return add(after(delayNanos), priority.bits, label, action);
    }

    /**
     * Schedules an action at a time.
     *
     * @param timeNanos nanoseconds since the start, not before now
     * @param label what the event is called in digests, traces and errors
     * @param action what happens
     * @return the handle of the event
     * @throws IllegalArgumentException if the time is past
     */
    public long scheduleAt(long timeNanos, String label, Runnable action) {
        return add(notPast(timeNanos), NORMAL, label, action);
    }

    /**
     * Schedules an action at a time, with a priority.
     *
     * @param timeNanos nanoseconds since the start, not before now
     * @param priority order among events of the same instant
     * @param label what the event is called in digests, traces and errors
     * @param action what happens
     * @return the handle of the event
     * @throws IllegalArgumentException if the time is past
     */
    public long scheduleAt(long timeNanos, Priority priority, String label, Runnable action) {
        return add(notPast(timeNanos), priority.bits, label, action);
    }

    /**
     * Cancels a pending event.
     *
     * @param handle as returned when it was scheduled; may be stale or {@link EventHandle#NONE}
     * @return whether it was pending
     */
    public boolean cancel(long handle) {
        int place = pending.find(handle);
        if (place == 0) {
            return false;
        }
        if (pending.type(place) == ACTION) {
            actions.remove((int) pending.argument(place));
        }
        pending.cancel(place);
        return true;
    }

    /**
     * Moves a pending event to another time. It keeps its priority; among equals it counts as scheduled now.
     *
     * @param handle as returned when it was scheduled; may be stale or {@link EventHandle#NONE}
     * @param timeNanos nanoseconds since the start, not before now
     * @return the new handle, or {@link EventHandle#NONE} if the event was not pending; the old handle is stale
     * @throws IllegalArgumentException if the time is past
     */
    public long reschedule(long handle, long timeNanos) {
        notPast(timeNanos);
        int place = pending.find(handle);
        if (place == 0) {
            return EventHandle.NONE;
        }
        long priority = pending.order(place) & Priority.MASK;
        int type = pending.type(place);
        long argument = pending.argument(place);
        pending.cancel(place);
        return pending.add(timeNanos, priority | next(), type, argument);
    }

    /**
     * Returns whether an event is still to run.
     *
     * @param handle as returned when it was scheduled; may be stale or {@link EventHandle#NONE}
     * @return whether it is pending
     */
    public boolean isPending(long handle) {
        return pending.find(handle) != 0;
    }

    /**
     * Runs until no event is pending or one calls {@link #stop}.
     *
     * @return {@link StopReason#EMPTY} or {@link StopReason#STOPPED}
     * @throws SimulationException if an event fails; that event counts as run, the others stay pending
     * @throws IllegalStateException if called from inside an event
     */
    public StopReason run() {
        return run(FOREVER, FOREVER);
    }

    /**
     * Runs every event up to and including a time. Unless an event calls {@link #stop}, the clock then stands exactly at
     * that time.
     *
     * @param timeNanos nanoseconds since the start, not before now
     * @return {@link StopReason#TIME_REACHED} if later events are pending, {@link StopReason#EMPTY} if none are, or
     *     {@link StopReason#STOPPED}
     * @throws IllegalArgumentException if the time is past
     * @throws SimulationException as {@link #run}
     * @throws IllegalStateException if called from inside an event
     */
    public StopReason runUntil(long timeNanos) {
        StopReason reason = run(notPast(timeNanos), FOREVER);
        if (reason != StopReason.STOPPED) {
            now = timeNanos;
        }
        return reason;
    }

    /**
     * Runs at most so many events.
     *
     * @param count zero or more
     * @return {@link StopReason#COUNT_REACHED}, {@link StopReason#EMPTY} if there were fewer, or
     *     {@link StopReason#STOPPED}
     * @throws IllegalArgumentException if the count is negative
     * @throws SimulationException as {@link #run}
     * @throws IllegalStateException if called from inside an event
     */
    public StopReason runEvents(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("count (" + count + ") must be at least 0.");
        }
        return run(FOREVER, count);
    }

    /**
     * Runs the next event.
     *
     * @return whether there was one
     * @throws SimulationException as {@link #run}
     * @throws IllegalStateException if called from inside an event
     */
    public boolean step() {
        long before = processed;
        run(FOREVER, 1);
        return processed > before;
    }

    /** Asks the run to return after the event that is running; without effect outside a run. It can be resumed. */
    public void stop() {
        stopRequested = true;
    }

    /**
     * Returns how many events are to run; cancelled ones do not count.
     *
     * @return the number of pending events
     */
    public long pending() {
        return pending.size();
    }

    /**
     * Returns how many events have run.
     *
     * @return the number since the start
     */
    public long processed() {
        return processed;
    }

    /**
     * Returns what identifies the run so far: a 64-bit hash of time and label of each event in its order.
     *
     * @return the digest; equal for equal runs on every machine
     */
    public long digest() {
        return digest;
    }

    /**
     * Returns the memory held for pending events: all arrays at their full length, not only the part in use.
     *
     * @return bytes
     */
    public long retainedBytes() {
        return pending.retainedBytes() + actions.retainedBytes();
    }

    private StopReason run(long limit, long count) {
        if (running) {
            throw new IllegalStateException(
                    "the simulation is already running.\nMaybe an event calls run or step? It should schedule instead.");
        }
        running = true;
        stopRequested = false;
        try {
            for (long left = count; left > 0; left--) {
                if (handful.isDue(limit)) {
                    int position = handful.removeFirst();
                    fire(handful.time(position), handful.argument(position), handful.type(position));
                } else {
                    int slot = pending.poll(limit);
                    if (slot == 0) {
                        return pending.size() == 0 ? StopReason.EMPTY : StopReason.TIME_REACHED;
                    }
                    long time = events.time(slot);
                    long argument = events.argument(slot);
                    int type = events.type(slot);
                    pending.release(slot);
                    fire(time, argument, type);
                }
                if (stopRequested) {
                    return StopReason.STOPPED;
                }
            }
            return StopReason.COUNT_REACHED;
        } finally {
            running = false;
        }
    }

    private void fire(long time, long argument, int id) {
        // Often the type is that of the event before; then its handler is known before the table is asked.
        EventType type = recent;
        if (type.id != id) {
            if (id == ACTION) {
                act(time, (int) argument);
                return;
            }
            type = types[id];
            recent = type;
        }
        begin(time, type.label(), type.labelHash, argument);
        try {
            type.handler.on(argument);
        } catch (Throwable error) {
            throw failure(type.label(), error);
        }
    }

    private void act(long time, int entry) {
        Runnable action = actions.action(entry);
        String label = actions.label(entry);
        actions.remove(entry);
        begin(time, label, Digest.ofLabel(label), 0);
        try {
            action.run();
        } catch (Throwable error) {
            throw failure(label, error);
        }
    }

    private void begin(long time, String label, long labelHash, long argument) {
        guard.check(now, time, label);
        now = time;
        processed++;
        digest = Digest.add(digest, time, labelHash);
        if (observer != null) {
            observer.before(time, label, argument);
        }
    }

    private SimulationException failure(String label, Throwable error) {
        // An error that already knows its place, as from a simulation inside an event, keeps it.
        return error instanceof SimulationException placed ? placed : SimulationException.inside(now, label, error);
    }

    private long add(long time, long priority, EventType type, long argument) {
        if (type.simulation != this) {
            throw new IllegalArgumentException("type (" + type.label() + ") must be registered with this simulation.\n"
                    + "Maybe it belongs to another run? Register types where the model is bound.");
        }
        return pending.add(time, priority | next(), type.id, argument);
    }

    private long add(long time, long priority, String label, Runnable action) {
        return pending.add(
                time,
                priority | next(),
                ACTION,
                actions.add(Objects.requireNonNull(label, "label"), Objects.requireNonNull(action, "action")));
    }

    private long next() {
        long next = ++sequence;
        return shuffle == null ? next : shuffle.of(next);
    }

    private long after(long delay) {
        long time = now + delay;
        if ((delay | time) < 0) {
            throw new IllegalArgumentException(
                    delay < 0
                            ? "delayNanos (" + delay + ") must be at least 0."
                            : "delayNanos (" + delay + ") must not lead beyond the range of time, 292 years, from "
                                    + SimTime.format(now) + ".\nMaybe \"never\" was meant? Then schedule nothing.");
        }
        return time;
    }

    private long notPast(long time) {
        if (time < now) {
            throw new IllegalArgumentException("timeNanos (" + time + ") must not be before now (" + now + ").\n"
                    + "Maybe a delay was meant? Then use schedule.");
        }
        return time;
    }

    /** Describes a simulation that differs from the default. */
    public static final class Builder {

        private @Nullable TieShuffle shuffle;
        private @Nullable EventObserver observer;
        private long eventsPerInstant = DEFAULT_EVENTS_PER_INSTANT;

        private Builder() {}

        /**
         * Runs events of the same time and priority in a random order instead of first come, first served. A model whose
         * results change with the seed depends on an order that it should not depend on.
         *
         * @param seed of the order
         * @return this builder
         */
        public Builder shuffledTies(long seed) {
            shuffle = new TieShuffle(seed);
            return this;
        }

        /**
         * Sets how many events may run at one instant before the run fails and names them. Default: ten million.
         *
         * @param limit one or more
         * @return this builder
         * @throws IllegalArgumentException if the limit is less than one
         */
        public Builder eventsPerInstant(long limit) {
            if (limit < 1) {
                throw new IllegalArgumentException("limit (" + limit + ") must be at least 1.");
            }
            eventsPerInstant = limit;
            return this;
        }

        /**
         * Shows each event to an observer before it runs. Default: none, which costs nothing.
         *
         * @param observer called before each event
         * @return this builder
         */
        public Builder observer(EventObserver observer) {
            this.observer = Objects.requireNonNull(observer, "observer");
            return this;
        }

        /**
         * Creates the simulation.
         *
         * @return a simulation at time zero without events
         */
        public Simulation build() {
            return new Simulation(this);
        }
    }
}
