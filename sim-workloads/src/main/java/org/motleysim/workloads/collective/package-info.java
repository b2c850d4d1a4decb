/**
 * Collectives as a workload of their own: {@link org.motleysim.workloads.collective.CollectiveJob} runs one collective by several
 * algorithms and in several sizes on a cluster, as the usual benchmarks of communication libraries do.
 */
@NullMarked
package org.motleysim.workloads.collective;

import org.jspecify.annotations.NullMarked;
