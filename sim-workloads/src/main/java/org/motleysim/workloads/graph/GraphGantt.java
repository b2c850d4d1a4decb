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
    private final int rows;
    private final List<Integer> tasks; // by device, then by start

    private GraphGantt(TaskLog log) {
        this.log = log;
        this.rows = Math.min(MOST_ROWS, log.devices());
        this.tasks = IntStream.range(0, log.size())
                .filter(task -> log.device(task) != TaskLog.ABSENT && log.device(task) < rows)
                .filter(task -> log.finishNanos(task) != TaskLog.ABSENT)
                .boxed()
                .sorted(Comparator.comparingInt(log::device).thenComparingLong(log::startNanos))
                .toList();
    }

    static GanttChart of(String title, TaskLog log) {
        return new GraphGantt(log).chart(title);
    }

    private GanttChart chart(String title) {
        List<String> names = IntStream.range(0, rows).mapToObj(log::deviceName).toList();
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
        if (rows < log.devices()) {
            note = (note + " The first " + rows + " of " + log.devices() + " devices.").strip();
        }
        return new GanttChart(title, names, spans, "critical path, the tasks that the end waited for", note);
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
                && log.device(before) == log.device(task)
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
        return new Span(log.device(first), name, SimTime.seconds(start), SimTime.seconds(finish - start), critical);
    }
}
