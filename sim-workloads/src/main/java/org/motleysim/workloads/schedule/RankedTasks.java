package org.motleysim.workloads.schedule;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.function.IntConsumer;
import org.motleysim.workloads.graph.TaskGraph;

/** Takes the tasks of a graph one after the other, each when those it needs have been taken: of the ready ones that of the highest rank. */
final class RankedTasks {
    private static final double SAME = 1e-12;

    private RankedTasks() {}

    /**
     * Hands out all tasks; the lowest number of several of equal rank. Ranks are sums of doubles: what differs by a trillionth of the
     * highest is equal, so that a tie is not decided by rounding.
     */
    static void forEach(TaskGraph graph, double[] rank, IntConsumer action) {
        int[] missing = new int[graph.size()];
        double unit = SAME * Arrays.stream(rank).max().orElse(0);
        double[] rounded = Arrays.stream(rank)
                .map(value -> unit > 0 ? Math.rint(value / unit) : 0)
                .toArray();
        var ready = new PriorityQueue<Integer>((a, b) -> {
            int byRank = Double.compare(rounded[b], rounded[a]);
            return byRank != 0 ? byRank : Integer.compare(a, b);
        });
        for (int task = 0; task < graph.size(); task++) {
            missing[task] = graph.inDegree(task);
            if (missing[task] == 0) {
                ready.add(task);
            }
        }
        while (!ready.isEmpty()) {
            int task = ready.remove();
            action.accept(task);
            for (int edge = graph.firstOut(task); edge < graph.firstOut(task + 1); edge++) {
                if (--missing[graph.target(edge)] == 0) {
                    ready.add(graph.target(edge));
                }
            }
        }
    }
}
