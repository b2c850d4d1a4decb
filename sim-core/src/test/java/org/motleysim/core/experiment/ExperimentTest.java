package org.motleysim.core.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.core.metric.MetricSet;

class ExperimentTest {
    private static final LindleyQueue QUEUE = new LindleyQueue(0.5, 1, 500);

    @Test
    void interval_ofAThousandStudiesOfMM1_coversTheTruthAsOftenAsItSays() {
        int covered = 0;
        for (int study = 0; study < 1_000; study++) {
            ExperimentResult result =
                    queue("M/M/1", QUEUE).seed(study).threads(1).build().run();
            covered += result.summary("M/M/1", "wait").orElseThrow().interval().contains(QUEUE.exactWait()) ? 1 : 0;
        }
        System.out.println("M/M/1: the 95% interval covers the truth in " + covered + " of 1,000 studies");
        assertTrue(covered >= 930 && covered <= 970, covered + " of 1000");
    }

    @Test
    void difference_withCommonRandomNumbers_isTighterThanOfIndependentRuns() {
        var faster = new LindleyQueue(0.5, 1.05, 500);
        Difference paired = pair(faster, Seeding.COMMON);
        Difference independent = pair(faster, Seeding.INDEPENDENT);

        assertTrue(paired.paired());
        assertFalse(independent.paired());
        double factor = independent.interval().halfWidth() / paired.interval().halfWidth();
        assertTrue(factor > 2, "factor " + factor);
        double exact = faster.exactWait() - QUEUE.exactWait();
        assertTrue(paired.interval().contains(exact), paired + " and " + exact);
        assertTrue(independent.interval().contains(exact), independent + " and " + exact);
    }

    private static Difference pair(LindleyQueue faster, Seeding seeding) {
        return queue("slow", QUEUE)
                .variant(Variant.of("fast", faster))
                .stop(StoppingRule.replications(50))
                .seeding(seeding)
                .build()
                .run()
                .difference("slow", "fast", "wait");
    }

    @ParameterizedTest
    @EnumSource(Seeding.class)
    void run_onAnyNumberOfThreads_givesTheSameBits(Seeding seeding) {
        ExperimentResult one = many(1, seeding);
        for (int threads : new int[] {2, 8}) {
            ExperimentResult other = many(threads, seeding);
            for (String variant : List.of("a", "b", "c")) {
                assertArrayEquals(one.values(variant, "wait"), other.values(variant, "wait"));
                assertEquals(one.summary(variant, "wait"), other.summary(variant, "wait"));
            }
        }
    }

    private static ExperimentResult many(int threads, Seeding seeding) {
        return queue("a", QUEUE)
                .variant(Variant.of("b", new LindleyQueue(0.6, 1, 50)))
                .variant(Variant.of("c", new LindleyQueue(0.7, 1, 2_000)))
                .stop(StoppingRule.relativeHalfWidth("wait", 0.1).between(5, 300))
                .seeding(seeding)
                .threads(threads)
                .build()
                .run();
    }

