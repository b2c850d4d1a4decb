/**
 * Federated learning: rounds of up to a hundred million unlike clients on the clock of a simulation.
 *
 * <p>Start at {@link org.motleysim.workloads.federated.FederatedJob}. Who the clients are is in {@code population}, what is learnt in
 * {@code learning}; a user's own policy of selection is a {@link org.motleysim.workloads.federated.ClientSelection}. The model card is
 * docs/models/federated.md.
 */
@NullMarked
package org.motleysim.workloads.federated;

import org.jspecify.annotations.NullMarked;
