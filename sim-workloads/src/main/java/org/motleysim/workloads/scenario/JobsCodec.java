package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.motleysim.core.engine.SimTime;
import org.motleysim.workloads.graph.DeviceStreams;
import org.motleysim.workloads.graph.ExecutionRules;
import org.motleysim.workloads.graph.JobFlow;
import org.motleysim.workloads.graph.JobMix;
import org.motleysim.workloads.graph.JobSource;
import org.motleysim.workloads.graph.JobTimes;
import org.motleysim.workloads.graph.ManagerClock;
import org.motleysim.workloads.replay.RecordedSchedule;
import org.motleysim.workloads.replay.ScheduleFile;

/** Jobs of task graphs over time, and how devices take their tasks. */
final class JobsCodec {
    private static final RecordCodec<JobMix.Kind> KIND = RecordCodec.of("a kind of job", fields -> {
        var graph =
                fields.required("graph", GraphCodec.GRAPH, JobMix.Kind::graph, "What a job of this kind is a copy of");
        var weight = fields.optional(
                "weight",
                ScalarCodec.number(NumberRange.positive()),
                kind -> Optional.of(kind.weight()),
                "Its share among all kinds; 1 by default");
        return given -> new JobMix.Kind(given.get(graph), given.find(weight).orElse(1.0));
    });

    private static final RecordCodec<JobTimes.Job> JOB = RecordCodec.of("a job", fields -> {
        var graph = fields.required(
                "graph", ScalarCodec.integer(0), JobTimes.Job::graph, "Which of the graphs it is a copy of, from 0");
        var arrival = fields.required(
                "arrival",
                DURATION,
                job -> Duration.ofNanos(SimTime.nanos(job.arrivalSeconds())),
                "When its first tasks may start");
        return given -> new JobTimes.Job(given.get(graph), SimTime.seconds(SimTime.nanos(given.get(arrival))));
    });

    static final Codec<JobSource> JOBS = ChoiceCodec.<JobSource>of("jobs")
            .kind("mix", JobMix.class, RecordCodec.of("jobs that arrive by a law", fields -> {
                var kinds = fields.required("kinds", new ListCodec<>(KIND, 1), JobMix::kinds, "What jobs there are");
                var arrivals = fields.required("arrivals", TrafficCodec.ARRIVALS, JobMix::arrivals, "When they come");
                var limit = fields.optional(
                        "limit",
                        ScalarCodec.integer(1),
                        mix -> mix.limit().isPresent() ? Optional.of(mix.limit().getAsInt()) : Optional.empty(),
                        "How many come; by default all until the horizon");
                return given -> new JobMix(
                        given.get(kinds),
                        given.get(arrivals),
                        given.find(limit).map(OptionalInt::of).orElse(OptionalInt.empty()));
            }))
            .kind("listed", JobTimes.class, RecordCodec.of("jobs one by one", fields -> {
                var graphs = fields.required(
                        "graphs", new ListCodec<>(GraphCodec.GRAPH, 1), JobTimes::graphs, "What jobs are copies of");
                var jobs = fields.required("jobs", new ListCodec<>(JOB, 1), JobTimes::jobs, "In order of arrival");
                return given -> new JobTimes(given.get(graphs), given.get(jobs));
            }))
            .kind(
                    "recorded",
                    JobTimes.class,
                    written -> false,
                    RecordCodec.of("jobs of a recorded schedule", fields -> {
                        var graphs = fields.required(
                                "graphs",
                                new ListCodec<>(GraphCodec.GRAPH, 1),
                                JobTimes::graphs,
                                "What jobs are copies of, found by name");
                        var file = fields.required(
                                "file",
                                new PathCodec("a schedule"),
                                jobs -> Path.of(""),
                                "Path of a CSV file with the schedule");
                        return given -> schedule(given.get(file)).jobs(given.get(graphs));
                    }))
            .kind("flow", JobFlow.class, RecordCodec.of("jobs that take their own course", fields -> {
                var name = fields.required("name", ScalarCodec.text(), JobFlow::name, "Name of the flow");
                var flow = fields.required("flow", FlowCodec.FLOW, JobFlow::flow, "What a job does");
                var arrivals = fields.required("arrivals", TrafficCodec.ARRIVALS, JobFlow::arrivals, "When they come");
                var limit = fields.optional(
                        "limit",
                        ScalarCodec.integer(1),
                        jobs -> jobs.limit().isPresent()
                                ? Optional.of(jobs.limit().getAsInt())
                                : Optional.empty(),
                        "How many come; by default all until the horizon");
                return given -> new JobFlow(
                        given.get(name),
                        given.get(flow),
                        given.get(arrivals),
                        given.find(limit).map(OptionalInt::of).orElse(OptionalInt.empty()));
            }))
            .build();

    private static final RecordCodec<ManagerClock> CLOCK = RecordCodec.of("a clock", fields -> {
        var tick = fields.required("tick", DURATION, ManagerClock::tick, "Time between two looks of the manager");
        var sample = fields.required("sample", DURATION, ManagerClock::sample, "Time between two samples of the power");
        return given -> new ManagerClock(given.get(tick), given.get(sample));
    });

    private static final RecordCodec<DeviceStreams> STREAMS = RecordCodec.of("streams", fields -> {
        var count = fields.required(
                "count", ScalarCodec.integer(1), DeviceStreams::count, "Tasks that a device runs at once");
        var occupancy = fields.optional(
                "occupancy",
                ScalarCodec.number(NumberRange.part()),
                1.0,
                DeviceStreams::occupancy,
                "Part of the device that a task makes use of when it is alone, above 0 to 1; 1 by default");
        return given ->
                new DeviceStreams(given.get(count), given.find(occupancy).orElse(1.0));
    });

    static final RecordCodec<ExecutionRules> RULES = RecordCodec.of("rules of execution", fields -> {
        var queue = fields.optional(
                "queue",
                ScalarCodec.named("a rule", Arrays.asList(ExecutionRules.Queue.values()), JobsCodec::label),
                ExecutionRules.Queue.AS_GIVEN,
                ExecutionRules::queue,
                "Which of its tasks a device runs next; \"as-given\" by default");
        var transfers = fields.optional(
                "transfers",
                ScalarCodec.named("a rule", Arrays.asList(ExecutionRules.Transfers.values()), JobsCodec::label),
                ExecutionRules.Transfers.WHEN_PLACED,
                ExecutionRules::transfers,
                "When outputs start to move; \"when-placed\" by default");
        var clock = fields.optional("clock", CLOCK, ExecutionRules::clock, "When tasks may start; at once by default");
        var streams = fields.optional(
                "streams",
                STREAMS,
                DeviceStreams.ONE,
                ExecutionRules::streams,
                "How many tasks a device runs at once; one by default");
        return given -> new ExecutionRules(
                given.find(queue).orElse(ExecutionRules.Queue.AS_GIVEN),
                given.find(transfers).orElse(ExecutionRules.Transfers.WHEN_PLACED),
                given.find(clock),
                given.find(streams).orElse(DeviceStreams.ONE));
    });

    private JobsCodec() {}

    static RecordedSchedule schedule(Path file) {
        try {
            return new ScheduleFile(file).read();
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