    @Test
    void seed_common_isSharedByVariantsAndNeverByReplications() {
        Experiment common = queue("a", QUEUE).variant(Variant.of("b", QUEUE)).build();
        assertEquals(common.seed(0, 3), common.seed(1, 3));
        assertTrue(common.seed(0, 3) != common.seed(0, 4));
        Experiment independent = queue("a", QUEUE)
                .variant(Variant.of("b", QUEUE))
                .seeding(Seeding.INDEPENDENT)
                .build();
        assertTrue(independent.seed(0, 3) != independent.seed(1, 3));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void stop_atATarget_endsAtTheFirstReplicationThatReachesIt(int threads) {
        var rule = StoppingRule.relativeHalfWidth("wait", 0.05).between(5, 1_000);
        ExperimentResult result =
                queue("a", QUEUE).stop(rule).threads(threads).build().run();
        int count = result.replications();
        Summary summary = result.summary("a", "wait").orElseThrow();
        assertTrue(summary.halfWidth() <= 0.05 * summary.mean(), summary.toString());

        ExperimentResult less = queue("a", QUEUE)
                .stop(StoppingRule.replications(count - 1))
                .build()
                .run();
        Summary before = less.summary("a", "wait").orElseThrow();
        assertTrue(before.halfWidth() > 0.05 * before.mean(), before.toString());
    }

    @Test
    void stop_atABudget_beginsNoFurtherReplicationButEndsTheOnesBegun() {
        Trial slow = seed -> {
            Thread.sleep(5);
            return QUEUE.run(seed);
        };
        ExperimentResult result = queue("a", slow)
                .variant(Variant.of("b", slow))
                .stop(StoppingRule.replications(100_000).between(1, 100_000).within(Duration.ofMillis(100)))
                .threads(2)
                .build()
                .run();
        assertTrue(result.replications() >= 1 && result.replications() < 1_000, result.replications() + " done");
        assertEquals(2L * result.replications(), result.runs());
    }

    @Test
    void run_thatFails_isReportedAndTheOthersGoOn() {
        Trial fragile = seed -> {
            if (seed % 2 == 0) {
                throw new IllegalStateException("even");
            }
            return QUEUE.run(seed);
        };
        var calls = new AtomicInteger();
        ExperimentResult result = queue("sound", QUEUE)
                .variant(Variant.of("fragile", fragile))
                .stop(StoppingRule.replications(40))
                .watcher((run, of) -> calls.incrementAndGet())
                .build()
                .run();
        assertEquals(80, calls.get());
        assertEquals(40, result.summary("sound", "wait").orElseThrow().count());
        assertEquals(
                40 - result.failed(),
                result.summary("fragile", "wait").orElseThrow().count());
        assertTrue(result.failed() > 5);
        RunRecord first = result.failures().get(0);
        assertEquals("fragile", first.name());
        assertEquals("java.lang.IllegalStateException: even", first.failure().orElseThrow());
        assertEquals(0, first.seed() % 2);
        assertTrue(first.toString().contains("seed " + first.seed()), first.toString());
        assertEquals(
                40 - result.failed(),
                result.difference("sound", "fragile", "wait").replications());
    }

    @Test
    void effects_ofAdditiveAxes_areTheirOwn() {
        var axes = List.<Axis>of(
                new Axis.Choice("big", List.of("0", "100")), new Axis.Choice("small", List.of("0", "1", "2")));
        var experiment = Experiment.named("effects").stop(StoppingRule.replications(10));
        for (Map<String, String> point : Design.grid(axes)) {
            double sum =
                    point.values().stream().mapToDouble(Double::parseDouble).sum();
            experiment.variant(new Variant(point.toString(), point, seed -> MetricSet.builder()
                    .put("y", sum + QUEUE.run(seed).value("wait"), "1")
                    .build()));
        }
        List<AxisEffect> effects = experiment.build().run().effects("y");
        assertEquals(
                List.of("big", "small"), effects.stream().map(AxisEffect::axis).toList());
        assertEquals(100, effects.get(0).spread(), 1e-9);
        assertEquals(2, effects.get(1).spread(), 1e-9);
        assertEquals(3, effects.get(1).levels().size());
    }

    @Test
    void watcher_ofRunsOfUnequalLength_seesThemInOrder() {
        List<Long> order = new ArrayList<>();
        Experiment.named("ring")
                .variant(Variant.of("a", seed -> {
                    Thread.sleep(Math.floorMod(seed, 3));
                    return QUEUE.run(seed);
                }))
                .stop(StoppingRule.replications(300))
                .threads(8)
                .watcher((run, of) -> order.add(run.run()))
                .build()
                .run();
        assertEquals(300, order.size());
        for (int i = 0; i < 300; i++) {
            assertEquals(i, order.get(i));
        }
    }

    @Test
    void build_twoVariantsOfOneName_isRefused() {
        var builder = queue("a", QUEUE).variant(Variant.of("a", QUEUE));
        var e = assertThrows(IllegalArgumentException.class, builder::build);
        assertTrue(String.valueOf(e.getMessage()).contains("variant name (a)"), e.toString());
    }

    @Test
    void summary_ofAMisspeltVariant_namesTheNearest() {
        ExperimentResult result = queue("round-robin", QUEUE).build().run();
        var e = assertThrows(IllegalArgumentException.class, () -> result.summary("round-robbin", "wait"));
        assertTrue(String.valueOf(e.getMessage()).contains("Maybe \"round-robin\""), e.toString());
    }

    private static Experiment.Builder queue(String name, Trial trial) {
        return Experiment.named("queues").variant(Variant.of(name, trial)).stop(StoppingRule.replications(20));
    }

    @Test
    void run_failureFromElsewhere_isToldInItsOwnWords() {
        String told = TrialFailure.reason(new IllegalStateException("even"));
        var result = Experiment.named("elsewhere")
                .variant(Variant.of("one", seed -> {
                    throw new TrialFailure(told);
                }))
                .stop(StoppingRule.replications(2))
                .build()
                .run();

        assertEquals("java.lang.IllegalStateException: even", told);
        assertEquals(told, result.failures().get(0).failure().orElseThrow());
    }
}
