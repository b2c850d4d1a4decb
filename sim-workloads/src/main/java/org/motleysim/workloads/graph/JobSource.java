package org.motleysim.workloads.graph;

import java.util.List;

/** Which jobs come when. Each job is one run of a task graph: a copy of a given one, or one that is drawn for it. */
public sealed interface JobSource permits JobMix, JobTimes, JobFlow {
    /** Returns graphs that have all tasks that a job may have, at least one. */
    List<TaskGraph> graphs();
}
