package org.motleysim.workloads.graph;

/**
 * Decides where and when the tasks of a graph run: all at once before the run ({@link Planner}), or one by one as tasks become ready
 * ({@link Dispatcher}). Both are interfaces with one method; an object of either is a scheduler.
 *
 * <p>Algorithms with a name are in {@code workloads.schedule.Schedulers}.
 */
public sealed interface Scheduler permits Planner, Dispatcher {}
