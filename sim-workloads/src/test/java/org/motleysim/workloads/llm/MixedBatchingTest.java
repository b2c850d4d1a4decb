package org.motleysim.workloads.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.workloads.llm.batching.BatchLimits;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.batching.ChunkedPrefill;
import org.motleysim.workloads.llm.batching.ContinuousBatching;
import org.motleysim.workloads.llm.batching.MixedBatching;
import org.motleysim.workloads.llm.batching.OrcaBatching;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.traces.RequestTrace;

/** Iterations of 0.1 s and 1 ms more for each prompt token, so that every time can be worked out by hand. */
class MixedBatchingTest {
    private static RequestLog run(Batching batching, Bytes memory, RequestTrace trace) {
        LlmServing serving = LlmServing.of(Plain.MODEL)
                .replay(trace)
                .stepModel(Plain.steps(0.1, 0.001))
                .batching(batching)
                .memoryUtilization(1)
                .build();
        RunResult result =
                Scenario.of(Plain.cluster(1, memory), serving).build().run();
        return result.requests();
    }

    private static RequestTrace trace(double... arrivalPromptOutput) {
        int count = arrivalPromptOutput.length / 3;
        long[] arrivals = new long[count];
        int[] prompts = new int[count];
        int[] outputs = new int[count];
        for (int i = 0; i < count; i++) {
            arrivals[i] = Math.round(1e9 * arrivalPromptOutput[3 * i]);
            prompts[i] = (int) arrivalPromptOutput[3 * i + 1];
            outputs[i] = (int) arrivalPromptOutput[3 * i + 2];
        }
        return RequestTrace.of(arrivals, prompts, outputs);
    }

    private static MixedBatching mixed(int sequences, int tokens, boolean async) {
        return new MixedBatching(new BatchLimits(sequences, tokens, 16, 0), async);
    }

    @Test
    void asyncScheduling_aRequestDuringAnIteration_isInTheNextButOne() {
        // The first decodes from 0.2 s on; the second arrives at 0.25 s, within the iteration from 0.2 to 0.3 s.
        RequestTrace two = trace(0, 100, 10, 0.25, 100, 1);
        RequestLog sync = run(mixed(8, 512, false), Bytes.gibibytes(80), two);
        assertEquals(50_000_000L, sync.queueNanos(1));
        assertEquals(250_000_000L, sync.ttftNanos(1));
        RequestLog async = run(mixed(8, 512, true), Bytes.gibibytes(80), two);
        assertEquals(150_000_000L, async.queueNanos(1));
        assertEquals(350_000_000L, async.ttftNanos(1));
        // Decoding goes on as before: nine more tokens, one iteration with a prompt among them.
        assertEquals(200_000_000L + 8 * 100_000_000L + 200_000_000L, async.e2eNanos(0));
        assertEquals(sync.e2eNanos(0), async.e2eNanos(0));
    }

    @Test
    void asyncScheduling_onAnIdleDevice_waitsForNothing() {
        RequestLog log = run(mixed(8, 512, true), Bytes.gibibytes(80), trace(0, 100, 1, 1, 100, 2));
        assertEquals(200_000_000L, log.ttftNanos(0));
        assertEquals(0, log.queueNanos(1));
        assertEquals(300_000_000L, log.e2eNanos(1));
    }

    @Test
    void asyncScheduling_thePlaceOfAnEndedSequence_isFreeOneIterationLater() {
        // Two places: the first two requests end at 0.3 s and 0.5 s, the third waits from the start.
        RequestTrace three = trace(0, 50, 1, 0, 50, 4, 0, 100, 1);
        RequestLog sync = run(mixed(2, 512, false), Bytes.gibibytes(80), three);
        assertEquals(200_000_000L, sync.queueNanos(2));
        RequestLog async = run(mixed(2, 512, true), Bytes.gibibytes(80), three);
        assertEquals(300_000_000L, async.queueNanos(2));
    }

