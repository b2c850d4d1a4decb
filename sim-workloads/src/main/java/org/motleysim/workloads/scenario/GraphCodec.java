package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.collective.Collective;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.Shape;
import org.motleysim.workloads.graph.ChakraFile;
import org.motleysim.workloads.graph.DotFile;
import org.motleysim.workloads.graph.ExecutionRules;
import org.motleysim.workloads.graph.GraphFiles;
import org.motleysim.workloads.graph.GraphJob;
import org.motleysim.workloads.graph.GraphSource;
import org.motleysim.workloads.graph.MeasuredTimes;
import org.motleysim.workloads.graph.Scheduler;
import org.motleysim.workloads.graph.StgFile;
import org.motleysim.workloads.graph.Task;
import org.motleysim.workloads.graph.TaskGraph;
import org.motleysim.workloads.graph.WorkflowFile;
import org.motleysim.workloads.replay.Replay;
import org.motleysim.workloads.schedule.Schedulers;

/** A task graph and how it is scheduled. */
final class GraphCodec {
    private static final int MOST_PROBLEMS = 20;

    private static final Codec<NumberFormat> FORMAT = new FormatCodec();

    static final ScalarCodec<Bytes> BYTES = ScalarCodec.quantity(
            "a number of bytes", "1 MB", Bytes.units(), Bytes::parse, Bytes::toString, bytes -> bytes.value() + " B");

    private static final Codec<Scheduler> SCHEDULER = schedulers();

    /** An edge as a file says it. */
    private record Edge(String from, String to, Bytes volume) {}

    private static final RecordCodec<Edge> EDGE = RecordCodec.of("an edge", fields -> {
        var from = fields.required("from", ScalarCodec.text(), Edge::from, "Name of the task that comes first");
        var to = fields.required("to", ScalarCodec.text(), Edge::to, "Name of the task that waits for it");
        var volume = fields.optional(
                "volume",
                BYTES,
                Bytes.of(0),
                Edge::volume,
                "What has to move between their devices; nothing by default");
        return given ->
                new Edge(given.get(from), given.get(to), given.find(volume).orElse(Bytes.of(0)));
    });

    static final Codec<Task> TASK = ChoiceCodec.<Task>of("a task")
            .kind("compute", Task.Compute.class, RecordCodec.of("a task that computes", fields -> {
                var name = fields.required("name", ScalarCodec.text(), Task.Compute::name, "Its name");
                var flops = fields.required(
                        "flops",
                        ScalarCodec.number(NumberRange.notNegative()),
                        task -> task.kernel().flops(),
                        "Operations; a multiply-add is two");
                var read = fields.optional(
                        "bytesRead",
                        BYTES,
                        Bytes.of(0),
                        task -> bytes(task.kernel().bytesRead()),
                        "From main memory");
                var written = fields.optional(
                        "bytesWritten",
                        BYTES,
                        Bytes.of(0),
                        task -> bytes(task.kernel().bytesWritten()),
                        "To main memory");
                var format = fields.optional(
                        "format",
                        FORMAT,
                        NumberFormat.FP32,
                        task -> task.kernel().format(),
                        "fp32 by default");
                var memory = memory(fields);
                return given -> new Task.Compute(
                        given.get(name),
                        new Kernel(
                                KernelFamily.GEMM,
                                given.find(format).orElse(NumberFormat.FP32),
                                given.get(flops),
                                given.find(read).orElse(Bytes.of(0)).value(),
                                given.find(written).orElse(Bytes.of(0)).value(),
                                Shape.NONE),
                        given.find(memory).orElse(Bytes.ZERO));
            }))
            .kind("recorded", Task.Recorded.class, RecordCodec.of("a task of recorded time", fields -> {
                var name = fields.required("name", ScalarCodec.text(), Task.Recorded::name, "Its name");
                var time = fields.required("time", DURATION, Task.Recorded::time, "How long it takes, on any device");
                var memory = memory(fields);
                return given -> new Task.Recorded(
                        given.get(name), given.get(time), given.find(memory).orElse(Bytes.ZERO));
            }))
            .kind("measured", Task.Measured.class, RecordCodec.of("a task of measured time", fields -> {
                var name = fields.required("name", ScalarCodec.text(), Task.Measured::name, "Its name");
                var type = fields.required("type", ScalarCodec.text(), Task.Measured::type, "Its type in \"times\"");
                var memory = memory(fields);
                return given -> new Task.Measured(
                        given.get(name), given.get(type), given.find(memory).orElse(Bytes.ZERO));
            }))
            .kind("collective", Task.Collective.class, RecordCodec.of("what devices do together", fields -> {
                var name = fields.required("name", ScalarCodec.text(), Task.Collective::name, "Its name");
                var operation = fields.required(
                        "collective",
                        CollectiveCodec.COLLECTIVE,
                        task -> task.operation().withBytes(0),
                        "What is moved");
                var size = fields.optional(
                        "size",
                        BYTES,
                        Bytes.ZERO,
                        task -> Bytes.of(task.operation().bytes()),
                        "The whole buffer; of a rank for all-to-all");
                var algorithm = fields.optional(
                        "algorithm",
                        AlgorithmCodec.CHOICE,
                        task -> Optional.of(task.algorithm())
                                .filter(choice -> !choice.equals(Task.Collective.usual(task.operation()))),
                        "How; by default a ring, or all at once where there is no ring");
                var groups = fields.optional(
                        "groups",
                        new ListCodec<>(ScalarCodec.text(), 1),
                        task -> Optional.of(task.groups()).filter(names -> !names.isEmpty()),
                        "Device groups that take part; by default the devices of the tasks before it");
                return given -> {
                    Collective what = given.get(operation)
                            .withBytes(given.find(size).orElse(Bytes.ZERO).value());
                    return new Task.Collective(
                            given.get(name),
                            what,
                            given.find(algorithm).orElseGet(() -> Task.Collective.usual(what)),
                            given.find(groups).orElse(List.of()));
                };
            }))
            .build();

