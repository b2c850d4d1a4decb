package org.motleysim.workloads.graph;

import java.util.List;

/** Which jobs come when: each job is one run of a task graph, which it is a copy of. */
public sealed interface JobSource permits JobMix, JobTimes {
    /** Returns the graphs of which jobs are copies, at least one. */
    List<TaskGraph> graphs();
}
