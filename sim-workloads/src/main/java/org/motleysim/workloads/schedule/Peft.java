package org.motleysim.workloads.schedule;

import org.motleysim.workloads.graph.Plan;
import org.motleysim.workloads.graph.PlanBuilder;
import org.motleysim.workloads.graph.Planner;
import org.motleysim.workloads.graph.Platform;
import org.motleysim.workloads.graph.TaskGraph;

/**
 * Predict Earliest Finish Time: an optimistic cost table tells for each task and device how long the way to the exit is if every task after
 * it gets its best device; tasks are ranked by its mean, and each goes where finish plus optimistic cost is least (Arabnejad and Barbosa,
 * "List scheduling algorithm for heterogeneous systems by an optimistic cost table", IEEE TPDS 25(3), 2014). O(e p^2).
 */
record Peft() implements Planner {
    @Override
    public Plan plan(TaskGraph graph, Platform platform) {
        double[][] optimistic = optimisticCost(graph, platform);
        double[] rank = new double[graph.size()];
        for (int task = 0; task < rank.length; task++) {
            double sum = 0;
            for (double cost : optimistic[task]) {
                sum += cost;
            }
            rank[task] = sum / platform.devices();
        }
        var plan = new PlanBuilder(graph, platform);
        RankedTasks.forEach(graph, rank, task -> plan.place(task, best(plan, optimistic[task], task)));
        return plan.build();
    }

    private static int best(PlanBuilder plan, double[] optimistic, int task) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int device = 0; device < optimistic.length; device++) {
            double predicted = plan.finishSeconds(task, device) + optimistic[device];
            if (predicted < least) {
                least = predicted;
                best = device;
            }
        }
        return best >= 0 ? best : plan.quickest(task);
    }

    private static double[][] optimisticCost(TaskGraph graph, Platform platform) {
        int devices = platform.devices();
        double[][] cost = new double[graph.size()][devices];
        for (int i = graph.size() - 1; i >= 0; i--) {
            int task = graph.inOrder(i);
            for (int edge = graph.firstOut(task); edge < graph.firstOut(task + 1); edge++) {
                int after = graph.target(edge);
                double away = platform.meanTransferSeconds(graph.bytes(edge));
                for (int device = 0; device < devices; device++) {
                    double least = Double.POSITIVE_INFINITY;
                    for (int other = 0; other < devices; other++) {
                        double way = cost[after][other] + platform.seconds(after, other) + (other == device ? 0 : away);
                        least = Math.min(least, way);
                    }
                    cost[task][device] = Math.max(cost[task][device], least);
                }
            }
        }
        return cost;
    }
}
