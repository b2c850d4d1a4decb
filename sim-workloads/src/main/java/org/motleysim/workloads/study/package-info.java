/**
 * What came out of a study of scenarios, put in order for a reader.
 *
 * <p>Start at {@link org.motleysim.workloads.study.StudyResult}, or {@link org.motleysim.workloads.study.SearchResult} for a study that searches. The study itself is {@link org.motleysim.workloads.scenario.Study}, its
 * statistics are those of {@link org.motleysim.core.experiment}.
 */
@NullMarked
package org.motleysim.workloads.study;

import org.jspecify.annotations.NullMarked;
