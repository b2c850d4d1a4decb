package org.motleysim.workloads.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Section;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Headline;
import org.motleysim.core.report.Section.Table;
import org.motleysim.core.report.Section.Tile;

/** What a report says of one task graph: how long it took and why, each device, and the chain of tasks that decided it. */
public final class GraphReport {
    private static final int LONGEST_CHAIN = 40;

    private final GraphJob job;
    private final String prefix;
    private final MetricSet metrics;
    private final TaskLog log;

    /**
     * Starts the report of a graph.
     *
     * @param job the workload
     * @param prefix what stands before the names of its metrics: empty, or its name and a dot
     * @param metrics the metrics of the run
     * @param log its tasks
     */
    public GraphReport(GraphJob job, String prefix, MetricSet metrics, TaskLog log) {
        this.job = job;
        this.prefix = prefix;
        this.metrics = metrics;
        this.log = log;
    }

    /** The numbers for the console and the top of the page. */
    public List<Section> numbers() {
        List<Tile> tiles = new ArrayList<>();
        if (metrics.find(prefix + "makespan").isPresent()) {
            tiles.add(new Tile("Makespan", metric("makespan"), "from the first task to the last"));
        }
        if (metrics.find(prefix + "makespan.planned").isPresent()) {
            tiles.add(new Tile("Planned", metric("makespan.planned"), "by the scheduler, without contention"));
        }
        if (metrics.find(prefix + "makespan.bound").isPresent()) {
            tiles.add(new Tile("Bound", metric("makespan.bound"), "longest chain, each task on its fastest device"));
        }
        if (metrics.find(prefix + "jobs.arrived").isPresent()) {
            tiles.add(new Tile("Jobs finished", metric("jobs.finished"), "of those that arrived"));
        }
        if (metrics.find(prefix + "job.latency.mean").isPresent()) {
            tiles.add(new Tile("Mean latency", metric("job.latency.mean"), "of a job, from arrival to its last task"));
            tiles.add(new Tile("p99 latency", metric("job.latency.p99"), "of a job"));
        }
        tiles.add(new Tile("Utilisation", share("utilization"), "of the time of all devices"));
        tiles.add(new Tile("Waiting for data", share("idle.communication"), "of the time of all devices"));
        tiles.add(new Tile("Waiting for tasks", share("idle.dependency"), "of the time of all devices"));
        if (metrics.find(prefix + "collectives.time").isPresent()) {
            tiles.add(
                    new Tile("Collectives", metric("collectives.time"), "from when the last device came to their end"));
        }
        if (metrics.find(prefix + "waiting.memory").isPresent()) {
            tiles.add(new Tile(
                    "Waiting for memory", metric("waiting.memory"), "of tasks, while others ran on the device"));
        }
        if (metrics.find(prefix + "idle.down").isPresent()) {
            tiles.add(new Tile("Down or off", share("idle.down"), "of the time of all devices"));
        }
        if (metrics.find(prefix + "work.lost").isPresent()) {
            tiles.add(new Tile("Lost work", metric("work.lost"), "by outages and upsets, done again"));
        }
        tiles.add(new Tile("Moved", metric("communication.bytes"), "between devices"));
        return List.of(new Headline(tiles.toArray(Tile[]::new)), devices());
    }

    /** The charts of the page. */
    public List<Section> charts() {
        return List.of(GraphGantt.of(title("What ran where"), log));
    }

    /** The tables for the rest of the page. */
    public List<Section> tables() {
        return List.of(criticalPath());
    }

    /** The name of the workload. */
    public String name() {
        return job.name();
    }

    private Table devices() {
        List<List<Cell>> rows = new ArrayList<>();
        int[] count = new int[log.devices()];
        double[] joules = new double[log.devices()];
        long[] last = new long[log.devices()];
        long end = 0;
        for (int task = 0; task < log.size(); task++) {
            if (log.finishNanos(task) != TaskLog.ABSENT && log.device(task) != TaskLog.ABSENT) {
                int device = log.device(task);
                count[device]++;
                joules[device] += log.joules(task);
                last[device] = Math.max(last[device], log.finishNanos(task));
                end = Math.max(end, log.finishNanos(task));
            }
        }
        for (int device = 0; device < log.devices(); device++) {
            long forTasks = log.waitedForTasksNanos(device);
            long forData = log.waitedForDataNanos(device);
            rows.add(List.of(
                    Cell.text(log.deviceName(device)),
                    Cell.of(count[device], "1"),
                    Cell.of(SimTime.seconds(log.busyNanos(device)), "s"),
                    Cell.of(SimTime.seconds(forTasks), "s"),
                    Cell.of(SimTime.seconds(forData), "s"),
                    Cell.of(SimTime.seconds(Math.max(0, end - log.busyNanos(device) - forTasks - forData)), "s"),
                    Cell.of(SimTime.seconds(last[device]), "s"),
                    Cell.of(joules[device], "J")));
        }
        return new Table(
                title("Tasks by device"),
                List.of(
                        Column.text("device"),
                        Column.number("tasks"),
                        Column.number("busy"),
                        Column.number("waiting for tasks"),
                        Column.number("waiting for data"),
                        Column.number("nothing to do"),
                        Column.number("last end"),
                        Column.number("energy of tasks")),
                rows);
    }

    private Table criticalPath() {
        List<Integer> chain = IntStream.range(0, log.size())
                .filter(log::critical)
                .boxed()
                .sorted(Comparator.comparingLong(log::startNanos).thenComparingLong(log::finishNanos))
                .toList();
        List<List<Cell>> rows = new ArrayList<>();
        for (int task : chain.subList(0, Math.min(LONGEST_CHAIN, chain.size()))) {
            rows.add(List.of(
                    Cell.text(log.graph().task(task).name()),
                    Cell.text(log.place(task)),
                    Cell.of(SimTime.seconds(log.startNanos(task)), "s"),
                    Cell.of(SimTime.seconds(log.finishNanos(task) - log.startNanos(task)), "s")));
        }
        String more = chain.size() > LONGEST_CHAIN ? ", the first " + LONGEST_CHAIN + " of " + chain.size() : "";
        return new Table(
                title("Critical path: tasks that the end waited for" + more),
                List.of(Column.text("task"), Column.text("device"), Column.number("start"), Column.number("length")),
                rows,
                true);
    }

    private Cell metric(String name) {
        return Cell.of(metrics, prefix + name);
    }

    private Cell share(String name) {
        return Cell.share(metrics, prefix + name);
    }

    private String title(String text) {
        return prefix.isEmpty() ? text : job.name() + ": " + text;
    }
}
