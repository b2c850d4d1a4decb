package org.motleysim.workloads.graph;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Where each task of a graph is to run, when, and in which order on each device. The times are the scheduler's expectation; a run keeps the
 * devices and the order, and takes the time it takes. Immutable.
 */
public final class Plan {
    private final int[] device;
    private final double[] start;
    private final double[] finish;
    private final int[][] tasksOf;

    /**
     * Makes a plan from its numbers, by task. Tasks of a device run in the order of their start; of their finish where starts are equal; of
     * the graph where both are.
     *
     * @throws IllegalArgumentException if a task is on no device, lasts less than nothing, starts before its predecessors end, or overlaps
     *     another on its device; each by more than a millionth of the makespan
     */
    public Plan(TaskGraph graph, int devices, int[] device, double[] startSeconds, double[] finishSeconds) {
        this.device = device.clone();
        this.start = startSeconds.clone();
        this.finish = finishSeconds.clone();
        checkNumbers(graph, devices);
        int[] position = new int[graph.size()];
        for (int i = 0; i < graph.size(); i++) {
            position[graph.inOrder(i)] = i;
        }
        Integer[] order = IntStream.range(0, graph.size()).boxed().toArray(Integer[]::new);
        Arrays.sort(order, (a, b) -> {
            int byStart = Double.compare(start[a], start[b]);
            int byFinish = byStart != 0 ? byStart : Double.compare(finish[a], finish[b]);
            return byFinish != 0 ? byFinish : Integer.compare(position[a], position[b]);
        });
        int[] count = new int[devices];
        for (int of : device) {
            count[of]++;
        }
        this.tasksOf = new int[devices][];
        for (int i = 0; i < devices; i++) {
            tasksOf[i] = new int[count[i]];
        }
        Arrays.fill(count, 0);
        for (int task : order) {
            tasksOf[device[task]][count[device[task]]++] = task;
        }
        checkOrder(graph);
    }

    /** Returns the device of a task. */
    public int device(int task) {
        return device[task];
    }

    /** Returns when a task is expected to start, in seconds. */
    public double startSeconds(int task) {
        return start[task];
    }

    /** Returns when a task is expected to end, in seconds. */
    public double finishSeconds(int task) {
        return finish[task];
    }

    /** Returns the number of devices. */
    public int devices() {
        return tasksOf.length;
    }

    /** Returns the number of tasks. */
    public int size() {
        return device.length;
    }

    /** Returns the tasks of a device in the order in which they run. */
    public int[] tasksOf(int ofDevice) {
        return tasksOf[ofDevice].clone();
    }

    /** Returns when the last task is expected to end, in seconds. */
    public double makespanSeconds() {
        return Arrays.stream(finish).max().orElse(0);
    }

    private void checkNumbers(TaskGraph graph, int devices) {
        if (device.length != graph.size() || start.length != graph.size() || finish.length != graph.size()) {
            throw new IllegalArgumentException("plan (" + device.length + ", " + start.length + " and " + finish.length
                    + " entries) must have one device, start and finish for each of the " + graph.size() + " tasks");
        }
        for (int task = 0; task < device.length; task++) {
            if (device[task] < 0 || device[task] >= devices) {
                throw new IllegalArgumentException("device (" + device[task] + ") of task "
                        + graph.task(task).name() + " must be from 0 to " + (devices - 1));
            }
            if (!(start[task] >= 0 && finish[task] >= start[task] && finish[task] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("times (" + start[task] + " s to " + finish[task] + " s) of task "
                        + graph.task(task).name() + " must be finite, and the finish not before the start");
            }
        }
    }

    private void checkOrder(TaskGraph graph) {
        double slack = 1e-6 * makespanSeconds();
        for (int edge = 0; edge < graph.edges(); edge++) {
            int from = graph.source(edge);
            int to = graph.target(edge);
            if (start[to] < finish[from] - slack) {
                throw new IllegalArgumentException("start (" + start[to] + " s) of task "
                        + graph.task(to).name() + " must not be before the finish (" + finish[from] + " s) of "
                        + graph.task(from).name() + ", which it needs");
            }
        }
        for (int[] tasks : tasksOf) {
            for (int i = 1; i < tasks.length; i++) {
                if (start[tasks[i]] < finish[tasks[i - 1]] - slack) {
                    throw new IllegalArgumentException("start (" + start[tasks[i]] + " s) of task "
                            + graph.task(tasks[i]).name() + " must not be before the finish ("
                            + finish[tasks[i - 1]] + " s) of "
                            + graph.task(tasks[i - 1]).name()
                            + ", which is on the same device");
                }
            }
        }
    }
}
