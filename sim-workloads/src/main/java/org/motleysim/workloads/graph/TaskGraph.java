package org.motleysim.workloads.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.motleysim.core.name.NearestName;
import org.motleysim.core.quantity.Bytes;

/**
 * Tasks and what flows between them: a directed acyclic graph. Immutable; safe to share between threads.
 *
 * <pre>{@code
 * TaskGraph.Builder graph = TaskGraph.builder("two steps");
 * int first = graph.add(new Task.Compute("embed", Kernel.embedding(512, 4_096, NumberFormat.FP16)));
 * int second = graph.add(new Task.Compute("project", Kernel.gemm(512, 4_096, 4_096, NumberFormat.FP16)));
 * graph.edge(first, second, Bytes.kilobytes(4_194));
 * TaskGraph made = graph.build();
 * }</pre>
 *
 * <p>Edges are kept twice, by their source and by their target, in flat arrays (compressed sparse rows): about 40 bytes an edge, so that
 * graphs of millions of tasks fit. That is why this is not a JGraphT graph, which takes about ten times as much.
 *
 * <p>Edges have numbers, in the order of their source, then in the order in which they were added: those of task t are {@code
 * firstOut(t) .. firstOut(t + 1) - 1}.
 */
public final class TaskGraph {
    private static final int[] NO_RANKS = {};

    private final String name;
    private final Optional<GraphSource> readFrom;
    private final List<Task> tasks;
    private final int[] firstOut; // by task, and one more
    private final int[] source; // by edge
    private final int[] target; // by edge
    private final double[] bytes; // by edge
    private final int[] firstIn; // by task, and one more: where its edges begin in inEdges
    private final int[] inEdges;
    private final int[] order;
    private final int[] rank; // by task; none if no task has one

    private TaskGraph(Builder builder) {
        this.name = builder.name;
        this.readFrom = builder.readFrom;
        this.tasks = List.copyOf(builder.tasks);
        int edges = builder.edges;
        this.firstOut = starts(builder.from, edges, tasks.size());
        this.firstIn = starts(builder.to, edges, tasks.size());
        this.source = new int[edges];
        this.target = new int[edges];
        this.bytes = new double[edges];
        this.inEdges = new int[edges];
        int[] next = firstOut.clone();
        for (int i = 0; i < edges; i++) {
            int edge = next[builder.from[i]]++;
            source[edge] = builder.from[i];
            target[edge] = builder.to[i];
            bytes[edge] = builder.bytes[i];
        }
        int[] nextIn = firstIn.clone();
        for (int edge = 0; edge < edges; edge++) {
            inEdges[nextIn[target[edge]]++] = edge;
        }
        this.order = sorted();
        this.rank = builder.ranked ? ranks(builder, tasks.size()) : NO_RANKS;
    }

    private TaskGraph(
            String name,
            List<Task> tasks,
            int[] firstOut,
            int[] source,
            int[] target,
            double[] bytes,
            int[] order,
            int[] rank) {
        this.name = name;
        this.rank = rank;
        this.readFrom = Optional.empty();
        this.tasks = tasks;
        this.firstOut = firstOut;
        this.source = source;
        this.target = target;
        this.bytes = bytes;
        this.order = order;
        this.firstIn = starts(target, target.length, tasks.size());
        this.inEdges = new int[target.length];
        int[] nextIn = firstIn.clone();
        for (int edge = 0; edge < target.length; edge++) {
            inEdges[nextIn[target[edge]]++] = edge;
        }
    }

    /** Returns one graph of copies of others, one after the other; tasks keep their names, which are then not unique any more. */
    static TaskGraph copies(String name, List<TaskGraph> graphs, int[] which) {
        int size = 0;
        int edges = 0;
        for (int each : which) {
            size = Math.addExact(size, graphs.get(each).size());
            edges = Math.addExact(edges, graphs.get(each).edges());
        }
        Task[] tasks = new Task[size];
        int[] firstOut = new int[size + 1];
        int[] source = new int[edges];
        int[] target = new int[edges];
        double[] bytes = new double[edges];
        int[] order = new int[size];
        boolean ranked = false;
        for (int each : which) {
            ranked |= graphs.get(each).rank.length > 0;
        }
        int[] rank = ranked ? new int[size] : NO_RANKS;
        int task = 0;
        int edge = 0;
        for (int each : which) {
            TaskGraph graph = graphs.get(each);
            for (int i = 0; i < graph.size() && ranked; i++) {
                rank[task + i] = graph.rank(i);
            }
            for (int i = 0; i < graph.size(); i++) {
                tasks[task + i] = graph.task(i);
                firstOut[task + i] = edge + graph.firstOut[i];
                order[task + i] = task + graph.order[i];
            }
            for (int i = 0; i < graph.edges(); i++) {
                source[edge + i] = task + graph.source[i];
                target[edge + i] = task + graph.target[i];
                bytes[edge + i] = graph.bytes[i];
            }
            task += graph.size();
            edge += graph.edges();
        }
        firstOut[size] = edges;
        return new TaskGraph(name, List.of(tasks), firstOut, source, target, bytes, order, rank);
    }

