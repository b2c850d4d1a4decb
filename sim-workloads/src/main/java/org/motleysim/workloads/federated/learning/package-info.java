/**
 * What federated rounds learn: nothing, a labelled stand-in, or small models that are really trained with the updates of the run.
 *
 * <p>Start at {@link org.motleysim.workloads.federated.learning.Learning}. When updates arrive is decided by {@code workloads.federated},
 * which tells a {@link org.motleysim.workloads.federated.learning.Learning.Run}.
 */
@NullMarked
package org.motleysim.workloads.federated.learning;

import org.jspecify.annotations.NullMarked;
