package org.motleysim.hardware.memory;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.quantity.Durations;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.resource.SharedRate;
import org.motleysim.core.resource.Slots;
import org.motleysim.hardware.device.MemoryTier;
import org.motleysim.hardware.network.MaxMinFlows;

/**
 * Moves bytes between the tiers of a {@link TierMap} in one run.
 *
 * <p><b>The life of a movement.</b> It waits, first come first served, for a place in the queue of either tier that has one. Then two
 * things go on side by side, and it has arrived when all of them are over:
 *
 * <ul>
 *   <li><b>Its bytes.</b> After the latency of both tiers and of the links between them they flow over the reading bandwidth of the source,
 *       the links and the writing bandwidth of the destination, all of which are shared max-min fairly with the other movements
 *       ({@link MaxMinFlows}). They are rounded up to the granularity of both tiers.
 *   <li><b>Its operations</b>, for a tier with a queue of q: n = bytes / operation of them, at most q at once, each of which takes the
 *       tier's latency and its own transfer. Operations of all movements share the queue by processor sharing ({@link SharedRate}).
 * </ul>
 *
 * <p>Alone and with deep queues that is latency + bytes / least bandwidth; with one operation at a time it is n (latency + transfer); k
 * equal movements at once take k times as long. What is assumed and where it is wrong: docs/models/memory.md.
 *
 * <p>At any time {@link #bytesAsked} = {@link #bytesArrived} + {@link #bytesUnderWay}. Used by the thread of the simulation.
 */
public final class Mover {
    private static final int NO_ROUTE = -1;

    private final TierMap map;
    private final Simulation simulation;
    private final MaxMinFlows flows;
    private final Movements movements = new Movements();
    private final EventType admitted;
    private final EventType departure;
    private final EventType served;
    private final long startNanos;

    private final @Nullable Slots[] places;
    private final @Nullable SharedRate[] operations;

    private final int[][] routeOf; // [from][to]
    private final int[][] path; // per route: what its bytes flow over
    private final long[] latencyNanos; // per route

    private final double[] read; // per tier: bytes of movements that have flowed
    private final double[] written;
    private final double[] crossed; // per link
    private final long[] moves; // per tier: movements that have arrived from or at it
    private long asked;
    private long arrived;

    Mover(TierMap map, Simulation simulation) {
        int tiers = map.tiers().size();
        this.map = map;
        this.simulation = simulation;
        this.startNanos = simulation.now();
        this.admitted = simulation.register("memory.admitted", slot -> enter((int) slot));
        this.departure = simulation.register("memory.departure", slot -> depart((int) slot));
        this.served = simulation.register("memory.served", slot -> partDone((int) slot));
        this.places = new @Nullable Slots[tiers];
        this.operations = new @Nullable SharedRate[tiers];
        this.read = new double[tiers];
        this.written = new double[tiers];
        this.moves = new long[tiers];
        this.crossed = new double[map.links().size()];
        double[] capacity = new double[2 * tiers + crossed.length];
        for (int i = 0; i < tiers; i++) {
            MemoryTier spec = map.tiers().get(i).spec();
            capacity[reading(i)] = spec.bandwidth().bytesPerSecond();
            capacity[2 * i + 1] = spec.writing().bytesPerSecond();
            if (spec.queues()) {
                String name = map.tiers().get(i).name();
                places[i] = new Slots(simulation, "memory.queue." + name, spec.queueDepth());
                operations[i] = new SharedRate(simulation, "memory.operations." + name, spec.queueDepth(), 1);
            }
        }
        for (int i = 0; i < crossed.length; i++) {
            capacity[2 * tiers + i] = map.links().get(i).bandwidth().bytesPerSecond();
        }
        this.flows = new MaxMinFlows(simulation, capacity, this::flowEnded);
        this.routeOf = new int[tiers][tiers];
        for (int[] row : routeOf) {
            Arrays.fill(row, NO_ROUTE);
        }
        int routes = map.routes().size();
        this.path = new int[routes][];
        this.latencyNanos = new long[routes];
        for (int i = 0; i < routes; i++) {
            TierMap.Route route = map.routes().get(i);
            routeOf[route.from()][route.to()] = i;
            path[i] = path(route);
            latencyNanos[i] = latency(route);
        }
    }