    static final Codec<TaskGraph> GRAPH = ChoiceCodec.<TaskGraph>of("a task graph")
            .kind(
                    "csv",
                    TaskGraph.class,
                    graph -> graph.source().filter(GraphFiles.class::isInstance).isPresent(),
                    RecordCodec.of("a task graph in CSV files", fields -> {
                        var tasks = fields.required(
                                "tasks",
                                new PathCodec("a CSV file of tasks"),
                                graph -> files(graph).tasks(),
                                "Path of a CSV file with the columns task and flop, runtime_s or type");
                        var edges = fields.required(
                                "edges",
                                new PathCodec("a CSV file of edges"),
                                graph -> files(graph).edges(),
                                "Path of a CSV file with the columns src, dst and bytes");
                        var format = fields.optional(
                                "format",
                                FORMAT,
                                NumberFormat.FP64,
                                graph -> files(graph).format(),
                                "What flop are computed in; fp64 by default");
                        return given -> read(new GraphFiles(
                                given.get(tasks),
                                given.get(edges),
                                given.find(format).orElse(NumberFormat.FP64)));
                    }))
            .kind(
                    "wfformat",
                    TaskGraph.class,
                    graph -> graph.source()
                            .filter(WorkflowFile.class::isInstance)
                            .isPresent(),
                    RecordCodec.of("a workflow in WfFormat", fields -> {
                        var file = fields.required(
                                "file",
                                new PathCodec("a workflow"),
                                graph -> ((WorkflowFile) graph.source().orElseThrow()).file(),
                                "Path of a JSON file of WfCommons");
                        return given -> read(new WorkflowFile(given.get(file)));
                    }))
            .kind(
                    "stg",
                    TaskGraph.class,
                    graph -> graph.source().filter(StgFile.class::isInstance).isPresent(),
                    RecordCodec.of("a graph of the Standard Task Graph Set", fields -> {
                        var file = fields.required(
                                "file",
                                new PathCodec("a task graph"),
                                graph -> ((StgFile) graph.source().orElseThrow()).file(),
                                "Path of a text of the Standard Task Graph Set");
                        var unit = fields.required(
                                "unit",
                                DURATION,
                                graph -> ((StgFile) graph.source().orElseThrow()).unit(),
                                "How long a time of one is");
                        return given -> read(new StgFile(given.get(file), given.get(unit)));
                    }))
            .kind(
                    "dot",
                    TaskGraph.class,
                    graph -> graph.source().filter(DotFile.class::isInstance).isPresent(),
                    RecordCodec.of("a graph in DOT", fields -> {
                        var file = fields.required(
                                "file",
                                new PathCodec("a task graph"),
                                graph -> ((DotFile) graph.source().orElseThrow()).file(),
                                "Path of a digraph whose nodes have flop, runtime_s or type, and whose edges may have bytes");
                        var format = fields.optional(
                                "format",
                                FORMAT,
                                NumberFormat.FP64,
                                graph -> ((DotFile) graph.source().orElseThrow()).format(),
                                "What flop are computed in; fp64 by default");
                        return given -> read(
                                new DotFile(given.get(file), given.find(format).orElse(NumberFormat.FP64)));
                    }))
            .kind(
                    "chakra",
                    TaskGraph.class,
                    graph -> graph.source().filter(ChakraFile.class::isInstance).isPresent(),
                    RecordCodec.of("a Chakra execution trace", fields -> {
                        var file = fields.required(
                                "file",
                                new PathCodec("an execution trace"),
                                graph -> ((ChakraFile) graph.source().orElseThrow()).file(),
                                "Path of a trace of one device, in protobuf, or in JSON if it ends in .json");
                        var format = fields.optional(
                                "format",
                                FORMAT,
                                NumberFormat.FP16,
                                graph -> ((ChakraFile) graph.source().orElseThrow()).format(),
                                "What operations are computed in; fp16 by default");
                        var ranks = fields.optional(
                                "ranks",
                                ScalarCodec.integer(1),
                                1,
                                graph -> ((ChakraFile) graph.source().orElseThrow()).ranks(),
                                "Devices that run the trace together, with its collectives between them; 1 by default");
                        return given -> read(new ChakraFile(
                                given.get(file),
                                given.find(format).orElse(NumberFormat.FP16),
                                given.find(ranks).orElse(1)));
                    }))
            .kind("inline", TaskGraph.class, RecordCodec.of("a task graph", fields -> {
                var name = fields.optional("name", ScalarCodec.text(), "graph", TaskGraph::name, "Its name");
                var tasks = fields.required("tasks", new ListCodec<>(TASK, 1), GraphCodec::tasks, "What is to be done");
                var edges = fields.optional(
                        "edges", new ListCodec<>(EDGE, 0), List.of(), GraphCodec::edges, "What waits for what");
                var ranks = fields.optional(
                        "ranks",
                        new ListCodec<>(new ListCodec<>(ScalarCodec.text(), 0), 1),
                        graph -> Optional.of(ranks(graph)).filter(lists -> !lists.isEmpty()),
                        "For the scheduler by-rank: names of the tasks of each device, in the order of the devices");
                return given -> inline(
                        given.find(name).orElse("graph"),
                        given.get(tasks),
                        given.find(edges).orElse(List.of()),
                        given.find(ranks).orElse(List.of()));
            }))
            .build();

