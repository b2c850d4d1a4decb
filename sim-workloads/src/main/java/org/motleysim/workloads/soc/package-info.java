/**
 * Systems on chip from tables: clusters of equal cores and accelerators, what each type of task takes on them, and their power by frequency,
 * active cores and temperature.
 *
 * <p>Not here: running task graphs ({@code workloads.graph}). Start at {@link org.motleysim.workloads.soc.SocTables}.
 */
@NullMarked
package org.motleysim.workloads.soc;

import org.jspecify.annotations.NullMarked;
