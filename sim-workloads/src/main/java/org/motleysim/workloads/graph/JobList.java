package org.motleysim.workloads.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.workloads.arrival.ArrivalProcess;

/** The jobs of one run, and the graph of all their tasks: the tasks of a job are neighbours, in the order of its own graph. */
final class JobList {
    private final TaskGraph all;
    private final List<TaskGraph> graphs;
    private final int[] kind; // its graph, by job
    private final int[] first; // its first task, by job, and one more
    private final int[] jobOf; // by task
    private final long[] arrivalNanos; // by job

    private JobList(TaskGraph all, List<TaskGraph> graphs, int[] kind, int[] first, long[] arrivalNanos) {
        this.all = all;
        this.graphs = graphs;
        this.kind = kind;
        this.first = first;
        this.arrivalNanos = arrivalNanos;
        this.jobOf = new int[all.size()];
        for (int job = 0; job < kind.length; job++) {
            Arrays.fill(jobOf, first[job], first[job + 1], job);
        }
    }

    /** One job that is there from the start. */
    static JobList single(TaskGraph graph) {
        return new JobList(graph, List.of(graph), new int[] {0}, new int[] {0, graph.size()}, new long[] {0});
    }

    /**
     * Draws the jobs of a run.
     *
     * @param name of the workload, before the names of its streams
     * @param horizonNanos after which no job arrives
     */
    static JobList draw(JobSource source, String name, RandomStreams streams, long horizonNanos) {
        if (source instanceof JobTimes listed) {
            return listed(listed, name);
        }
        RandomStream choice = streams.stream(name + "/jobs");
        RandomStream gaps = streams.stream(name + "/arrivals");
        if (source instanceof JobFlow flow) {
            long[] times = times(flow.arrivals().bind(gaps), flow.limit(), horizonNanos);
            int[] kinds = new int[times.length];
            List<TaskGraph> courses = new ArrayList<>();
            for (int job = 0; job < times.length; job++) {
                kinds[job] = job;
                courses.add(FlowCourse.draw(flow.name(), flow.flow(), choice));
            }
            return of(courses, name, kinds, times);
        }
        JobMix mix = (JobMix) source;
        long[] times = times(mix.arrivals().bind(gaps), mix.limit(), horizonNanos);
        int[] kinds = new int[times.length];
        for (int job = 0; job < times.length; job++) {
            kinds[job] = draw(mix, choice);
        }
        return of(mix.graphs(), name, kinds, times);
    }

    private static long[] times(ArrivalProcess arrivals, OptionalInt limit, long horizonNanos) {
        long[] times = new long[16];
        int count = 0;
        long next = arrivals.nextNanos();
        while (count < limit.orElse(Integer.MAX_VALUE) && next <= horizonNanos && next != ArrivalProcess.NEVER) {
            if (count == times.length) {
                times = Arrays.copyOf(times, 2 * count);
            }
            times[count++] = next;
            next = arrivals.nextNanos();
        }
        return Arrays.copyOf(times, count);
    }

    /** Jobs that are known: nothing is drawn. */
    static JobList listed(JobTimes source, String name) {
        int[] kinds = source.jobs().stream().mapToInt(JobTimes.Job::graph).toArray();
        long[] times = new long[kinds.length];
        Arrays.setAll(times, source::arrivalNanos);
        return of(source.graphs(), name, kinds, times);
    }

    private static int draw(JobMix mix, RandomStream choice) {
        List<JobMix.Kind> kinds = mix.kinds();
        double total = 0;
        for (JobMix.Kind each : kinds) {
            total += each.weight();
        }
        double point = choice.nextDouble() * total;
        int at = 0;
        double sum = kinds.get(0).weight();
        while (at < kinds.size() - 1 && point >= sum) {
            sum += kinds.get(++at).weight();
        }
        return at;
    }

    private static JobList of(List<TaskGraph> graphs, String name, int[] kinds, long[] times) {
        int[] first = new int[kinds.length + 1];
        for (int job = 0; job < kinds.length; job++) {
            first[job + 1] = Math.addExact(first[job], graphs.get(kinds[job]).size());
        }
        return new JobList(TaskGraph.copies(name, graphs, kinds), graphs, kinds, first, times);
    }

    /** The tasks of all jobs. */
    TaskGraph all() {
        return all;
    }

    int size() {
        return kind.length;
    }

    /** Which graph a job is a copy of. */
    int kind(int job) {
        return kind[job];
    }

    TaskGraph graph(int ofKind) {
        return graphs.get(ofKind);
    }

    /** The number of its first task. */
    int first(int job) {
        return first[job];
    }

    /** The number of its tasks. */
    int tasks(int job) {
        return first[job + 1] - first[job];
    }

    /** The job of a task. */
    int of(int task) {
        return jobOf[task];
    }

    long arrivalNanos(int job) {
        return arrivalNanos[job];
    }
}
