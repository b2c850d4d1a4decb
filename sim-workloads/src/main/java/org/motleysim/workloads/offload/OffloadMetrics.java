package org.motleysim.workloads.offload;

import java.util.ArrayList;
import java.util.List;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.metric.LatencyHistogram;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.workloads.Balance;

/** The numbers of a run at its end, and its conservation laws. */
final class OffloadMetrics {
    private static final double SECONDS_PER_DAY = 86_400;

    private final OffloadRun run;
    private final OffloadLog log;
    private final Fleet fleet;
    private final double seconds;

    OffloadMetrics(OffloadRun run) {
        this.run = run;
        this.log = run.log;
        this.fleet = run.fleet;
        this.seconds = SimTime.seconds(run.now());
    }

    void put(MetricSet.Builder metrics) {
        metrics.put("tasks.generated", (double) log.bornTasks(), "1");
        metrics.put("tasks.finished", (double) log.finishedTasks(), "1");
        metrics.put("tasks.lost", (double) log.lostTasks(), "1");
        metrics.put("tasks.in_flight", (double) run.tasks.living(), "1");
        for (int place = 0; place < OffloadLog.PLACES.size(); place++) {
            metrics.put("tasks." + OffloadLog.PLACES.get(place), (double) log.placedAt[place], "1");
        }
        if (log.hasDeadlines()) {
            metrics.put("deadline.missed", (double) log.missedDeadlines(), "1");
            metrics.put(
                    "deadline.attainment",
                    1 - (double) (log.missedDeadlines() + log.lostTasks()) / (log.finishedTasks() + log.lostTasks()),
                    "1");
        }
        latency(metrics, "latency", log.latency);
        for (int place = 0; place < OffloadLog.PLACES.size(); place++) {
            metrics.put("latency." + OffloadLog.PLACES.get(place) + ".mean", log.byPlace[place].meanSeconds(), "s");
        }
        latency(metrics, "serving", log.serving);
        metrics.put("throughput.tasks", log.finishedTasks() / seconds, "1/s");
        metrics.put("bytes.radio.sent", run.flows.sent(), "B");
        metrics.put("bytes.radio.delivered", run.flows.delivered(), "B");
        metrics.put("bytes.radio.lost", run.flows.lost(), "B");
        metrics.put("bytes.wired.sent", sum(run.links(), true), "B");
        metrics.put("bytes.wired.delivered", sum(run.links(), false), "B");
        metrics.put("handovers", (double) log.handovers(), "1");
        metrics.put("migrations", (double) run.services.migrations(), "1");
        energy(metrics);
        classes(metrics);
        queues(metrics);
    }

    private static void latency(MetricSet.Builder metrics, String name, LatencyHistogram of) {
        metrics.put(name + ".mean", of.meanSeconds(), "s");
        metrics.put(name + ".p50", of.quantileSeconds(0.5), "s");
        metrics.put(name + ".p95", of.quantileSeconds(0.95), "s");
        metrics.put(name + ".p99", of.quantileSeconds(0.99), "s");
        metrics.put(name + ".max", of.maxSeconds(), "s");
    }

    private void energy(MetricSet.Builder metrics) {
        double idle = 0;
        double compute = 0;
        double radio = 0;
        for (int device = 0; device < fleet.size; device++) {
            idle += fleet.idleJoules(device);
            compute += fleet.computeJoules(device);
            radio += fleet.radioJoules(device) + run.flows.openJoules(device);
        }
        double servers = serverJoules();
        double links = linkJoules();
        metrics.put("offload.energy", run.books.joules(), "J");
        metrics.put("offload.energy.devices", idle + compute + radio, "J");
        metrics.put("offload.energy.devices.idle", idle, "J");
        metrics.put("offload.energy.devices.compute", compute, "J");
        metrics.put("offload.energy.devices.radio", radio, "J");
        metrics.put("offload.energy.servers", servers, "J");
        metrics.put("offload.energy.links", links, "J");
        if (log.finishedTasks() > 0) {
            metrics.put("offload.energy.per_task", (compute + radio) / log.finishedTasks(), "J");
        }
        if (run.books.countsCarbon()) {
            metrics.put("offload.carbon", run.books.grams(), "g");
        }
    }

