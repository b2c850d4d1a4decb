package org.motleysim.hardware.network;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.Series;
import org.motleysim.core.quantity.Bandwidth;

/**
 * Levels of switches, as in nodes of a rack of a hall: every endpoint has a port of its own at each level, and a transfer takes the ports of
 * the lowest level at which both ends are in one group. Ports are shared max-min fairly; the switches themselves are never full.
 *
 * <p>Endpoints of a group of the first level are neighbours: with sizes 8 and 64, endpoints 0 to 7 are in one node, 0 to 511 in one rack.
 *
 * @param levels lowest first, one or more
 */
public record LevelledNetwork(List<Level> levels) implements NetworkModel {
    /**
     * One level.
     *
     * @param size groups of the level below (endpoints at the first) that make a group of this one, one or more
     * @param bandwidth of an endpoint's port at this level, each way, more than zero
     * @param latency before the first byte, one way
     */
    public record Level(int size, Bandwidth bandwidth, Duration latency) {
        /** @throws IllegalArgumentException if a number is out of its range */
        public Level {
            if (size < 1) {
                throw new IllegalArgumentException("size (" + size + ") must be one or more");
            }
            AccessLink.check(bandwidth, latency);
        }
    }

    /** @throws IllegalArgumentException if there is no level, or more than 2^31 endpoints */
    public LevelledNetwork {
        levels = List.copyOf(levels);
        if (levels.isEmpty()) {
            throw new IllegalArgumentException("levels must be one or more");
        }
        if (levels.stream().mapToDouble(Level::size).reduce(1, (a, b) -> a * b) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("levels (" + levels + ") must have fewer than 2^31 endpoints");
        }
    }

    /** Returns how many endpoints there is room for. */
    public int room() {
        return levels.stream().mapToInt(Level::size).reduce(1, (a, b) -> a * b);
    }

    /**
     * Returns the level, from 0, at which two endpoints meet. What stands beyond the room, such as the host where work enters a cluster, is
     * in no group and is met at the last level.
     */
    public int meeting(int from, int to) {
        int group = 1;
        for (int level = 0; level < levels.size() - 1; level++) {
            group *= levels.get(level).size();
            if (from / group == to / group) {
                return level;
            }
        }
        return levels.size() - 1;
    }

    @Override
    public void check(int devices) {
        if (devices > room()) {
            throw new IllegalArgumentException("devices (" + devices
                    + ") must be at most the product of the sizes of the levels (" + room() + ")");
        }
    }

    /** @throws IllegalArgumentException if there are more endpoints than room for devices and one host */
    @Override
    public Network bind(Simulation simulation, int endpoints) {
        check(endpoints - 1);
        return new Bound(
                this,
                endpoints,
                IntStream.range(0, levels.size())
                        .mapToObj(i -> new FairShareNetwork(
                                        levels.get(i).bandwidth(), levels.get(i).latency())
                                .bind(simulation, endpoints, "level-" + i))
                        .toArray(Network[]::new));
    }

    @Override
    public double secondsAlone(int endpoints, int from, int to, double bytes) {
        if (from == to) {
            return 0;
        }
        Level level = levels.get(meeting(from, to));
        return SimTime.seconds(level.latency().toNanos())
                + bytes / level.bandwidth().bytesPerSecond();
    }

    /** One network per level. */
    private static final class Bound implements Network {
        private final int[] groups; // endpoints of a group, by level
        private final Network[] networks;
        private final int endpoints;

        Bound(LevelledNetwork model, int endpoints, Network[] networks) {
            this.networks = networks;
            this.endpoints = endpoints;
            this.groups = new int[networks.length];
            int group = 1;
            for (int level = 0; level < groups.length; level++) {
                group *= model.levels.get(level).size();
                groups[level] = group;
            }
        }

        @Override
        public void transfer(int from, int to, long bytes, EventType done, long argument) {
            int level = 0;
            while (level < groups.length - 1 && from / groups[level] != to / groups[level]) {
                level++;
            }
            networks[level].transfer(from, to, bytes, done, argument);
        }

        /** The ports of all levels, lowest level first. */
        @Override
        public List<LinkUse> links() {
            List<LinkUse> all = new ArrayList<>();
            for (Network network : networks) {
                all.addAll(network.links());
            }
            return all;
        }

        @Override
        public void keepHistory() {
            for (Network network : networks) {
                network.keepHistory();
            }
        }

        @Override
        public List<Series> linkCurves() {
            List<Series> all = new ArrayList<>();
            for (Network network : networks) {
                all.addAll(network.linkCurves());
            }
            return all;
        }

        @Override
        public int endpoints() {
            return endpoints;
        }

        @Override
        public long bytesSent() {
            long sum = 0;
            for (Network network : networks) {
                sum += network.bytesSent();
            }
            return sum;
        }

        @Override
        public long bytesDelivered() {
            long sum = 0;
            for (Network network : networks) {
                sum += network.bytesDelivered();
            }
            return sum;
        }
    }
}
