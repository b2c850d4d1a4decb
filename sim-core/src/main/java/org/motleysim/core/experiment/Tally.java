package org.motleysim.core.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.metric.Metric;

/**
 * Everything an experiment remembers of its runs, which it is told of in their order.
 *
 * <p>Means count all replications. Single values, which quantiles and paired differences need, are kept for the first
 * {@link #VALUES_KEPT} replications: as replications do not depend on each other, these are as good a sample as any, and memory does not
 * grow with their number.
 */
final class Tally {
    /** Replications whose single values are kept. */
    static final int VALUES_KEPT = 10_000;

    private static final int FAILURES_KEPT = 1_000;

    /** One metric of one variant. */
    private static final class Cell {
        private final SummaryStatistics statistics = new SummaryStatistics();
        private double[] values = new double[4];
        private int length;
        private int openPair = -1;
        private double first;

        /** Counts a value, or the mean of two that belong together once both are there. */
        void count(int replication, double value, boolean pairs) {
            if (!pairs) {
                statistics.addValue(value);
            } else if (replication % 2 == 0) {
                openPair = replication / 2;
                first = value;
            } else if (openPair == replication / 2) {
                statistics.addValue((first + value) / 2);
            }
        }

        void add(int replication, double value) {
            if (replication >= VALUES_KEPT) {
                return;
            }
            if (replication >= values.length) {
                values = Arrays.copyOf(values, Math.min(VALUES_KEPT, Math.max(replication + 1, 2 * values.length)));
            }
            Arrays.fill(values, length, replication, Double.NaN);
            values[replication] = value;
            length = replication + 1;
        }
    }

    private final List<Map<String, Cell>> cells = new ArrayList<>();
    private final Map<String, String> units = new LinkedHashMap<>();
    private final List<RunRecord> failures = new ArrayList<>();
    private final boolean pairs;
    private long failed;
    private long runs;

    Tally(int variants, Seeding seeding) {
        this.pairs = seeding == Seeding.ANTITHETIC;
        for (int i = 0; i < variants; i++) {
            cells.add(new LinkedHashMap<>());
        }
    }

    void add(RunRecord run) {
        runs++;
        if (run.metrics().isEmpty()) {
            failed++;
            if (failures.size() < FAILURES_KEPT) {
                failures.add(run);
            }
            return;
        }
        Map<String, Cell> row = cells.get(run.variant());
        for (Metric metric : run.metrics().get()) {
            units.putIfAbsent(metric.name(), metric.unit());
            Cell cell = row.computeIfAbsent(metric.name(), name -> new Cell());
            cell.count(run.replication(), metric.value(), pairs);
            cell.add(run.replication(), metric.value());
        }
    }

    long runs() {
        return runs;
    }

    long failed() {
        return failed;
    }

    List<RunRecord> failures() {
        return List.copyOf(failures);
    }

    List<String> metrics() {
        return List.copyOf(units.keySet());
    }

    Optional<String> unit(String metric) {
        return Optional.ofNullable(units.get(metric));
    }

    Optional<Summary> summary(int variant, String metric, double level) {
        @Nullable Cell cell = cells.get(variant).get(metric);
        return cell == null || cell.statistics.getN() == 0
                ? Optional.empty()
                : Optional.of(Summary.of(metric, units.getOrDefault(metric, "1"), cell.statistics, level));
    }

    /** By replication, NaN where there is none; empty when no replication has one. */
    double[] values(int variant, String metric) {
        @Nullable Cell cell = cells.get(variant).get(metric);
        return cell == null ? new double[0] : Arrays.copyOf(cell.values, cell.length);
    }
}
