/**
 * Foreign schedules: reading one ({@link org.motleysim.workloads.replay.ScheduleFile}), running it ({@link
 * org.motleysim.workloads.replay.Replay}), and telling where the run differs ({@link org.motleysim.workloads.replay.ScheduleComparison}).
 *
 * <p>Not here: making schedules ({@code workloads.schedule}). Start at {@link org.motleysim.workloads.replay.RecordedSchedule}.
 */
@NullMarked
package org.motleysim.workloads.replay;

import org.jspecify.annotations.NullMarked;
