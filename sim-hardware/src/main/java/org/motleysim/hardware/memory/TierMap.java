package org.motleysim.hardware.memory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.device.MemoryTier;

/**
 * Memory tiers, the links between them, and which links a movement from one tier to another crosses. An immutable description with value
 * equality; {@link #bind} makes what moves bytes in one run.
 *
 * <pre>{@code
 * TierMap.Builder map = TierMap.builder();
 * int ssd = map.tier("nvme", TierCatalog.builtIn().tier("samsung-970-evo-1tb"));
 * int hbm = map.tier("hbm", device.mainMemory());
 * int pcie = map.link("pcie", Bandwidth.gigabytesPerSecond(31), Duration.ofNanos(1_000));
 * Mover mover = map.route(ssd, hbm, pcie).build().bind(simulation);
 * mover.move(ssd, hbm, 16_000_000_000L, loaded, 0);
 * }</pre>
 *
 * @param tiers by number, from 0
 * @param links by number, from 0; a link carries bytes one way, so a cable is two of them
 * @param routes the ways from tier to tier
 */
public record TierMap(List<Tier> tiers, List<Link> links, List<Route> routes) {
    /**
     * A tier in its place.
     *
     * @param name unique in the map
     * @param spec what it is
     */
    public record Tier(String name, MemoryTier spec) {}

    /**
     * A link, one way.
     *
     * @param name for people
     * @param bandwidth more than zero
     * @param latency zero or more
     */
    public record Link(String name, Bandwidth bandwidth, Duration latency) {
        /** @throws IllegalArgumentException if the bandwidth is zero or the latency negative */
        public Link {
            if (bandwidth.bytesPerSecond() == 0) {
                throw new IllegalArgumentException(
                        "bandwidth of link " + name + " (" + bandwidth + ") must be more than zero");
            }
            if (latency.isNegative()) {
                throw new IllegalArgumentException(
                        "latency of link " + name + " (" + latency + ") must be zero or more");
            }
        }
    }

    /**
     * A way between two tiers.
     *
     * @param from a tier
     * @param to another
     * @param links crossed, each once, perhaps none
     */
    public record Route(int from, int to, List<Integer> links) {}

    /** @throws IllegalArgumentException if two tiers have one name, or a route is not between two tiers over distinct links, or is there twice */
    public TierMap {
        tiers = List.copyOf(tiers);
        links = List.copyOf(links);
        routes = List.copyOf(routes);
        Set<Object> seen = new HashSet<>();
        for (Tier tier : tiers) {
            if (!seen.add(tier.name())) {
                throw new IllegalArgumentException("name of a tier (" + tier.name() + ") must be its own");
            }
        }
        for (Route route : routes) {
            boolean known = isIndex(route.from, tiers.size()) && isIndex(route.to, tiers.size());
            int linkCount = links.size();
            boolean distinct = new HashSet<>(route.links).size() == route.links.size()
                    && route.links.stream().allMatch(link -> isIndex(link, linkCount));
            if (!known || route.from == route.to || !distinct || !seen.add(List.of(route.from, route.to))) {
                throw new IllegalArgumentException("route (" + route
                        + ") must be the only one between two tiers of the map, over links of the map, each once");
            }
        }
    }

    /** Starts a map. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the number of the tier of that name, if there is one. */
    public OptionalInt tier(String name) {
        return IntStream.range(0, tiers.size())
                .filter(i -> tiers.get(i).name().equals(name))
                .findFirst();
    }

    /** Returns what moves bytes between these tiers in one run. */
    public Mover bind(Simulation simulation) {
        return new Mover(this, simulation);
    }

    private static boolean isIndex(int number, int size) {
        return number >= 0 && number < size;
    }

    /** Collects tiers, links and routes; not safe for use by two threads. */
    public static final class Builder {
        private final List<Tier> tiers = new ArrayList<>();
        private final List<Link> links = new ArrayList<>();
        private final List<Route> routes = new ArrayList<>();

        private Builder() {}

        /** Adds a tier and returns its number. */
        public int tier(String name, MemoryTier spec) {
            tiers.add(new Tier(name, spec));
            return tiers.size() - 1;
        }

        /**
         * Adds a link, one way, and returns its number.
         *
         * @throws IllegalArgumentException if the bandwidth is zero or the latency negative
         */
        public int link(String name, Bandwidth bandwidth, Duration latency) {
            links.add(new Link(name, bandwidth, latency));
            return links.size() - 1;
        }

        /** Says which links movements from one tier to another cross. */
        public Builder route(int from, int to, int... crossed) {
            routes.add(new Route(from, to, Arrays.stream(crossed).boxed().toList()));
            return this;
        }

        /**
         * Makes the map.
         *
         * @throws IllegalArgumentException as {@link TierMap#TierMap} does
         */
        public TierMap build() {
            return new TierMap(tiers, links, routes);
        }
    }
}
