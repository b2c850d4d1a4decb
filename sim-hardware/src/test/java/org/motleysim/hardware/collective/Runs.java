package org.motleysim.hardware.collective;

import java.util.stream.IntStream;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.network.Network;
import org.motleysim.hardware.network.NetworkModel;

/** Runs one collective on a network of its own. */
final class Runs {
    /** What a run shows. */
    record Result(double seconds, long nanos, long bytes) {}

    private Runs() {}

    static Result of(NetworkModel model, CollectiveAlgorithm algorithm, Collective collective, int ranks) {
        return of(model, algorithm, collective, ranks, Double.POSITIVE_INFINITY);
    }

    static Result of(
            NetworkModel model, CollectiveAlgorithm algorithm, Collective collective, int ranks, double reduceRate) {
        Simulation simulation = new Simulation();
        Network network = model.bind(simulation, ranks);
        Collectives collectives = reduceRate < Double.POSITIVE_INFINITY
                ? Collectives.on(simulation, network, Bandwidth.of(reduceRate))
                : Collectives.on(simulation, network);
        long[] end = {-1};
        var done = simulation.register("done", unused -> end[0] = simulation.now());
        collectives.start(algorithm, collective, IntStream.range(0, ranks).toArray(), done, 0);
        simulation.run();
        if (end[0] < 0 || collectives.active() != 0 || network.bytesInFlight() != 0) {
            throw new IllegalStateException(algorithm.name() + " over " + ranks + " ranks did not end");
        }
        return new Result(SimTime.seconds(end[0]), end[0], network.bytesDelivered());
    }
}
