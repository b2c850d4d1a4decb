package org.motleysim.workloads.schedule;

import java.util.ArrayList;
import java.util.List;
import org.motleysim.workloads.graph.Plan;
import org.motleysim.workloads.graph.PlanBuilder;
import org.motleysim.workloads.graph.Planner;
import org.motleysim.workloads.graph.Platform;
import org.motleysim.workloads.graph.Ranks;
import org.motleysim.workloads.graph.TaskGraph;

/**
 * Planners that look at all ready tasks and take the best pair of task and device by some rule, again and again. O(v r p) for v tasks, p
 * devices and r ready at once.
 *
 * @param rule which pair is taken
 */
record ReadyFirst(Rule rule) implements Planner {
    /** What makes a pair the best. */
    enum Rule {
        /** The task that can be over first. (Ibarra and Kim, JACM 24(2), 1977, algorithm D.) */
        MIN_MIN,
        /** Of the tasks, each on the device where it is over first, the one that is over last. (The same, algorithm E.) */
        MAX_MIN,
        /** The task that can start first; of several the one with the longer way to the exit. (Hwang et al., SIAM J. Comput. 18(2), 1989.) */
        EARLIEST_TASK_FIRST
    }

    @Override
    public Plan plan(TaskGraph graph, Platform platform) {
        var plan = new PlanBuilder(graph, platform);
        double[] rank = Ranks.upward(graph, platform);
        int[] missing = new int[graph.size()];
        List<Integer> ready = new ArrayList<>();
        for (int task = 0; task < graph.size(); task++) {
            missing[task] = graph.inDegree(task);
            if (missing[task] == 0) {
                ready.add(task);
            }
        }
        while (!ready.isEmpty()) {
            Choice best = choice(plan, platform, ready.get(0), 0);
            for (int i = 1; i < ready.size(); i++) {
                Choice other = choice(plan, platform, ready.get(i), i);
                if (beats(other, best, rank)) {
                    best = other;
                }
            }
            int task = best.task;
            ready.remove(best.index);
            plan.place(task, best.device);
            for (int edge = graph.firstOut(task); edge < graph.firstOut(task + 1); edge++) {
                if (--missing[graph.target(edge)] == 0) {
                    ready.add(graph.target(edge));
                }
            }
        }
        return plan.build();
    }

    /** A ready task, the device that it would get, and when it would be over or start there. */
    private record Choice(int task, int index, int device, double seconds) {}

    private Choice choice(PlanBuilder plan, Platform platform, int task, int index) {
        if (rule == Rule.EARLIEST_TASK_FIRST) {
            int device = soonest(plan, platform, task);
            return new Choice(task, index, device, plan.startSeconds(task, device));
        }
        int device = plan.quickest(task);
        return new Choice(task, index, device, plan.finishSeconds(task, device));
    }

    private boolean beats(Choice a, Choice b, double[] rank) {
        int order =
                switch (rule) {
                    case MIN_MIN -> Double.compare(a.seconds, b.seconds);
                    case MAX_MIN -> Double.compare(b.seconds, a.seconds);
                    case EARLIEST_TASK_FIRST ->
                        a.seconds == b.seconds
                                ? Double.compare(rank[b.task], rank[a.task])
                                : Double.compare(a.seconds, b.seconds);
                };
        return order < 0 || (order == 0 && a.task < b.task);
    }

    /** The device on which a task can start first; of several the fastest. */
    private static int soonest(PlanBuilder plan, Platform platform, int task) {
        int best = plan.quickest(task);
        for (int device = 0; device < platform.devices(); device++) {
            int order = Double.compare(plan.startSeconds(task, device), plan.startSeconds(task, best));
            if (order < 0 || (order == 0 && platform.seconds(task, device) < platform.seconds(task, best))) {
                best = device;
            }
        }
        return best;
    }
}
