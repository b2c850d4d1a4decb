package org.motleysim.workloads.schedule;

import org.motleysim.workloads.graph.Plan;
import org.motleysim.workloads.graph.PlanBuilder;
import org.motleysim.workloads.graph.Planner;
import org.motleysim.workloads.graph.Platform;
import org.motleysim.workloads.graph.Ranks;
import org.motleysim.workloads.graph.TaskGraph;

/**
 * HEFT that looks one step ahead: a task goes where the last of its successors could be over first, if each of them took its best device
 * next (Bittencourt, Sakellariou and Madeira, "DAG scheduling using a lookahead variant of the Heterogeneous Earliest Finish Time
 * algorithm", PDP 2010). Of inputs that a successor still misses, only those already placed count; other successors are not put into
 * the calendars meanwhile. O(e p^2).
 */
record Lookahead() implements Planner {
    @Override
    public Plan plan(TaskGraph graph, Platform platform) {
        var plan = new PlanBuilder(graph, platform);
        RankedTasks.forEach(
                graph, Ranks.upward(graph, platform), task -> plan.place(task, best(graph, platform, plan, task)));
        return plan.build();
    }

    private static int best(TaskGraph graph, Platform platform, PlanBuilder plan, int task) {
        int best = plan.quickest(task);
        if (graph.outDegree(task) == 0) {
            return best;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int device = 0; device < platform.devices(); device++) {
            double finish = plan.finishSeconds(task, device);
            if (finish == Double.POSITIVE_INFINITY) {
                continue;
            }
            double last = finish;
            for (int edge = graph.firstOut(task); edge < graph.firstOut(task + 1); edge++) {
                last = Math.max(last, successor(graph, platform, plan, edge, device, finish));
            }
            if (last < least) {
                least = last;
                best = device;
            }
        }
        return best;
    }

    /** When the task at the end of an edge could be over, if the one at its beginning ends then on that device. */
    private static double successor(
            TaskGraph graph, Platform platform, PlanBuilder plan, int edge, int device, double finish) {
        int after = graph.target(edge);
        double least = Double.POSITIVE_INFINITY;
        for (int other = 0; other < platform.devices(); other++) {
            double ready = finish + platform.transferSeconds(graph.bytes(edge), device, other);
            for (int i = 0; i < graph.inDegree(after); i++) {
                int input = graph.inEdge(after, i);
                int from = graph.source(input);
                if (plan.isPlaced(from)) {
                    double arrival = plan.finishSeconds(from)
                            + platform.transferSeconds(graph.bytes(input), plan.device(from), other);
                    ready = Math.max(ready, arrival);
                }
            }
            double start = Math.max(ready, other == device ? finish : plan.freeSeconds(other));
            least = Math.min(least, start + platform.seconds(after, other));
        }
        return least;
    }
}