    private void classes(MetricSet.Builder metrics) {
        int device = 0;
        for (EndDevices of : fleet.classes) {
            double joules = 0;
            double alive = 0;
            double least = 1;
            int last = device + of.count();
            int dead = 0;
            for (; device < last; device++) {
                joules += run.deviceJoules(device);
                alive += fleet.secondsAlive(device);
                least = Math.min(least, run.batteryShare(device));
                dead += fleet.dead[device] ? 1 : 0;
            }
            String prefix = "class." + of.name() + ".";
            metrics.put(prefix + "power.mean", alive > 0 ? joules / alive : 0, "W");
            if (of.battery().isPresent()) {
                metrics.put(prefix + "battery.charge.min", least, "1");
                metrics.put(prefix + "battery.empty", dead, "1");
                if (joules > 0) {
                    metrics.put(
                            prefix + "battery.life",
                            of.battery().get().joules() / (joules / alive) / SECONDS_PER_DAY,
                            "d");
                }
            }
        }
    }

    private void queues(MetricSet.Builder metrics) {
        int unstable = 0;
        for (int site = 0; site < run.sites(); site++) {
            String name = "site." + run.job.sites().get(site).name() + ".";
            unstable += server(metrics, name, run.servers[site]);
            Medium medium = run.media[site];
            metrics.put(name + "radio.utilization", medium.utilization(), "1");
            metrics.put(name + "radio.airtime", medium.airSeconds(), "s");
            unstable += backlog(metrics, name + "radio.", medium.backlog);
        }
        if (run.job.cloud().isPresent()) {
            unstable += server(metrics, "cloud.", run.servers[run.sites()]);
        }
        List<String> names = run.links().size() == 2
                ? List.of("link.cloud-up.", "link.cloud-down.")
                : List.of("link.backhaul.", "link.cloud-up.", "link.cloud-down.");
        for (int i = 0; i < run.links().size(); i++) {
            unstable += backlog(metrics, names.get(i), run.links().get(i).backlog);
        }
        for (int kind = 0; kind < run.localBacklog.length; kind++) {
            String name = "class." + fleet.classes.get(kind).name() + ".";
            unstable += backlog(metrics, name + "queue.", run.localBacklog[kind]);
        }
        metrics.put("unstable", unstable, "1");
    }

    private int server(MetricSet.Builder metrics, String name, Server server) {
        metrics.put(name + "utilization", server.utilization(), "1");
        metrics.put(name + "offered", server.offered(), "1");
        metrics.put(name + "energy", server.joules(), "J");
        return backlog(metrics, name, server.backlog);
    }

    private int backlog(MetricSet.Builder metrics, String name, Backlog backlog) {
        metrics.put(name + "jobs.mean", backlog.mean(run.now()), "1");
        metrics.put(name + "jobs.max", (double) backlog.most(), "1");
        metrics.put(name + "arrived", (double) backlog.arrived(), "1");
        metrics.put(name + "unstable", backlog.grows() ? 1 : 0, "1");
        return backlog.grows() ? 1 : 0;
    }

    List<Balance> conservation() {
        List<Balance> laws = new ArrayList<>();
        laws.add(Balance.exact("tasks", log.bornTasks(), log.finishedTasks() + log.lostTasks() + run.tasks.living()));
        laws.add(Balance.sums(
                "bytes on the radio",
                "B",
                run.flows.sent(),
                run.flows.delivered() + run.flows.lost() + run.flows.inFlight()));
        laws.add(Balance.sums(
                "bytes on wires",
                "B",
                sum(run.links(), true),
                sum(run.links(), false) + wiredInFlight() + run.services.bytesInFlight()));
        double devices = 0;
        for (int device = 0; device < fleet.size; device++) {
            devices += run.deviceJoules(device);
        }
        laws.add(Balance.sums(
                "energy of devices, servers and links against the integral of their power",
                "J",
                run.books.joules(),
                devices + serverJoules() + linkJoules()));
        return laws;
    }

    private double wiredInFlight() {
        double bytes = 0;
        for (int slot = 0; slot < run.tasks.used(); slot++) {
            bytes += switch (run.tasks.stage[slot]) {
                case TaskTable.WIRED_UP -> run.tasks.uploadBytes[slot];
                case TaskTable.WIRED_DOWN -> run.tasks.downloadBytes[slot];
                default -> 0;
            };
        }
        return bytes;
    }

    private double serverJoules() {
        double joules = 0;
        for (Server server : run.servers) {
            joules += server.joules();
        }
        return joules;
    }

    private double linkJoules() {
        return run.links().stream().mapToDouble(Link::joules).sum();
    }

    private static double sum(List<Link> links, boolean sent) {
        return links.stream()
                .mapToDouble(link -> sent ? link.sent() : link.delivered())
                .sum();
    }
}
