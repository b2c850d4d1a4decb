package org.motleysim.workloads.llm;

import java.util.List;
import java.util.Optional;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.LatencyHistogram;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.core.metric.TimeSeries;
import org.motleysim.core.metric.TimeWeighted;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.llm.step.Iteration;
import org.motleysim.workloads.llm.step.IterationResult;

/**
 * What is observed of one serving workload in one run.
 *
 * <p>Counts and conservation cover the whole run. Latencies and the SLO cover requests that arrived at or after the end of the warm-up and
 * finished; rates and levels cover the time from there on. docs/metrics.md defines every name.
 */
final class ServingStatistics {
    private final long warmup;
    private final Optional<Slo> slo;
    private final long sloTtft;
    private final long sloTpot;
    private final int replicas;
    private final long kvBlocks;

    private final LatencyHistogram ttft = new LatencyHistogram();
    private final LatencyHistogram tpot = new LatencyHistogram();
    private final LatencyHistogram itl = new LatencyHistogram();
    private final LatencyHistogram e2e = new LatencyHistogram();
    private final LatencyHistogram queue = new LatencyHistogram();

    private final TimeWeighted running = new TimeWeighted();
    private final TimeWeighted waiting = new TimeWeighted();
    private final TimeWeighted kvUsed = new TimeWeighted();
    private final TimeSeries runningOverTime = new TimeSeries("batch", "1");
    private final TimeSeries waitingOverTime = new TimeSeries("requests.waiting", "1");
    private final TimeSeries kvOverTime = new TimeSeries("kv.occupancy", "1");
    private final TimeSeries outputsOverTime = new TimeSeries("throughput.output_tokens", "token/s");
    private final TimeSeries finishedOverTime = new TimeSeries("throughput.requests", "1/s");

    /** The whole run, never reset: one side of Little's law. */
    private final TimeWeighted inFlight = new TimeWeighted();

    /** The other side: seconds that requests have spent here. */
    private double sojournNanos;

    private long prompts;
    private long outputs;
    private long promptsMeasured;
    private long outputsMeasured;
    private long finishedMeasured;
    private long judged;
    private long good;
    private long goodTtft;
    private long goodTpot;

    private long iterationsMeasured;
    private long sequencesMeasured;
    private long largestBatch;
    private double highestOccupancy;
    private double flops;
    private double peakFlops;
    private double bytes;
    private double peakBytes;

    ServingStatistics(Optional<Slo> slo, long warmup, int replicas, long kvBlocks) {
        this.slo = slo;
        this.sloTtft = slo.map(limit -> SimTime.nanos(limit.ttft())).orElse(Long.MAX_VALUE);
        this.sloTpot = slo.map(limit -> SimTime.nanos(limit.tpot())).orElse(Long.MAX_VALUE);
        this.warmup = warmup;
        this.replicas = replicas;
        this.kvBlocks = kvBlocks;
    }

    /** The warm-up is over: levels are averaged from now on. */
    void warm(long now) {
        running.reset(now);
        waiting.reset(now);
        kvUsed.reset(now);
    }

    void inFlight(long now, int change) {
        inFlight.add(now, change);
    }

    void waiting(long now, int change) {
        if (change != 0) {
            waiting.add(now, change);
            waitingOverTime.set(now, waiting.level());
        }
    }

    void running(long now, int change, int blocks) {
        if (change != 0) {
            running.add(now, change);
            runningOverTime.set(now, running.level() / replicas);
        }
        if (blocks != 0) {
            kvUsed.add(now, blocks);
            kvOverTime.set(now, kvUsed.level() / kvBlocks);
        }
    }

    /** An iteration from {@code start} until now is over. */
    void iteration(
            long start, long now, Iteration iteration, IterationResult cost, StepPricing pricing, double occupancy) {
        if (start < warmup) {
            return;
        }
        long sequences = iteration.decodes() + iteration.prefillChunks();
        double seconds = SimTime.seconds(now - start);
        iterationsMeasured++;
        sequencesMeasured += sequences;
        largestBatch = Math.max(largestBatch, sequences);
        highestOccupancy = Math.max(highestOccupancy, occupancy);
        flops += cost.flops();
        bytes += cost.bytes();
        peakFlops += pricing.peakFlopsPerSecond() * seconds;
        peakBytes += pricing.peakBytesPerSecond() * seconds;
    }

    void outputs(long now, int tokens) {
        if (tokens == 0) {
            return;
        }
        outputs += tokens;
        outputsOverTime.add(now, tokens);
        if (now >= warmup) {
            outputsMeasured += tokens;
        }
    }

