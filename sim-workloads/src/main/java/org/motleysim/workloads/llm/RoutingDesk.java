package org.motleysim.workloads.llm;

import java.util.Objects;
import java.util.Optional;
import org.motleysim.core.random.RandomStream;
import org.motleysim.workloads.llm.routing.Replica;
import org.motleysim.workloads.llm.routing.Replicas;
import org.motleysim.workloads.llm.routing.RoutedRequest;
import org.motleysim.workloads.llm.routing.Routing;

/** Where one router chooses among the replicas of a pool: those that can hold a request and accept it, which in nearly every case are all. */
final class RoutingDesk implements Replicas {
    private final ServingReplica[] pool;
    private final Routing routing;
    private final RandomStream random;
    private final ServingReplica[] candidates;
    private int count;
    private long shortestLimit = Long.MAX_VALUE;
    private long routed;

    /** Whether replicas may be closed. */
    private final boolean scaled;

    RoutingDesk(ServingReplica[] pool, Routing routing, RandomStream random, boolean scaled) {
        this.scaled = scaled;
        this.pool = pool;
        this.routing = routing;
        this.random = random;
        this.candidates = new ServingReplica[pool.length];
        for (ServingReplica replica : pool) {
            shortestLimit = Math.min(shortestLimit, replica.kv.longestSequence());
        }
    }

    /** Looks for those that can hold so many tokens of one request; false when there is none. */
    boolean canHold(long tokens) {
        if (tokens <= shortestLimit) {
            if (count != pool.length) {
                System.arraycopy(pool, 0, candidates, 0, pool.length);
                count = pool.length;
            }
            return true;
        }
        count = 0;
        for (ServingReplica replica : pool) {
            if (tokens <= replica.kv.longestSequence()) {
                candidates[count++] = replica;
            }
        }
        return count > 0;
    }

    /** Of those found, leaves the ones that accept work now; false when there is none. */
    boolean keepAccepting(Optional<ReplicaFailures> failures) {
        if (failures.isPresent() || scaled) {
            int kept = 0;
            for (int i = 0; i < count; i++) {
                if (candidates[i].isOpen()
                        && (failures.isEmpty() || failures.get().isAccepting(candidates[i]))) {
                    candidates[kept++] = candidates[i];
                }
            }
            count = kept;
        }
        return count > 0;
    }

    /** Chooses one of those left. */
    ServingReplica route(RoutedRequest request) {
        ServingReplica chosen = checked(routing.route(request, this));
        routed++;
        return chosen;
    }

    private ServingReplica checked(Replica choice) {
        for (int i = 0; i < count; i++) {
            if (candidates[i] == choice) {
                return candidates[i];
            }
        }
        throw new IllegalStateException("routing (" + routing.label() + ") returned a replica (" + choice
                + ") that is not one of its replicas\nMaybe return replicas.get(index) or replicas.byLowest(...).");
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public Replica get(int index) {
        return candidates[Objects.checkIndex(index, count)];
    }

    @Override
    public long routed() {
        return routed;
    }

    @Override
    public RandomStream random() {
        return random;
    }
}
