package org.motleysim.workloads.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.cluster.Disturbance;
import org.motleysim.workloads.BoundWorkload;
import org.motleysim.workloads.OccupiedGroups;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.RunContext;
import org.motleysim.workloads.Workload;

/**
 * A task graph that runs once on a cluster, from the first task at time zero to the last.
 *
 * <pre>{@code
 * GraphJob job = GraphJob.of(graph, Schedulers.heft()).noise(Distribution.logNormal(1, 1.5)).build();
 * RunResult result = Scenario.of(cluster, job).build().run();
 * }</pre>
 *
 * <p>A device runs one task at a time, in the order in which the scheduler gave them to it. A task starts when its device is free and all
 * its inputs have arrived there; nothing has to move between tasks of one device. Transfers go over the network of the cluster and share
 * it: each starts as soon as its bytes exist and the device that needs them is known. What is modelled and what is not:
 * docs/models/task-graph.md. Immutable, with value equality as far as the scheduler has it.
 */
public final class GraphJob implements Workload {
    private record Parts(
            String name,
            TaskGraph graph,
            Optional<JobSource> jobs,
            Scheduler scheduler,
            ExecutionRules rules,
            MeasuredTimes times,
            Optional<Distribution> noise,
            Set<String> groups) {}

    private final Parts parts;

    private GraphJob(Parts parts) {
        this.parts = parts;
    }

    /** Starts the description of a graph that runs under a scheduler. */
    public static Builder of(TaskGraph graph, Scheduler scheduler) {
        return new Builder(graph, Optional.empty(), scheduler);
    }

    /**
     * Starts the description of jobs that come over time, each of them a task graph. A {@link Planner} plans each job alone, as if the
     * machines were empty, and its tasks queue behind those of earlier jobs; a {@link Dispatcher} sees the ready tasks of all jobs.
     */
    public static Builder of(JobSource jobs, Scheduler scheduler) {
        return new Builder(jobs.graphs().get(0), Optional.of(jobs), scheduler);
    }

    @Override
    public String kind() {
        return "task-graph";
    }

    @Override
    public String name() {
        return parts.name;
    }

    /** Returns the graph; the first one, when there are jobs of several. */
    public TaskGraph graph() {
        return parts.graph;
    }

    /** Returns the jobs that come over time; empty when the graph runs once. */
    public Optional<JobSource> jobs() {
        return parts.jobs;
    }

    /** Returns all graphs that jobs are copies of, or the one that runs once. */
    public List<TaskGraph> graphs() {
        return parts.jobs.map(JobSource::graphs).orElseGet(() -> List.of(parts.graph));
    }

    /** Returns how devices take what they were given. */
    public ExecutionRules rules() {
        return parts.rules;
    }

    /** Returns what decides where tasks run. */
    public Scheduler scheduler() {
        return parts.scheduler;
    }

    /** Returns the times of {@link Task.Measured} tasks. */
    public MeasuredTimes times() {
        return parts.times;
    }

    /** Returns what the duration of each task is multiplied with; empty when nothing. */
    public Optional<Distribution> noise() {
        return parts.noise;
    }

    /** Returns the names of the device groups that it may use; empty when all. */
    public Set<String> ownGroups() {
        return parts.groups;
    }

    @Override
    public Set<String> groups(Cluster cluster) {
        return new OccupiedGroups(parts.groups).names(cluster);
    }

    /** All, unless tasks are interrupted; of devices with several streams not what depends on who draws which power. */
    @Override
    public Set<Disturbance> endures() {
        if (parts.rules.queue() == ExecutionRules.Queue.FIRST_READY_PREEMPTIVE) {
            return EnumSet.of(Disturbance.SLOWDOWN);
        }
        return parts.rules.streams().count() > 1
                ? EnumSet.of(Disturbance.SLOWDOWN, Disturbance.OUTAGES)
                : EnumSet.allOf(Disturbance.class);
    }

    @Override
    public List<Problem> problems(Cluster cluster, boolean endless) {
        List<Problem> problems = new ArrayList<>(new OccupiedGroups(parts.groups).problems(cluster));
        if (parts.jobs.isPresent()
                && !(parts.jobs.get() instanceof JobTimes)
                && parts.scheduler instanceof Planner planner
                && planner.plansAllJobs()) {
            problems.add(new Problem(
                    "$.jobs",
                    "jobs must be those of the schedule when a schedule is replayed",
                    "Maybe \"kind\": \"recorded\" with the same file."));
        }
        if (endless && parts.jobs.isPresent() && goesOnForEver(parts.jobs.get())) {
            problems.add(new Problem(
                    "$.jobs",
                    "jobs must have a limit when the run has no horizon: they never cease to come",
                    "Maybe \"limit\": 10000, or a horizon."));
        }
        if (problems.isEmpty()) {
            graphs().forEach(graph -> {
                problems.addAll(tasksWithoutDevice(cluster, graph));
                problems.addAll(CollectiveProblems.of(graph, groupsOf(cluster)));
            });
        }
        if (problems.isEmpty() && parts.scheduler instanceof Planner planner) {
            TaskGraph all = parts.jobs.orElse(null) instanceof JobTimes listed && planner.plansAllJobs()
                    ? JobList.listed(listed, parts.name).all()
                    : parts.graph;
            planner.problems(all, platform(cluster, all))
                    .forEach(problem -> problems.add(new Problem("$.scheduler", problem, "")));
        }
        return problems;
    }

    private static boolean goesOnForEver(JobSource jobs) {
        if (jobs instanceof JobMix mix) {
            return mix.limit().isEmpty() && mix.arrivals().endless();
        }
        return jobs instanceof JobFlow flow
                && flow.limit().isEmpty()
                && flow.arrivals().endless();
    }

