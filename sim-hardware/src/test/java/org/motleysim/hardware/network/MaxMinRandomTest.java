package org.motleysim.hardware.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;

/** Random flows against a solver that shares nothing with ours: it solves all rates again at every change, in plain seconds. */
class MaxMinRandomTest {
    private static final double NEVER = Double.POSITIVE_INFINITY;

    /** A flow of n alike ones; weight[i] of them are on path[i]. */
    private static final class Flow {
        private final double start;
        private final double bytes;
        private final double cap;
        private final int[] path;
        private final double[] weight;

        Flow(double start, double bytes, double cap, int[] path, double[] weight) {
            this.start = start;
            this.bytes = bytes;
            this.cap = cap;
            this.path = path;
            this.weight = weight;
        }

        static Flow of(double start, double bytes, double cap, int... path) {
            double[] ones = new double[path.length];
            Arrays.fill(ones, 1);
            return new Flow(start, bytes, cap, path, ones);
        }
    }

    /** A change of capacity at a time. */
    private record Change(double at, int link, double bytesPerSecond) {}

    @Test
    void finishTimes_twoThousandFlowsInRacks_equalTheBruteForceSolver() {
        // 4 racks of 8 hosts, uplinks at half of what the hosts below could send.
        int hosts = 32;
        int racks = 4;
        double[] capacities = new double[2 * hosts + 2 * racks];
        Arrays.fill(capacities, 0, 2 * hosts, 1000);
        Arrays.fill(capacities, 2 * hosts, capacities.length, 4000);
        for (long seed = 1; seed <= 2; seed++) {
            Random random = new Random(seed);
            Flow[] flows = new Flow[2_000];
            for (int i = 0; i < flows.length; i++) {
                int from = random.nextInt(hosts);
                int to = (from + 1 + random.nextInt(hosts - 1)) % hosts;
                int up = 2 * hosts + from / 8;
                int down = 2 * hosts + racks + to / 8;
                int[] path = from / 8 == to / 8 ? new int[] {from, hosts + to} : new int[] {from, up, down, hosts + to};
                double start = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 200;
                double cap = random.nextInt(5) == 0 ? 1 + random.nextInt(300) : NEVER;
                flows[i] = Flow.of(start, 100 + random.nextInt(50_000), cap, path);
            }
            assertEqualTimes(capacities, List.of(flows), List.of(), "seed " + seed);
        }
    }

