package org.motleysim.hardware.collective;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.network.Network;

/**
 * Collectives under way on a network of a running simulation; as many at once as wanted, which share its links. Used by the thread of the
 * simulation.
 *
 * <pre>{@code
 * Collectives collectives = Collectives.on(simulation, network);
 * EventType done = simulation.register("all-reduced", unused -> ...);
 * collectives.start(Algorithms.named("ring"), new Collective.AllReduce(1 << 20), new int[] {0, 1, 2, 3}, done, 0);
 * }</pre>
 *
 * <p>Each rank walks through the steps of the schedule at its own pace (see {@link CollectiveSchedule}). A transfer begins when both its ends
 * have come to its step, as large messages do in MPI and NCCL; that the receiver says so costs no time. A transfer costs one event here
 * besides those of the network, and no allocation.
 */
public final class Collectives {
    private final Simulation simulation;
    private final Network network;
    private final EventType arrival;
    private final EventType reduced;
    private final Step step = new Step();
    private final double reduceBytesPerSecond; // infinite when sums cost nothing

    private int sendsAhead = 1;
    private @Nullable CollectiveRun[] runs = new CollectiveRun[4];
    private final Deque<Integer> freeRuns = new ArrayDeque<>();
    private int runCount;

    // Transfers under way, in reused slots.
    private int[] runOf = new int[64];
    private int[] from = new int[64];
    private int[] to = new int[64];
    private int[] stepOf = new int[64];
    private long[] bytesOf = new long[64];
    private int[] next = new int[64]; // free, or waiting for the same receiver
    private int slots;
    private long transfers;
    private int freeSlot = CollectiveRun.NONE;

    private Collectives(Simulation simulation, Network network, double reduceBytesPerSecond) {
        this.simulation = simulation;
        this.network = network;
        this.reduceBytesPerSecond = reduceBytesPerSecond;
        this.arrival = simulation.register("collective-arrival", slot -> arrive((int) slot));
        this.reduced = simulation.register("collective-reduced", this::reduced);
    }

    /** Returns collectives on a network; adding up costs nothing. */
    public static Collectives on(Simulation simulation, Network network) {
        return new Collectives(simulation, network, Double.POSITIVE_INFINITY);
    }

    /**
     * Returns collectives on a network whose ranks add up at a rate, in bytes of one operand a second: a third of the rate of the memory,
     * since a sum reads two operands and writes one.
     *
     * @throws IllegalArgumentException if the rate is zero
     */
    public static Collectives on(Simulation simulation, Network network, Bandwidth reduceRate) {
        if (reduceRate.bytesPerSecond() == 0) {
            throw new IllegalArgumentException("reduceRate (" + reduceRate + ") must be more than zero");
        }
        return new Collectives(simulation, network, reduceRate.bytesPerSecond());
    }

