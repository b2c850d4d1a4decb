package org.motleysim.workloads.federated.learning;

import java.util.List;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;

/** Rounds that only take time. */
final class NothingLearnt implements Learning.Run {
    @Override
    public void begin(int slot, int client, int model, int steps) {
        // Nothing.
    }

    @Override
    public void keep(int slot, int buffer, double weight, double worth) {
        // Nothing.
    }

    @Override
    public void forget(int slot) {
        // Nothing.
    }

    @Override
    public void average(int buffer, int model) {
        // Nothing.
    }

    @Override
    public void mix(int buffer, int model, double rate) {
        // Nothing.
    }

    @Override
    public void add(int buffer, int model, double rate, double over) {
        // Nothing.
    }

    @Override
    public void discard(int buffer) {
        // Nothing.
    }

    @Override
    public void merge(int[] models, double[] weights, int into) {
        // Nothing.
    }

    @Override
    public void meet(int one, int other) {
        // Nothing.
    }

    @Override
    public void copy(int from, int to) {
        // Nothing.
    }

    @Override
    public void version(long version, long nanos) {
        // Nothing.
    }

    @Override
    public double utility(int slot) {
        return Double.NaN;
    }

    @Override
    public boolean isDone() {
        return false;
    }

    @Override
    public void finish(MetricSet.Builder metrics, long nanos) {
        // Nothing.
    }

    @Override
    public List<Series> series() {
        return List.of();
    }

    @Override
    public void close() {
        // Nothing.
    }
}
