package org.motleysim.workloads.graph;

/**
 * The ranks of Topcuoglu, Hariri and Wu, "Performance-effective and low-complexity task scheduling for heterogeneous computing", IEEE TPDS
 * 13(3), 2002, equations 13 and 15: the longest way from a task to an exit ({@code upward}, the task included) and from an entry to it
 * ({@code downward}, the task left out), by mean times over devices and pairs of devices, in seconds.
 */
public final class Ranks {
    private Ranks() {}

    /** Returns for each task the longest way to an exit. */
    public static double[] upward(TaskGraph graph, Platform platform) {
        double[] rank = new double[graph.size()];
        for (int i = graph.size() - 1; i >= 0; i--) {
            int task = graph.inOrder(i);
            double longest = 0;
            for (int edge = graph.firstOut(task); edge < graph.firstOut(task + 1); edge++) {
                double way = platform.meanTransferSeconds(graph.bytes(edge)) + rank[graph.target(edge)];
                longest = Math.max(longest, way);
            }
            rank[task] = platform.meanSeconds(task) + longest;
        }
        return rank;
    }

    /** Returns for each task the longest way from an entry. */
    public static double[] downward(TaskGraph graph, Platform platform) {
        double[] rank = new double[graph.size()];
        for (int i = 0; i < graph.size(); i++) {
            int task = graph.inOrder(i);
            for (int k = 0; k < graph.inDegree(task); k++) {
                int edge = graph.inEdge(task, k);
                int before = graph.source(edge);
                double way =
                        rank[before] + platform.meanSeconds(before) + platform.meanTransferSeconds(graph.bytes(edge));
                rank[task] = Math.max(rank[task], way);
            }
        }
        return rank;
    }
}
