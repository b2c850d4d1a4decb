/**
 * Chance that can be repeated: named streams of random numbers, all from one seed, and the distributions drawn from them.
 *
 * <p>Start at {@link org.motleysim.core.random.RandomStreams}; then {@link org.motleysim.core.random.Distribution}. The same seed and
 * name give the same draws on every JVM and machine, and a new stream shifts nobody else's draws. Not here: arrival processes and
 * traces, which are workloads.
 */
@NullMarked
package org.motleysim.core.random;

import org.jspecify.annotations.NullMarked;
