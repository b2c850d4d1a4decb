package org.motleysim.workloads.llm;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.LatencyHistogram;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.hardware.cluster.Device;
import org.motleysim.hardware.network.Network;
import org.motleysim.workloads.Balance;

/**
 * Sequences on their way from the replica that has computed their prompt to the one that decodes them.
 *
 * <pre>
 * prompt computed -> decode replica chosen -> room taken there, first come first served -> keys and values over the network -> decodes
 * </pre>
 *
 * <p>Until they have arrived, both replicas hold the blocks. What the decode replica has in its prefix cache does not travel. The layer-wise
 * way takes room when the iteration that ends the prompt begins, and sends all but the last layer meanwhile: it starts when one layer is
 * computed, and the last layer follows when the iteration is over. If there is no room then, the sequence goes the usual way.
 *
 * <p>If the prefill replica fails, the prompt is lost and the request starts anew; if the decode replica fails, another one is chosen.
 */
final class Handoffs {
    private static final int NOWHERE = -1;

    private final ServingReplica[] replicas;
    private final RoutingDesk desk;
    private final LiveRequests live;
    private final Network network;
    private final Simulation simulation;
    private final EventType sent;
    private final EventType layer;
    private final boolean layerWise;
    private final int layers;
    private final long kvBytesPerToken;
    private final Arriving routed = new Arriving();
    private Optional<ReplicaFailures> failures = Optional.empty();

    /** An entry per sequence that is on its way; it stays while anything of it is in the network, even in vain. */
    private int[] request = {};

    private int[] from = {};
    private int[] to = {};
    private int[] pending = {};
    private long[] kvBytes = {};
    private long[] sentBytes = {};
    private long[] sinceNanos = {};
    private boolean[] prefilled = {};
    private boolean[] alive = {};
    private int[] free = {};
    private int freeCount;
    private int entries;

    private final WaitingQueue stranded = new WaitingQueue();
    private final WaitingQueue[] inbound;
    private int handedOver;

    private long completed;
    private long early;
    private long asked;
    private long arrived;
    private long restarted;
    private final LatencyHistogram time = new LatencyHistogram();

    Handoffs(
            ServingReplica[] replicas,
            RoutingDesk desk,
            LiveRequests live,
            Network network,
            Simulation simulation,
            DecodePool pool,
            int layers,
            long kvBytesPerToken) {
        this.replicas = replicas;
        this.desk = desk;
        this.live = live;
        this.network = network;
        this.simulation = simulation;
        this.layerWise = pool.layerWise();
        this.layers = layers;
        this.kvBytesPerToken = kvBytesPerToken;
        this.sent = simulation.register("llm.kv", entry -> arrived((int) entry));
        this.layer = simulation.register("llm.layer", entry -> sendMost((int) entry));
        this.inbound = new WaitingQueue[replicas.length];
        Arrays.setAll(inbound, i -> new WaitingQueue());
    }

    void watch(ReplicaFailures all) {
        failures = Optional.of(all);
    }

    /** Whether keys and values may travel before a prompt is done. */
    boolean layerWise() {
        return layerWise;
    }

    /**
     * The iteration that ends the prompt of a request begins, and the request wants more than one token.
     *
     * @param tokens that it will have in the cache after it
     */
    void promptEnds(ServingReplica source, int slot, int tokens, long iterationNanos) {
        if (live.handoff[slot] >= 0 || !choose(slot)) {
            return;
        }
        ServingReplica target = desk.route(routed);
        if (inbound[target.index()].size() > 0 || target.waiting.size() > 0) {
            return;
        }
        int found = target.parked().takeRoom(slot, tokens);
        if (found < 0) {
            return;
        }
        int entry = entry(slot, source);
        to[entry] = target.index();
        early++;
        kvBytes[entry] = (tokens - found) * kvBytesPerToken;
        pending[entry] = 1; // the event that starts the transfer
        simulation.schedule(iterationNanos / layers, layer, entry);
    }

    private void sendMost(int entry) {
        pending[entry]--;
        if (alive[entry]) {
            send(entry, kvBytes[entry] - lastLayerBytes(entry));
        } else {
            endIfVain(entry);
        }
    }

