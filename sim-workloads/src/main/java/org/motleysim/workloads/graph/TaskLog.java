package org.motleysim.workloads.graph;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.motleysim.workloads.RowLog;

/**
 * What became of each task of a graph: one row a task, in the order of the graph. Filled during a run, read-only afterwards.
 */
public final class TaskLog implements RowLog {
    /** A time that did not happen, and the device of a task that was given to none. */
    public static final long ABSENT = -1;

    private final String workload;
    private final JobList jobs;
    private final TaskGraph graph;
    private final Platform platform;
    final int[] device;
    final long[] readyNanos;
    final long[] startNanos;
    final long[] finishNanos;
    final double[] joules;
    final double[] usd;
    final boolean[] critical;
    final long[] busy; // nanoseconds, by device
    final long[] waitedForTasks; // nanoseconds, by device
    final long[] waitedForBytes; // nanoseconds, by device
    final long[] waitedForMemory; // nanoseconds, by device
    private final int[] lane; // by task; none with one stream

    TaskLog(String workload, JobList jobs, Platform platform, boolean severalStreams) {
        this.workload = workload;
        this.jobs = jobs;
        TaskGraph graph = jobs.all();
        this.graph = graph;
        this.platform = platform;
        this.device = new int[graph.size()];
        this.readyNanos = new long[graph.size()];
        this.startNanos = new long[graph.size()];
        this.finishNanos = new long[graph.size()];
        this.joules = new double[graph.size()];
        this.usd = new double[graph.size()];
        this.critical = new boolean[graph.size()];
        this.busy = new long[platform.devices()];
        this.waitedForTasks = new long[platform.devices()];
        this.waitedForBytes = new long[platform.devices()];
        this.waitedForMemory = new long[platform.devices()];
        this.lane = new int[severalStreams ? graph.size() : 0];
        Arrays.fill(device, (int) ABSENT);
        Arrays.fill(readyNanos, ABSENT);
        Arrays.fill(startNanos, ABSENT);
        Arrays.fill(finishNanos, ABSENT);
    }

    @Override
    public String name() {
        return "tasks";
    }

    /** Returns the name of the workload. */
    public String workload() {
        return workload;
    }

    /** Returns the number of jobs; 1 for a graph that runs once. */
    public int jobs() {
        return jobs.size();
    }

    /** Returns the job of a task, counted from 0 in the order of their arrival. */
    public int job(int task) {
        return jobs.of(task);
    }

    /** Returns the number of a task in the graph that its job is a copy of. */
    public int taskOfJob(int task) {
        return task - jobs.first(jobs.of(task));
    }

    /** Returns the first task of a job. */
    public int firstTask(int job) {
        return jobs.first(job);
    }

    /** Returns when a job arrived. */
    public long arrivalNanos(int job) {
        return jobs.arrivalNanos(job);
    }

    /** Returns the graph whose tasks these are: of several jobs all their tasks, one job after the other. */
    public TaskGraph graph() {
        return graph;
    }

    @Override
    public int size() {
        return graph.size();
    }

    /** Returns the number of devices that the graph may use. */
    public int devices() {
        return platform.devices();
    }

    /** Returns the devices and what tasks were expected to take on them. */
    public Platform platform() {
        return platform;
    }

    /** Returns the name of a device. */
    public String deviceName(int index) {
        return platform.device(index);
    }

    /** Returns how long a device ran tasks, in nanoseconds. */
    public long busyNanos(int ofDevice) {
        return busy[ofDevice];
    }

    /** Returns how long a device had nothing to run because tasks elsewhere had to end first, in nanoseconds. */
    public long waitedForTasksNanos(int ofDevice) {
        return waitedForTasks[ofDevice];
    }

    /** Returns how long a device had nothing to run because outputs of ended tasks were on their way: exposed communication. */
    public long waitedForDataNanos(int ofDevice) {
        return waitedForBytes[ofDevice];
    }

    /** Returns how long the next task of a device waited for memory while others ran there, in nanoseconds. */
    public long waitedForMemoryNanos(int ofDevice) {
        return waitedForMemory[ofDevice];
    }

    /** Returns the stream of its device in which a task ran, from 0. */
    public int lane(int task) {
        return lane.length == 0 ? 0 : lane[task];
    }

    void lane(int task, int stream) {
        if (lane.length > 0) {
            lane[task] = stream;
        }
    }

    /** Returns where a task ran, for people: the name of its device, or that it was a collective; empty when it was given to none. */
    public String place(int task) {
        if (graph.task(task) instanceof Task.Collective) {
            return "(collective)";
        }
        return device[task] == ABSENT ? "" : platform.device(device[task]);
    }

    /** Returns the device of a task, counted from 0 among those that the graph may use; {@link #ABSENT} when it was given to none, or is a collective. */
    public int device(int task) {
        return device[task];
    }

    /** Returns when the last input of a task was on its device; {@link #ABSENT} when it was not. */
    public long readyNanos(int task) {
        return readyNanos[task];
    }

    /** Returns when a task started; {@link #ABSENT} when it did not. */
    public long startNanos(int task) {
        return startNanos[task];
    }

    /** Returns when a task ended; {@link #ABSENT} when it did not. */
    public long finishNanos(int task) {
        return finishNanos[task];
    }

    /** Returns what its device drew during a task, in joules. */
    public double joules(int task) {
        return joules[task];
    }

    /** Returns what its device cost during a task, in dollars. */
    public double usd(int task) {
        return usd[task];
    }

    /** Returns whether a task lies on the critical path of the run: nothing but waiting for tasks and transfers on it would end it sooner. */
    public boolean critical(int task) {
        return critical[task];
    }

    @Override
    public void writeCsv(Appendable out) throws IOException {
        CSVPrinter csv = new CSVPrinter(
                out, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get());
        csv.printRecord("job", "task", "device", "ready_s", "start_s", "finish_s", "energy_j", "cost_usd", "critical");
        for (int task = 0; task < size(); task++) {
            csv.printRecord(
                    jobs.of(task),
                    graph.task(task).name(),
                    place(task),
                    seconds(readyNanos[task]),
                    seconds(startNanos[task]),
                    seconds(finishNanos[task]),
                    joules[task],
                    usd[task],
                    critical[task] ? 1 : 0);
        }
        csv.flush();
    }

    private static String seconds(long nanos) {
        return nanos == ABSENT ? "" : BigDecimal.valueOf(nanos, 9).toPlainString();
    }
}