    void gap(long now, long nanos, int count) {
        if (now >= warmup) {
            itl.record(nanos, count);
        }
    }

    void firstToken(long now, int promptTokens) {
        prompts += promptTokens;
        if (now >= warmup) {
            promptsMeasured += promptTokens;
        }
    }

    void rejected(long now) {
        if (now >= warmup) {
            judged++;
        }
    }

    void unfinished(long arrival, long now) {
        sojournNanos += now - arrival;
    }

    void finished(LiveRequests live, int slot, long now) {
        long arrival = live.arrivalNanos[slot];
        long total = now - arrival;
        sojournNanos += total;
        finishedOverTime.add(now, 1);
        if (now >= warmup) {
            finishedMeasured++;
        }
        if (arrival < warmup) {
            return;
        }
        long first = live.firstTokenNanos[slot] - arrival;
        int gaps = live.outputTokens[slot] - 1;
        e2e.record(total);
        ttft.record(first);
        queue.record(live.firstScheduledNanos[slot] - arrival);
        long perToken = 0;
        if (gaps > 0) {
            perToken = (total - first + gaps / 2) / gaps;
            tpot.record(perToken);
        }
        judged++;
        boolean promptInTime = first <= sloTtft;
        boolean tokensInTime = perToken <= sloTpot;
        goodTtft += promptInTime ? 1 : 0;
        goodTpot += tokensInTime ? 1 : 0;
        good += promptInTime && tokensInTime ? 1 : 0;
    }

    /** The time that requests spent here must be the number in flight integrated over time. */
    Balance littlesLaw(long now) {
        return Balance.sums("request seconds (Little's law)", "s", inFlight.integralSeconds(now), sojournNanos / 1e9);
    }

    void put(MetricSet.Builder metrics, long now) {
        latencies(metrics, "ttft", ttft);
        latencies(metrics, "tpot", tpot);
        latencies(metrics, "itl", itl);
        latencies(metrics, "e2e", e2e);
        latencies(metrics, "queue", queue);
        metrics.put("tokens.prompt", (double) prompts, "1");
        metrics.put("tokens.output", (double) outputs, "1");
        double window = SimTime.seconds(Math.max(0, now - warmup));
        metrics.put("throughput.requests", finishedMeasured / window, "1/s");
        metrics.put("throughput.output_tokens", outputsMeasured / window, "token/s");
        metrics.put("throughput.total_tokens", (promptsMeasured + outputsMeasured) / window, "token/s");
        if (slo.isPresent()) {
            metrics.put("goodput", good / window, "1/s");
            metrics.put("slo.attainment", (double) good / judged, "1");
            metrics.put("slo.ttft.attainment", (double) goodTtft / judged, "1");
            metrics.put("slo.tpot.attainment", (double) goodTpot / judged, "1");
        }
        metrics.put("batch.mean", (double) sequencesMeasured / iterationsMeasured, "1");
        metrics.put("batch.max", (double) largestBatch, "1");
        metrics.put("requests.running.mean", running.mean(now), "1");
        metrics.put("requests.waiting.mean", waiting.mean(now), "1");
        metrics.put("kv.occupancy.mean", kvUsed.mean(now) / kvBlocks, "1");
        metrics.put("kv.occupancy.max", highestOccupancy, "1");
        metrics.put("mfu", flops / peakFlops, "1");
        metrics.put("mbu", bytes / peakBytes, "1");
    }

    List<Series> series(long now) {
        return List.of(
                outputsOverTime.freeze(now),
                finishedOverTime.freeze(now),
                runningOverTime.freeze(now),
                waitingOverTime.freeze(now),
                kvOverTime.freeze(now));
    }

    List<Cdf> cdfs() {
        return List.of(ttft.cdf("ttft"), tpot.cdf("tpot"), itl.cdf("itl"), e2e.cdf("e2e"), queue.cdf("queue"));
    }

    long outputTokens() {
        return outputs;
    }

    long promptTokens() {
        return prompts;
    }

    private static void latencies(MetricSet.Builder metrics, String name, LatencyHistogram histogram) {
        metrics.put(name + ".mean", histogram.meanSeconds(), "s");
        metrics.put(name + ".p50", histogram.quantileSeconds(0.50), "s");
        metrics.put(name + ".p90", histogram.quantileSeconds(0.90), "s");
        metrics.put(name + ".p95", histogram.quantileSeconds(0.95), "s");
        metrics.put(name + ".p99", histogram.quantileSeconds(0.99), "s");
    }
}
