package org.motleysim.hardware.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;

class MaxMinFlowsTest {
    private static final double NANOSECOND = 1e-9;

    private static final class Flow {
        private final double startSeconds;
        private final double bytes;
        private final int[] links;

        Flow(double startSeconds, double bytes, int... links) {
            this.startSeconds = startSeconds;
            this.bytes = bytes;
            this.links = links;
        }

        double bytes() {
            return bytes;
        }
    }

    @Test
    void finishTimes_handWorkedCases_areExact() {
        // Two flows on one link of 100 B/s: 50 each until 10 s, then 500 B remain at 100 B/s.
        assertFinish(new double[] {100}, new double[] {15, 10}, flow(0, 1000, 0), flow(0, 500, 0));
        // Parking lot: the long flow gets 50 B/s on each of three links throughout.
        assertFinish(
                new double[] {100, 100, 100},
                new double[] {20, 20, 10, 5},
                flow(0, 1000, 0, 1, 2),
                flow(0, 1000, 0),
                flow(0, 500, 1),
                flow(0, 250, 2));
        // A flow arrives later: alone for 2 s (200 B), then 50 B/s for 16 s, then the late one alone.
        assertFinish(new double[] {100}, new double[] {18, 20}, flow(0, 1000, 0), flow(2, 1000, 0));
        // Bottleneck and leftover: x and z share 30 B/s, y takes the 85 B/s that x leaves.
        assertFinish(
                new double[] {100, 30},
                new double[] {40, 900 / 85.0, 20},
                flow(0, 900, 0, 1),
                flow(0, 900, 0),
                flow(0, 300, 1));
    }

    @Test
    void finishTimes_publishedCases_equalTheOracles() throws IOException {
        Path folder = data().resolve("cluster");
        Map<String, Map<String, double[]>> links = new LinkedHashMap<>(); // case -> link -> bandwidth, latency
        for (String[] row : rows(folder.resolve("maxmin_links.csv"))) {
            links.computeIfAbsent(row[0], name -> new LinkedHashMap<>())
                    .put(row[1], new double[] {Double.parseDouble(row[2]), Double.parseDouble(row[3])});
        }
        Map<String, List<String[]>> flows = new LinkedHashMap<>();
        for (String[] row : rows(folder.resolve("maxmin_flows.csv"))) {
            flows.computeIfAbsent(row[0], name -> new ArrayList<>()).add(row);
        }
        assertEquals(10, flows.size());
        flows.forEach((name, rows) -> {
            Map<String, double[]> linksOfCase = Objects.requireNonNull(links.get(name));
            List<String> linkNames = List.copyOf(linksOfCase.keySet());
            double[] capacities =
                    linksOfCase.values().stream().mapToDouble(link -> link[0]).toArray();
            List<Flow> started = new ArrayList<>();
            List<Double> expected = new ArrayList<>();
            for (String[] row : rows) {
                int[] path = Arrays.stream(row[4].split("\\|"))
                        .mapToInt(linkNames::indexOf)
                        .toArray();
                double latency = Arrays.stream(path)
                        .mapToDouble(link -> Objects.requireNonNull(linksOfCase.get(linkNames.get(link)))[1])
                        .sum();
                started.add(new Flow(Double.parseDouble(row[2]) + latency, Double.parseDouble(row[3]), path));
                expected.add(Double.parseDouble(row[6]));
            }
            double[] finish = simulate(capacities, started.toArray(Flow[]::new));
            for (int i = 0; i < finish.length; i++) {
                assertEquals(expected.get(i), finish[i], 1e-9 * expected.get(i), name + " flow " + i);
            }
        });
    }

