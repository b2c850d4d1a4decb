package org.motleysim.workloads.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motleysim.hardware.cluster.Cluster;

/** The plans of a run: one of everything before it starts, or one for each graph that jobs are copies of, or none. */
final class GraphPlans {
    private final Optional<Plan> whole;
    private final List<Optional<Plan>> byGraph;

    private GraphPlans(Optional<Plan> whole, List<Optional<Plan>> byGraph) {
        this.whole = whole;
        this.byGraph = byGraph;
    }

    static GraphPlans of(GraphJob job, JobList jobs, ClusterPlatform platform, Cluster cluster) {
        List<Optional<Plan>> byGraph = new ArrayList<>();
        if (!(job.scheduler() instanceof Planner planner)) {
            job.graphs().forEach(graph -> byGraph.add(Optional.empty()));
            return new GraphPlans(Optional.empty(), byGraph);
        }
        if (job.jobs().isEmpty() || planner.plansAllJobs()) {
            job.graphs().forEach(graph -> byGraph.add(Optional.empty()));
            return new GraphPlans(Optional.of(planner.plan(jobs.all(), platform)), byGraph);
        }
        job.graphs().forEach(graph -> byGraph.add(Optional.of(planner.plan(graph, job.platform(cluster, graph)))));
        return new GraphPlans(Optional.empty(), byGraph);
    }

    /** The plan of all tasks, if there is one before the run. */
    Optional<Plan> beforeTheRun() {
        return whole;
    }

    /** The plan of one job that is a copy of this graph, made as if the machines were empty. */
    Optional<Plan> of(int graph) {
        return byGraph.get(graph);
    }
}
