package org.motleysim.workloads.llm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Table;
import org.motleysim.hardware.cluster.Cluster;

/** One row per replica, added up from the request log. */
final class ReplicaTable {
    private static final List<Column> COLUMNS = List.of(
            Column.text("replica"),
            Column.text("devices"),
            Column.number("finished"),
            Column.number("output tokens"),
            Column.number("TTFT p50"),
            Column.number("TTFT p99"),
            Column.number("E2E p50"),
            Column.number("preemptions"),
            Column.number("energy"),
            Column.number("cost"));

    private static final class Sums {
        private int finished;
        private long outputTokens;
        private long preemptions;
        private double joules;
        private double usd;
        private long[] ttftNanos = {};
        private long[] e2eNanos = {};

        void add(RequestLog log, int row) {
            preemptions += log.preemptions(row);
            joules += log.joules(row);
            usd += log.usd(row);
            if (log.status(row) != RequestStatus.FINISHED) {
                return;
            }
            if (finished == ttftNanos.length) {
                int length = Math.max(64, finished * 2);
                ttftNanos = Arrays.copyOf(ttftNanos, length);
                e2eNanos = Arrays.copyOf(e2eNanos, length);
            }
            outputTokens += log.outputTokens(row);
            ttftNanos[finished] = log.ttftNanos(row);
            e2eNanos[finished++] = log.e2eNanos(row);
        }

        List<Cell> cells(int replica, String devices) {
            Arrays.sort(ttftNanos, 0, finished);
            Arrays.sort(e2eNanos, 0, finished);
            return List.of(
                    Cell.text(Integer.toString(replica)),
                    Cell.text(devices),
                    Cell.of(finished, "1"),
                    Cell.of((double) outputTokens, "1"),
                    quantile(ttftNanos, 0.50),
                    quantile(ttftNanos, 0.99),
                    quantile(e2eNanos, 0.50),
                    Cell.of((double) preemptions, "1"),
                    Cell.of(joules, "J"),
                    Cell.of(usd, "USD"));
        }

        /** The smallest value that at least this share of all is at or below. */
        private Cell quantile(long[] sorted, double share) {
            return finished == 0 ? Cell.absent() : Cell.of(sorted[(int) Math.ceil(share * finished) - 1] / 1e9, "s");
        }
    }

    private ReplicaTable() {}

    /** The table; empty when the log does not hold all requests. */
    static Optional<Table> of(String title, LlmServing serving, Cluster cluster, RequestLog log) {
        if (log.size() == 0 || log.omitted() > 0) {
            return Optional.empty();
        }
        List<String> devices = new ArrayList<>();
        for (ReplicaPlan plan : ReplicaPlan.of(serving, cluster)) {
            for (int i = 0; i < plan.replicas(); i++) {
                devices.add(plan.group().name());
            }
        }
        Sums[] sums = new Sums[devices.size()];
        Arrays.setAll(sums, i -> new Sums());
        for (int row = 0; row < log.size(); row++) {
            if (log.replica(row) >= 0) {
                sums[log.replica(row)].add(log, row);
            }
        }
        List<List<Cell>> rows = new ArrayList<>();
        for (int i = 0; i < sums.length; i++) {
            rows.add(sums[i].cells(i, devices.get(i)));
        }
        return Optional.of(new Table(title, COLUMNS, rows, true));
    }
}
