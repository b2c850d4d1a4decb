package org.motleysim.workloads.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motleysim.workloads.llm.batching.BatchLimits;
import org.motleysim.workloads.llm.batching.BatchPlan;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.batching.ChunkedPrefill;
import org.motleysim.workloads.llm.batching.ContinuousBatching;
import org.motleysim.workloads.llm.batching.StaticBatching;
import org.motleysim.workloads.llm.kv.CountedCache;
import org.motleysim.workloads.llm.kv.KvBlocks;
import org.motleysim.workloads.llm.kv.KvCache;
import org.motleysim.workloads.llm.step.Iteration;

/**
 * Schedules worked out by hand. An iteration reads {@code "A4 B*"}: four prefill tokens of A, one decode of B; in the order in which they were let
 * in.
 */
class BatchingScheduleTest {
    @Test
    void chunkedPrefill_threeRequests_fillsEachIterationBehindTheDecodes() {
        Replay replay = new Replay(new ChunkedPrefill(new BatchLimits(8, 8, 16, 0)), 100);
        replay.arrive(10, 3);
        replay.arrive(5, 2);
        replay.arrive(4, 1);
        assertEquals(List.of("A8", "A2 B5 C1", "A* B* C3", "A*"), replay.run());
    }

    @Test
    void chunkedPrefill_moreDecodesThanTokens_laterOnesWait() {
        Replay replay = new Replay(new ChunkedPrefill(new BatchLimits(8, 2, 16, 0)), 100);
        replay.arrive(1, 3);
        replay.arrive(1, 3);
        replay.arrive(1, 2);
        // Decodes come first and fill the iteration, so C has to wait until one of the others has ended.
        assertEquals(List.of("A1 B1", "A* B*", "A* B*", "C1", "C*"), replay.run());
    }

    @Test
    void continuous_newPrompt_stopsTheDecodes() {
        Replay replay = new Replay(new ContinuousBatching(new BatchLimits(8, 16, 16, 0)), 100);
        replay.arrive(10, 3);
        replay.arrive(6, 2);
        replay.arrive(4, 2);
        // A and B fill 16 tokens; C is a prompt that fits the next iteration, so nobody decodes in it.
        assertEquals(List.of("A10 B6", "C4", "A* B* C*", "A*"), replay.run());
    }

    @Test
    void continuous_firstComeFirstServed_noOvertaking() {
        Replay replay = new Replay(new ContinuousBatching(new BatchLimits(8, 16, 16, 0)), 100);
        replay.arrive(10, 2);
        replay.arrive(12, 1);
        replay.arrive(3, 1);
        // C would fit beside A, but B is before it.
        assertEquals(List.of("A10", "B12 C3", "A*"), replay.run());
    }

    @Test
    void continuous_maxSequences_isTheLimit() {
        Replay replay = new Replay(new ContinuousBatching(new BatchLimits(2, 100, 16, 0)), 100);
        replay.arrive(5, 2);
        replay.arrive(5, 3);
        replay.arrive(5, 1);
        assertEquals(List.of("A5 B5", "A* B*", "C5", "B*"), replay.run());
    }

    @Test
    void static_nextBatch_waitsForTheLastOfThePresentOne() {
        Replay replay = new Replay(new StaticBatching(new BatchLimits(2, 100, 16, 0)), 100);
        replay.arrive(5, 1);
        replay.arrive(5, 3);
        replay.arrive(5, 2);
        assertEquals(List.of("A5 B5", "B*", "B*", "C5", "C*"), replay.run());
    }

    @Test
    void continuous_cacheFull_preemptsTheLastAndRecomputesIt() {
        // Three blocks of 4 tokens. A and B take one each; the third goes to A when its first block is full.
        Replay replay = new Replay(new ContinuousBatching(new BatchLimits(8, 100, 4, 0)), 3);
        replay.arrive(4, 6);
        replay.arrive(4, 3);
        // Iteration 2: A's fifth token takes the last block, B finds none and is evicted with 1 of its 3 tokens
        // produced; it needs
        // 5 tokens = 2 blocks again, which are free when A has finished: at the end of iteration 6.
        assertEquals(List.of("A4 B4", "A*", "A*", "A*", "A*", "A*", "B5", "B*"), replay.run());
        assertEquals(1, replay.live.preemptions[1]);
        assertEquals(0, replay.live.preemptions[0]);
        assertEquals(List.of(6, 3), replay.tokensProduced());
        assertEquals(0, replay.kv.used());
    }

