/**
 * The event engine: a clock in nanoseconds, the pending events, and the run.
 *
 * <p>Here lives what every model stands on and nothing that knows of computers: no devices, no units but time, no
 * random numbers. Start at {@link org.motleysim.core.engine.Simulation}. To see how events wait, read
 * {@code PendingEvents}, then {@code EventTable}, {@code EventHeap} and {@code Ladder}.
 */
@NullMarked
package org.motleysim.core.engine;

import org.jspecify.annotations.NullMarked;