    /** Starts a graph. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Returns its name. */
    public String name() {
        return name;
    }

    /** Returns the files it was read from; empty if it was built. */
    public Optional<GraphSource> source() {
        return readFrom;
    }

    /** Returns the number of tasks. */
    public int size() {
        return tasks.size();
    }

    /** Returns the number of edges. */
    public int edges() {
        return source.length;
    }

    /** Returns a task. */
    public Task task(int index) {
        return tasks.get(index);
    }

    /** Returns the rank of a task: those of one rank belong on one device, as the scheduler {@code by-rank} has it; -1 without one. */
    public int rank(int task) {
        return rank.length == 0 ? -1 : rank[task];
    }

    /** Returns the first edge that leaves a task; for {@link #size()} the number of edges. */
    public int firstOut(int task) {
        return firstOut[task];
    }

    /** Returns the number of edges that leave a task. */
    public int outDegree(int task) {
        return firstOut[task + 1] - firstOut[task];
    }

    /** Returns the number of edges that enter a task. */
    public int inDegree(int task) {
        return firstIn[task + 1] - firstIn[task];
    }

    /** Returns an edge that enters a task, the i-th of {@link #inDegree}. */
    public int inEdge(int task, int i) {
        return inEdges[firstIn[task] + i];
    }

    /** Returns the task that an edge leaves. */
    public int source(int edge) {
        return source[edge];
    }

    /** Returns the task that an edge enters. */
    public int target(int edge) {
        return target[edge];
    }

    /** Returns what flows along an edge, in bytes. */
    public double bytes(int edge) {
        return bytes[edge];
    }

    /** Returns the i-th task of an order in which every task stands behind those it needs; among several the lowest number first. */
    public int inOrder(int i) {
        return order[i];
    }

