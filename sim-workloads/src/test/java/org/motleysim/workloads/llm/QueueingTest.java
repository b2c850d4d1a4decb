package org.motleysim.workloads.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.batching.BatchLimits;
import org.motleysim.workloads.llm.batching.MixedBatching;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.traces.RequestTrace;

/** One place, iterations of 0.1 s and 1 ms more for each prompt token: who is served when can be worked out by hand. */
class QueueingTest {
    private static final RequestTrace THREE =
            RequestTrace.of(new long[] {0, 10_000_000, 20_000_000}, new int[] {100, 300, 50}, new int[] {1, 1, 1});

    private static LlmServing.Builder alone(RequestTrace trace) {
        return LlmServing.of(Plain.MODEL)
                .replay(trace)
                .stepModel(Plain.steps(0.1, 0.001))
                .batching(new MixedBatching(new BatchLimits(1, 1_024, 16, 0), false));
    }

    private static RunResult run(LlmServing serving) {
        return Scenario.of(Plain.cluster(1), serving).build().run();
    }

    @Test
    void shortestPrefill_letsTheShortPromptPass() {
        RequestLog fcfs = run(alone(THREE).build()).requests();
        assertEquals(200_000_000L - 10_000_000L, fcfs.queueNanos(1));
        assertEquals(600_000_000L - 20_000_000L, fcfs.queueNanos(2));
        RequestLog shortest =
                run(alone(THREE).queueing(Queueing.SHORTEST_PREFILL).build()).requests();
        assertEquals(200_000_000L - 20_000_000L, shortest.queueNanos(2));
        assertEquals(350_000_000L - 10_000_000L, shortest.queueNanos(1));
    }

    private static Tenant tenant(double arrival, int prompt) {
        RequestTrace one = RequestTrace.of(new long[] {Math.round(1e9 * arrival)}, new int[] {prompt}, new int[] {1});
        return Tenant.of("second", Arrivals.trace(one), RequestLengths.trace(one));
    }

    @Test
    void priority_theHeavierTenantGoesFirst() {
        Tenant second = tenant(0.02, 50).withWeight(2);
        RequestTrace two = RequestTrace.of(new long[] {0, 10_000_000}, new int[] {100, 300}, new int[] {1, 1});
        RunResult fcfs = run(alone(two).tenants(List.of(second)).build());
        assertEquals(190_000_000L, fcfs.requests().queueNanos(1));
        RunResult priority = run(
                alone(two).tenants(List.of(second)).queueing(Queueing.PRIORITY).build());
        assertEquals(340_000_000L, priority.requests().queueNanos(1));
        assertEquals(180_000_000L, priority.requests().queueNanos(2));
    }

    @Test
    void earliestDeadline_goesByArrivalAndObjective() {
        Tenant urgent = tenant(0.02, 50).withSlo(new Slo(Duration.ofMillis(200), Duration.ofSeconds(1)));
        RequestTrace two = RequestTrace.of(new long[] {0, 10_000_000}, new int[] {100, 300}, new int[] {1, 1});
        RunResult run = run(alone(two)
                .slo(new Slo(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .tenants(List.of(urgent))
                .queueing(Queueing.EARLIEST_DEADLINE)
                .build());
        assertEquals(180_000_000L, run.requests().queueNanos(2));
        assertEquals(340_000_000L, run.requests().queueNanos(1));
    }

    @Test
    void refuseLate_whatCannotBeInTimeIsRefusedOnArrival() {
        // An iteration of 1,024 prompt tokens takes 1.124 s, so a token 1.0977 ms. At 0.02 s, 450 tokens are before or
        // in it: 0.494 s.
        LlmServing.Builder service = alone(THREE).slo(new Slo(Duration.ofMillis(470), Duration.ofSeconds(1)));
        RunResult open = run(service.build());
        assertEquals(RequestStatus.FINISHED, open.requests().status(2));
        RunResult closed = run(service.refuseLate(true).build());
        assertEquals(RequestStatus.FINISHED, closed.requests().status(1));
        assertEquals(RequestStatus.BUSY, closed.requests().status(2));
        assertEquals(1, closed.metrics().value("requests.rejected"), 0);
    }

    @Test
    void orderedQueue_inRandomUse_isAPriorityQueue() {
        long seed = 20_261_125;
        Random random = new Random(seed);
        record Entry(int slot, long rank, long turn) {}
        long[] ranks = new long[2_000];
        OrderedQueue queue = new OrderedQueue(slot -> ranks[slot]);
        PriorityQueue<Entry> reference = new PriorityQueue<>((one, other) ->
                one.rank != other.rank ? Long.compare(one.rank, other.rank) : Long.compare(one.turn, other.turn));
        List<Integer> left = new ArrayList<>();
        long last = 0;
        long first = 0;
        int next = 0;
        for (int step = 0; step < 5_000; step++) {
            if (next < ranks.length && (reference.isEmpty() || random.nextInt(5) < 3)) {
                ranks[next] = random.nextInt(50);
                if (random.nextInt(4) == 0) {
                    queue.addFirst(next);
                    reference.add(new Entry(next, ranks[next], --first));
                } else {
                    queue.addLast(next);
                    reference.add(new Entry(next, ranks[next], ++last));
                }
                next++;
            } else if (!reference.isEmpty()) {
                assertEquals(reference.element().slot, queue.first(), "seed " + seed + ", step " + step);
                left.add(queue.removeFirst());
                reference.remove();
            }
            assertEquals(reference.size(), queue.size());
        }
        assertTrue(left.size() > 1_000);
    }
}