    static final RecordCodec<GraphJob> JOB = RecordCodec.of("a task graph to run", fields -> {
        var graph = fields.optional(
                "graph",
                GRAPH,
                job -> job.jobs().isPresent() ? Optional.empty() : Optional.of(job.graph()),
                "Tasks and what flows between them, which run once");
        var jobs = fields.optional(
                "jobs", JobsCodec.JOBS, GraphJob::jobs, "Instead of one graph: copies of graphs that come over time");
        var name = fields.optional(
                "name",
                ScalarCodec.text(),
                job -> Optional.of(job.name())
                        .filter(text -> !text.equals(job.graph().name())),
                "Name of its metrics when there are several workloads; by default that of the graph");
        var scheduler = fields.required("scheduler", SCHEDULER, GraphJob::scheduler, "Decides where each task runs");
        var rules = fields.optional(
                "rules",
                JobsCodec.RULES,
                ExecutionRules.cluster(),
                GraphJob::rules,
                "How devices take what they were given; by default as a cluster of computers does");
        var times = fields.optional(
                "times",
                new TimesCodec(),
                MeasuredTimes.none(),
                GraphJob::times,
                "How long types of tasks take, by type and device group");
        var noise = fields.optional(
                "noise",
                DistributionCodec.DISTRIBUTION,
                GraphJob::noise,
                "What the duration of each task is multiplied with; nothing by default");
        var groups = fields.optional(
                "groups",
                new ListCodec<>(ScalarCodec.text(), 1),
                job -> Optional.of(List.copyOf(job.ownGroups())).filter(names -> !names.isEmpty()),
                "Device groups to run on; all by default");
        return given -> {
            if (given.find(graph).isPresent() == given.find(jobs).isPresent()) {
                throw new IllegalArgumentException("task-graph must have either a graph or jobs, and "
                        + (given.find(graph).isPresent() ? "has both" : "has none of them"));
            }
            var job = given.find(graph)
                    .map(once -> GraphJob.of(once, given.get(scheduler)))
                    .orElseGet(() -> GraphJob.of(given.find(jobs).orElseThrow(), given.get(scheduler)));
            given.find(rules).ifPresent(job::rules);
            given.find(name).ifPresent(job::name);
            given.find(times).ifPresent(job::times);
            given.find(noise).ifPresent(job::noise);
            given.find(groups).ifPresent(names -> job.groups(names.toArray(String[]::new)));
            return job.build();
        };
    });

