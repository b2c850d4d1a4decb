package org.motleysim.workloads.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.hardware.cluster.Device;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.cluster.HostSpec;
import org.motleysim.hardware.cluster.HostTiers;
import org.motleysim.hardware.device.MemoryTier;
import org.motleysim.hardware.memory.MemoryPool;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.Problem;

/**
 * How replicas get their weights at the start of a run, and again after they have failed: each device reads its share from a memory tier of
 * its host, all at once. A replica serves as soon as all of its devices have theirs; requests routed to it wait. Each host keeps one copy
 * of the model in that tier.
 */
final class WeightLoading {
    private final Simulation simulation;
    private final HostTiers tiers;
    private final String tier;
    private final ServingReplica[] replicas;
    private final EventType loaded;
    private final int[] waiting; // per replica: devices whose share is on its way
    private final long[] shareBytes; // per replica: of each of its devices
    private final long[] askedNanos; // per replica: when its shares were asked for last
    private final boolean[] lost; // per replica: it went down after that
    private final boolean[]
            due; // per replica: shares are to be asked for when those under way, which are lost, have come
    private final boolean[] loadedOnce;
    private long loads;
    private long loadNanos;
    private long longestNanos;
    private long asked;
    private long arrived;

    WeightLoading(Simulation simulation, HostTiers tiers, String tier, ServingReplica[] replicas, long[] shareBytes) {
        this.simulation = simulation;
        this.tiers = tiers;
        this.tier = tier;
        this.replicas = replicas;
        this.shareBytes = shareBytes;
        this.loaded = simulation.register("llm.loaded", replica -> arrived((int) replica));
        this.waiting = new int[replicas.length];
        this.askedNanos = new long[replicas.length];
        this.lost = new boolean[replicas.length];
        this.due = new boolean[replicas.length];
        this.loadedOnce = new boolean[replicas.length];
    }

    /** What keeps the weights from being loaded on a group, relative to the workload; empty when nothing does. */
    static Optional<Problem> problem(LlmServing serving, DeviceGroup group) {
        if (serving.loadFrom().isEmpty()) {
            return Optional.empty();
        }
        String name = serving.loadFrom().get();
        Optional<HostSpec> host = group.host();
        if (host.isEmpty()) {
            return Optional.of(new Problem(
                    "$.loadFrom",
                    "loadFrom (" + name + ") must be a memory tier of the host of group " + group.name()
                            + ", which has no host",
                    "Maybe add \"host\" to the group."));
        }
        Optional<MemoryTier> tier = host.get().tier(name);
        if (tier.isEmpty()) {
            return Optional.of(new Problem(
                    "$.loadFrom",
                    "loadFrom (" + name + ") must be a memory tier of the host of group " + group.name(),
                    host.get().hint(name)));
        }
        return new MemoryPool("tier " + name, tier.get().capacity())
                .refusal(
                        serving.model().weightBytes().value(),
                        "weights of " + serving.model().name())
                .map(refusal -> new Problem(
                        "$.loadFrom", refusal, "Maybe load from a larger tier, or store the weights in fewer bits."));
    }

    /** Puts the model into the tier of each host, and asks for the share of each device of the replicas that are wanted. */
    void start(String modelName, long modelBytes, IntPredicate wanted) {
        List<Integer> stocked = new ArrayList<>();
        for (ServingReplica replica : replicas) {
            for (Device device : replica.devices()) {
                int from = tiers.host(device, tier);
                if (!stocked.contains(from)) {
                    stocked.add(from);
                    tiers.pool(from).reserve(modelBytes, "weights of " + modelName);
                }
            }
            if (wanted.test(replica.index())) {
                ask(replica.index());
            } else {
                replica.awaitWeights();
            }
        }
    }

    private void ask(int replica) {
        replicas[replica].awaitWeights();
        askedNanos[replica] = simulation.now();
        lost[replica] = false;
        due[replica] = false;
        for (Device device : replicas[replica].devices()) {
            waiting[replica]++;
            asked += shareBytes[replica];
            tiers.mover().move(tiers.host(device, tier), tiers.main(device), shareBytes[replica], loaded, replica);
        }
    }

    /** A replica has failed; whatever it had, or gets of what is under way, is lost. */
    void down(int replica) {
        lost[replica] = true;
        due[replica] = false;
        replicas[replica].awaitWeights();
    }

    /** A replica works again, with nothing in its memory. What is under way to it takes its time all the same. */
    void up(int replica) {
        if (waiting[replica] > 0) {
            due[replica] = true;
        } else {
            ask(replica);
        }
    }

    private void arrived(int replica) {
        arrived += shareBytes[replica];
        if (--waiting[replica] > 0) {
            return;
        }
        if (due[replica]) {
            ask(replica);
        } else if (!lost[replica]) {
            long nanos = simulation.now() - askedNanos[replica];
            loadedOnce[replica] = true;
            loads++;
            loadNanos += nanos;
            longestNanos = Math.max(longestNanos, nanos);
            replicas[replica].weightsLoaded(askedNanos[replica]);
        }
    }

    void put(MetricSet.Builder metrics) {
        int ready = 0;
        for (boolean once : loadedOnce) {
            ready += once ? 1 : 0;
        }
        if (loads > 0) {
            metrics.put("load.time.mean", SimTime.seconds(loadNanos) / loads, "s");
            metrics.put("load.time.max", SimTime.seconds(longestNanos), "s");
        }
        metrics.put("load.count", (double) loads, "1");
        metrics.put("load.replicas", ready, "1");
        metrics.put("load.bytes", (double) arrived, "B");
    }

    Balance balance() {
        long underWay = 0;
        for (int replica = 0; replica < replicas.length; replica++) {
            underWay += waiting[replica] * shareBytes[replica];
        }
        return Balance.exact("bytes of weights", asked, arrived + underWay);
    }
}
