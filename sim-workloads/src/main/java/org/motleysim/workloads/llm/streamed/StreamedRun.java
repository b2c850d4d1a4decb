package org.motleysim.workloads.llm.streamed;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.hardware.cluster.BoundCluster;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.Device;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.cluster.HostTiers;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.BoundWorkload;
import org.motleysim.workloads.RowLog;
import org.motleysim.workloads.RunContext;
import org.motleysim.workloads.llm.step.IterationCost;

/** Streamed layers in one run: a copy per device. */
final class StreamedRun implements BoundWorkload {
    private final StreamedLayers workload;
    private final Simulation simulation;
    private final HostTiers tiers;
    private final List<StreamedCopy> copies = new ArrayList<>();
    private final List<Balance> balances = new ArrayList<>();
    private final BoundCluster cluster;
    private int endedCopies;

    StreamedRun(StreamedLayers workload, RunContext context) {
        this.workload = workload;
        this.simulation = context.simulation();
        this.cluster = context.cluster();
        cluster.workBegins();
        this.tiers = context.cluster().hostTiers().orElseThrow();
        Cluster description = cluster.description();
        Set<Integer> stocked = new HashSet<>();
        for (DeviceGroup group : workload.occupied(description)) {
            StreamPlan plan = StreamPlan.of(workload, group);
            IterationCost cost = workload.stepModel()
                    .bind(workload.model(), group.spec(), 1, group.costModel().orElse(description.costModel()));
            for (Device device : context.cluster().devices(group)) {
                stock(device, plan, stocked);
                copies.add(new StreamedCopy(workload, plan, simulation, device, tiers, cost, this::copyEnded));
            }
        }
    }

    private void copyEnded() {
        if (++endedCopies == copies.size()) {
            cluster.workEnds();
        }
    }

    /** Puts the layers into the tiers of a host, once a host. */
    private void stock(Device device, StreamPlan plan, Set<Integer> stocked) {
        for (int i = 0; i < workload.from().size(); i++) {
            int tier = tiers.host(device, workload.from().get(i));
            if (plan.layersIn(i) > 0 && stocked.add(tier)) {
                tiers.pool(tier)
                        .reserve(
                                plan.layersIn(i) * plan.layerBytes(),
                                "layers of " + workload.model().name());
            }
        }
    }

    @Override
    public void start() {
        copies.forEach(StreamedCopy::start);
    }

    @Override
    public long completed() {
        return copies.stream().mapToLong(StreamedCopy::steps).sum() * workload.batch();
    }

    @Override
    public void finish(MetricSet.Builder metrics) {
        copies.forEach(StreamedCopy::settle);
        double elapsed = SimTime.seconds(simulation.now());
        double compute = sum(StreamedCopy::computeSeconds);
        double stall = sum(copy -> copy.prefetcher().stallSeconds());
        long tokens = completed();
        metrics.put("tokens.output", (double) tokens, "1");
        metrics.put("throughput.output_tokens", tokens / elapsed, "token/s");
        metrics.put("ttft.mean", sum(StreamedCopy::firstTokenSeconds) / copies.size(), "s");
        metrics.put("tpot.mean", sum(StreamedCopy::secondsPerToken) / copies.size(), "s");
        metrics.put("compute.seconds", compute, "s");
        metrics.put("stall.seconds", stall, "s");
        metrics.put("stall.share", stall / (compute + stall), "1");
        double stallsByTier = 0;
        for (int i = 0; i < workload.from().size(); i++) {
            int from = i;
            double seconds = sum(copy -> copy.stallSeconds(from, tiers));
            stallsByTier += seconds;
            metrics.put("stall." + workload.from().get(i) + ".seconds", seconds, "s");
        }
        metrics.put("layers.resident", sum(copy -> copy.plan().resident()) / copies.size(), "1");
        metrics.put("layers.streamed", sum(copy -> copy.plan().streamed()) / copies.size(), "1");
        double recomputed = sum(StreamedCopy::recomputed);
        if (recomputed > 0) {
            metrics.put("layers.recomputed", recomputed, "1");
        }
        metrics.put("bytes.streamed", sum(copy -> (double) copy.prefetcher().bytesMoved()), "B");
        if (tokens > 0) {
            metrics.put("energy.per_output_token", sum(copy -> copy.device().joules()) / tokens, "J");
            metrics.put(
                    "cost.per_million_output_tokens", sum(copy -> copy.device().usd()) / tokens * 1e6, "USD");
        }
        balances.add(Balance.sums("seconds of streaming", "s", sum(StreamedCopy::elapsedSeconds), compute + stall));
        balances.add(Balance.sums("stalls of tiers", "s", stall, stallsByTier));
    }

    private double sum(ToDoubleFunction<StreamedCopy> part) {
        double sum = 0;
        for (StreamedCopy copy : copies) {
            sum += part.applyAsDouble(copy);
        }
        return sum;
    }

    @Override
    public double attributedJoules() {
        return sum(StreamedCopy::joules);
    }

    @Override
    public double attributedUsd() {
        return sum(StreamedCopy::usd);
    }

    @Override
    public double wastedJoules() {
        return sum(StreamedCopy::wastedJoules);
    }

    @Override
    public double wastedUsd() {
        return sum(StreamedCopy::wastedUsd);
    }

    @Override
    public List<Balance> conservation() {
        return List.copyOf(balances);
    }

    @Override
    public List<Series> series() {
        return List.of();
    }

    @Override
    public List<Cdf> cdfs() {
        return List.of();
    }

    @Override
    public List<RowLog> logs() {
        return List.of();
    }
}
