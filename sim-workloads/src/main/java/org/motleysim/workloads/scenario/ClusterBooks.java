package org.motleysim.workloads.scenario;

import java.util.ArrayList;
import java.util.List;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.hardware.cluster.BoundCluster;
import org.motleysim.hardware.cluster.BoundTime;
import org.motleysim.hardware.cluster.Device;
import org.motleysim.hardware.cluster.Health;
import org.motleysim.hardware.cost.Bound;
import org.motleysim.workloads.Balance;

/**
 * The joules and dollars of a cluster at the end of a run, and who owns them: what workloads charged to their units of work, what was lost in
 * failures, and the idle rest. The rest is computed from the time in which devices were not busy, not as a difference, so that it can be checked.
 */
final class ClusterBooks {
    private ClusterBooks() {}

    /** What work took. */
    record Spent(double joules, double usd) {}

    static List<DeviceResult> devices(BoundCluster cluster) {
        List<DeviceResult> results = new ArrayList<>();
        for (Device device : cluster.devices()) {
            results.add(new DeviceResult(
                    device.name(),
                    device.group().name(),
                    device.spec(),
                    device.utilization(),
                    device.joules(),
                    device.usd(),
                    device.restJoules(),
                    device.restUsd(),
                    device.power(),
                    device.busyShare(),
                    PowerResult.of(device)));
        }
        return results;
    }

    /** Adds the metrics of the cluster and of each device; returns the laws they obey. */
    static List<Balance> put(MetricSet.Builder metrics, BoundCluster cluster, Spent attributed, Spent wasted) {
        double devices = cluster.joules();
        double network = cluster.networkJoules();
        double joules = devices + network;
        double usd = cluster.usd();
        double baseline = 0;
        double idleJoules = 0;
        double idleUsd = 0;
        double seconds = 0;
        for (Device device : cluster.devices()) {
            seconds = device.seconds();
            baseline += device.idleJoules();
            idleJoules += device.restJoules();
            idleUsd += device.restUsd();
        }
        metrics.put("energy.total", joules, "J");
        metrics.put("energy.dynamic", devices - baseline, "J");
        metrics.put("energy.idle", idleJoules, "J");
        metrics.put("energy.attributed", attributed.joules, "J");
        metrics.put("cost.total", usd, "USD");
        metrics.put("cost.idle", idleUsd, "USD");
        metrics.put("cost.attributed", attributed.usd, "USD");
        metrics.put("power.mean", joules / seconds, "W");
        metrics.put("power.max", cluster.meter().peakWatts(), "W");
        for (Device device : cluster.devices()) {
            String name = "device." + device.name() + ".";
            metrics.put(name + "utilization", device.utilization(), "1");
            metrics.put(name + "energy", device.joules(), "J");
            metrics.put(name + "power.mean", device.joules() / seconds, "W");
            metrics.put(name + "cost", device.usd(), "USD");
        }
        List<Balance> balances = new ArrayList<>();
        balances.add(Balance.sums("energy", "J", joules, attributed.joules + wasted.joules + idleJoules + network));
        balances.add(Balance.sums("cost", "USD", usd, attributed.usd + wasted.usd + idleUsd));
        balances.addAll(PowerBooks.put(metrics, cluster));
        if (cluster.description().isExposed()) {
            putFaults(metrics, cluster, wasted);
        }
        return balances;
    }

    /**
     * Adds what bound the time of each device of which a workload told it: shares of the run, which add up to 1. They explain a result and
     * are no part of it: the digest leaves them out.
     */
    static void explain(MetricSet.Builder metrics, BoundCluster cluster) {
        for (Device device : cluster.devices()) {
            BoundTime time = device.boundTime();
            double seconds = device.seconds();
            if (time.told() > 0) {
                String name = "device." + device.name() + ".bound.";
                metrics.put(name + "compute", time.seconds(Bound.COMPUTE) / seconds, "1");
                metrics.put(name + "memory", time.seconds(Bound.MEMORY) / seconds, "1");
                metrics.put(name + "launch", time.seconds(Bound.LAUNCH) / seconds, "1");
                metrics.put(name + "network", time.seconds(Bound.LINK) / seconds, "1");
                double other = (device.busySeconds() - time.told()) / seconds;
                metrics.put(name + "other", other > 1e-9 ? other : 0, "1"); // what is smaller is rounding
                metrics.put(name + "waiting", Math.max(0, seconds - device.busySeconds()) / seconds, "1");
            }
        }
    }

    /** What only clusters have in which something can go wrong. */
    private static void putFaults(MetricSet.Builder metrics, BoundCluster cluster, Spent wasted) {
        metrics.put("energy.wasted", wasted.joules, "J");
        metrics.put("cost.wasted", wasted.usd, "USD");
        cluster.meanSpotLevels().forEach((group, level) -> metrics.put("spot." + group + ".level.mean", level, "1"));
        for (Device device : cluster.devices()) {
            Health health = device.health();
            if (health.isExposed()) {
                String name = "device." + device.name() + ".";
                metrics.put(name + "failures", (double) health.failures(), "1");
                metrics.put(name + "availability", health.availability(), "1");
            }
        }
    }
}
