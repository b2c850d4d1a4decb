package org.motleysim.examples.reproductions;

import java.time.Duration;
import java.util.stream.IntStream;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.collective.Algorithms;
import org.motleysim.hardware.collective.Collective;
import org.motleysim.hardware.collective.CollectiveAlgorithm;
import org.motleysim.hardware.collective.Collectives;
import org.motleysim.hardware.network.NetworkModel;

/** Paper 56, Li et al.: TPI-LLM (arXiv:2410.00531): all-reduce between devices behind home gateways, where latency counts. */
final class TpiLlm implements Reproduction {
    private static final long CHUNK_BYTES = 1 << 20;

    @Override
    public String folder() {
        return "56-tpi-llm";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        double star = latencies(inputs, Algorithms.named("star"));
        double tree = latencies(inputs, Algorithms.tree(inputs.count("treeArity"), CHUNK_BYTES));
        double ring = latencies(inputs, Algorithms.named("ring"));
        predictions.value("E56-32-star", star);
        predictions.value(
                "E56-32-tree",
                tree,
                "arity not stated; with three below a device there are two levels, a binary tree has three and takes 24");
        predictions.value("E56-32-ring", ring);
        predictions.value("E56-33", ring / tree);
        double bytes = inputs.number("hidden") * inputs.number("bytesPerNumber");
        double link = Bandwidth.megabitsPerSecond(inputs.number("linkMegabits")).bytesPerSecond();
        predictions.value(
                "E56-34",
                inputs.count("linksBetweenDevices") * bytes / link * 1e3,
                "each of four links stores and forwards");
    }

    /** Time of an all-reduce of nothing, in latencies of a link. */
    private static double latencies(Inputs inputs, CollectiveAlgorithm algorithm) {
        int devices = inputs.count("devices");
        Duration link = Duration.ofMillis(inputs.count("linkLatencyMillis"));
        NetworkModel network = NetworkModel.uniform(
                Bandwidth.megabitsPerSecond(inputs.number("linkMegabits")),
                link.multipliedBy(inputs.count("linksBetweenDevices")));
        Simulation simulation = new Simulation();
        long[] end = new long[1];
        EventType done = simulation.register("all-reduced", unused -> end[0] = simulation.now());
        Collectives.on(simulation, network.bind(simulation, devices))
                .start(
                        algorithm,
                        new Collective.AllReduce(0),
                        IntStream.range(0, devices).toArray(),
                        done,
                        0);
        simulation.run();
        return SimTime.seconds(end[0]) / SimTime.seconds(SimTime.nanos(link));
    }
}
