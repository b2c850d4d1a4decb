package org.motleysim.workloads.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.motleysim.core.random.Distribution;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.llm.session.Conversations;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;

class ConversationsTest {
    /** 10 ms an iteration and 1 ms a prompt token; 64 tokens of system prompt, 100 of the user, 11 of an answer, 2 s to think. */
    private static RunResult run(boolean caching, int conversations, int turns) {
        LlmServing serving = LlmServing.of(Plain.MODEL)
                .arrivals(Arrivals.fixed(0.01))
                .lengths(RequestLengths.fixed(100, 11))
                .requests(conversations)
                .sessions(Conversations.of(Distribution.constant(turns), Distribution.constant(2))
                        .withSystemPrompt(64))
                .stepModel(Plain.steps(0.010, 0.001))
                .prefixCaching(caching)
                .build();
        return Scenario.of(Plain.cluster(1), serving).build().run();
    }

    @Test
    void run_threeTurns_promptsCarryTheHistory() {
        RequestLog log = run(false, 1, 3).requests();
        assertEquals(3, log.size());
        assertEquals(164, log.promptTokens(0));
        assertEquals(275, log.promptTokens(1));
        assertEquals(386, log.promptTokens(2));
        assertEquals(0.174 + 0.1, log.e2eNanos(0) / 1e9, 1e-6);
        assertEquals(100 + 0.274 + 2, log.arrivalNanos(1) / 1e9, 1e-6);
        assertEquals(0.285, log.ttftNanos(1) / 1e9, 1e-6);
    }

    @Test
    void run_withPrefixCaching_computesWhatIsNewAndTheOpenBlock() {
        RunResult result = run(true, 2, 2);
        RequestLog log = result.requests();
        // The first answer leaves 164 + 10 tokens in the cache: ten blocks of 16 are full.
        assertEquals(160, log.cachedTokens(1));
        assertEquals(0.010 + 0.001 * (275 - 160), log.ttftNanos(1) / 1e9, 1e-6);
        // The second conversation finds the system prompt and no more.
        assertEquals(64, log.cachedTokens(2));
        assertEquals(2, result.metrics().value("conversations.completed"));
        assertEquals(2, result.metrics().value("conversations.turns.mean"));
    }

    @Test
    void run_historyBeyondTheContext_cutsTheConversation() {
        // 8,192 tokens of context: 64 + 111 n fits for n up to 73.
        RunResult result = run(true, 1, 100);
        assertEquals(73, result.requests().size());
        assertEquals(1, result.metrics().value("conversations.cut"));
    }

    @Test
    void run_tooLongAtOnce_breaksTheConversation() {
        LlmServing serving = LlmServing.of(Plain.MODEL)
                .arrivals(Arrivals.fixed(1))
                .lengths(RequestLengths.fixed(9_000, 1))
                .requests(3)
                .sessions(Conversations.of(Distribution.constant(2), Distribution.constant(0)))
                .build();
        RunResult result = Scenario.of(Plain.cluster(1), serving).build().run();
        assertEquals(3, result.metrics().value("conversations.broken"));
        assertEquals(3, result.metrics().value("requests.rejected"));
    }

    /** Users who think for Z seconds and wait for R are X (Z + R) at a time: the interactive response time law. */
    @Test
    void run_manyUsers_keepTheInteractiveResponseTimeLaw() {
        int users = 50;
        LlmServing serving = LlmServing.of(Plain.MODEL)
                .arrivals(Arrivals.fixed(1e6))
                .lengths(RequestLengths.independent(Distribution.uniform(1, 50), Distribution.uniform(1, 50)))
                .requests(users)
                .sessions(Conversations.of(Distribution.constant(80), Distribution.exponential(5)))
                .stepModel(Plain.steps(0.010, 0.001))
                .prefixCaching(true)
                .build();
        RunResult result = Scenario.of(Plain.cluster(1), serving)
                .warmup(Duration.ofSeconds(60))
                .horizon(Duration.ofSeconds(360))
                .build()
                .run();
        double rate = result.metrics().value("throughput.requests");
        double cycle = 5 + result.metrics().value("e2e.mean");
        assertEquals(users, rate * cycle, 0.03 * users);
    }

    @Test
    void conversations_badParts_areRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Conversations(Distribution.constant(1), Distribution.constant(1), -1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Conversations(Distribution.constant(1), Distribution.constant(1), 0, 0));
    }
}