    private long lastLayerBytes(int entry) {
        return kvBytes[entry] / layers;
    }

    /** The prompt of a request is computed, and more than its first token is wanted; its blocks are parked at its replica. */
    void prefilled(int slot, ServingReplica source) {
        handedOver++;
        int entry = live.handoff[slot];
        if (entry < 0) {
            entry = entry(slot, source);
        }
        prefilled[entry] = true;
        sinceNanos[entry] = simulation.now();
        if (to[entry] == NOWHERE) {
            place(entry);
        } else {
            replicas[to[entry]].assignDecoding(slot, source);
            send(entry, lastLayerBytes(entry));
        }
    }

    /** Leaves the replicas that can take a request at the desk; false when there is none. */
    private boolean choose(int slot) {
        routed.identify(live.id[slot], live.arrivalNanos[slot]);
        routed.promptTokens = live.prefillTokens(slot);
        routed.outputTokens = live.outputTokens[slot] - live.produced[slot];
        live.routing = slot;
        desk.canHold((long) live.promptTokens[slot] + live.outputTokens[slot]);
        return desk.keepAccepting(failures);
    }

    private void place(int entry) {
        int slot = request[entry];
        if (!choose(slot)) {
            stranded.addLast(entry);
            return;
        }
        ServingReplica target = desk.route(routed);
        to[entry] = target.index();
        target.assignDecoding(slot, replicas[from[entry]]);
        inbound[target.index()].addLast(entry);
        takeRoom(target);
    }

    /** A decode replica may have got room: those who wait for it take it in turn. Those preempted there go first. */
    void takeRoom(ServingReplica target) {
        WaitingQueue queue = inbound[target.index()];
        while (queue.size() > 0 && target.waiting.size() == 0) {
            int entry = queue.first();
            int slot = request[entry];
            int found = target.parked().takeRoom(slot, live.parkedTokens[slot]);
            if (found < 0) {
                return;
            }
            queue.removeFirst();
            kvBytes[entry] = (live.parkedTokens[slot] - found) * kvBytesPerToken;
            send(entry, kvBytes[entry]);
        }
    }

    /** Each device of the wider side sends or gets its part. */
    private void send(int entry, long bytes) {
        asked += bytes;
        List<Device> sources = replicas[from[entry]].devices();
        List<Device> targets = replicas[to[entry]].devices();
        int parts = Math.max(sources.size(), targets.size());
        for (int i = 0; i < parts; i++) {
            long part = bytes / parts + (i < bytes % parts ? 1 : 0);
            sentBytes[entry] += part;
            pending[entry]++;
            network.transfer(
                    sources.get(i * sources.size() / parts).index(),
                    targets.get(i * targets.size() / parts).index(),
                    part,
                    sent,
                    (long) entry);
        }
    }

    private void arrived(int entry) {
        pending[entry]--;
        if (!alive[entry]) {
            endIfVain(entry);
        } else if (pending[entry] == 0 && prefilled[entry]) {
            int slot = request[entry];
            ServingReplica source = replicas[from[entry]];
            ServingReplica target = replicas[to[entry]];
            end(entry);
            handedOver--;
            completed++;
            time.record(simulation.now() - sinceNanos[entry]);
            source.parked().leave(slot);
            target.parked().arrived(slot);
        }
    }

    private void endIfVain(int entry) {
        if (pending[entry] == 0) {
            recycle(entry);
        }
    }

    /** Everything of it has arrived. */
    private void end(int entry) {
        live.handoff[request[entry]] = NOWHERE;
        alive[entry] = false;
        recycle(entry);
    }

    /** What is under way of it comes in vain. */
    private void kill(int entry) {
        live.handoff[request[entry]] = NOWHERE;
        alive[entry] = false;
        endIfVain(entry);
    }

