package org.motleysim.workloads.schedule;

import org.motleysim.workloads.graph.Plan;
import org.motleysim.workloads.graph.PlanBuilder;
import org.motleysim.workloads.graph.Planner;
import org.motleysim.workloads.graph.Platform;
import org.motleysim.workloads.graph.Ranks;
import org.motleysim.workloads.graph.TaskGraph;

/**
 * Critical Path on a Processor: tasks by upward plus downward rank; those on the critical path all on the device that runs it in the least
 * time, the others where they are over first (Topcuoglu, Hariri and Wu, IEEE TPDS 13(3), 2002, section 4.2).
 */
record Cpop() implements Planner {
    /** Sums of the same numbers in another order differ by rounding. */
    private static final double SAME = 1e-9;

    @Override
    public Plan plan(TaskGraph graph, Platform platform) {
        double[] upward = Ranks.upward(graph, platform);
        double[] priority = Ranks.downward(graph, platform);
        for (int task = 0; task < priority.length; task++) {
            priority[task] += upward[task];
        }
        boolean[] critical = criticalPath(graph, upward, priority);
        int home = quickestFor(graph, platform, critical);
        var plan = new PlanBuilder(graph, platform);
        RankedTasks.forEach(graph, priority, task -> {
            boolean atHome = critical[task] && home >= 0;
            plan.place(task, atHome ? home : plan.quickest(task));
        });
        return plan.build();
    }

    private static boolean[] criticalPath(TaskGraph graph, double[] upward, double[] priority) {
        boolean[] critical = new boolean[graph.size()];
        int task = -1;
        for (int i = 0; i < graph.size(); i++) {
            if (graph.inDegree(i) == 0 && (task < 0 || upward[i] > upward[task])) {
                task = i;
            }
        }
        double length = upward[task];
        while (task >= 0) {
            critical[task] = true;
            int next = -1;
            for (int edge = graph.firstOut(task); edge < graph.firstOut(task + 1); edge++) {
                int after = graph.target(edge);
                if (next < 0 && Math.abs(priority[after] - length) <= SAME * length) {
                    next = after;
                }
            }
            task = next;
        }
        return critical;
    }

    /** The device that runs all tasks of the path in the least time; -1 if none can run all of them. */
    private static int quickestFor(TaskGraph graph, Platform platform, boolean[] critical) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int device = 0; device < platform.devices(); device++) {
            double seconds = 0;
            for (int task = 0; task < graph.size(); task++) {
                seconds += critical[task] ? platform.seconds(task, device) : 0;
            }
            if (seconds < least) {
                least = seconds;
                best = device;
            }
        }
        return best;
    }
}
