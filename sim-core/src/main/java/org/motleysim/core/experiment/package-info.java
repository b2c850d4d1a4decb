/**
 * From one run to an answer: runs variants of a system many times and says what is known afterwards, with error bars.
 *
 * <p>Start at {@link org.motleysim.core.experiment.Experiment}, which runs variants times replications on a pool of threads, and at
 * {@link org.motleysim.core.experiment.ExperimentResult}, which answers. {@link org.motleysim.core.experiment.Design} chooses variants,
 * {@link org.motleysim.core.experiment.Morris} says which input matters, {@link org.motleysim.core.experiment.LoadSearch} and {@link
 * org.motleysim.core.experiment.SuccessiveHalving} look for the best. {@link org.motleysim.core.experiment.ResultStore} keeps each run
 * in a file as it ends, so that a broken study goes on where it stopped.
 *
 * <p>Results are reduced in the order of the runs. The number of threads therefore changes no bit of an answer.
 *
 * <p>Not here: what is run. A {@link org.motleysim.core.experiment.Trial} is any function of a seed.
 */
@NullMarked
package org.motleysim.core.experiment;

import org.jspecify.annotations.NullMarked;