    /** Returns the sum over all edges, in bytes. */
    public double totalBytes() {
        return Arrays.stream(bytes).sum();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TaskGraph graph
                && name.equals(graph.name)
                && tasks.equals(graph.tasks)
                && Arrays.equals(source, graph.source)
                && Arrays.equals(target, graph.target)
                && Arrays.equals(bytes, graph.bytes)
                && Arrays.equals(rank, graph.rank);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + tasks.hashCode()) + Arrays.hashCode(target);
    }

    @Override
    public String toString() {
        return "TaskGraph[" + name + ", " + size() + " tasks, " + edges() + " edges]";
    }

    private static int[] ranks(Builder builder, int tasks) {
        int[] ranks = Arrays.copyOf(builder.rank, tasks);
        if (tasks > builder.rank.length) {
            Arrays.fill(ranks, builder.rank.length, tasks, -1);
        }
        return ranks;
    }

    private static int[] starts(int[] ends, int edges, int tasks) {
        int[] starts = new int[tasks + 1];
        for (int i = 0; i < edges; i++) {
            starts[ends[i] + 1]++;
        }
        for (int i = 0; i < tasks; i++) {
            starts[i + 1] += starts[i];
        }
        return starts;
    }

    /** Kahn, "Topological sorting of large networks", CACM 5(11), 1962, with the ready tasks in the order of their numbers. */
    private int[] sorted() {
        int[] sorted = new int[size()];
        int[] missing = new int[size()];
        var ready = new PriorityQueue<Integer>();
        for (int task = 0; task < size(); task++) {
            missing[task] = inDegree(task);
            if (missing[task] == 0) {
                ready.add(task);
            }
        }
        int count = 0;
        while (!ready.isEmpty()) {
            int task = ready.poll();
            sorted[count++] = task;
            for (int edge = firstOut[task]; edge < firstOut[task + 1]; edge++) {
                if (--missing[target[edge]] == 0) {
                    ready.add(target[edge]);
                }
            }
        }
        if (count < size()) {
            throw new IllegalArgumentException("task graph (" + name + ") must have no cycle, but there is one: "
                    + cycle(missing) + "\nMaybe one of these edges points the wrong way.");
        }
        return sorted;
    }

    /** Of the tasks that still miss something each has a predecessor of that sort: going back from one of them meets a task twice. */
    private String cycle(int[] missing) {
        int task = 0;
        while (missing[task] == 0) {
            task++;
        }
        int[] seenAt = new int[size()];
        List<Integer> path = new ArrayList<>();
        while (seenAt[task] == 0) {
            path.add(task);
            seenAt[task] = path.size();
            int i = 0;
            while (missing[source[inEdge(task, i)]] == 0) {
                i++;
            }
            task = source[inEdge(task, i)];
        }
        List<Integer> cycle = path.subList(seenAt[task] - 1, path.size());
        int shown = Math.min(cycle.size(), 12);
        StringBuilder text = new StringBuilder(tasks.get(task).name());
        for (int i = 0; i < shown; i++) {
            // The path was walked backwards.
            text.append(" -> ")
                    .append(tasks.get(cycle.get(cycle.size() - 1 - i)).name());
        }
        return text + (shown < cycle.size() ? " -> ... (" + cycle.size() + " tasks)" : "");
    }

    /** Collects tasks and edges; not safe for use by two threads. */
    public static final class Builder {
        private final String name;
        private final List<Task> tasks = new ArrayList<>();
        private final Map<String, Integer> numbers = new LinkedHashMap<>();
        private Optional<GraphSource> readFrom = Optional.empty();
        private int[] from = new int[16];
        private int[] to = new int[16];
        private double[] bytes = new double[16];
        private int edges;
        private int[] rank = NO_RANKS;
        private boolean ranked;

        private Builder(String name) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("name of a task graph (\"" + name + "\") must not be blank");
            }
            this.name = name;
        }

        /**
         * Adds a task and returns its number, counted from 0.
         *
         * @throws IllegalArgumentException if there is one of its name
         */
        public int add(Task task) {
            if (numbers.putIfAbsent(task.name(), tasks.size()) != null) {
                throw new IllegalArgumentException(
                        "task (" + task.name() + ") of graph " + name + " must have a name of its own");
            }
            tasks.add(task);
            return tasks.size() - 1;
        }

        /**
         * Gives a task a rank: all of one rank belong on one device, as the scheduler {@code by-rank} has it. Others do not look at it.
         *
         * @throws IllegalArgumentException if there is no such task, or the rank is negative
         */
        public Builder rank(int task, int itsRank) {
            check(task);
            if (itsRank < 0) {
                throw new IllegalArgumentException("rank (" + itsRank + ") must be zero or more");
            }
            if (rank.length < tasks.size()) {
                int before = rank.length;
                rank = Arrays.copyOf(rank, Math.max(16, 2 * tasks.size()));
                Arrays.fill(rank, before, rank.length, -1);
            }
            rank[task] = itsRank;
            ranked = true;
            return this;
        }

        /**
         * Lets a task wait for another and for what it sends.
         *
         * @throws IllegalArgumentException if a number is not that of a task, or both are the same
         */
        public Builder edge(int fromTask, int toTask, Bytes volume) {
            return edge(fromTask, toTask, (double) volume.value());
        }

        /**
         * Lets a task wait for another and for what it sends, by their names.
         *
         * @throws IllegalArgumentException if there is no such task, with the nearest name
         */
        public Builder edge(String fromTask, String toTask, Bytes volume) {
            return edge(number(fromTask), number(toTask), volume);
        }

        /** The same with a volume that need not be whole, as some published graphs have it. */
        public Builder edge(int fromTask, int toTask, double volumeBytes) {
            check(fromTask);
            check(toTask);
            if (fromTask == toTask) {
                throw new IllegalArgumentException(
                        "edge (" + tasks.get(fromTask).name() + ") must not lead from a task to itself");
            }
            if (!(volumeBytes >= 0 && volumeBytes < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("volume (" + volumeBytes + " B) of the edge "
                        + tasks.get(fromTask).name() + " -> "
                        + tasks.get(toTask).name()
                        + " must be finite, zero or more");
            }
            if (edges == from.length) {
                from = Arrays.copyOf(from, 2 * edges);
                to = Arrays.copyOf(to, 2 * edges);
                bytes = Arrays.copyOf(bytes, 2 * edges);
            }
            from[edges] = fromTask;
            to[edges] = toTask;
            bytes[edges++] = volumeBytes;
            return this;
        }

        /** Notes where the graph is read from. */
        Builder source(GraphSource from) {
            this.readFrom = Optional.of(from);
            return this;
        }

        /**
         * Returns the graph.
         *
         * @throws IllegalArgumentException if it is empty or has a cycle, naming it
         */
        public TaskGraph build() {
            if (tasks.isEmpty()) {
                throw new IllegalArgumentException("task graph (" + name + ") must have tasks\nMaybe add(task).");
            }
            return new TaskGraph(this);
        }

        /**
         * Returns the number of the task of that name.
         *
         * @throws IllegalArgumentException if there is none, with the nearest name
         */
        public int number(String task) {
            int number = numbers.getOrDefault(task, -1);
            if (number < 0) {
                String hint = NearestName.of(task, numbers.keySet())
                        .map(nearest -> "\nMaybe \"" + nearest + "\".")
                        .orElse("");
                throw new IllegalArgumentException("task (\"" + task + "\") must be in graph " + name + hint);
            }
            return number;
        }

        private void check(int task) {
            if (task < 0 || task >= tasks.size()) {
                throw new IllegalArgumentException("task (" + task + ") of an edge of graph " + name
                        + " must be from 0 to " + (tasks.size() - 1) + "\nMaybe add the tasks before the edges.");
            }
        }
    }
}
