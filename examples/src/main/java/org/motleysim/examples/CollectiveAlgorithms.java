package org.motleysim.examples;

import java.time.Duration;
import java.util.List;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.collective.Algorithms;
import org.motleysim.hardware.collective.Collective;
import org.motleysim.hardware.collective.CollectiveAlgorithm;
import org.motleysim.hardware.collective.CollectiveSchedule;
import org.motleysim.hardware.collective.Step;
import org.motleysim.hardware.network.LevelledNetwork;
import org.motleysim.hardware.network.LevelledNetwork.Level;
import org.motleysim.workloads.collective.CollectiveJob;
import org.motleysim.workloads.scenario.Scenario;

/** All-reduce over four nodes of eight GPUs by algorithms that come with Motley and by one of one's own. */
public final class CollectiveAlgorithms {
    private CollectiveAlgorithms() {}

    /** Prints a table of times and bandwidths. */
    public static void main(String[] arguments) {
        scenario().run().report().print();
    }

    /** Everyone sends the whole buffer to everyone else: one step, and far too many bytes. */
    record Flood(int ranks, long bytes) implements CollectiveSchedule {
        @Override
        public int steps() {
            return 1;
        }

        @Override
        public void step(int rank, int step, Step into) {
            for (int distance = 1; distance < ranks; distance++) {
                into.send((rank + distance) % ranks, bytes);
            }
            into.receive(ranks - 1);
            into.reduce((ranks - 1) * bytes);
        }
    }

    static Scenario scenario() {
        LevelledNetwork network = new LevelledNetwork(List.of(
                new Level(8, Bandwidth.gigabytesPerSecond(450), Duration.ofNanos(1_000)),
                new Level(4, Bandwidth.gigabytesPerSecond(50), Duration.ofNanos(5_000))));
        Cluster cluster = Cluster.builder("4 nodes of 8 H100")
                .add("h100", 32, Catalog.builtIn().device("nvidia-h100-sxm-80gb"))
                .network(network)
                .build();
        CollectiveAlgorithm ring = Algorithms.named("ring");
        CollectiveJob job = CollectiveJob.of(new Collective.AllReduce(0))
                .algorithm(ring)
                .algorithm(Algorithms.railRing(8))
                .algorithm(Algorithms.hierarchical(List.of(8, 4), List.of(ring, ring)))
                .algorithm(Algorithms.of("flood", (collective, ranks) -> new Flood(ranks, collective.bytes())))
                .sizes(Bytes.kilobytes(64), Bytes.gigabytes(1))
                .build();
        return Scenario.of(cluster, job).name("collective-algorithms").build();
    }
}