    private GraphCodec() {}

    private static <T extends Task> RecordCodec.Field<T, Bytes> memory(RecordCodec.Fields<T> fields) {
        return fields.optional(
                "memory",
                BYTES,
                Bytes.ZERO,
                Task::memory,
                "What it needs in the memory of its device besides inputs and outputs; nothing by default");
    }

    private static Codec<Scheduler> schedulers() {
        var schedulers = ChoiceCodec.<Scheduler>of("a scheduler");
        Schedulers.all().forEach(schedulers::value);
        schedulers.kind(
                "replay",
                Replay.class,
                replay -> replay.file().isPresent(),
                RecordCodec.of("a replay of a schedule", fields -> {
                    var file = fields.required(
                            "file",
                            new PathCodec("a schedule"),
                            replay -> replay.file().orElseThrow(),
                            "Path of a CSV file with task, device, start and finish");
                    return given -> {
                        Path path = given.get(file);
                        return new Replay(JobsCodec.schedule(path), Optional.of(path));
                    };
                }));
        return schedulers.plugIns(new PlugIns<>(SchedulerProvider.class)).build();
    }

    /** Builds a graph; names used twice, edges to nowhere and the like are told together, a cycle when there is nothing else. */
    private static TaskGraph inline(String name, List<Task> tasks, List<Edge> edges, List<List<String>> ranks) {
        TaskGraph.Builder graph = TaskGraph.builder(name);
        List<String> problems = new ArrayList<>();
        tasks.forEach(task -> collect(problems, () -> graph.add(task)));
        for (int rank = 0; rank < ranks.size(); rank++) {
            int at = rank;
            ranks.get(rank)
                    .forEach(task -> collect(problems, () -> {
                        int number = graph.number(task);
                        graph.rank(number, at);
                    }));
        }
        for (int i = 0; i < edges.size(); i++) {
            Edge edge = edges.get(i);
            String from = edge.from + " -> " + edge.to;
            collect(problems, () -> {
                try {
                    graph.edge(edge.from, edge.to, edge.volume);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("edge " + from + ": " + e.getMessage(), e);
                }
            });
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return graph.build();
    }

    private static void collect(List<String> problems, Runnable step) {
        try {
            step.run();
        } catch (IllegalArgumentException e) {
            if (problems.size() < MOST_PROBLEMS) {
                problems.add(String.valueOf(e.getMessage()).replace("\n", " "));
            }
        }
    }

    private static TaskGraph read(GraphSource source) {
        try {
            return source.read();
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static GraphFiles files(TaskGraph graph) {
        return (GraphFiles) graph.source().orElseThrow();
    }

    private static Bytes bytes(double count) {
        return Bytes.of((long) count);
    }

    private static List<Task> tasks(TaskGraph graph) {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < graph.size(); i++) {
            tasks.add(graph.task(i));
        }
        return tasks;
    }

    private static List<List<String>> ranks(TaskGraph graph) {
        List<List<String>> ranks = new ArrayList<>();
        for (int i = 0; i < graph.size(); i++) {
            while (ranks.size() <= graph.rank(i)) {
                ranks.add(new ArrayList<>());
            }
            if (graph.rank(i) >= 0) {
                ranks.get(graph.rank(i)).add(graph.task(i).name());
            }
        }
        return ranks;
    }

    private static List<Edge> edges(TaskGraph graph) {
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < graph.edges(); i++) {
            edges.add(new Edge(
                    graph.task(graph.source(i)).name(),
                    graph.task(graph.target(i)).name(),
                    bytes(graph.bytes(i))));
        }
        return edges;
    }
}
