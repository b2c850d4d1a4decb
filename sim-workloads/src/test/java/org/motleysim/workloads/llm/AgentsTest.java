package org.motleysim.workloads.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motleysim.core.random.Distribution;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.batching.BatchLimits;
import org.motleysim.workloads.llm.batching.ChunkedPrefill;
import org.motleysim.workloads.llm.batching.MixedBatching;
import org.motleysim.workloads.llm.session.AgentGraph;
import org.motleysim.workloads.llm.session.AgentGraph.Call;
import org.motleysim.workloads.llm.session.AgentGraph.Pause;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;

class AgentsTest {
    private static Distribution just(double value) {
        return Distribution.constant(value);
    }

    /** 10 ms an iteration, 1 ms a prompt token. */
    private static RunResult run(AgentGraph graph, int programs, boolean caching) {
        LlmServing serving = LlmServing.of(Plain.MODEL)
                .arrivals(Arrivals.fixed(0.001))
                .sessions(graph)
                .requests(programs)
                .stepModel(Plain.steps(0.010, 0.001))
                .prefixCaching(caching)
                .build();
        return Scenario.of(Plain.cluster(1), serving).build().run();
    }

    @Test
    void run_callToolCall_takesTheSumOfItsSteps() {
        AgentGraph graph = AgentGraph.of(
                        Call.of("plan", just(200), just(11)),
                        new Pause("search", List.of("plan"), just(3)),
                        Call.of("answer", just(50), just(21)).continues("plan").after("search"))
                .withDeadline(Duration.ofSeconds(4));
        RunResult result = run(graph, 2, false);
        double plan = 0.210 + 0.100;
        double answer = 0.010 + 0.261 + 0.200;
        assertEquals(plan + 3 + answer, result.metrics().value("agents.time.mean"), 1e-5);
        assertEquals(261, result.requests().promptTokens(1));
        assertEquals(1, result.metrics().value("agents.deadline.attainment"));
        RunResult cached = run(graph, 2, true);
        // 210 tokens of the plan are in the cache, 208 of them in full blocks.
        assertEquals(208, cached.requests().cachedTokens(1));
        assertEquals(plan + 3 + answer - 0.208, cached.metrics().value("agents.time.mean"), 1e-5);
        assertEquals(
                0,
                run(graph.withDeadline(Duration.ofMillis(3_500)), 2, false)
                        .metrics()
                        .value("agents.deadline.attainment"));
    }

    /** Four copies share the blocks of the prompt; the next step waits for all and continues the first. */
    @Test
    void run_copies_shareThePromptInTheCache() {
        AgentGraph graph = AgentGraph.of(
                Call.of("root", just(160), just(17)),
                Call.of("expand", just(16), just(33)).continues("root").copies(4),
                Call.of("judge", just(10), just(2)).continues("expand"));
        RunResult result = run(graph, 1, true);
        assertEquals(6, result.requests().size());
        // Each copy: 193 tokens of prompt. The root has 176 in the cache. Copies after the first also find what it
        // computes.
        assertEquals(176, result.requests().cachedTokens(1));
        assertEquals(192, result.requests().cachedTokens(2));
        assertEquals(192, result.requests().cachedTokens(4));
        // 193 + 32 of the first copy were fed: 14 blocks; the prompt is 193 + 33 + 10.
        assertEquals(236, result.requests().promptTokens(5));
        assertEquals(224, result.requests().cachedTokens(5));
    }

    @Test
    void graph_badParts_areRefused() {
        Call call = Call.of("a", just(1), just(1));
        assertThrows(IllegalArgumentException.class, () -> AgentGraph.of(call, call));
        assertThrows(IllegalArgumentException.class, () -> AgentGraph.of(call.after("b")));
        assertThrows(IllegalArgumentException.class, () -> AgentGraph.of(new Pause("p", List.of(), just(1))));
        assertThrows(
                IllegalArgumentException.class,
                () -> AgentGraph.of(new Pause("p", List.of(), just(1)), call.continues("p")));
        assertThrows(IllegalArgumentException.class, () -> call.copies(0));
    }

    @Test
    void anyProgram_keepsItsBooks() {
        Random random = new Random();
        double broken = 0;
        double cached = 0;
        for (long seed = 1; seed <= 1_000; seed++) {
            random.setSeed(seed);
            BatchLimits limits = new BatchLimits(1 + random.nextInt(12), 16 + random.nextInt(200), 8, 0);
            LlmServing serving = LlmServing.of(Plain.MODEL)
                    .arrivals(Arrivals.poisson(1 + random.nextInt(10)))
                    .sessions(graph(random))
                    .requests(1 + random.nextInt(12))
                    .stepModel(Plain.steps(0.005 + random.nextDouble() * 0.03, 1e-4))
                    .memoryUtilization(1)
                    .prefixCaching(random.nextBoolean())
                    .maxOutstanding(random.nextInt(3) == 0 ? 1 + random.nextInt(10) : Integer.MAX_VALUE)
                    .batching(random.nextBoolean() ? new ChunkedPrefill(limits) : new MixedBatching(limits, true))
                    .build();
            RunResult result = Scenario.of(
                            Plain.cluster(
                                    1 + random.nextInt(2),
                                    Plain.memoryForBlocks(
                                            20 + random.nextInt(30), limits.maxBatchedTokens(), limits.maxSequences())),
                            serving)
                    .seed(seed)
                    .build()
                    .run();
            assertTrue(result.conservation().stream().allMatch(Balance::holds), "seed " + seed);
            assertEquals(
                    result.metrics().value("agents.begun"),
                    result.metrics().value("agents.completed")
                            + result.metrics().value("agents.broken"),
                    "seed " + seed);
            broken += result.metrics().value("agents.broken");
            cached += result.metrics()
                    .find("prefix.tokens.cached")
                    .map(metric -> metric.value())
                    .orElse(0.0);
        }
        assertTrue(broken > 500 && cached > 50_000, broken + " broken, " + cached + " cached");
    }

    private static AgentGraph graph(Random random) {
        List<AgentGraph.Step> steps = new ArrayList<>();
        List<String> calls = new ArrayList<>();
        for (int i = 0, n = 1 + random.nextInt(7); i < n; i++) {
            List<String> after = new ArrayList<>();
            for (AgentGraph.Step step : steps) {
                if (random.nextInt(3) == 0) {
                    after.add(step.name());
                }
            }
            if (i > 0 && random.nextInt(3) == 0) {
                steps.add(new Pause("s" + i, after, Distribution.exponential(0.2)));
            } else {
                Optional<String> continues = calls.isEmpty() || random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(calls.get(random.nextInt(calls.size())));
                steps.add(new Call(
                        "s" + i,
                        after,
                        continues,
                        Distribution.uniform(1, 40),
                        Distribution.uniform(1, 20),
                        1 + random.nextInt(3)));
                calls.add("s" + i);
            }
        }
        return new AgentGraph(steps, Optional.of(Duration.ofSeconds(2)));
    }
}