    /**
     * Lets transfers of so many steps be under way: a rank goes on before its sends have arrived, and has room for what comes early. One, the
     * default, is a blocking send and receive; libraries for GPUs have several buffers, so that a slow hop delays what goes over it and not
     * each step of who sends.
     *
     * @param steps one or more; for collectives that are opened from now on
     * @return this
     * @throws IllegalArgumentException if it is less than one
     */
    public Collectives sendingAhead(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("steps (" + steps + ") must be one or more");
        }
        this.sendsAhead = steps;
        return this;
    }

    /**
     * Starts a collective that all ranks enter now.
     *
     * @param endpoints of the network, one per rank, all different
     * @param done happens when the last rank has finished
     * @param argument of {@code done}
     * @throws IllegalArgumentException if there are no ranks, an endpoint is there twice or does not exist, or the algorithm refuses
     */
    public void start(
            CollectiveAlgorithm algorithm, Collective collective, int[] endpoints, EventType done, long argument) {
        int run = open(algorithm, collective, endpoints, done, argument);
        for (int rank = 0; rank < endpoints.length; rank++) {
            enter(run, rank);
        }
    }

    /**
     * Prepares a collective whose ranks {@link #enter} one by one: stragglers.
     *
     * @return its number, good until {@code done} is scheduled
     * @throws IllegalArgumentException as {@link #start}
     */
    public int open(
            CollectiveAlgorithm algorithm, Collective collective, int[] endpoints, EventType done, long argument) {
        return open(algorithm, collective, endpoints, done, argument, null);
    }

    /**
     * The same, and each rank is told as it finishes.
     *
     * @param rankDone happens when a rank has finished, with the rank as its argument; before {@code done} for the last
     */
    public int open(
            CollectiveAlgorithm algorithm,
            Collective collective,
            int[] endpoints,
            EventType done,
            long argument,
            @Nullable EventType rankDone) {
        check(endpoints);
        CollectiveSchedule schedule = algorithm.schedule(collective, endpoints.length);
        Integer free = freeRuns.poll();
        int number = free == null ? runCount++ : free;
        if (number == runs.length) {
            runs = Arrays.copyOf(runs, 2 * number);
        }
        runs[number] = new CollectiveRun(schedule, sendsAhead, endpoints.clone(), done, argument, rankDone);
        return number;
    }

    /**
     * Lets a rank begin.
     *
     * @throws IllegalArgumentException if there is no such collective or rank, or the rank has begun
     */
    public void enter(int run, int rank) {
        CollectiveRun of = run >= 0 && run < runCount ? runs[run] : null;
        if (of == null) {
            throw new IllegalArgumentException("run (" + run + ") must be that of a collective under way");
        }
        of.enter(rank);
        begin(run, of, rank);
    }

    /** Returns how many collectives are under way. */
    public int active() {
        return runCount - freeRuns.size();
    }

    /** Returns how many transfers were ever begun. */
    public long transfers() {
        return transfers;
    }

    /** Begins the steps of a rank until one has something to wait for. */
    private void begin(int number, CollectiveRun run, int rank) {
        while (true) {
            int at = run.step(rank);
            if (at == run.steps()) {
                if (run.isThrough(rank)) {
                    finish(number, run, rank);
                }
                return;
            }
            step.clear();
            run.schedule().step(rank, at, step);
            int sends = step.sends();
            run.expect(rank, sends, step.receives(), step.reduced());
            for (int i = 0; i < sends; i++) {
                int receiver = step.to(i);
                int slot = takeSlot();
                runOf[slot] = number;
                from[slot] = rank;
                to[slot] = receiver;
                stepOf[slot] = at;
                bytesOf[slot] = step.bytes(i);
                if (run.step(receiver) > at) {
                    throw new IllegalStateException("step " + at + " of rank " + rank + " sends to rank " + receiver
                            + ", which has gone on\nMaybe its schedule does not receive it.");
                } else if (run.hasRoom(receiver, at)) {
                    depart(run, slot);
                } else {
                    next[slot] = run.parked(receiver);
                    run.park(receiver, slot);
                }
            }
            release(run, rank);
            if (!run.isReady(rank)) {
                run.block(rank);
                return;
            }
            if (!passed(number, run, rank)) {
                return;
            }
        }
    }

    /** Lets go the transfers that waited for a rank to come near their step. */
    private void release(CollectiveRun run, int rank) {
        int waiting = run.parked(rank);
        int kept = CollectiveRun.NONE;
        while (waiting != CollectiveRun.NONE) {
            int after = next[waiting];
            if (run.hasRoom(rank, stepOf[waiting])) {
                depart(run, waiting);
            } else {
                next[waiting] = kept;
                kept = waiting;
            }
            waiting = after;
        }
        run.park(rank, kept);
    }

    private void depart(CollectiveRun run, int slot) {
        transfers++;
        network.transfer(run.endpoint(from[slot]), run.endpoint(to[slot]), bytesOf[slot], arrival, slot);
    }

    private void arrive(int slot) {
        int number = runOf[slot];
        int sender = from[slot];
        int receiver = to[slot];
        int at = stepOf[slot];
        next[slot] = freeSlot;
        freeSlot = slot;
        CollectiveRun run = running(number);
        run.received(receiver, at);
        if (run.unblock(receiver)) {
            proceed(number, run, receiver);
        }
        run.sent(sender, at);
        if (run.unblock(sender)) {
            proceed(number, run, sender);
        } else if (run.isThrough(sender)) {
            finish(number, run, sender);
        }
    }

    /** All transfers of the rank's step are over. */
    private void proceed(int number, CollectiveRun run, int rank) {
        if (passed(number, run, rank)) {
            begin(number, run, rank);
        }
    }

    /** Ends the rank's step, unless what came must be added up first or all must wait for the last. */
    private boolean passed(int number, CollectiveRun run, int rank) {
        long bytes = run.takeReduction(rank);
        if (bytes > 0 && reduceBytesPerSecond < Double.POSITIVE_INFINITY) {
            long delay = SimTime.nanos(bytes / reduceBytesPerSecond);
            simulation.schedule(delay, reduced, ((long) number << 32) | rank);
            return false;
        }
        return next(number, run, rank);
    }

    private void reduced(long runAndRank) {
        int number = (int) (runAndRank >>> 32);
        int rank = (int) runAndRank;
        CollectiveRun run = running(number);
        if (next(number, run, rank)) {
            begin(number, run, rank);
        }
    }

    private boolean next(int number, CollectiveRun run, int rank) {
        if (!run.schedule().joint(run.step(rank))) {
            run.advance(rank);
            return true;
        }
        if (run.allJoined()) {
            for (int each = 0; each < run.ranks(); each++) {
                run.advance(each);
            }
            for (int each = 0; each < run.ranks(); each++) {
                if (each != rank) {
                    begin(number, run, each);
                }
            }
            return true;
        }
        return false;
    }

    private void finish(int number, CollectiveRun run, int rank) {
        if (run.rankDone() != null) {
            simulation.schedule(0, run.rankDone(), rank);
        }
        if (run.finished()) {
            runs[number] = null;
            freeRuns.push(number);
            simulation.schedule(0, run.done(), run.argument());
        }
    }

    private CollectiveRun running(int number) {
        CollectiveRun run = runs[number];
        if (run == null) {
            throw new IllegalStateException("collective " + number + " is over but a transfer of it arrived.\n"
                    + "Maybe its schedule sends what nobody receives.");
        }
        return run;
    }

    private void check(int[] endpoints) {
        if (endpoints.length == 0) {
            throw new IllegalArgumentException("endpoints must be one or more");
        }
        boolean[] seen = new boolean[network.endpoints()];
        for (int endpoint : endpoints) {
            if (endpoint < 0 || endpoint >= seen.length || seen[endpoint]) {
                throw new IllegalArgumentException("endpoint (" + endpoint + ") must be from 0 to " + (seen.length - 1)
                        + " and there once: " + Arrays.toString(endpoints));
            }
            seen[endpoint] = true;
        }
    }

    private int takeSlot() {
        if (freeSlot != CollectiveRun.NONE) {
            int slot = freeSlot;
            freeSlot = next[slot];
            return slot;
        }
        if (slots == runOf.length) {
            int larger = 2 * slots;
            runOf = Arrays.copyOf(runOf, larger);
            from = Arrays.copyOf(from, larger);
            to = Arrays.copyOf(to, larger);
            stepOf = Arrays.copyOf(stepOf, larger);
            bytesOf = Arrays.copyOf(bytesOf, larger);
            next = Arrays.copyOf(next, larger);
        }
        return slots++;
    }
}
