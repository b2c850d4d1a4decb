package org.motleysim.workloads.graph;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.motleysim.core.random.RandomStream;

/** One course through a flow as a task graph; or all of its steps, which no course need have. */
final class FlowCourse {
    private static final int MOST_TASKS = 1_000_000;

    /** The last task of what has been done, and what it sends. */
    private record End(int task, double bytes) {}

    private final String name;
    private final TaskGraph.Builder graph;
    private final Optional<RandomStream> random;
    private final Map<String, Integer> times = new LinkedHashMap<>();
    private int size;

    private FlowCourse(String name, Optional<RandomStream> random) {
        this.name = name;
        this.graph = TaskGraph.builder(name);
        this.random = random;
    }

    /** Draws a course. One without a task, which ends at once, has a task of no time instead. */
    static TaskGraph draw(String name, Flow flow, RandomStream random) {
        return new FlowCourse(name, Optional.of(random)).made(flow);
    }

    /** Every way of each branch, and each loop once: all tasks that a course may have. */
    static TaskGraph everything(String name, Flow flow) {
        return new FlowCourse(name, Optional.empty()).made(flow);
    }

    private TaskGraph made(Flow flow) {
        add(flow, Set.of());
        if (size == 0) {
            graph.add(new Task.Recorded("nothing", Duration.ZERO));
        }
        return graph.build();
    }

    /** Adds a flow behind some tasks and returns the tasks at its end. */
    private Set<End> add(Flow flow, Set<End> before) {
        if (flow instanceof Flow.Step step) {
            return Set.of(new End(add(step.task(), before), step.sends().value()));
        }
        if (flow instanceof Flow.Sequence sequence) {
            Set<End> ends = before;
            for (Flow part : sequence.parts()) {
                ends = add(part, ends);
            }
            return ends;
        }
        if (flow instanceof Flow.Parallel parallel) {
            return addAll(parallel.parts(), before);
        }
        if (flow instanceof Flow.Branch branch) {
            return random.isPresent()
                    ? add(chosen(branch, random.get()), before)
                    : addAll(branch.ways().stream().map(Flow.Way::flow).toList(), before);
        }
        Flow.Loop loop = (Flow.Loop) flow;
        Set<End> ends = add(loop.body(), before);
        for (int i = 1; random.isPresent() && i < loop.most() && random.get().nextDouble() < loop.again(); i++) {
            ends = add(loop.body(), ends);
        }
        return ends;
    }

    private Set<End> addAll(List<Flow> parts, Set<End> before) {
        Set<End> ends = new LinkedHashSet<>();
        for (Flow part : parts) {
            ends.addAll(add(part, before));
        }
        return ends;
    }

    private static Flow chosen(Flow.Branch branch, RandomStream random) {
        double total = 0;
        for (Flow.Way way : branch.ways()) {
            total += way.weight();
        }
        double point = random.nextDouble() * total;
        List<Flow.Way> ways = new ArrayList<>(branch.ways());
        int at = 0;
        double sum = ways.get(0).weight();
        while (at < ways.size() - 1 && point >= sum) {
            sum += ways.get(++at).weight();
        }
        return ways.get(at).flow();
    }

    private int add(Task task, Set<End> before) {
        if (++size > MOST_TASKS) {
            throw new IllegalArgumentException("tasks of one course of flow " + name + " must not exceed " + MOST_TASKS
                    + "\nMaybe a loop inside a loop goes on too often.");
        }
        int time = times.merge(task.name(), 1, Integer::sum);
        int number = graph.add(time == 1 ? task : renamed(task, task.name() + "#" + time));
        for (End end : before) {
            graph.edge(end.task, number, end.bytes);
        }
        return number;
    }

    private static Task renamed(Task task, String name) {
        if (task instanceof Task.Compute compute) {
            return new Task.Compute(name, compute.kernel(), task.memory());
        }
        if (task instanceof Task.Recorded recorded) {
            return new Task.Recorded(name, recorded.time(), task.memory());
        }
        if (task instanceof Task.Collective together) {
            return new Task.Collective(name, together.operation(), together.algorithm(), together.groups());
        }
        return new Task.Measured(name, ((Task.Measured) task).type(), task.memory());
    }
}
