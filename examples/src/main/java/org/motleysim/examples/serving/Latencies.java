package org.motleysim.examples.serving;

import java.util.Arrays;
import java.util.function.LongFunction;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;
import org.motleysim.workloads.llm.RequestLog;

/** Seconds of one kind of latency, one per request. Quantiles are interpolated as NumPy does. */
final class Latencies {
    private final double[] seconds;

    Latencies(double[] seconds) {
        this.seconds = seconds;
    }

    static Latencies ttft(RequestLog log) {
        return of(log, row -> log.ttftNanos((int) row) / 1e9);
    }

    static Latencies e2e(RequestLog log) {
        return of(log, row -> log.e2eNanos((int) row) / 1e9);
    }

    /** Of the requests with more than one output token. */
    static Latencies tpot(RequestLog log) {
        return of(log, row -> {
            int id = (int) row;
            int gaps = log.outputTokens(id) - 1;
            return gaps == 0 ? Double.NaN : (log.e2eNanos(id) - log.ttftNanos(id)) / 1e9 / gaps;
        });
    }

    private static Latencies of(RequestLog log, LongFunction<Double> seconds) {
        double[] all = new double[log.size()];
        for (int row = 0; row < all.length; row++) {
            all[row] = seconds.apply(row);
        }
        return new Latencies(
                Arrays.stream(all).filter(value -> !Double.isNaN(value)).toArray());
    }

    double mean() {
        return Arrays.stream(seconds).average().orElse(Double.NaN);
    }

    double quantile(double share) {
        return new Percentile().withEstimationType(EstimationType.R_7).evaluate(seconds, 100 * share);
    }
}