    /** A replica has failed; its blocks are gone, and so are its queues. Tells of those whose prompts are lost. */
    void failed(ServingReplica replica, IntConsumer lost) {
        WaitingQueue again = new WaitingQueue();
        for (int entry = 0; entry < entries; entry++) {
            if (!alive[entry]) {
                continue;
            }
            int slot = request[entry];
            if (from[entry] == replica.index()) {
                if (to[entry] != NOWHERE) {
                    leave(entry, prefilled[entry]);
                }
                boolean wasPrefilled = prefilled[entry];
                forget(stranded, entry);
                kill(entry);
                if (wasPrefilled) {
                    handedOver--;
                    replica.losses.waste(0, 0, replica.parked().lose(slot));
                    replica.forget(slot);
                    lost.accept(slot);
                }
            } else if (to[entry] == replica.index()) {
                boolean wasPrefilled = prefilled[entry];
                leave(entry, wasPrefilled);
                kill(entry);
                if (wasPrefilled) {
                    handedOver--;
                    again.addLast(slot);
                }
            }
        }
        while (again.size() > 0) {
            restarted++;
            int slot = again.removeFirst();
            prefilled(slot, replicas[live.replica[slot]]);
        }
    }

    /** It does not go to its decode replica after all. */
    private void leave(int entry, boolean assigned) {
        ServingReplica target = replicas[to[entry]];
        int slot = request[entry];
        forget(inbound[to[entry]], entry);
        target.parked().dropRoom(slot);
        if (assigned) {
            target.unassignDecoding(slot, replicas[from[entry]]);
        }
    }

    private static void forget(WaitingQueue queue, int entry) {
        for (int i = queue.size(); i > 0; i--) {
            int other = queue.removeFirst();
            if (other != entry) {
                queue.addLast(other);
            }
        }
    }

    /** Replicas may accept again: those whom nobody could take are tried once more. */
    void retry() {
        for (int i = stranded.size(); i > 0; i--) {
            place(stranded.removeFirst());
        }
    }

    /** Whether somebody waits for a decode replica to accept. */
    boolean isAnyStranded() {
        return stranded.size() > 0;
    }

    /** Requests whose prompts are computed and that do not decode yet. */
    int count() {
        return handedOver;
    }

    void put(MetricSet.Builder metrics) {
        metrics.put("handoff.count", (double) completed, "1");
        metrics.put("handoff.early", (double) early, "1");
        metrics.put("handoff.restarted", (double) restarted, "1");
        metrics.put("handoff.bytes", (double) arrived, "B");
        metrics.put("handoff.time.mean", time.meanSeconds(), "s");
        metrics.put("handoff.time.p50", time.quantileSeconds(0.50), "s");
        metrics.put("handoff.time.p99", time.quantileSeconds(0.99), "s");
    }

    /** Bytes of keys and values that were sent must have arrived, in vain or not, or be under way. */
    Balance balance() {
        long underWay = 0;
        for (int entry = 0; entry < entries; entry++) {
            underWay += pending[entry] > 0 || alive[entry] ? sentBytes[entry] : 0;
        }
        return Balance.exact("bytes of keys and values", asked, arrived + underWay);
    }

    private int entry(int slot, ServingReplica source) {
        if (freeCount == 0) {
            grow();
        }
        int entry = free[--freeCount];
        entries = Math.max(entries, entry + 1);
        request[entry] = slot;
        from[entry] = source.index();
        to[entry] = NOWHERE;
        pending[entry] = 0;
        kvBytes[entry] = 0;
        sentBytes[entry] = 0;
        prefilled[entry] = false;
        alive[entry] = true;
        live.handoff[slot] = entry;
        return entry;
    }

    private void recycle(int entry) {
        arrived += sentBytes[entry];
        sentBytes[entry] = 0;
        free[freeCount++] = entry;
    }

    private void grow() {
        int old = request.length;
        int length = Math.max(64, 2 * old);
        request = Arrays.copyOf(request, length);
        from = Arrays.copyOf(from, length);
        to = Arrays.copyOf(to, length);
        pending = Arrays.copyOf(pending, length);
        kvBytes = Arrays.copyOf(kvBytes, length);
        sentBytes = Arrays.copyOf(sentBytes, length);
        sinceNanos = Arrays.copyOf(sinceNanos, length);
        prefilled = Arrays.copyOf(prefilled, length);
        alive = Arrays.copyOf(alive, length);
        free = Arrays.copyOf(free, length);
        for (int entry = length - 1; entry >= old; entry--) {
            free[freeCount++] = entry;
        }
    }
}
