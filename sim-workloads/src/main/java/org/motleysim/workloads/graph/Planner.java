package org.motleysim.workloads.graph;

import java.util.List;

/**
 * Makes a plan of all tasks before the run, from what the {@link Platform} tells.
 *
 * <pre>{@code
 * Planner oneByOne = (graph, platform) -> {
 *     var plan = new PlanBuilder(graph, platform);
 *     for (int i = 0; i < graph.size(); i++) {
 *         plan.place(graph.inOrder(i), plan.quickest(graph.inOrder(i)));
 *     }
 *     return plan.build();
 * };
 * }</pre>
 *
 * <p>Stateless: the same graph and platform give the same plan.
 */
@FunctionalInterface
public non-sealed interface Planner extends Scheduler {
    /** Returns the plan. */
    Plan plan(TaskGraph graph, Platform platform);

    /** Returns what keeps it from making a plan, one sentence each; empty when nothing does. Only fixed plans have such problems. */
    default List<String> problems(TaskGraph graph, Platform platform) {
        return List.of();
    }

    /**
     * Returns whether it plans all jobs of a stream at once, knowing when they come, as a recorded schedule does; otherwise it is asked for
     * each graph alone.
     */
    default boolean plansAllJobs() {
        return false;
    }
}
