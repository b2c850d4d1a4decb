/**
 * The event engine beside the engines of other simulators. Start at {@link org.motleysim.bench.engine.EngineTable}, the
 * one command; {@link org.motleysim.bench.engine.Shape} says what is run, the {@code *Kernel} classes on what.
 */
@NullMarked
package org.motleysim.bench.engine;

import org.jspecify.annotations.NullMarked;
