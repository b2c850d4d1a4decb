/**
 * Directed acyclic graphs of tasks, and running one on the unlike devices of a cluster: {@link
 * org.motleysim.workloads.graph.TaskGraph} describes the work, {@link org.motleysim.workloads.graph.Scheduler} decides where each task
 * goes, {@link org.motleysim.workloads.graph.GraphJob} is the workload that runs it.
 *
 * <p>Not here: the scheduling algorithms themselves ({@code workloads.schedule}). Start at {@link
 * org.motleysim.workloads.graph.TaskGraph}.
 */
@NullMarked
package org.motleysim.workloads.graph;

import org.jspecify.annotations.NullMarked;