    @Test
    void finishTimes_randomPathsCapsWeightsAndCapacities_equalTheBruteForceSolver() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            int links = 2 + random.nextInt(20);
            double[] capacities =
                    random.doubles(links, 10, 1000).map(Math::rint).toArray();
            List<Flow> flows = new ArrayList<>();
            int count = 2 + random.nextInt(120);
            for (int i = 0; i < count; i++) {
                int[] path = random.ints(0, links)
                        .distinct()
                        .limit(1 + random.nextInt(Math.min(5, links)))
                        .toArray();
                double[] weight = random.ints(path.length, 1, 4)
                        .mapToDouble(n -> random.nextInt(3) == 0 ? n : 1)
                        .toArray();
                double start = random.nextBoolean() ? 0 : random.nextInt(200);
                double cap = random.nextInt(4) == 0 ? 1 + random.nextInt(60) : NEVER;
                flows.add(new Flow(start, 20_000 + random.nextInt(100_000), cap, path, weight));
            }
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < random.nextInt(6); i++) {
                int link = random.nextInt(links);
                double at = 1 + random.nextInt(100);
                changes.add(new Change(at, link, random.nextBoolean() ? 0 : 5 + random.nextInt(500)));
                changes.add(new Change(at + 1 + random.nextInt(200), link, capacities[link]));
            }
            assertEqualTimes(capacities, flows, changes, "seed " + seed);
        }
    }

    @Test
    void rates_manyStartsAndEnds_areMaxMinFair() {
        // The definition itself: each flow is held back by a full link on which no flow has more, or by its cap.
        Random random = new Random(5);
        double[] capacities = random.doubles(30, 10, 1000).toArray();
        Simulation simulation = new Simulation();
        boolean[] alive = new boolean[400];
        int[][] paths = new int[400][];
        int[] number = new int[400];
        MaxMinFlows network = new MaxMinFlows(simulation, capacities, tag -> alive[tag] = false);
        for (int i = 0; i < 400; i++) {
            int tag = i;
            paths[i] =
                    random.ints(0, 30).distinct().limit(1 + random.nextInt(4)).toArray();
            simulation.scheduleAt(SimTime.nanos(random.nextInt(100)), "start", () -> {
                number[tag] = network.start(paths[tag], 1 + random.nextInt(5_000), tag);
                alive[tag] = true;
            });
        }
        for (int second = 1; second <= 300; second++) {
            simulation.runUntil(SimTime.nanos(second + 0.5));
            double[] load = new double[30];
            double[] most = new double[30];
            for (int i = 0; i < 400; i++) {
                for (int link : paths[i]) {
                    double rate = alive[i] ? network.bytesPerSecond(number[i]) : 0;
                    load[link] += rate;
                    most[link] = Math.max(most[link], rate);
                }
            }
            for (int link = 0; link < 30; link++) {
                assertTrue(load[link] <= capacities[link] * (1 + 1e-9), "link " + link + " holds " + load[link]);
                assertEquals(load[link], network.load(link), 1e-9 * capacities[link]);
            }
            for (int i = 0; i < 400; i++) {
                if (alive[i]) {
                    double rate = network.bytesPerSecond(number[i]);
                    assertTrue(
                            Arrays.stream(paths[i])
                                    .anyMatch(link -> load[link] >= capacities[link] * (1 - 1e-9)
                                            && rate >= most[link] * (1 - 1e-9)),
                            "flow " + i + " at " + second + " s could have more than " + rate);
                }
            }
        }
    }

    private static void assertEqualTimes(double[] capacities, List<Flow> flows, List<Change> changes, String seed) {
        double[] expected = bruteForce(capacities, flows, changes);
        Simulation simulation = new Simulation();
        double[] finish = new double[flows.size()];
        MaxMinFlows network =
                new MaxMinFlows(simulation, capacities, tag -> finish[tag] = SimTime.seconds(simulation.now()));
        changes.forEach(change -> simulation.scheduleAt(
                SimTime.nanos(change.at), "change", () -> network.capacity(change.link, change.bytesPerSecond)));
        double[] crossing = new double[capacities.length];
        for (int i = 0; i < flows.size(); i++) {
            int tag = i;
            Flow flow = flows.get(i);
            simulation.scheduleAt(
                    SimTime.nanos(flow.start),
                    "start",
                    () -> network.startClass(flow.path, flow.weight, flow.bytes, flow.cap, tag));
            for (int step = 0; step < flow.path.length; step++) {
                crossing[flow.path[step]] += flow.weight[step] * flow.bytes;
            }
        }
        simulation.run();
        for (int i = 0; i < finish.length; i++) {
            assertEquals(expected[i], finish[i], 1e-9 * expected[i], seed + " flow " + i);
        }
        for (int link = 0; link < crossing.length; link++) {
            assertEquals(crossing[link], network.bytesCarried(link), 1e-12 * crossing[link], seed + " link " + link);
        }
    }

    private static double[] bruteForce(double[] initial, List<Flow> flows, List<Change> changes) {
        double[] capacities = initial.clone();
        int count = flows.size();
        double[] left = flows.stream().mapToDouble(flow -> flow.bytes).toArray();
        double[] finish = new double[count];
        boolean[] changed = new boolean[changes.size()];
        double now = 0;
        for (int done = 0; done < count; ) {
            double[] rates = rates(capacities, flows, left, now);
            double step = NEVER;
            int first = -1;
            for (int i = 0; i < count; i++) {
                if (flows.get(i).start > now) {
                    if (flows.get(i).start - now < step) {
                        step = flows.get(i).start - now;
                        first = -1;
                    }
                } else if (left[i] > 0 && left[i] / rates[i] < step) {
                    step = left[i] / rates[i];
                    first = i;
                }
            }
            int change = -1;
            for (int i = 0; i < changed.length; i++) {
                if (!changed[i] && changes.get(i).at - now < step) {
                    step = changes.get(i).at - now;
                    change = i;
                    first = -1;
                }
            }
            now = change >= 0 ? changes.get(change).at : now + step;
            for (int i = 0; i < count; i++) {
                left[i] -= rates[i] * step;
            }
            if (first >= 0) {
                left[first] = 0;
                finish[first] = now;
                done++;
            }
            if (change >= 0) {
                changed[change] = true;
                capacities[changes.get(change).link] = changes.get(change).bytesPerSecond;
            }
        }
        return finish;
    }

    private static double[] rates(double[] capacities, List<Flow> flows, double[] left, double now) {
        int count = flows.size();
        double[] rates = new double[count];
        double[] free = capacities.clone();
        double[] users = new double[capacities.length];
        int[] entries = new int[capacities.length];
        boolean[] open = new boolean[count];
        int unfixed = 0;
        for (int i = 0; i < count; i++) {
            open[i] = left[i] > 0 && flows.get(i).start <= now;
            if (open[i]) {
                unfixed++;
                count(flows.get(i), users, entries, 1);
            }
        }
        while (unfixed > 0) {
            double least = NEVER;
            for (int link = 0; link < free.length; link++) {
                if (entries[link] > 0) {
                    least = Math.min(least, Math.max(0, free[link]) / users[link]);
                }
            }
            boolean capped = false;
            for (int i = 0; i < count; i++) {
                if (open[i] && flows.get(i).cap <= least) {
                    capped = true;
                    least = flows.get(i).cap;
                }
            }
            boolean[] full = new boolean[free.length];
            for (int link = 0; link < free.length; link++) {
                full[link] = !capped && entries[link] > 0 && Math.max(0, free[link]) / users[link] == least;
            }
            for (int i = 0; i < count; i++) {
                Flow flow = flows.get(i);
                if (open[i]
                        && (capped
                                ? flow.cap == least
                                : Arrays.stream(flow.path).anyMatch(link -> full[link]))) {
                    open[i] = false;
                    unfixed--;
                    rates[i] = least;
                    count(flow, users, entries, -1);
                    for (int step = 0; step < flow.path.length; step++) {
                        free[flow.path[step]] -= flow.weight[step] * least;
                    }
                }
            }
        }
        return rates;
    }

    private static void count(Flow flow, double[] users, int[] entries, int sign) {
        for (int step = 0; step < flow.path.length; step++) {
            users[flow.path[step]] += sign * flow.weight[step];
            entries[flow.path[step]] += sign;
        }
    }
}
