/**
 * Fleets of up to millions of devices that differ: drawn from classes or from a table of measured ones.
 *
 * <p>Start at {@link org.motleysim.hardware.population.PopulationModel}, which {@code draw}s a
 * {@link org.motleysim.hardware.population.Population}. Not here: the few installed devices of a cluster, and what a fleet works on. The
 * model card is docs/models/fleet.md.
 */
@NullMarked
package org.motleysim.hardware.population;

import org.jspecify.annotations.NullMarked;
