package org.motleysim.workloads.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.hardware.cluster.Device;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.cluster.HostTiers;
import org.motleysim.hardware.memory.MemoryPool;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.llm.kv.HostBlocks;
import org.motleysim.workloads.llm.kv.PrefixCache;

/**
 * Blocks on their way between the prefix caches of replicas and the tier below, in one run.
 *
 * <p>A request that reaches its replica is looked up in both: blocks that follow those in the devices' memory and are in the tier below are
 * fetched, over the links of the host with all that goes on there, and the request waits in the queue only when they have come. They stand
 * in the prefix cache then, held by nobody. Evicted blocks are written down in one go when the next iteration begins; they can be found
 * below at once.
 */
final class KvOffloading {
    /** Blocks that are being fetched for a request. */
    private static final class Fetch {
        private final int replica;
        private final int slot;
        private final long[] names;
        private final long bytes;
        private int pending;
        private boolean alive = true;

        Fetch(int replica, int slot, long[] names, long bytes) {
            this.replica = replica;
            this.slot = slot;
            this.names = names;
            this.bytes = bytes;
        }
    }

    private final ServingReplica[] replicas;
    private final LiveRequests live;
    private final HostTiers tiers;
    private final String tier;
    private final EventType fetched;
    private final EventType written;
    private final HostBlocks[] below;
    private final long[] evicted; // per replica, since the last iteration began
    private final long[] blockBytes; // per replica: of each of its devices
    private final List<Fetch> fetches = new ArrayList<>(); // by number; ended ones give their number back
    private final WaitingQueue free = new WaitingQueue();
    private int waiting;
    private long fetchedBlocks;
    private long writtenBlocks;
    private long asked;
    private long arrived;
    private long writing;

    KvOffloading(
            KvOffload law,
            ServingReplica[] replicas,
            long[] blockBytes,
            LiveRequests live,
            HostTiers tiers,
            Simulation simulation) {
        this.replicas = replicas;
        this.live = live;
        this.tiers = tiers;
        this.tier = law.tier();
        this.blockBytes = blockBytes;
        this.fetched = simulation.register("llm.fetched", number -> fetched((int) number));
        this.written = simulation.register("llm.written", this::written);
        this.below = new HostBlocks[replicas.length];
        this.evicted = new long[replicas.length];
        for (ServingReplica replica : replicas) {
            int index = replica.index();
            int devices = replica.devices().size();
            long perDevice = law.capacity().value() / devices;
            below[index] = new HostBlocks(perDevice / blockBytes[index]);
            for (Device device : replica.devices()) {
                tiers.pool(tiers.host(device, tier)).reserve(perDevice, "keys and values of " + replica.name());
            }
            cache(replica).onEviction(name -> {
                if (below[index].put(name)) {
                    evicted[index]++;
                }
            });
        }
    }

    private static PrefixCache cache(ServingReplica replica) {
        return (PrefixCache) replica.kv;
    }

    /** What keeps blocks from being offloaded on a group, relative to the workload; empty when nothing does. */
    static Optional<Problem> problem(LlmServing serving, DeviceGroup group, long blockBytes, int ranks) {
        KvOffload law = serving.kvOffload().orElseThrow();
        if (!serving.prefixCaching()) {
            return Optional.of(new Problem(
                    "$.kvOffload",
                    "kvOffload must have prefixCaching, since it keeps what that evicts",
                    "Maybe add \"prefixCaching\": true."));
        }
        if (group.host().flatMap(host -> host.tier(law.tier())).isEmpty()) {
            return Optional.of(new Problem(
                    "$.kvOffload.tier",
                    "tier (" + law.tier() + ") must be a memory tier of the host of group " + group.name()
                            + (group.host().isEmpty() ? ", which has no host" : ""),
                    group.host().map(host -> host.hint(law.tier())).orElse("Maybe add \"host\" to the group.")));
        }
        if (law.capacity().value() / ranks < blockBytes) {
            return Optional.of(new Problem(
                    "$.kvOffload.capacity",
                    "capacity (" + law.capacity() + ") must be at least a KV block of " + blockBytes * ranks + " bytes",
                    "Maybe write \"32 GiB\"."));
        }
        var host = group.host().orElseThrow();
        int replicasOfHost = Math.max(1, Math.min(group.count(), host.devicesPerHost()) / ranks);
        return new MemoryPool(
                        "tier " + law.tier(),
                        host.tier(law.tier()).orElseThrow().capacity())
                .refusal(law.capacity().value() * replicasOfHost, "keys and values of " + replicasOfHost + " replicas")
                .map(refusal -> new Problem("$.kvOffload.capacity", refusal, "Maybe take less, or a larger tier."));
    }

