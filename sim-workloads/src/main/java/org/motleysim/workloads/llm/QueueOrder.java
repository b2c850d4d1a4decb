package org.motleysim.workloads.llm;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.motleysim.core.engine.SimTime;

/** Who of those that wait is next in one run, and when a first token is due. Traffic is numbered: the service itself, then its tenants. */
final class QueueOrder {
    private final LlmServing serving;
    private final LiveRequests live;
    private final double[] weights;
    /** How many have a greater weight. */
    private final long[] precedence;
    /** What objectives allow until the first token; the largest number where there is no objective. */
    private final long[] ttftNanos;

    QueueOrder(LlmServing serving, LiveRequests live) {
        this.serving = serving;
        this.live = live;
        this.weights = DoubleStream.concat(
                        DoubleStream.of(1), serving.tenants().stream().mapToDouble(Tenant::weight))
                .toArray();
        this.precedence = Arrays.stream(weights)
                .mapToLong(own ->
                        Arrays.stream(weights).filter(other -> other > own).count())
                .toArray();
        this.ttftNanos = Stream.concat(
                        Stream.of(serving.slo()), serving.tenants().stream().map(Tenant::slo))
                .mapToLong(slo -> slo.map(own -> own.ttft().toNanos()).orElse(Long.MAX_VALUE))
                .toArray();
    }

    /** An empty queue for one replica. */
    RequestQueue queue() {
        return switch (serving.queueing()) {
            case FCFS -> new WaitingQueue();
            case FAIR -> new FairQueue(live, weights);
            case SHORTEST_PREFILL -> new OrderedQueue(live::prefillTokens);
            case PRIORITY -> new OrderedQueue(slot -> precedence[live.traffic[slot]]);
            case EARLIEST_DEADLINE -> new OrderedQueue(this::deadline);
        };
    }

    private long deadline(int slot) {
        long allowed = ttftNanos[live.traffic[slot]];
        return allowed == Long.MAX_VALUE ? Long.MAX_VALUE : live.arrivalNanos[slot] + allowed;
    }

    /** Whether a first token in so many seconds would be too late for requests of that traffic. */
    boolean late(int traffic, double seconds) {
        return ttftNanos[traffic] != Long.MAX_VALUE && seconds > SimTime.seconds(ttftNanos[traffic]);
    }
}
