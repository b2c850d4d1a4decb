/**
 * Algorithms that place the tasks of a graph on unlike devices: {@link org.motleysim.workloads.schedule.Schedulers} lists them by name.
 *
 * <p>Not here: what a plan is and how it is run ({@code workloads.graph}). Start at {@link
 * org.motleysim.workloads.schedule.Schedulers}.
 */
@NullMarked
package org.motleysim.workloads.schedule;

import org.jspecify.annotations.NullMarked;
