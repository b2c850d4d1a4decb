package org.motleysim.workloads.graph;

import java.util.Arrays;

/** What each start waited for, and from that why devices idled and which tasks the end waited for. */
final class WaitBook {
    private static final int NONE = GraphRun.NONE;

    private final JobList jobs;
    private final TaskGraph graph;
    private final TaskLog log;
    private final int[] lastInput; // the edge whose bytes came last, by task
    private final int[] cause; // the task that the start waited for, by task

    WaitBook(JobList jobs, TaskLog log) {
        this.jobs = jobs;
        this.graph = jobs.all();
        this.log = log;
        this.lastInput = new int[graph.size()];
        this.cause = new int[graph.size()];
        Arrays.fill(lastInput, NONE);
        Arrays.fill(cause, NONE);
    }

    void arrived(int edge) {
        lastInput[graph.target(edge)] = edge;
    }

    /** A start waited for the device, if that was busy until now, or else for the input that came last. */
    void started(int task, DeviceQueue queue, long now) {
        if (queue.last() != NONE && queue.lastEnd() == now && log.readyNanos[task] < now) {
            cause[task] = queue.last();
            return;
        }
        int edge = lastInput[task];
        cause[task] = edge == NONE ? queue.last() : graph.source(edge);
        if (queue.isRunning()) {
            return; // the device was not idle
        }
        // Until its job came there was nothing to do; then tasks elsewhere had to end, then their outputs to come.
        long arrival = jobs.arrivalNanos(jobs.of(task));
        long freeSince = Math.max(arrival, queue.freeSince());
        long produced = arrival;
        for (int i = 0; i < graph.inDegree(task); i++) {
            int before = graph.source(graph.inEdge(task, i));
            // A collective is communication from the moment that all have come to it.
            boolean moves = graph.task(before) instanceof Task.Collective;
            produced = Math.max(produced, moves ? log.startNanos[before] : log.finishNanos[before]);
        }
        int device = log.device[task];
        log.waitedForTasks[device] += Math.max(0, produced - freeSince);
        log.waitedForBytes[device] += Math.max(0, now - Math.max(produced, freeSince));
    }

    /** All devices have come to a collective: it waited for the task that ended last. */
    void joined(int task) {
        int edge = lastInput[task];
        cause[task] = edge == NONE ? NONE : graph.source(edge);
    }

    void markCriticalPath() {
        int task = NONE;
        for (int i = 0; i < graph.size(); i++) {
            if (log.finishNanos[i] != TaskLog.ABSENT && (task == NONE || log.finishNanos[i] > log.finishNanos[task])) {
                task = i;
            }
        }
        while (task != NONE) {
            log.critical[task] = true;
            task = cause[task];
        }
    }
}
