package org.motleysim.workloads.scenario;

import java.util.ArrayList;
import java.util.List;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.hardware.cluster.BoundCluster;
import org.motleysim.hardware.cluster.Device;
import org.motleysim.workloads.Balance;

/**
 * The joules and dollars of a cluster at the end of a run, and who owns them: what workloads charged to their units of work, and the idle
 * rest. The rest is computed from the time in which devices were not busy, not as a difference, so that it can be checked.
 */
final class ClusterBooks {
    private ClusterBooks() {}

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
                    idleJoules(device),
                    idleUsd(device),
                    device.power(),
                    device.busyShare(),
                    PowerResult.of(device)));
        }
        return results;
    }

    /** Adds the metrics of the cluster and of each device; returns the laws they obey. */
    static List<Balance> put(
            MetricSet.Builder metrics, BoundCluster cluster, double attributedJoules, double attributedUsd) {
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
            idleJoules += idleJoules(device);
            idleUsd += idleUsd(device);
        }
        metrics.put("energy.total", joules, "J");
        metrics.put("energy.dynamic", devices - baseline, "J");
        metrics.put("energy.idle", idleJoules, "J");
        metrics.put("energy.attributed", attributedJoules, "J");
        metrics.put("cost.total", usd, "USD");
        metrics.put("cost.idle", idleUsd, "USD");
        metrics.put("cost.attributed", attributedUsd, "USD");
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
        balances.add(Balance.sums("energy", "J", joules, attributedJoules + idleJoules + network));
        balances.add(Balance.sums("cost", "USD", usd, attributedUsd + idleUsd));
        balances.addAll(PowerBooks.put(metrics, cluster));
        return balances;
    }

    private static double idleJoules(Device device) {
        return device.idleWatts() * (device.seconds() - device.offSeconds() - device.busySeconds());
    }

    private static double idleUsd(Device device) {
        return device.tariff().usd(device.seconds() - device.busySeconds(), idleJoules(device));
    }
}
