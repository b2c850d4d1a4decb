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

    /** The replica with the fewest tokens still to be computed or produced; the first of them when equal. */
    static Routing leastTokens() {
        return BuiltInRouting.LEAST_TOKENS;
    }

    /**
     * Of two different replicas drawn at random, the one with fewer outstanding requests; the first drawn when equal (Mitzenmacher, "The
     * Power of Two Choices in Randomized Load Balancing", IEEE TPDS 12(10), 2001).
     */
    static Routing powerOfTwo() {
        return BuiltInRouting.POWER_OF_TWO;
    }

    /**
     * As {@link #leastWork}, but what a replica has of the prompt in its prefix cache counts as done; so a request follows its prefix unless
     * that replica has more to do than computing it anew costs (as the cache-aware schedulers of Mooncake, FAST 2025, section 6).
     */
    static Routing prefixAware() {
        return BuiltInRouting.PREFIX_AWARE;
    }

    /**
     * The replica with the lowest product of dollars per token and seconds of work, this request included: cheaper ones get more, until they
     * have as many times as much to do. The first of them when equal, so all to the first when devices cost nothing.
     */
    static Routing costAware() {
        return BuiltInRouting.COST_AWARE;
    }

    /** The built-in routers, by label. */
    static List<Routing> builtIn() {
        return List.of(BuiltInRouting.values());
    }
}
