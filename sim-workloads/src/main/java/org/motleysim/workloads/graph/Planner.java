package org.motleysim.workloads.graph;

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
}
