package org.motleysim.core.metric;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.motleysim.core.name.NearestName;

/**
 * The frozen metrics of one run, in the order in which they were put. Immutable; equal to another with the same metrics in the same
 * order.
 *
 * <pre>{@code
 * var metrics = MetricSet.builder().put("throughput.requests", 11.9, "1/s").build();
 * double rate = metrics.value("throughput.requests");
 * }</pre>
 */
public final class MetricSet implements Iterable<Metric> {
    private final Map<String, Metric> metrics;

    private MetricSet(Map<String, Metric> metrics) {
        this.metrics = new LinkedHashMap<>(metrics);
    }

    /** Starts an empty set. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the value of a metric.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public double value(String name) {
        return require(name).value();
    }

    /**
     * Returns the unit of a metric.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public String unit(String name) {
        return require(name).unit();
    }

    /** Returns a metric, or empty when the run left none of that name. */
    public Optional<Metric> find(String name) {
        return Optional.ofNullable(metrics.get(name));
    }

    /** Returns the names in order. */
    public List<String> names() {
        return List.copyOf(metrics.keySet());
    }

    /** Returns how many metrics there are. */
    public int size() {
        return metrics.size();
    }

    /** Returns the metrics in order. */
    public Stream<Metric> stream() {
        return metrics.values().stream();
    }

    @Override
    public Iterator<Metric> iterator() {
        return List.copyOf(metrics.values()).iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MetricSet set
                && List.copyOf(metrics.values()).equals(List.copyOf(set.metrics.values()));
    }

    @Override
    public int hashCode() {
        return List.copyOf(metrics.values()).hashCode();
    }

    @Override
    public String toString() {
        return metrics.values().toString();
    }

    private Metric require(String name) {
        return find(name)
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "metric (\"" + name + "\") is not among the "
                                        + metrics.size() + " of this run"
                                        + NearestName.of(name, metrics.keySet())
                                                .map(near -> "\nMaybe \"" + near + "\".")
                                                .orElse(
                                                        "\nMaybe the run saw nothing to measure: a statistic of no observations is left out.")));
    }

    /** Collects metrics. */
    public static final class Builder {
        private final Map<String, Metric> metrics = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds a metric. NaN, the statistic of no observations, is left out: what was not measured can then be missed, but not
         * mistaken for a zero.
         *
         * @throws IllegalArgumentException if the name is taken or blank, or the value infinite
         */
        public Builder put(String name, double value, String unit) {
            if (metrics.containsKey(name)) {
                throw new IllegalArgumentException("metric (\"" + name + "\") must be put once only");
            }
            if (!Double.isNaN(value)) {
                metrics.put(name, new Metric(name, value, unit));
            }
            return this;
        }

        /** Adds all metrics of another set with {@code prefix} before their names. */
        public Builder putAll(String prefix, MetricSet other) {
            other.stream().forEach(metric -> put(prefix + metric.name(), metric.value(), metric.unit()));
            return this;
        }

        /** Freezes what was put so far. */
        public MetricSet build() {
            return new MetricSet(metrics);
        }
    }
}