    /** Tasks that no device can run; a few of them, if there are many. */
    private List<Problem> tasksWithoutDevice(Cluster cluster, TaskGraph graph) {
        List<Problem> problems = new ArrayList<>();
        ClusterPlatform platform = platform(cluster, graph);
        int more = 0;
        for (int task = 0; task < graph.size(); task++) {
            if (platform.meanSeconds(task) < Double.POSITIVE_INFINITY) {
                continue;
            }
            if (problems.size() == 10) {
                more++;
                continue;
            }
            Task stuck = graph.task(task);
            String asks = reason(cluster, graph, task);
            problems.add(new Problem(
                    "$.graph",
                    "task (" + stuck.name() + ") must have a device that can run it: " + asks,
                    "Maybe add a device, or a measured time for one."));
        }
        if (more > 0) {
            problems.add(new Problem("$.graph", more + " more tasks have no device that can run them", ""));
        }
        return problems;
    }

    private String reason(Cluster cluster, TaskGraph graph, int task) {
        double bytes = ClusterPlatform.workingSetBytes(graph, task);
        double largest = groupsOf(cluster).stream()
                .mapToDouble(ClusterPlatform::capacityBytes)
                .max()
                .orElse(0);
        if (bytes > largest) {
            boolean own = graph.task(task).memory().value() > 0;
            return (own ? "its memory, inputs and outputs (" : "its inputs and outputs (") + Bytes.of((long) bytes)
                    + ") fit in no memory, the largest has "
                    + Bytes.of((long) largest);
        }
        Task stuck = graph.task(task);
        if (stuck instanceof Task.Measured measured) {
            return "no group has a time for type \"" + measured.type() + "\"";
        }
        return stuck instanceof Task.Compute compute
                ? "no device has a rate for " + compute.kernel().family() + " in "
                        + compute.kernel().format().label()
                : "no device is there";
    }

    @Override
    public BoundWorkload bind(RunContext context) {
        JobList jobs = parts.jobs
                .map(source -> JobList.draw(source, parts.name, context.streams(), context.horizonNanos()))
                .orElseGet(() -> JobList.single(parts.graph));
        return new GraphRun(this, jobs, platform(context.cluster().description(), jobs.all()), context);
    }

    /** Returns the plan that the scheduler makes of the graph for a cluster; empty when it decides while the graph runs. */
    public Optional<Plan> plan(Cluster cluster) {
        return parts.scheduler instanceof Planner planner
                ? Optional.of(planner.plan(parts.graph, platform(cluster, parts.graph)))
                : Optional.empty();
    }

    /** Returns for each task of the graph the longest way to an exit on a cluster, in seconds: {@link Ranks#upward}. */
    public double[] upwardRanks(Cluster cluster) {
        return Ranks.upward(parts.graph, platform(cluster, parts.graph));
    }

    /** Returns the same under another scheduler. */
    GraphJob under(Scheduler other) {
        return new GraphJob(new Parts(
                parts.name, parts.graph, parts.jobs, other, parts.rules, parts.times, parts.noise, parts.groups));
    }

    /** Returns what a scheduler may know of a cluster. */
    ClusterPlatform platform(Cluster cluster, TaskGraph graph) {
        return new ClusterPlatform(graph, parts.times, cluster, groupsOf(cluster));
    }

    private List<DeviceGroup> groupsOf(Cluster cluster) {
        return new OccupiedGroups(parts.groups).of(cluster);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GraphJob job && parts.equals(job.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    @Override
    public String toString() {
        return "GraphJob[" + parts.graph + ", " + parts.scheduler + "]";
    }

    /** Collects the parts of a job. */
    public static final class Builder {
        private final TaskGraph graph;
        private final Optional<JobSource> jobs;
        private final Scheduler scheduler;
        private String name;
        private ExecutionRules rules = ExecutionRules.cluster();
        private MeasuredTimes times = MeasuredTimes.none();
        private Optional<Distribution> noise = Optional.empty();
        private Set<String> groups = Set.of();

        private Builder(TaskGraph graph, Optional<JobSource> jobs, Scheduler scheduler) {
            this.graph = Objects.requireNonNull(graph, "graph");
            this.jobs = jobs;
            this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
            this.name = graph.name();
        }

        /** Sets its name in the scenario; that of the graph unless told. */
        public Builder name(String text) {
            this.name = text;
            return this;
        }

        /** Sets how devices take what they were given; {@link ExecutionRules#cluster} unless told. */
        public Builder rules(ExecutionRules howDevicesTakeTasks) {
            this.rules = howDevicesTakeTasks;
            return this;
        }

        /** Sets the times of {@link Task.Measured} tasks. */
        public Builder times(MeasuredTimes table) {
            this.times = table;
            return this;
        }

        /**
         * Multiplies the duration of each task with a random factor; the scheduler does not know. Each task draws its own, whatever the
         * order in which they run.
         *
         * @throws IllegalArgumentException if a factor can be negative
         */
        public Builder noise(Distribution factor) {
            if (!(factor.quantile(0) >= 0)) {
                throw new IllegalArgumentException("noise (" + factor + ") must not be negative"
                        + "\nMaybe a log-normal with median 1, or a truncated normal.");
            }
            this.noise = Optional.of(factor);
            return this;
        }

        /** Sets the device groups that it may use; all unless told. */
        public Builder groups(String... names) {
            this.groups = Collections.unmodifiableSet(new LinkedHashSet<>(List.of(names)));
            return this;
        }

        /** Returns the description. */
        public GraphJob build() {
            return new GraphJob(new Parts(name, graph, jobs, scheduler, rules, times, noise, groups));
        }
    }
}