    private int[] path(TierMap.Route route) {
        List<Integer> links = route.links();
        int[] flowLinks = new int[links.size() + 2];
        flowLinks[0] = reading(route.from());
        for (int i = 0; i < links.size(); i++) {
            flowLinks[i + 1] = 2 * map.tiers().size() + links.get(i);
        }
        flowLinks[links.size() + 1] = writing(route.to());
        return flowLinks;
    }

    private long latency(TierMap.Route route) {
        long sum = SimTime.nanos(spec(route.from()).latency());
        for (int link : route.links()) {
            sum += SimTime.nanos(map.links().get(link).latency());
        }
        return sum + SimTime.nanos(spec(route.to()).latency());
    }

    private static int reading(int tier) {
        return 2 * tier;
    }

    /** A bus that reads and writes share is one resource. */
    private int writing(int tier) {
        return spec(tier).writeBandwidth().isPresent() ? 2 * tier + 1 : reading(tier);
    }

    private MemoryTier spec(int tier) {
        return map.tiers().get(tier).spec();
    }

    /** Returns the tiers and links. */
    public TierMap map() {
        return map;
    }

    /**
     * Moves bytes; {@code done} happens when the last of them has arrived.
     *
     * @param from number of the tier that is read
     * @param to number of the tier that is written
     * @param bytes zero or more; none take the latency
     * @throws IllegalArgumentException if there is no route or the bytes are negative
     */
    public void move(int from, int to, long bytes, EventType done, long argument) {
        int route = routeOf[from][to];
        if (route == NO_ROUTE) {
            throw new IllegalArgumentException(
                    "movement from " + map.tiers().get(from).name() + " to "
                            + map.tiers().get(to).name() + " must have a route\nMaybe add it to the map.");
        }
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes (" + bytes + ") must be zero or more");
        }
        long rounded = Math.max(
                rounded(bytes, spec(from).granularity().value()),
                rounded(bytes, spec(to).granularity().value()));
        asked = Math.addExact(asked, bytes);
        enter(movements.open(route, bytes, rounded, done, argument));
    }

    private static long rounded(long bytes, long granularity) {
        return Math.multiplyExact((bytes + granularity - 1) / granularity, granularity);
    }

    /** Waits for the next place it needs, the tier of the lower number first: so no two movements wait for each other. */
    private void enter(int slot) {
        TierMap.Route route = map.routes().get(movements.route[slot]);
        while (movements.stage[slot] < 2) {
            boolean lower = movements.stage[slot]++ == 0;
            Slots queue = places[lower ? Math.min(route.from(), route.to()) : Math.max(route.from(), route.to())];
            if (queue != null) {
                queue.request(admitted, slot);
                return;
            }
        }
        begin(slot, route);
    }

    private void begin(int slot, TierMap.Route route) {
        movements.parts[slot] = 1;
        simulation.schedule(latencyNanos[movements.route[slot]], departure, slot);
        serve(slot, route.from(), spec(route.from()).bandwidth().bytesPerSecond());
        serve(slot, route.to(), spec(route.to()).writing().bytesPerSecond());
    }

    private void serve(int slot, int tier, double bytesPerSecond) {
        SharedRate server = operations[tier];
        long bytes = movements.carried[slot];
        if (server != null && bytes > 0) {
            MemoryTier spec = spec(tier);
            long size = spec.operation().value();
            long count = (bytes + size - 1) / size;
            double work = count * Durations.seconds(spec.latency()) + bytes / bytesPerSecond;
            movements.parts[slot]++;
            server.start(work, (double) Math.min(count, spec.queueDepth()), served, slot);
        }
    }

    private void depart(int slot) {
        if (movements.carried[slot] == 0) {
            flowEnded(slot);
        } else {
            movements.flow[slot] = flows.start(path[movements.route[slot]], (double) movements.carried[slot], slot);
        }
    }

    private void flowEnded(int slot) {
        TierMap.Route route = map.routes().get(movements.route[slot]);
        movements.flow[slot] = -1;
        movements.flowed[slot] = true;
        count(route, (double) movements.carried[slot]);
        partDone(slot);
    }

    private void count(TierMap.Route route, double bytes) {
        read[route.from()] += bytes;
        written[route.to()] += bytes;
        for (int i = 0; i < route.links().size(); i++) {
            crossed[route.links().get(i)] += bytes;
        }
    }

    private void partDone(int slot) {
        if (--movements.parts[slot] > 0) {
            return;
        }
        TierMap.Route route = map.routes().get(movements.route[slot]);
        arrived += movements.bytes[slot];
        moves[route.from()]++;
        moves[route.to()]++;
        simulation.schedule(0, movements.done(slot), movements.argument(slot));
        movements.close(slot);
        release(route.from());
        release(route.to());
    }

    private void release(int tier) {
        Slots queue = places[tier];
        if (queue != null) {
            queue.release();
        }
    }

    /** Returns all bytes that movements were asked for so far. */
    public long bytesAsked() {
        return asked;
    }

    /** Returns the bytes of movements that have arrived. */
    public long bytesArrived() {
        return arrived;
    }

    /** Returns the bytes of movements that wait or are on their way, counted one by one. */
    public long bytesUnderWay() {
        long sum = 0;
        for (int slot = 0; slot < movements.slots(); slot++) {
            sum += movements.isOpen(slot) ? movements.bytes[slot] : 0;
        }
        return sum;
    }

    /** Returns what has happened so far at a tier. */
    public TierUse tier(int tier) {
        double in = written[tier];
        double out = read[tier];
        for (int slot = 0; slot < movements.slots(); slot++) {
            if (movements.isOpen(slot)) {
                TierMap.Route route = map.routes().get(movements.route[slot]);
                in += route.to() == tier ? flowing(slot) : 0;
                out += route.from() == tier ? flowing(slot) : 0;
            }
        }
        MemoryTier spec = spec(tier);
        double readShare = out / spec.bandwidth().bytesPerSecond();
        double writeShare = in / spec.writing().bytesPerSecond();
        double busy = spec.writeBandwidth().isPresent() ? Math.max(readShare, writeShare) : readShare + writeShare;
        Slots queue = places[tier];
        return new TierUse(
                map.tiers().get(tier).name(),
                spec,
                moves[tier],
                out,
                in,
                share(busy),
                queue == null ? 0 : queue.meanQueued(),
                spec.energyPerByte().map(Energy::joules).orElse(0.0) * (out + in));
    }

    /** Returns the bytes that have crossed a link so far. */
    public double bytesCrossed(int link) {
        double sum = crossed[link];
        for (int slot = 0; slot < movements.slots(); slot++) {
            if (movements.isOpen(slot)
                    && map.routes().get(movements.route[slot]).links().contains(link)) {
                sum += flowing(slot);
            }
        }
        return sum;
    }

    /** Returns the bytes that have crossed a link so far, as a share of what it could have carried. */
    public double utilization(int link) {
        return share(bytesCrossed(link) / map.links().get(link).bandwidth().bytesPerSecond());
    }

    private double share(double busySeconds) {
        long elapsed = simulation.now() - startNanos;
        return elapsed == 0 ? 0 : busySeconds / SimTime.seconds(elapsed);
    }

    /** Bytes of a movement that have flowed and are not yet counted. */
    private double flowing(int slot) {
        int flow = movements.flow[slot];
        return flow < 0 ? 0 : movements.carried[slot] - flows.remaining(flow);
    }
}
