package org.motleysim.workloads.llm.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.workloads.traces.RequestTrace;

class RequestLengthsTest {
    private static final long SEED = 7;
    private static final int COUNT = 200_000;

    @Test
    void logNormal_manySamples_haveTheMediansAndPercentiles() {
        int[][] sorted = sorted(RequestLengths.logNormal(400, 4_000, 150, 900));
        assertEquals(400, sorted[0][COUNT / 2], 0.02 * 400, "seed " + SEED);
        assertEquals(4_000, sorted[0][COUNT / 100 * 99], 0.04 * 4_000, "seed " + SEED);
        assertEquals(150, sorted[1][COUNT / 2], 0.02 * 150, "seed " + SEED);
        assertEquals(900, sorted[1][COUNT / 100 * 99], 0.04 * 900, "seed " + SEED);
    }

    /** The mean lengths and the medians of the 19,366 requests of the trace itself: 1154.7 and 211.1; 1020 and 129. */
    @Test
    void azureConversation_manySamples_haveTheMeansAndMediansOfTheTrace() {
        int[][] sorted = sorted(RequestLengths.builtIn("azure-2023-conversation"));
        assertEquals(1_020, sorted[0][COUNT / 2], 0.02 * 1_020, "seed " + SEED);
        assertEquals(129, sorted[1][COUNT / 2], 0.05 * 129, "seed " + SEED);
        assertEquals(1_154.7, Arrays.stream(sorted[0]).average().orElseThrow(), 0.05 * 1_154.7, "seed " + SEED);
        assertEquals(211.1, Arrays.stream(sorted[1]).average().orElseThrow(), 0.05 * 211.1, "seed " + SEED);
    }

    @Test
    void trace_lengths_repeatInOrder() {
        LengthProcess lengths = RequestLengths.trace(trace()).bind(stream());
        assertEquals("5/1 6/2 5/1", take(lengths, 3));
    }

    @Test
    void empirical_lengths_keepPromptAndOutputTogether() {
        LengthProcess lengths = RequestLengths.empirical(trace()).bind(stream());
        for (int i = 0; i < 1_000; i++) {
            lengths.next();
            assertEquals(4, lengths.promptTokens() - lengths.outputTokens());
        }
    }

    @Test
    void within_aContextLimit_cutsPromptThenOutput() {
        assertEquals("99/1", take(RequestLengths.fixed(500, 50).within(100).bind(stream()), 1));
        assertEquals("80/20", take(RequestLengths.fixed(80, 50).within(100).bind(stream()), 1));
        assertEquals("10/50", take(RequestLengths.fixed(10, 50).within(100).bind(stream()), 1));
    }

    @Test
    void descriptions_ofTheSameLengths_areEqual() {
        assertEquals(RequestLengths.logNormal(4, 8, 2, 3), RequestLengths.logNormal(4, 8, 2, 3));
        assertEquals(
                RequestLengths.builtIn("azure-2023-conversation"), RequestLengths.builtIn("azure-2023-conversation"));
    }

    @Test
    void badArguments_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> RequestLengths.fixed(0, 1));
        assertThrows(IllegalArgumentException.class, () -> RequestLengths.fixed(1, 0));
        assertThrows(
                IllegalArgumentException.class, () -> RequestLengths.fixed(1, 1).within(1));
        assertThrows(IllegalArgumentException.class, () -> RequestLengths.logNormal(0, 1, 1, 1));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> RequestLengths.builtIn("azure-2023-conversations"));
        assertTrue(String.valueOf(e.getMessage()).contains("Maybe \"azure-2023-conversation\"."), e.getMessage());
    }

    private static RequestTrace trace() {
        return RequestTrace.of(new long[] {0, 1}, new int[] {5, 6}, new int[] {1, 2});
    }

    private static String take(LengthProcess lengths, int count) {
        StringBuilder taken = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lengths.next();
            taken.append(lengths.promptTokens())
                    .append('/')
                    .append(lengths.outputTokens())
                    .append(' ');
        }
        return taken.toString().strip();
    }

    /** Prompts and outputs of many requests, each in rising order. */
    private static int[][] sorted(RequestLengths lengths) {
        LengthProcess process = lengths.bind(stream());
        int[] prompts = new int[COUNT];
        int[] outputs = new int[COUNT];
        IntStream.range(0, COUNT).forEach(i -> {
            process.next();
            prompts[i] = process.promptTokens();
            outputs[i] = process.outputTokens();
        });
        Arrays.sort(prompts);
        Arrays.sort(outputs);
        return new int[][] {prompts, outputs};
    }

    private static RandomStream stream() {
        return RandomStreams.of(SEED).stream("lengths");
    }
}
