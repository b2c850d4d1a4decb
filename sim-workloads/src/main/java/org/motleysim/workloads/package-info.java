/**
 * What runs on a cluster: the {@link org.motleysim.workloads.Workload} a scenario is made of, and its life within one run.
 *
 * <p>Start at {@link org.motleysim.workloads.Workload}. The workloads themselves (LLM serving and others) live in the packages below
 * this one, running a scenario in {@code scenario}; machines, networks and prices are in {@code org.motleysim.hardware}.
 */
@NullMarked
package org.motleysim.workloads;

import org.jspecify.annotations.NullMarked;
