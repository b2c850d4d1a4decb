package org.motleysim.workloads.soc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.math3.random.MersenneTwister;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.core.random.Distribution;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.graph.ExecutionRules;
import org.motleysim.workloads.graph.GraphJob;
import org.motleysim.workloads.graph.JobTimes;
import org.motleysim.workloads.graph.ManagerClock;
import org.motleysim.workloads.graph.Scheduler;
import org.motleysim.workloads.graph.TaskGraph;
import org.motleysim.workloads.graph.TaskLog;
import org.motleysim.workloads.replay.RecordedSchedule;
import org.motleysim.workloads.replay.Replay;
import org.motleysim.workloads.replay.ScheduleComparison;
import org.motleysim.workloads.replay.ScheduleFile;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.schedule.Schedulers;

/** The chip, the schedules and the latencies that DS3 comes with, in the folder of measured data. */
class Ds3Test {
    private static final Duration MICROSECOND = Duration.ofNanos(1_000);
    private static final ExecutionRules RULES =
            ExecutionRules.chip(new ManagerClock(MICROSECOND, MICROSECOND.multipliedBy(10)));
    private static final Map<String, Scheduler> SCHEDULERS = Map.of(
            "MET", Schedulers.onlineMinimumExecutionTime(),
            "EFT", Schedulers.onlineEarliestFinishTime(),
            "ETF", Schedulers.onlineEarliestTaskFirst());

