/**
 * When requests or jobs arrive.
 *
 * <p>Start at {@link org.motleysim.workloads.arrival.Arrivals}. Not here: what arrives ({@code llm.request}) and trace files
 * ({@code traces}).
 */
@NullMarked
package org.motleysim.workloads.arrival;

import org.jspecify.annotations.NullMarked;
