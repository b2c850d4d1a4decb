package org.motleysim.examples;

import java.time.Duration;
import java.util.Locale;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.network.Network;
import org.motleysim.hardware.topology.LinkSpec;
import org.motleysim.hardware.topology.TopologyNetwork;
import org.motleysim.hardware.topology.Tree;

/** An all-to-all between the hosts of four racks, with less and less bandwidth between the racks. */
public final class OversubscribedRacks {
    private static final int RACKS = 4;
    private static final int HOSTS_PER_RACK = 16;
    private static final long BYTES = 1_000_000;

    private OversubscribedRacks() {}

    /** Prints how long it takes. */
    public static void main(String[] arguments) {
        for (int oversubscription : new int[] {1, 2, 4, 8}) {
            System.out.printf(
                    Locale.ROOT, "%d:1  %.3f ms%n", oversubscription, 1e3 * secondsOfAllToAll(oversubscription));
        }
    }

    static double secondsOfAllToAll(int oversubscription) {
        Bandwidth port = Bandwidth.gigabitsPerSecond(100);
        LinkSpec host = LinkSpec.of(port, Duration.ofNanos(500));
        LinkSpec uplink = LinkSpec.of(port.times((double) HOSTS_PER_RACK / oversubscription), Duration.ofNanos(500));
        int hosts = RACKS * HOSTS_PER_RACK;

        Simulation simulation = new Simulation();
        Network network = TopologyNetwork.of(Tree.ofNodes(RACKS, HOSTS_PER_RACK, host, uplink))
                .bind(simulation, hosts);
        EventType arrived = simulation.register("arrived", part -> {});
        for (int from = 0; from < hosts; from++) {
            for (int to = 0; to < hosts; to++) {
                if (from != to) {
                    network.transfer(from, to, BYTES, arrived, 0);
                }
            }
        }
        simulation.run();
        return SimTime.seconds(simulation.now());
    }
}
