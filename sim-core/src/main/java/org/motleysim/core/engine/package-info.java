/** The event engine: a clock in nanoseconds, the pending events, and the run. */
@NullMarked
package org.motleysim.core.engine;

import org.jspecify.annotations.NullMarked;
