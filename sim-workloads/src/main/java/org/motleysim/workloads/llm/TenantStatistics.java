package org.motleysim.workloads.llm;

import java.util.Optional;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.metric.LatencyHistogram;
import org.motleysim.core.metric.MetricSet;

/** What is observed of the requests of one tenant. Latencies cover requests that arrived after the warm-up. */
final class TenantStatistics {
    private final String prefix;
    private final long sloTtft;
    private final long sloTpot;
    private final boolean judges;
    private final long warmup;
    private final LatencyHistogram ttft = new LatencyHistogram();
    private final LatencyHistogram tpot = new LatencyHistogram();
    private final LatencyHistogram e2e = new LatencyHistogram();
    private long arrived;
    private long finished;
    private long refused;
    private long promptTokens;
    private long outputTokens;
    private long judged;
    private long good;

    TenantStatistics(String name, Optional<Slo> slo, long warmup) {
        this.prefix = "tenant." + name + ".";
        this.judges = slo.isPresent();
        this.sloTtft = slo.map(limit -> SimTime.nanos(limit.ttft())).orElse(Long.MAX_VALUE);
        this.sloTpot = slo.map(limit -> SimTime.nanos(limit.tpot())).orElse(Long.MAX_VALUE);
        this.warmup = warmup;
    }

    void arrived() {
        arrived++;
    }

    void refused(long now) {
        refused++;
        judged += now >= warmup ? 1 : 0;
    }

    void finished(LiveRequests live, int slot, long now) {
        finished++;
        promptTokens += live.promptTokens[slot];
        outputTokens += live.outputTokens[slot];
        long arrival = live.arrivalNanos[slot];
        if (arrival < warmup) {
            return;
        }
        long first = live.firstTokenNanos[slot] - arrival;
        int gaps = live.outputTokens[slot] - 1;
        ttft.record(first);
        e2e.record(now - arrival);
        long perToken = 0;
        if (gaps > 0) {
            perToken = (now - arrival - first + gaps / 2) / gaps;
            tpot.record(perToken);
        }
        judged++;
        good += first <= sloTtft && perToken <= sloTpot ? 1 : 0;
    }

    void put(MetricSet.Builder metrics) {
        metrics.put(prefix + "requests.arrived", (double) arrived, "1");
        metrics.put(prefix + "requests.finished", (double) finished, "1");
        metrics.put(prefix + "requests.refused", (double) refused, "1");
        metrics.put(prefix + "tokens.prompt", (double) promptTokens, "1");
        metrics.put(prefix + "tokens.output", (double) outputTokens, "1");
        latencies(metrics, "ttft", ttft);
        latencies(metrics, "tpot", tpot);
        latencies(metrics, "e2e", e2e);
        if (judges && judged > 0) {
            metrics.put(prefix + "slo.attainment", (double) good / judged, "1");
        }
    }

    private void latencies(MetricSet.Builder metrics, String name, LatencyHistogram histogram) {
        metrics.put(prefix + name + ".mean", histogram.meanSeconds(), "s");
        metrics.put(prefix + name + ".p50", histogram.quantileSeconds(0.50), "s");
        metrics.put(prefix + name + ".p99", histogram.quantileSeconds(0.99), "s");
    }
}
