package org.motleysim.workloads.schedule;

import org.motleysim.workloads.graph.Plan;
import org.motleysim.workloads.graph.PlanBuilder;
import org.motleysim.workloads.graph.Planner;
import org.motleysim.workloads.graph.Platform;
import org.motleysim.workloads.graph.TaskGraph;

/**
 * Planners that take the tasks in the order of the graph and give each a device by a rule that looks at this task only.
 *
 * @param rule which device a task gets
 */
record OneByOne(Rule rule) implements Planner {
    /** Which device a task gets. */
    enum Rule {
        /** Where it takes least time, whoever waits there: minimum execution time. */
        MINIMUM_EXECUTION_TIME,
        /** Where it is over first: earliest finish time, also called minimum completion time. */
        EARLIEST_FINISH_TIME,
        /** The next one in turn that can run it. */
        ROUND_ROBIN
    }

    @Override
    public Plan plan(TaskGraph graph, Platform platform) {
        var plan = new PlanBuilder(graph, platform);
        int turn = 0;
        for (int i = 0; i < graph.size(); i++) {
            int task = graph.inOrder(i);
            switch (rule) {
                case MINIMUM_EXECUTION_TIME -> plan.place(task, fastest(plan, platform, task));
                case EARLIEST_FINISH_TIME -> plan.place(task, plan.quickest(task));
                case ROUND_ROBIN -> {
                    int device = next(plan, platform, task, turn);
                    plan.place(task, device);
                    turn = device + 1;
                }
            }
        }
        return plan.build();
    }

    private static int fastest(PlanBuilder plan, Platform platform, int task) {
        int best = plan.quickest(task);
        for (int device = 0; device < platform.devices(); device++) {
            int order = Double.compare(platform.seconds(task, device), platform.seconds(task, best));
            if (order < 0 || (order == 0 && plan.finishSeconds(task, device) < plan.finishSeconds(task, best))) {
                best = device;
            }
        }
        return best;
    }

    private static int next(PlanBuilder plan, Platform platform, int task, int turn) {
        for (int i = 0; i < platform.devices(); i++) {
            int device = (turn + i) % platform.devices();
            if (platform.seconds(task, device) < Double.POSITIVE_INFINITY) {
                return device;
            }
        }
        return plan.quickest(task);
    }
}
