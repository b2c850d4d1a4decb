package org.motleysim.workloads.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.report.Section.GanttChart;
import org.motleysim.core.report.Section.Span;

/**
 * The tasks of a run as a Gantt chart. A page can draw only so many bars: with more tasks, those of a device that are short and near each other
 * stand together, the nearer the more there are. Devices beyond the first sixty are left out.
 */
final class GraphGantt {
    private static final int MOST_ROWS = 60;

    private final TaskLog log;
    private final int lanes; // streams of a device
    private final int devices; // that are shown
    private final boolean together; // whether there is a row of collectives below
    private final List<Integer> tasks; // by row, then by start

    private GraphGantt(TaskLog log) {
        this.log = log;
        int most = 0;
        boolean found = false;
        for (int task = 0; task < log.size(); task++) {
            most = Math.max(most, log.lane(task));
            found |= log.graph().task(task) instanceof Task.Collective;
        }
        this.lanes = most + 1;
        this.devices = Math.min(Math.max(1, MOST_ROWS / lanes), log.devices());
        this.together = found;
        this.tasks = IntStream.range(0, log.size())
                .filter(task -> log.finishNanos(task) != TaskLog.ABSENT && row(task) >= 0)
                .boxed()
                .sorted(Comparator.comparingInt(this::row).thenComparingLong(log::startNanos))
                .toList();
    }

    /** The row of a task; -1 if it is left out. */
    private int row(int task) {
        int device = log.device(task);
        if (device == TaskLog.ABSENT) {
            return together && log.graph().task(task) instanceof Task.Collective ? devices * lanes : -1;
        }
        return device < devices ? device * lanes + log.lane(task) : -1;
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (int row = 0; row < devices * lanes; row++) {
            String name = log.deviceName(row / lanes);
            names.add(row % lanes == 0 ? name : name + " stream " + row % lanes);
        }
        if (together) {
            names.add("collectives");
        }
        return names;
    }

    static GanttChart of(String title, TaskLog log) {
        return new GraphGantt(log).chart(title);
    }

    private GanttChart chart(String title) {
        long length = tasks.stream().mapToLong(log::finishNanos).max().orElse(0);
        long gap = 0;
        List<Span> spans = spans(gap);
        while (spans.size() > GanttChart.MOST_SPANS) {
            gap = gap == 0 ? Math.max(1, length / 100_000) : 2 * gap;
            spans = spans(gap);
        }
        String note = gap == 0
                ? ""
                : "Tasks of less than " + SimTime.format(gap) + " and as near to each other stand together.";
        if (devices < log.devices()) {
            note = (note + " The first " + devices + " of " + log.devices() + " devices.").strip();
        }
        return new GanttChart(title, names(), spans, "critical path, the tasks that the end waited for", note);
    }

    /** Tasks shorter than a gap that follow each other within it become one bar. */
    private List<Span> spans(long gap) {
        List<Span> spans = new ArrayList<>();
        int first = 0;
        while (first < tasks.size()) {
            int next = first + 1;
            while (next < tasks.size() && together(tasks.get(next - 1), tasks.get(next), gap)) {
                next++;
            }
            spans.add(span(first, next));
            if (spans.size() > GanttChart.MOST_SPANS) {
                return spans;
            }
            first = next;
        }
        return spans;
    }

    private boolean together(int before, int task, long gap) {
        return gap > 0
                && row(before) == row(task)
                && log.finishNanos(before) - log.startNanos(before) < gap
                && log.finishNanos(task) - log.startNanos(task) < gap
                && log.startNanos(task) - log.finishNanos(before) < gap;
    }

    private Span span(int from, int to) {
        int first = tasks.get(from);
        long start = log.startNanos(first);
        long finish = log.finishNanos(tasks.get(to - 1));
        boolean critical = false;
        for (int task : tasks.subList(from, to)) {
            critical |= log.critical(task);
        }
        String name = to - from == 1 ? log.graph().task(first).name() : "several tasks";
        return new Span(row(first), name, SimTime.seconds(start), SimTime.seconds(finish - start), critical);
    }
}