    @Test
    void chunkedPrefill_watermark_keepsTheNewcomerOut() {
        // 10 blocks of 4; half of them must stay free for a newcomer: A (4 blocks) enters, B (2) would leave 4 < 5.
        Replay replay = new Replay(new ChunkedPrefill(new BatchLimits(8, 100, 4, 0.5)), 10);
        replay.arrive(16, 2);
        replay.arrive(8, 1);
        assertEquals(List.of("A16", "A*", "B8"), replay.run());
    }

    @Test
    void plan_nonsense_isRefused() {
        Replay twice = new Replay(new ChunkedPrefill(BatchLimits.DEFAULT), 100) {
            @Override
            void plan(BatchPlan plan) {
                plan.admit(plan.nextPrefill());
                plan.decode(0);
            }
        };
        twice.arrive(5, 2);
        assertThrows(IllegalStateException.class, twice::run);
        Replay tooMuch = new Replay(new ChunkedPrefill(BatchLimits.DEFAULT), 100) {
            @Override
            void plan(BatchPlan plan) {
                plan.admit(plan.nextPrefill() + 1);
            }
        };
        tooMuch.arrive(5, 2);
        assertThrows(IllegalArgumentException.class, tooMuch::run);
    }

    @Test
    void preemptLast_ofAPlannedSequence_takesItOutOfTheIteration() {
        Replay replay = new Replay(new ChunkedPrefill(new BatchLimits(8, 100, 16, 0)), 100);
        replay.arrive(5, 2);
        replay.arrive(7, 2);
        replay.batch.beginPlan();
        replay.batch.admit(5);
        replay.batch.admit(7);
        replay.batch.preemptLast();
        assertEquals(5, replay.batch.plannedTokens());
        assertEquals(5, replay.batch.iteration().prefillTokens());
        assertEquals(1, replay.batch.iteration().sampled());
        assertEquals(1, replay.batch.waiting());
        assertEquals(7, replay.batch.nextPrefill());
    }

    /** Runs a policy over requests A, B, C ... that wait at the start, iteration by iteration, without time. */
    private static class Replay implements RunningBatch.Outcome {
        final LiveRequests live = new LiveRequests();
        final WaitingQueue waiting = new WaitingQueue();
        final KvCache kv;
        final RunningBatch batch;
        private final Batching batching;
        private int requests;
        private int unfinished;

        Replay(Batching batching, int blocks) {
            this.batching = batching;
            BatchLimits limits = batching.limits();
            this.kv = new CountedCache(new KvBlocks(blocks, limits.blockTokens(), limits.watermark()));
            this.batch =
                    new RunningBatch(limits, kv, live, waiting, Iteration.of(Plain.MODEL), false, SwapSpace.none());
        }

        void arrive(int prompt, int output) {
            waiting.addLast(live.add(requests++, 0, prompt, output));
            unfinished++;
        }

        void plan(BatchPlan plan) {
            batching.plan(plan);
        }

        List<String> run() {
            List<String> iterations = new ArrayList<>();
            for (long time = 0; unfinished > 0 && time < 1_000; time++) {
                batch.beginPlan();
                plan(batch);
                iterations.add(text());
                batch.complete(time, time + 1, 0, 0, this);
            }
            return iterations;
        }

        List<Integer> tokensProduced() {
            List<Integer> tokens = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                tokens.add(live.produced[i]);
            }
            return tokens;
        }

        private String text() {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < batch.running(); i++) {
                if (batch.planned(i) > 0) {
                    line.append(line.isEmpty() ? "" : " ")
                            .append((char) ('A' + batch.request(i)))
                            .append(batch.prefillLeft(i) > 0 ? String.valueOf(batch.planned(i)) : "*");
                }
            }
            return line.toString();
        }

        @Override
        public void firstToken(int slot, long nanos) {}

        @Override
        public void gap(long nanos, int count) {}

        @Override
        public void finished(int slot, long nanos) {
            unfinished--;
        }
    }
}
