package org.motleysim.workloads.schedule;

import org.motleysim.workloads.graph.Plan;
import org.motleysim.workloads.graph.PlanBuilder;
import org.motleysim.workloads.graph.Planner;
import org.motleysim.workloads.graph.Platform;
import org.motleysim.workloads.graph.Ranks;
import org.motleysim.workloads.graph.TaskGraph;

/**
 * Heterogeneous Earliest Finish Time: the tasks by their upward rank, each on the device where it is over first, in a gap if one is wide
 * enough (Topcuoglu, Hariri and Wu, IEEE TPDS 13(3), 2002, section 4.1). Of equal ranks the lower task number comes first, of equal
 * finish times the lower device number. O(e p + v p g) for e edges, v tasks, p devices and g gaps on a device.
 */
record Heft() implements Planner {
    @Override
    public Plan plan(TaskGraph graph, Platform platform) {
        var plan = new PlanBuilder(graph, platform);
        // With tasks of no time two ranks may be equal along an edge: taking ready tasks only keeps the order of the
        // graph.
        RankedTasks.forEach(graph, Ranks.upward(graph, platform), task -> plan.place(task, plan.quickest(task)));
        return plan.build();
    }
}
