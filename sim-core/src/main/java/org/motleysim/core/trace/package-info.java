/**
 * A timeline of a run for a person to look at.
 *
 * <p>Start at {@link org.motleysim.core.trace.TraceSink}: {@code TraceSink.chrome(path)} writes a file that https://ui.perfetto.dev and
 * chrome://tracing open; {@code TraceSink.none()} writes nothing and costs nothing. Not here: numbers for tables, see the metric
 * package.
 */
@NullMarked
package org.motleysim.core.trace;

import org.jspecify.annotations.NullMarked;
