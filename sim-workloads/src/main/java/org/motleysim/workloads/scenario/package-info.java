/**
 * Scenarios: one description of a run, its result, and its JSON face.
 *
 * <p>Start at {@link org.motleysim.workloads.scenario.Scenario}. Repeating scenarios with other seeds and parameters is an experiment
 * and lives elsewhere.
 */
@NullMarked
package org.motleysim.workloads.scenario;

import org.jspecify.annotations.NullMarked;
