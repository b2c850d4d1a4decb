/**
 * The clients of federated learning: up to a hundred million unlike devices, with their data, their hours and their batteries.
 *
 * <p>Start at {@link org.motleysim.workloads.federated.population.ClientPopulation}, which describes them; a run keeps them as a structure
 * of arrays in {@link org.motleysim.workloads.federated.population.Clients}. What devices there are is drawn by
 * {@code hardware.population}; rounds are in {@code workloads.federated}.
 */
@NullMarked
package org.motleysim.workloads.federated.population;

import org.jspecify.annotations.NullMarked;
