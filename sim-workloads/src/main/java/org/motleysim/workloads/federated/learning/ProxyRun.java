package org.motleysim.workloads.federated.learning;

import java.util.Arrays;
import java.util.List;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.core.metric.TimeSeries;

/** Counts progress: each model has come some way, and what is averaged has come as far as the mean. */
final class ProxyRun implements Learning.Run {
    private final ConvergenceProxy law;
    private final double[] progress; // by model
    private double[] waiting = new double[1]; // worth, by buffer
    private final TimeSeries curve = new TimeSeries("proxy.progress", "1");
    private long reachedNanos = -1;
    private long now;

    ProxyRun(ConvergenceProxy law, int models) {
        this.law = law;
        this.progress = new double[models];
    }

    @Override
    public void begin(int slot, int client, int model, int steps) {
        // What a task is worth is known when it arrives.
    }

    @Override
    public void keep(int slot, int buffer, double weight, double worth) {
        if (buffer >= waiting.length) {
            waiting = Arrays.copyOf(waiting, 2 * buffer + 1);
        }
        waiting[buffer] += worth;
    }

    @Override
    public void forget(int slot) {
        // Nothing was learnt from it.
    }

    @Override
    public void average(int buffer, int model) {
        step(buffer, model, 1);
    }

    @Override
    public void mix(int buffer, int model, double rate) {
        step(buffer, model, rate);
    }

    @Override
    public void add(int buffer, int model, double rate, double over) {
        step(buffer, model, rate);
    }

    private void step(int buffer, int model, double rate) {
        double n = buffer < waiting.length ? rate * waiting[buffer] : 0;
        if (n > 0) {
            progress[model] += n / (n + law.half());
            waiting[buffer] = 0;
        }
    }

    @Override
    public void discard(int buffer) {
        if (buffer < waiting.length) {
            waiting[buffer] = 0;
        }
    }

    @Override
    public void merge(int[] models, double[] weights, int into) {
        double sum = 0;
        double all = 0;
        for (int i = 0; i < models.length; i++) {
            sum += weights[i] * progress[models[i]];
            all += weights[i];
        }
        progress[into] = sum / all;
    }

    @Override
    public void meet(int one, int other) {
        double mean = (progress[one] + progress[other]) / 2;
        progress[one] = mean;
        progress[other] = mean;
    }

    @Override
    public void copy(int from, int to) {
        progress[to] = progress[from];
    }

    @Override
    public void version(long version, long nanos) {
        now = nanos;
        curve.set(nanos, progress[0]);
        if (reachedNanos < 0 && isDone()) {
            reachedNanos = nanos;
        }
    }

    @Override
    public double utility(int slot) {
        return Double.NaN;
    }

    @Override
    public boolean isDone() {
        return progress[0] >= law.target();
    }

    @Override
    public void finish(MetricSet.Builder metrics, long nanos) {
        now = nanos;
        metrics.put("proxy.progress", progress[0], "1");
        metrics.put("proxy.target", law.target(), "1");
        metrics.put("proxy.time_to_target", reachedNanos < 0 ? Double.NaN : reachedNanos * 1e-9, "s");
    }

    @Override
    public List<Series> series() {
        return List.of(curve.freeze(now));
    }

    @Override
    public void close() {
        // Nothing to free.
    }
}