    @ParameterizedTest
    @ValueSource(strings = {"MET", "EFT", "ETF"})
    void replay_scheduleOf51Jobs_startsAndEndsEveryTaskAsRecorded(String scheduler) {
        SocTables soc = SocTables.read(data(), "soc_ds3_");
        RecordedSchedule schedule = schedule(scheduler);
        RunResult result = run(
                soc,
                Replay.of(graphs(soc), schedule)
                        .name("replay")
                        .times(soc.times())
                        .rules(RULES.inOrder()));
        SocPower.Energy energy = power(soc).of(log(result));

        ScheduleComparison comparison = ScheduleComparison.of(schedule, log(result), energy::joules, 0.01);

        System.out.printf(
                "%s: %d tasks, %d starts and %d finishes differ; energy %.6f J, recorded %.6f J (%+.2f%%); %.1f%% of tasks"
                        + " within 1%%%n",
                scheduler,
                comparison.tasks(),
                comparison.count("start"),
                comparison.count("finish"),
                comparison.joules(),
                comparison.recordedJoules(),
                100 * (comparison.joules() / comparison.recordedJoules() - 1),
                100 * comparison.closeEnergyShare());
        assertEquals(1_594, comparison.tasks());
        for (String field : List.of("device", "start", "finish")) {
            assertEquals(0, comparison.count(field), comparison::toString);
        }
        assertEquals(comparison.recordedJoules(), comparison.joules(), 0.01 * comparison.recordedJoules());
        assertTrue(result.conservation().stream().allMatch(Balance::holds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MET", "EFT", "ETF"})
    void ownScheduler_sameArrivals_runsTheSameTasksForTheSameEnergy(String scheduler) {
        SocTables soc = SocTables.read(data(), "soc_ds3_");
        RecordedSchedule schedule = schedule(scheduler);
        GraphJob.Builder job = GraphJob.of(
                        schedule.jobs(graphs(soc)), Objects.requireNonNull(SCHEDULERS.get(scheduler)))
                .name("own");

        ScheduleComparison comparison = ScheduleComparison.of(
                schedule, log(run(soc, job.times(soc.times()).rules(RULES))));

        System.out.printf(
                "%s: own schedule differs from DS3 in %d devices, %d starts; first: %s%n",
                scheduler,
                comparison.count("device"),
                comparison.count("start"),
                comparison.first().map(Object::toString).orElse("none"));
        assertEquals(1_594, comparison.tasks());
        assertEquals(comparison.recordedJoules(), comparison.joules(), 0.01 * comparison.recordedJoules());
    }

    @Test
    void ownSchedulers_oneJobAlone_takeTheRecordedTime() throws IOException {
        SocTables soc = SocTables.read(data(), "soc_ds3_");
        int compared = 0;
        for (CSVRecord row : rows("ds3_single_job.csv")) {
            TaskGraph graph = soc.graph(row.get("job"));
            Scheduler scheduler = SCHEDULERS.get(row.get("scheduler"));
            if (scheduler == null) {
                // HEFT with insertion, computed from the tables by somebody else.
                double planned = GraphJob.of(graph, Schedulers.heft())
                        .times(soc.times())
                        .build()
                        .plan(soc.cluster())
                        .orElseThrow()
                        .makespanSeconds();
                assertEquals(Double.parseDouble(row.get("latency_us")), planned * 1e6, 1e-6, row.get("job"));
                compared++;
                continue;
            }
            RunResult result =
                    run(soc, GraphJob.of(graph, scheduler).times(soc.times()).rules(RULES));
            String what = row.get("job") + " under " + row.get("scheduler");
            assertEquals(
                    Double.parseDouble(row.get("latency_us")), result.metrics().value("makespan") * 1e6, 1e-6, what);
            compared++;
        }
        assertEquals(24, compared);
    }

    @Test
    void ownSchedulers_arrivalsAtThreeRates_haveTheRecordedMeanLatency() throws IOException {
        SocTables soc = SocTables.read(data(), "soc_ds3_");
        for (CSVRecord row : rows("ds3_latency_vs_rate.csv")) {
            Scheduler scheduler = SCHEDULERS.get(row.get("scheduler"));
            if (scheduler == null) {
                continue;
            }
            double gap = Double.parseDouble(row.get("mean_interarrival_us"));
            List<TaskGraph> graphs = List.of(soc.graph("WiFi_Transmitter"), soc.graph("WiFi_Receiver"));
            RunResult result = Scenario.of(
                            soc.cluster(),
                            GraphJob.of(arrivals(graphs, gap, 60_000), scheduler)
                                    .name("wifi")
                                    .times(soc.times())
                                    .rules(RULES)
                                    .build())
                    .warmup(Duration.ofMillis(10))
                    .horizon(Duration.ofMillis(60))
                    .build()
                    .run();
            double recorded = Double.parseDouble(row.get("mean_job_latency_us"));
            double mean = result.metrics().value("job.latency.mean") * 1e6;
            System.out.printf(
                    "%s at %.0f us: mean latency %.3f us, recorded %.3f us (%+.2f%%)%n",
                    row.get("scheduler"), gap, mean, recorded, 100 * (mean / recorded - 1));
            assertEquals(recorded, mean, 0.03 * recorded, row.get("scheduler") + " at " + gap);
        }
    }

    @Test
    void ownSchedulers_noiseOnDurations_keepTheOrderMetEftEtf() {
        SocTables soc = SocTables.read(data(), "soc_ds3_");
        List<TaskGraph> graphs = List.of(soc.graph("WiFi_Transmitter"), soc.graph("WiFi_Receiver"));
        for (double noise : new double[] {0.1, 0.2}) {
            Map<String, Double> mean = new LinkedHashMap<>();
            for (String name : List.of("MET", "EFT", "ETF")) {
                mean.put(
                        name,
                        run(
                                        soc,
                                        GraphJob.of(
                                                        arrivals(graphs, 1_000, 1_000_000),
                                                        Objects.requireNonNull(SCHEDULERS.get(name)))
                                                .name("wifi")
                                                .times(soc.times())
                                                .noise(Distribution.truncated(Distribution.normal(1, noise), 0, 2))
                                                .rules(RULES))
                                .metrics()
                                .value("job.latency.mean"));
            }
            System.out.println("noise " + noise + ": mean latency " + mean);
            assertTrue(mean.getOrDefault("MET", 0.0) > mean.getOrDefault("EFT", 0.0), mean::toString);
            // EFT and ETF differ by less than a thousandth without noise.
            assertEquals(
                    mean.getOrDefault("EFT", 0.0), mean.getOrDefault("ETF", 0.0), 0.02 * mean.getOrDefault("EFT", 0.0));
        }
    }

    /**
     * The arrivals of DS3: gaps of Python's {@code random.expovariate} and kinds of {@code numpy.random.choice} with weights 0.8 and 0.2, both
     * with seed 0 (found from the arrivals of the recorded schedules and the numbers of jobs in the table).
     */
    private static JobTimes arrivals(List<TaskGraph> graphs, double meanGap, long end) {
        var gaps = new MersenneTwister(new int[] {0});
        var kinds = new MersenneTwister(0);
        List<JobTimes.Job> jobs = new ArrayList<>();
        for (long now = 0; now <= end; now += (long) (-Math.log(1 - uniform(gaps)) * meanGap)) {
            jobs.add(new JobTimes.Job(uniform(kinds) < 0.8 ? 0 : 1, now * 1e-6));
        }
        return new JobTimes(graphs, jobs);
    }

    /** 53 bits of two words, as Python and NumPy take them. */
    private static double uniform(MersenneTwister twister) {
        int high = twister.nextInt() >>> 5;
        int low = twister.nextInt() >>> 6;
        return (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0;
    }

    private static SocPower power(SocTables soc) {
        return new SocPower(
                soc.clusters(),
                Map.of(),
                ChipThermals.odroidXu3(),
                MICROSECOND.multipliedBy(10),
                MICROSECOND.multipliedBy(20));
    }

    private static List<TaskGraph> graphs(SocTables soc) {
        return soc.jobs().stream().map(soc::graph).toList();
    }

    private static RunResult run(SocTables soc, GraphJob.Builder job) {
        return Scenario.of(soc.cluster(), job.build()).build().run();
    }

    private static TaskLog log(RunResult result) {
        return (TaskLog) result.logs().get(0);
    }

    private static RecordedSchedule schedule(String scheduler) {
        return new ScheduleFile(data().resolve("ds3_schedule_" + scheduler + "_500us.csv")).read();
    }

    private static Path data() {
        String folder = System.getProperty("motley.data", System.getenv("MOTLEY_DATA"));
        assumeTrue(folder != null, "skipped: set MOTLEY_DATA to the folder of measured data");
        return Path.of(Objects.requireNonNull(folder)).resolve("edge");
    }

    private static List<CSVRecord> rows(String file) throws IOException {
        try (Reader in = Files.newBufferedReader(data().resolve(file))) {
            return CSVFormat.DEFAULT
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get()
                    .parse(in)
                    .getRecords();
        }
    }
}
