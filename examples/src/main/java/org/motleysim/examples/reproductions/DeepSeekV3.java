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
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.workloads.llm.model.ModelSpec;

/**
 * Paper 14, Zhao et al.: Insights into DeepSeek-V3 (ISCA 2025): how fast tokens can come when experts are on other devices. Tokens go to
 * their experts and back as transfers over the network, from every device at once. {@link NetworkCosts} has what the network costs.
 */
final class DeepSeekV3 implements Reproduction {
    @Override
    public String folder() {
        return "14-deepseek-v3";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        keysAndValues(predictions, "14-1-v3", "deepseek-v3");
        keysAndValues(predictions, "14-1-qwen", "qwen2.5-72b");
        keysAndValues(predictions, "14-1-llama", "llama-3.1-405b");
        predict(inputs, predictions, "14-2", inputs.number("nicGigabytesPerSecond"));
        predict(inputs, predictions, "14-3", inputs.number("nvlinkGigabytesPerSecond"));
        NetworkCosts.predict(inputs, predictions);
    }

    private static void keysAndValues(Predictions predictions, String claim, String model) {
        predictions.value(
                claim, ModelSpec.builtIn(model).withKvFormat(NumberFormat.BF16).kvBytesPerToken() / 1e3);
    }

    private static void predict(Inputs inputs, Predictions predictions, String claim, double gigabytesPerSecond) {
        double step = exchangeSeconds(inputs, Bandwidth.gigabytesPerSecond(gigabytesPerSecond));
        predictions.value(claim + "-step", step * 1e6);
        predictions.value(claim, step * inputs.count("exchangesPerLayer") * inputs.count("layers") * 1e3);
    }

    /** Dispatch, then combine. */
    private static double exchangeSeconds(Inputs inputs, Bandwidth bandwidth) {
        long numbers = (long) inputs.count("tokens") * inputs.count("experts") * inputs.count("hidden");
        int devices = inputs.count("devices");
        Simulation simulation = new Simulation();
        Collectives collectives = Collectives.on(
                simulation, NetworkModel.fairShare(bandwidth, Duration.ZERO).bind(simulation, devices));
        CollectiveAlgorithm direct = Algorithms.named("direct");
        int[] all = IntStream.range(0, devices).toArray();
        long[] end = new long[1];
        EventType combined = simulation.register("combined", unused -> end[0] = simulation.now());
        EventType dispatched = simulation.register(
                "dispatched",
                unused -> collectives.start(
                        direct, sent(numbers * inputs.count("combineBytes"), devices), all, combined, 0));
        collectives.start(direct, sent(numbers * inputs.count("dispatchBytes"), devices), all, dispatched, 0);
        simulation.run();
        return SimTime.seconds(end[0]);
    }

    /** An all-to-all in which so many bytes leave each device: all but its part for itself. */
    private static Collective sent(long bytes, int devices) {
        return new Collective.AllToAll(Math.round((double) bytes * devices / (devices - 1)));
    }
}