    /** A request has reached its replica; returns whether it must wait for blocks from below. */
    boolean fetch(ServingReplica replica, int slot) {
        PrefixCache cache = cache(replica);
        HostBlocks host = below[replica.index()];
        int tokens = live.prefillTokens(slot);
        int first = cache.cachedBlocks(slot, tokens);
        int end = first;
        int most = (tokens - 1) / cache.blockTokens();
        while (end < most && host.has(cache.name(slot, end))) {
            end++;
        }
        if (end == first) {
            return false;
        }
        long[] names = new long[end - first];
        for (int i = 0; i < names.length; i++) {
            names[i] = cache.name(slot, first + i);
            host.put(names[i]);
        }
        long bytes = names.length * blockBytes[replica.index()];
        Fetch fetch = new Fetch(replica.index(), slot, names, bytes);
        int number = free.size() > 0 ? free.removeFirst() : fetches.size();
        if (number == fetches.size()) {
            fetches.add(fetch);
        } else {
            fetches.set(number, fetch);
        }
        waiting++;
        for (Device device : replica.devices()) {
            fetch.pending++;
            asked += bytes;
            tiers.mover().move(tiers.host(device, tier), tiers.main(device), bytes, fetched, number);
        }
        return true;
    }

    private void fetched(int number) {
        Fetch fetch = fetches.get(number);
        arrived += fetch.bytes;
        if (--fetch.pending > 0) {
            return;
        }
        free.addLast(number);
        if (fetch.alive) {
            waiting--;
            ServingReplica replica = replicas[fetch.replica];
            for (long name : fetch.names) {
                fetchedBlocks += cache(replica).insert(name) ? 1 : 0;
            }
            fetch.alive = false;
            replica.queue(fetch.slot);
        }
    }

    /** An iteration begins: what was evicted since the last one is written down. */
    void writeDown(ServingReplica replica) {
        int index = replica.index();
        if (evicted[index] == 0) {
            return;
        }
        long bytes = evicted[index] * blockBytes[index];
        writtenBlocks += evicted[index];
        evicted[index] = 0;
        for (Device device : replica.devices()) {
            asked += bytes;
            writing += bytes;
            tiers.mover().move(tiers.main(device), tiers.host(device, tier), bytes, written, bytes);
        }
    }

    private void written(long bytes) {
        arrived += bytes;
        writing -= bytes;
    }

    /** A replica has failed, or was given back: what it had below is lost as well. Tells of the requests that waited for blocks. */
    void lost(ServingReplica replica, IntConsumer displaced) {
        below[replica.index()].clear();
        evicted[replica.index()] = 0;
        for (Fetch fetch : fetches) {
            if (fetch.alive && fetch.replica == replica.index()) {
                fetch.alive = false;
                waiting--;
                displaced.accept(fetch.slot);
            }
        }
    }

    /** Requests that wait for blocks. */
    int waiting() {
        return waiting;
    }

    void put(MetricSet.Builder metrics) {
        metrics.put("kv.offload.blocks.written", (double) writtenBlocks, "1");
        metrics.put("kv.offload.blocks.fetched", (double) fetchedBlocks, "1");
        metrics.put("kv.offload.bytes", (double) arrived, "B");
    }

    /** Bytes that were asked to move have arrived or are under way. */
    Balance balance() {
        long underWay = writing;
        for (Fetch fetch : fetches) {
            underWay += (long) fetch.pending * fetch.bytes;
        }
        return Balance.exact("bytes of offloaded blocks", asked, arrived + underWay);
    }
}
