/**
 * One result, four faces: a console table, CSV, JSON lines, and a page of HTML that opens without a network.
 *
 * <p>Start at {@link org.motleysim.core.report.Report}: it is a title, a list of {@link
 * org.motleysim.core.report.Section sections} and a set of metrics, and knows nothing of what was simulated. Which
 * sections a result shows is decided by whoever composes the report, beside the workload it speaks of. Files are
 * written through {@link org.motleysim.core.report.OutputFolder} or {@link org.motleysim.core.report.AtomicFile}, so
 * that a reader never finds half of one.
 *
 * <p>Not here: how numbers are measured ({@code metric}) and the timeline of a run ({@code trace}).
 */
@NullMarked
package org.motleysim.core.report;

import org.jspecify.annotations.NullMarked;