    @Test
    void plan_goesThroughRunningSequencesInOrder_promptsBeforeLaterDecodes() {
        // Limit of 100 tokens: the prompt of 250 takes 100, 100, 50; the second request gets what is left.
        RequestLog log = run(mixed(8, 100, false), Bytes.gibibytes(80), trace(0, 250, 2, 0, 60, 1));
        assertEquals(600_000_000L - 50_000_000L + 50_000_000L, log.ttftNanos(0));
        // 50 of its tokens in the third iteration, 10 beside a decode in the fourth.
        assertEquals(600_000_000L + 110_000_000L, log.ttftNanos(1));
    }

    @Test
    void plan_takesBlocksChunkByChunk_soThatAPromptStartsWhereChunkedPrefillWaits() {
        // Ten blocks; the first holds six for its prompt and one more from its 97th token on; the second needs five.
        BatchLimits limits = new BatchLimits(8, 64, 16, 0);
        Bytes memory = Plain.memoryForBlocks(10, 64, 8);
        RequestTrace two = trace(0, 95, 3, 0, 80, 1);
        RequestLog whole = run(new ChunkedPrefill(limits), memory, two);
        RequestLog chunks = run(new MixedBatching(limits, false), memory, two);
        // Second iteration: 31 tokens of the first prompt, 33 of the second, if that may start.
        assertEquals(164_000_000L, chunks.queueNanos(1));
        assertEquals(164_000_000L + 131_000_000L + 2 * 100_000_000L, whole.queueNanos(1));
    }

    @Test
    void plan_withoutABlockForAChunk_evictsTheLatest() {
        // Eight blocks of 16: the second prompt of 80 tokens starts with 32 and cannot go on beside the first of 95.
        BatchLimits limits = new BatchLimits(8, 64, 16, 0);
        RequestLog log =
                run(new MixedBatching(limits, false), Plain.memoryForBlocks(8, 64, 8), trace(0, 96, 3, 0, 80, 1));
        assertEquals(RequestStatus.FINISHED, log.status(1));
        assertEquals(1, log.preemptions(1));
        assertEquals(0, log.preemptions(0));
    }

    @Test
    void paddedPrompts_countAsLongAsTheLongest() {
        // 300 + 200 fit into 512 tokens; padded they are 2 x 300.
        BatchLimits limits = new BatchLimits(8, 512, 16, 0.01);
        RequestTrace two = trace(0, 300, 1, 0, 200, 1);
        RequestLog plain = run(new ContinuousBatching(limits), Bytes.gibibytes(80), two);
        assertEquals(0, plain.queueNanos(1));
        RequestLog padded = run(new ContinuousBatching(limits, true), Bytes.gibibytes(80), two);
        assertEquals(400_000_000L, padded.queueNanos(1));
    }

    @Test
    void orca_mixesWholePromptsWithDecodes_andReservesTheOutput() {
        // The second prompt joins the first decode; 0.2 s, then 0.1 + 0.06 s with both.
        BatchLimits limits = new BatchLimits(8, 512, 16, 0);
        RequestLog log = run(new OrcaBatching(limits), Bytes.gibibytes(80), trace(0, 100, 3, 0.1, 60, 2));
        assertEquals(100_000_000L, log.queueNanos(1));
        assertEquals(260_000_000L, log.ttftNanos(1));
        assertEquals(460_000_000L, log.e2eNanos(0));
        // Ten blocks of 16: 96 + 49 tokens and 32 + 17 need ten and four, so the second waits for the end of the first.
        RequestLog tight =
                run(new OrcaBatching(limits), Plain.memoryForBlocks(10, 512, 8), trace(0, 96, 50, 0, 32, 18));
        assertEquals(tight.e2eNanos(0), tight.queueNanos(1));
        assertEquals(0, tight.preemptions(0) + tight.preemptions(1));
    }
}
