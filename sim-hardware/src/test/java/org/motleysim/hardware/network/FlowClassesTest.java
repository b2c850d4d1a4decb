package org.motleysim.hardware.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;

class FlowClassesTest {
    @Test
    void classes_ringOfAlikeLinks_areOne() {
        FlowClasses classes = new FlowClasses(same(64, 1e9), ring(32), same(32, 1e6));

        assertEquals(1, classes.size());
        assertEquals(32, classes.flows(0));
        assertEquals(1, classes.flowsOnLink(0)[0]);
    }

    @Test
    void classes_oneSlowLink_tellApartWhatItTouches() {
        double[] capacities = same(64, 1e9);
        capacities[5] = 1e8; // the way up from host 5
        FlowClasses classes = new FlowClasses(capacities, ring(32), same(32, 1e6));

        // On a ring no two flows share a link, so the slow link tells only its own flow apart.
        assertEquals(2, classes.size());
        assertEquals(1, classes.flows(classes.classOf(5)));
        assertEquals(31, classes.flows(classes.classOf(4)));
    }

    @Test
    void finishTimes_byClasses_equalThoseOfEachFlow() {
        for (long seed = 1; seed <= 30; seed++) {
            Random random = new Random(seed);
            int hosts = 24;
            int racks = 4;
            int perRack = 6;
            double[] capacities = same(2 * hosts + 2 * racks, 1e6);
            for (int r = 0; r < 2 * racks; r++) {
                capacities[2 * hosts + r] = 2e6;
            }
            if (random.nextBoolean()) {
                capacities[random.nextInt(2 * hosts)] = 3e5; // a straggler
            }
            int shift = 1 + random.nextInt(hosts - 1);
            int other = 1 + random.nextInt(hosts - 1);
            int[][] paths = new int[2 * hosts][];
            double[] bytes = new double[2 * hosts];
            for (int i = 0; i < 2 * hosts; i++) {
                int from = i % hosts;
                int to = (from + (i < hosts ? shift : other)) % hosts;
                paths[i] = from / perRack == to / perRack
                        ? new int[] {from, hosts + to}
                        : new int[] {from, 2 * hosts + from / perRack, 2 * hosts + racks + to / perRack, hosts + to};
                bytes[i] = i < hosts ? 1e8 : 3e8;
            }
            FlowClasses classes = new FlowClasses(capacities, paths, bytes);
            double[] each = new double[paths.length];
            Simulation plain = new Simulation();
            var flows = new MaxMinFlows(plain, capacities, tag -> each[tag] = SimTime.seconds(plain.now()));
            for (int i = 0; i < paths.length; i++) {
                flows.start(paths[i], bytes[i], i);
            }
            plain.run();
            double[] ofClass = new double[classes.size()];
            Simulation few = new Simulation();
            var entries = new MaxMinFlows(few, classes.capacities(), tag -> ofClass[tag] = SimTime.seconds(few.now()));
            for (int k = 0; k < classes.size(); k++) {
                entries.startClass(
                        classes.links(k), classes.flowsOnLink(k), classes.bytes(k), Double.POSITIVE_INFINITY, k);
            }
            few.run();

            for (int i = 0; i < paths.length; i++) {
                assertEquals(each[i], ofClass[classes.classOf(i)], 1e-9 * each[i], "seed " + seed + " flow " + i);
            }
            for (int link = 0; link < capacities.length; link++) {
                if (classes.classOfLink(link) >= 0) {
                    double whole = flows.bytesCarried(link);
                    assertEquals(whole, entries.bytesCarried(classes.classOfLink(link)), 1e-9 * whole);
                }
            }
        }
    }

    @Test
    void classes_symmetricPattern_areFewerThanItsFlows() {
        int hosts = 4096;
        FlowClasses classes = new FlowClasses(same(2 * hosts, 1e9), ring(hosts), same(hosts, 1e6));

        assertTrue(classes.size() == 1, classes.size() + " classes");
        assertEquals(hosts, classes.linksInClass(classes.classOfLink(0)) / 2);
    }

    private static int[][] ring(int hosts) {
        int[][] paths = new int[hosts][];
        for (int i = 0; i < hosts; i++) {
            paths[i] = new int[] {i, hosts + (i + 1) % hosts};
        }
        return paths;
    }

    private static double[] same(int count, double value) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return values;
    }
}
