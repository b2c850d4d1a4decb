package org.motleysim.workloads.schedule;

import java.util.ArrayList;
import java.util.List;
import org.motleysim.workloads.graph.Plan;
import org.motleysim.workloads.graph.PlanBuilder;
import org.motleysim.workloads.graph.Planner;
import org.motleysim.workloads.graph.Platform;
import org.motleysim.workloads.graph.TaskGraph;

/**
 * Tasks of rank i on device i, in the order of the graph: programs that were placed when they were written, such as recorded training. Tasks
 * without a rank go where they are over first.
 */
record ByRank() implements Planner {
    private static final int MOST = 10;

    @Override
    public Plan plan(TaskGraph graph, Platform platform) {
        var plan = new PlanBuilder(graph, platform);
        for (int i = 0; i < graph.size(); i++) {
            int task = graph.inOrder(i);
            plan.place(task, graph.rank(task) < 0 ? plan.quickest(task) : graph.rank(task));
        }
        return plan.build();
    }

    @Override
    public List<String> problems(TaskGraph graph, Platform platform) {
        List<String> problems = new ArrayList<>();
        for (int task = 0; task < graph.size() && problems.size() < MOST; task++) {
            int rank = graph.rank(task);
            if (rank >= platform.devices()) {
                problems.add("rank (" + rank + ") of task " + graph.task(task).name()
                        + " must be below the number of devices (" + platform.devices() + ")");
            } else if (rank >= 0 && platform.seconds(task, rank) == Double.POSITIVE_INFINITY) {
                problems.add("task (" + graph.task(task).name() + ") of rank " + rank + " must be able to run on "
                        + platform.device(rank));
            }
        }
        return problems;
    }

    @Override
    public String toString() {
        return "ByRank";
    }
}
