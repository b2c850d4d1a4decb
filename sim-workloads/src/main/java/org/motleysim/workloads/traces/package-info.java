/**
 * Readers of public request traces: files in, columns of numbers out.
 *
 * <p>Start at {@link org.motleysim.workloads.traces.RequestTrace}. Not here: replaying a trace ({@code arrival}, {@code llm.request}).
 */
@NullMarked
package org.motleysim.workloads.traces;

import org.jspecify.annotations.NullMarked;
