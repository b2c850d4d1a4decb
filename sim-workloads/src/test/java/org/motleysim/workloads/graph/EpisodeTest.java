package org.motleysim.workloads.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cost.RooflineCostModel;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.schedule.Schedulers;

class EpisodeTest {
    private static Cluster cluster() {
        DeviceSpec core = DeviceSpec.builder("core", DeviceKind.CPU)
                .peak(NumberFormat.FP64, FlopRate.of(1e9))
                .memory("DDR4", Bytes.gigabytes(1), Bandwidth.gigabytesPerSecond(1))
                .tdp(Power.watts(10))
                .build();
        return Cluster.builder("two")
                .add("fast", 1, core, RooflineCostModel.peak())
                .add("slow", 2, core, RooflineCostModel.peak())
                .network(NetworkModel.uniform(Bandwidth.of(1e6), Duration.ZERO))
                .price(PriceModel.free())
                .build();
    }

    private static GraphJob job(Scheduler scheduler) {
        TaskGraph.Builder graph = TaskGraph.builder("diamond");
        for (String name : new String[] {"a", "b", "c", "d"}) {
            graph.add(new Task.Measured(name, "step"));
        }
        graph.edge("a", "b", Bytes.of(1_000));
        graph.edge("a", "c", Bytes.of(2_000));
        graph.edge("b", "d", Bytes.of(1_000));
        graph.edge("c", "d", Bytes.of(500));
        JobMix mix =
                JobMix.of(Arrivals.poisson(40)).add(graph.build(), 1).jobs(200).build();
        return GraphJob.of(mix, scheduler)
                .name("diamonds")
                .times(new MeasuredTimes(Map.of("step", Map.of("fast", 0.004, "slow", 0.010))))
                .noise(Distribution.uniform(0.5, 1.5))
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"work-stealing", "highest-rank-first", "online-eft"})
    void episode_choicesOfADispatcher_isTheRunOfItsScenario(String name) {
        Dispatcher dispatcher = (Dispatcher) Schedulers.named(name);
        RunResult run = Scenario.of(cluster(), job(dispatcher)).seed(9).build().run();
        Episode episode = Episode.of(job(Schedulers.workStealing()), cluster());

        double seconds = episode.reset(9).seconds();
        double jobSeconds = 0;
        while (!episode.isDone()) {
            Episode.Step step = episode.step(dispatcher.choose(episode.observe()));
            seconds += step.seconds();
            jobSeconds += step.jobSeconds();
        }
        MetricSet metrics = episode.metrics();

        for (String metric : new String[] {"makespan", "job.latency.mean", "job.latency.max", "communication.bytes"}) {
            assertEquals(run.metrics().value(metric), metrics.value(metric), metric);
        }
        assertEquals(metrics.value("makespan"), seconds, 1e-9);
        // The number of jobs over time is the latency of all of them (Little).
        assertEquals(200 * metrics.value("job.latency.mean"), jobSeconds, 1e-9 * jobSeconds);
    }

    @Test
    void episode_resetWithTheSameSeed_isTheSameAgain() {
        Episode episode = Episode.of(job(Schedulers.workStealing()), cluster());
        double[] makespan = new double[2];
        for (int i = 0; i < 2; i++) {
            episode.reset(3);
            while (!episode.isDone()) {
                episode.step(Schedulers.workStealing().choose(episode.observe()));
            }
            makespan[i] = episode.metrics().value("makespan");
        }
        assertEquals(makespan[0], makespan[1]);
    }

    @Test
    void episode_policyThatOnlyWaits_endsUndone() {
        Episode episode = Episode.of(job(Schedulers.workStealing()), cluster());
        episode.reset(1);
        while (!episode.isDone()) {
            episode.step(Optional.empty());
        }
        assertEquals(0, episode.metrics().value("tasks.finished"));
    }

    @Test
    void episode_wrongChoice_isRefusedAndNothingHappens() {
        Episode episode = Episode.of(job(Schedulers.workStealing()), cluster());
        episode.reset(1);
        int ready = episode.observe().readyCount();

        var refusal = assertThrows(
                IllegalArgumentException.class, () -> episode.step(Optional.of(new Dispatcher.Choice(3, 0))));

        assertTrue(String.valueOf(refusal.getMessage()).contains("must be a ready task"));
        assertEquals(ready, episode.observe().readyCount());
        assertFalse(episode.isDone());
    }

    @Test
    void episode_beforeReset_saysSo() {
        Episode episode = Episode.of(job(Schedulers.workStealing()), cluster());

        assertThrows(IllegalStateException.class, episode::observe);
    }
}