    @Test
    void finishTimes_randomFlows_equalANaiveSolver() {
        for (long seed = 1; seed <= 60; seed++) {
            Random random = new Random(seed);
            int links = 1 + random.nextInt(8);
            double[] capacities =
                    random.doubles(links, 10, 1000).map(Math::rint).toArray();
            Flow[] flows = new Flow[1 + random.nextInt(25)];
            for (int i = 0; i < flows.length; i++) {
                int[] path = random.ints(0, links)
                        .distinct()
                        .limit(1 + random.nextInt(links))
                        .toArray();
                // Half of them start together.
                double start = random.nextBoolean() ? 0 : random.nextInt(20);
                flows[i] = new Flow(start, 1 + random.nextInt(10_000), path);
            }
            double[] expected = naive(capacities, flows);
            double[] finish = simulate(capacities, flows);
            for (int i = 0; i < flows.length; i++) {
                assertEquals(expected[i], finish[i], 1e-9 * expected[i] + flows.length * NANOSECOND, "seed " + seed);
            }
        }
    }

    private static Flow flow(double start, double bytes, int... links) {
        return new Flow(start, bytes, links);
    }

    private static void assertFinish(double[] capacities, double[] expected, Flow... flows) {
        double[] finish = simulate(capacities, flows);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], finish[i], NANOSECOND, "flow " + i);
        }
    }

    private static double[] simulate(double[] capacities, Flow... flows) {
        Simulation simulation = new Simulation();
        double[] finish = new double[flows.length];
        MaxMinFlows network =
                new MaxMinFlows(simulation, capacities, tag -> finish[tag] = SimTime.seconds(simulation.now()));
        for (int i = 0; i < flows.length; i++) {
            int index = i;
            simulation.scheduleAt(
                    SimTime.nanos(flows[i].startSeconds),
                    "start",
                    () -> network.start(flows[index].links, flows[index].bytes, index));
        }
        simulation.run();
        return finish;
    }

    /** Solves all rates again from scratch at every start and finish, in plain seconds. */
    private static double[] naive(double[] capacities, Flow[] flows) {
        double[] left = Arrays.stream(flows).mapToDouble(Flow::bytes).toArray();
        double[] finish = new double[flows.length];
        double now = 0;
        for (int done = 0; done < flows.length; ) {
            double[] rates = naiveRates(capacities, flows, left, now);
            double step = Double.POSITIVE_INFINITY;
            int first = -1;
            for (int i = 0; i < flows.length; i++) {
                if (flows[i].startSeconds > now) {
                    if (flows[i].startSeconds - now < step) {
                        step = flows[i].startSeconds - now;
                        first = -1;
                    }
                } else if (left[i] > 0 && left[i] / rates[i] < step) {
                    step = left[i] / rates[i];
                    first = i;
                }
            }
            now += step;
            for (int i = 0; i < flows.length; i++) {
                left[i] -= rates[i] * step;
            }
            if (first >= 0) {
                left[first] = 0;
                finish[first] = now;
                done++;
            }
        }
        return finish;
    }

    private static double[] naiveRates(double[] capacities, Flow[] flows, double[] left, double now) {
        double[] rates = new double[flows.length];
        double[] free = capacities.clone();
        boolean[] open = new boolean[flows.length];
        for (int i = 0; i < flows.length; i++) {
            open[i] = left[i] > 0 && flows[i].startSeconds <= now;
        }
        while (true) {
            int bottleneck = -1;
            double least = Double.POSITIVE_INFINITY;
            for (int link = 0; link < free.length; link++) {
                int users = 0;
                for (int i = 0; i < flows.length; i++) {
                    users += open[i] && uses(flows[i], link) ? 1 : 0;
                }
                if (users > 0 && free[link] / users < least) {
                    least = free[link] / users;
                    bottleneck = link;
                }
            }
            if (bottleneck < 0) {
                return rates;
            }
            for (int i = 0; i < flows.length; i++) {
                if (open[i] && uses(flows[i], bottleneck)) {
                    open[i] = false;
                    rates[i] = least;
                    for (int link : flows[i].links) {
                        free[link] -= least;
                    }
                }
            }
        }
    }

    private static boolean uses(Flow flow, int link) {
        return Arrays.stream(flow.links).anyMatch(other -> other == link);
    }

    private static List<String[]> rows(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }

    private static Path data() {
        String folder = System.getProperty("motley.data", System.getenv("MOTLEY_DATA"));
        assumeTrue(folder != null, "skipped: set MOTLEY_DATA to the folder of measured data");
        return Path.of(Objects.requireNonNull(folder));
    }
}
