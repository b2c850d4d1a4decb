package org.motleysim.workloads.scenario;

import java.util.ArrayList;
import java.util.List;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.engine.StopReason;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.Metric;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.core.trace.TraceSink;
import org.motleysim.hardware.cluster.BoundCluster;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.BoundWorkload;
import org.motleysim.workloads.RowLog;
import org.motleysim.workloads.RunContext;
import org.motleysim.workloads.Workload;

/** One run of a scenario: binds it to a fresh simulation, drives that to its end, checks the books and freezes the result. */
final class ScenarioRun {
    private static final long EVENTS_PER_REPORT = 1 << 16;
    private static final long DIGEST_MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    /** What more links than these carried over time is not remembered: it would take more room than it is worth. */
    private static final int MOST_CURVES = 2_000;

    private final Scenario scenario;
    private final TraceSink trace;
    private final Simulation simulation = new Simulation();
    private final long horizonNanos;
    private final List<BoundWorkload> workloads = new ArrayList<>();

    ScenarioRun(Scenario scenario, TraceSink trace) {
        this.scenario = scenario;
        this.trace = trace;
        this.horizonNanos = scenario.horizon().map(SimTime::nanos).orElse(Long.MAX_VALUE);
    }

    RunResult run(RunProgress progress) {
        RandomStreams streams = RandomStreams.of(scenario.seed());
        BoundCluster cluster = scenario.cluster().bind(simulation, streams);
        RunContext context =
                new RunContext(simulation, cluster, streams, trace, SimTime.nanos(scenario.warmup()), horizonNanos);
        for (Workload workload : scenario.workloads()) {
            workloads.add(workload.bind(context));
        }
        if (cluster.network().links().size() <= MOST_CURVES) {
            cluster.network().keepHistory();
        }
        workloads.forEach(BoundWorkload::start);
        drive(progress);
        return result(cluster);
    }

    private void drive(RunProgress progress) {
        boolean endless = horizonNanos == Long.MAX_VALUE;
        if (progress == RunProgress.NONE) {
            if (endless) {
                simulation.run();
            } else {
                simulation.runUntil(horizonNanos);
            }
            return;
        }
        if (endless) {
            while (simulation.runEvents(EVENTS_PER_REPORT) == StopReason.COUNT_REACHED) {
                tell(progress, Double.NaN);
            }
        } else {
            // Slices of time: the clock must not run past the horizon, and running in slices changes nothing.
            int slices = 1_000;
            for (int i = 1; i <= slices; i++) {
                simulation.runUntil(i == slices ? horizonNanos : horizonNanos / slices * i);
                tell(progress, (double) i / slices);
            }
        }
    }

    private void tell(RunProgress progress, double fraction) {
        long completed = 0;
        for (BoundWorkload workload : workloads) {
            completed += workload.completed();
        }
        progress.at(SimTime.seconds(simulation.now()), fraction, completed);
    }

    private RunResult result(BoundCluster cluster) {
        MetricSet.Builder metrics = MetricSet.builder();
        List<Series> series = new ArrayList<>();
        List<Cdf> cdfs = new ArrayList<>();
        List<RowLog> logs = new ArrayList<>();
        List<Balance> balances = new ArrayList<>();
        double attributedJoules = 0;
        double attributedUsd = 0;
        double wastedJoules = 0;
        double wastedUsd = 0;
        boolean several = workloads.size() > 1;
        for (int i = 0; i < workloads.size(); i++) {
            BoundWorkload workload = workloads.get(i);
            String prefix = several ? scenario.workloads().get(i).name() + "." : "";
            MetricSet.Builder own = MetricSet.builder();
            workload.finish(own);
            metrics.putAll(prefix, own.build());
            attributedJoules += workload.attributedJoules();
            attributedUsd += workload.attributedUsd();
            wastedJoules += workload.wastedJoules();
            wastedUsd += workload.wastedUsd();
            for (Series curve : workload.series()) {
                series.add(new Series(prefix + curve.name(), curve.unit(), curve.seconds(), curve.values()));
            }
            for (Cdf cdf : workload.cdfs()) {
                cdfs.add(new Cdf(prefix + cdf.name(), cdf.unit(), cdf.values(), cdf.fractions()));
            }
            logs.addAll(workload.logs());
            for (Balance balance : workload.conservation()) {
                balances.add(new Balance(
                        prefix + balance.quantity(), balance.unit(), balance.in(), balance.out(), balance.tolerance()));
            }
        }
        cluster.finish();
        List<DeviceResult> devices = ClusterBooks.devices(cluster);
        balances.addAll(ClusterBooks.put(
                metrics,
                cluster,
                new ClusterBooks.Spent(attributedJoules, attributedUsd),
                new ClusterBooks.Spent(wastedJoules, wastedUsd)));
        balances.addAll(TierBooks.put(metrics, cluster));
        var links = new LinkLog(cluster.network().links(), cluster.network().linkCurves());
        boolean ports = NetworkReport.isOfPorts(scenario.cluster().network());
        if (links.size() > 0) {
            logs.add(links);
            if (!links.curves().isEmpty()) {
                logs.add(new LinkCurveLog(links));
            }
            if (!ports) {
                new NetworkReport(links).put(metrics);
            }
        }
        if (cluster.network().handovers() > 0) {
            metrics.put("network.handovers", (double) cluster.network().handovers(), "1");
        }
        metrics.put("time.simulated", SimTime.seconds(simulation.now()), "s");
        metrics.put("events", (double) simulation.processed(), "1");
        Balance.requireAll(balances);
        long digest = digest(metrics.build());
        ClusterBooks.explain(metrics, cluster);
        if (ports) {
            new NetworkReport(links).put(metrics);
        }
        return new RunResult(scenario, digest, metrics.build(), series, cdfs, logs, devices, balances);
    }

    private long digest(MetricSet metrics) {
        long digest = simulation.digest();
        for (Metric metric : metrics) {
            long bits = Double.doubleToLongBits(metric.value()) + metric.name().hashCode();
            digest = (Long.rotateLeft(digest, 23) ^ bits) * DIGEST_MULTIPLIER;
        }
        return digest ^ (digest >>> 29);
    }
}
