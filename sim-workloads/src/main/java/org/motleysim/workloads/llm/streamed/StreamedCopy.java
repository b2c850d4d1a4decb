package org.motleysim.workloads.llm.streamed;

import java.util.Optional;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.hardware.cluster.Device;
import org.motleysim.hardware.cluster.Health;
import org.motleysim.hardware.cluster.HostTiers;
import org.motleysim.hardware.fault.UpsetClock;
import org.motleysim.hardware.memory.ObjectSequence;
import org.motleysim.hardware.memory.Prefetcher;
import org.motleysim.workloads.llm.step.Iteration;
import org.motleysim.workloads.llm.step.IterationCost;
import org.motleysim.workloads.llm.step.IterationResult;

/**
 * One device that generates its batch: step after step, layer after layer. The first step computes the prompts, each later one a token a
 * sequence. The time of a step is divided equally among its layers.
 */
final class StreamedCopy implements ObjectSequence {
    private final StreamedLayers workload;
    private final StreamPlan plan;
    private final Simulation simulation;
    private final Device device;
    private final IterationCost cost;
    private final Iteration iteration;
    private final IterationResult result = new IterationResult();
    private final EventType computed;
    private final int[] source; // per layer: number of its tier, or RESIDENT
    private final int layers;
    private final Prefetcher prefetcher;
    private final long startNanos;

    private long stepNanos;
    private double watts; // dynamic, of the present step
    private boolean computing;
    private long computingSince;
    private long computedNanos;
    private double joules;
    private double usd;
    private double wastedJoules;
    private double wastedUsd;
    private long recomputed; // layers, because an upset was noticed
    private final Runnable ended;
    private long steps;
    private long firstTokenNanos;
    private long lastTokenNanos;

    StreamedCopy(
            StreamedLayers workload,
            StreamPlan plan,
            Simulation simulation,
            Device device,
            HostTiers tiers,
            IterationCost cost,
            Runnable ended) {
        this.ended = ended;
        this.workload = workload;
        this.plan = plan;
        this.simulation = simulation;
        this.device = device;
        this.cost = cost;
        this.iteration = Iteration.of(workload.model());
        this.layers = plan.source().size();
        this.source = new int[layers];
        for (int i = 0; i < layers; i++) {
            int from = plan.source().get(i);
            source[i] = from == StreamPlan.RESIDENT
                    ? RESIDENT
                    : tiers.host(device, workload.from().get(from));
        }
        device.memory()
                .reserve(
                        plan.fixedBytes() + plan.resident() * plan.layerBytes(),
                        "what stays of " + workload.model().name());
        EventType ready = simulation.register("stream.ready", this::compute);
        this.computed = simulation.register("stream.computed", this::computed);
        this.prefetcher = new Prefetcher(
                simulation,
                "stream.layer",
                tiers.mover(),
                tiers.main(device),
                device.memory(),
                workload.window(),
                this,
                ready);
        this.startNanos = simulation.now();
    }

    void start() {
        prefetcher.start();
    }

    private void compute(long index) {
        int layer = (int) (index % layers);
        if (layer == 0) {
            beginStep();
        }
        long nanos = stepNanos * (layer + 1) / layers - stepNanos * layer / layers;
        computing = true;
        computingSince = simulation.now();
        device.beginBusy(watts);
        simulation.schedule(nanos, computed, index);
    }

    private void beginStep() {
        iteration.clear();
        for (int i = 0; i < workload.batch(); i++) {
            if (steps == 0) {
                iteration.prefill(workload.promptTokens(), 0, true);
            } else {
                iteration.decode(workload.promptTokens() + steps);
            }
        }
        cost.cost(iteration, result);
        Health health = device.health();
        stepNanos = Math.max(layers, SimTime.nanos(result.seconds() * health.slowdown()));
        watts = result.dynamicJoules() * health.energyFactor() / SimTime.seconds(stepNanos);
    }

    private void computed(long index) {
        device.endBusy();
        double joulesBefore = joules;
        double usdBefore = usd;
        long nanosBefore = computedNanos;
        charge();
        computing = false;
        Optional<UpsetClock> upsets = device.health().upsets();
        if (upsets.isPresent() && upsets.get().expose(SimTime.seconds(computedNanos - nanosBefore))) {
            wastedJoules += joules - joulesBefore;
            wastedUsd += usd - usdBefore;
            joules = joulesBefore;
            usd = usdBefore;
            recomputed++;
            compute(index);
            return;
        }
        if ((prefetcher.completed() + 1) % layers == 0) {
            steps++;
            lastTokenNanos = simulation.now();
            firstTokenNanos = steps == 1 ? lastTokenNanos : firstTokenNanos;
        }
        prefetcher.computed();
        if (prefetcher.finished()) {
            ended.run();
        }
    }

    /** Charges the layer that computes, up to now. */
    private void charge() {
        long nanos = simulation.now() - computingSince;
        double seconds = SimTime.seconds(nanos);
        double spent = (device.idleWatts() + watts) * seconds;
        computedNanos += nanos;
        joules += spent;
        usd += device.tariff().usdPerSecond() * seconds + device.tariff().usdPerJoule() * spent;
        computingSince = simulation.now();
    }

    /** The run is over, perhaps in the middle of a layer. */
    void settle() {
        if (computing) {
            charge();
        }
    }

    @Override
    public long size() {
        return (long) workload.outputTokens() * layers;
    }

    @Override
    public int source(long index) {
        return source[(int) (index % layers)];
    }

    @Override
    public long bytes(long index) {
        return plan.layerBytes();
    }

    Device device() {
        return device;
    }

    StreamPlan plan() {
        return plan;
    }

    Prefetcher prefetcher() {
        return prefetcher;
    }

    /** Returns the tier of the host that is the i-th of those named. */
    double stallSeconds(int from, HostTiers tiers) {
        return prefetcher.stallSeconds(tiers.host(device, workload.from().get(from)));
    }

    long steps() {
        return steps;
    }

    double joules() {
        return joules;
    }

    double usd() {
        return usd;
    }

    double wastedJoules() {
        return wastedJoules;
    }

    double wastedUsd() {
        return wastedUsd;
    }

    long recomputed() {
        return recomputed;
    }

    double computeSeconds() {
        return SimTime.seconds(computedNanos);
    }

    /** Returns the time from the start to the last layer, or to now while layers are left. */
    double elapsedSeconds() {
        return SimTime.seconds((prefetcher.finished() ? lastTokenNanos : simulation.now()) - startNanos);
    }

    /** Returns the time to the first token; NaN before there is one. */
    double firstTokenSeconds() {
        return steps == 0 ? Double.NaN : SimTime.seconds(firstTokenNanos - startNanos);
    }

    /** Returns the time per token after the first; NaN with fewer than two. */
    double secondsPerToken() {
        return steps < 2 ? Double.NaN : SimTime.seconds(lastTokenNanos - firstTokenNanos) / (steps - 1);
    }
}
