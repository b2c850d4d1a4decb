package org.motleysim.workloads.scenario;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.hardware.cluster.BoundCluster;
import org.motleysim.hardware.cluster.Device;
import org.motleysim.workloads.Balance;

/** The metrics of clocks, heat, batteries, links and carbon, each only where a cluster has them, and the laws they obey. */
final class PowerBooks {
    private PowerBooks() {}

    static List<Balance> put(MetricSet.Builder metrics, BoundCluster cluster) {
        List<Balance> balances = new ArrayList<>();
        for (Device device : cluster.devices()) {
            PowerResult.of(device).ifPresent(result -> put(metrics, device, result, balances));
        }
        if (cluster.network().isMetered()) {
            metrics.put("energy.network", cluster.networkJoules(), "J");
        }
        if (cluster.description().carbon().isPresent()) {
            putCarbon(metrics, cluster, balances);
        }
        return balances;
    }

    private static void put(MetricSet.Builder metrics, Device device, PowerResult result, List<Balance> balances) {
        String name = "device." + device.name() + ".";
        double busy = 0;
        for (int i = 0; i < result.points().size(); i++) {
            String clock = BigDecimal.valueOf(result.points().get(i).clock()).toPlainString();
            metrics.put(name + "clock." + clock + ".time", result.busySeconds().get(i), "s");
            busy += result.busySeconds().get(i);
        }
        result.meanClock().ifPresent(mean -> metrics.put(name + "clock.mean", mean, "1"));
        metrics.put(name + "limited.time", result.limitedSeconds(), "s");
        metrics.put(name + "off.time", result.offSeconds(), "s");
        metrics.put(name + "power.max", device.meter().peakWatts(), "W");
        balances.add(Balance.sums("time at operating points of " + device.name(), "s", device.busySeconds(), busy));
        result.heat().ifPresent(heat -> {
            metrics.put(name + "temperature.max", heat.hottest(), "degC");
            metrics.put(name + "temperature.end", heat.celsius(), "degC");
            metrics.put(name + "throttled", (double) heat.throttled(), "1");
        });
        result.charge().ifPresent(charge -> {
            metrics.put(name + "battery.charge", charge.share(), "1");
            metrics.put(name + "battery.charge.min", charge.leastShare(), "1");
            metrics.put(name + "battery.grid_energy", charge.gridJoules(), "J");
            balances.add(Balance.sums(
                    "charge of " + device.name(),
                    "J",
                    charge.initialJoules() + charge.efficiency() * charge.gridJoules(),
                    device.joules() + charge.joules()));
        });
    }

    private static void putCarbon(MetricSet.Builder metrics, BoundCluster cluster, List<Balance> balances) {
        double devices = 0;
        for (Device device : cluster.devices()) {
            metrics.put("device." + device.name() + ".carbon", device.carbonGrams(), "g");
            devices += device.carbonGrams();
        }
        metrics.put("carbon.total", cluster.carbonGrams(), "g");
        if (cluster.network().isMetered()) {
            metrics.put("carbon.network", cluster.networkCarbonGrams(), "g");
        }
        balances.add(Balance.sums("carbon", "g", cluster.carbonGrams(), devices + cluster.networkCarbonGrams()));
    }
}
