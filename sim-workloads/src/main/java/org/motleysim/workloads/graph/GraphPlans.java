package org.motleysim.workloads.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.motleysim.hardware.cluster.Cluster;

/** The plans of a run: one of everything before it starts, or one for each graph that jobs are copies of, or none. */
final class GraphPlans {
    private final GraphJob job;
    private final JobList jobs;
    private final Cluster cluster;
    private final Optional<Planner> planner;
    private final Optional<Plan> whole;
    private final Map<Integer, Plan> byGraph = new HashMap<>(); // made when a job of the graph comes

    private GraphPlans(GraphJob job, JobList jobs, Cluster cluster, Optional<Planner> planner, Optional<Plan> whole) {
        this.job = job;
        this.jobs = jobs;
        this.cluster = cluster;
        this.planner = planner;
        this.whole = whole;
    }

    static GraphPlans of(GraphJob job, JobList jobs, ClusterPlatform platform, Cluster cluster) {
        if (!(job.scheduler() instanceof Planner planner)) {
            return new GraphPlans(job, jobs, cluster, Optional.empty(), Optional.empty());
        }
        return job.jobs().isEmpty() || planner.plansAllJobs()
                ? new GraphPlans(job, jobs, cluster, Optional.empty(), Optional.of(planner.plan(jobs.all(), platform)))
                : new GraphPlans(job, jobs, cluster, Optional.of(planner), Optional.empty());
    }

    /** The plan of all tasks, if there is one before the run. */
    Optional<Plan> beforeTheRun() {
        return whole;
    }

    /** The plan of one job that is a copy of this graph, made as if the machines were empty. */
    Optional<Plan> of(int kind) {
        return planner.map(makes -> byGraph.computeIfAbsent(kind, unused -> {
            TaskGraph graph = jobs.graph(kind);
            return makes.plan(graph, job.platform(cluster, graph));
        }));
    }
}
