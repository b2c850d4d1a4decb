package org.motleysim.workloads.llm.routing;

import java.util.List;

/**
 * A router: it chooses the replica for each request at the instant it arrives.
 *
 * <p>An immutable description; state that a router needs is offered by {@link Replicas}. Of your own:
 *
 * <pre>{@code
 * Routing cheapest = (request, replicas) -> replicas.byLowest(Replica::costPerToken);
 * }</pre>
 */
@FunctionalInterface
public interface Routing {
    /** Chooses one of {@code replicas}. */
    Replica route(RoutedRequest request, Replicas replicas);

    /** The name of the router in scenario files and reports. */
    default String label() {
        return "custom";
    }

    /** Each replica in turn. */
    static Routing roundRobin() {
        return BuiltInRouting.ROUND_ROBIN;
    }

    /** Any replica with equal chance, drawn from the workload's routing stream. */
    static Routing random() {
        return BuiltInRouting.RANDOM;
    }

    /** The replica with the fewest outstanding requests; the first of them when equal. */
    static Routing leastOutstanding() {
        return BuiltInRouting.LEAST_OUTSTANDING;
    }

    /**
     * The replica that would have the least work in seconds, this request included, each by its own estimated speed; the first of them
     * when equal. On unlike devices this sends more to the faster ones.
     */
    static Routing leastWork() {
        return BuiltInRouting.LEAST_WORK;
    }

    /** The built-in routers, by label. */
    static List<Routing> builtIn() {
        return List.of(BuiltInRouting.values());
    }
}
