package org.motleysim.workloads.scenario;

import java.util.List;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.core.report.Report;
import org.motleysim.hardware.network.LinkUse;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.RowLog;
import org.motleysim.workloads.llm.RequestLog;

/**
 * What came out of a run. Immutable.
 *
 * @param scenario what was run
 * @param digest 64 bits made of the order of all events and the bits of all metrics but {@code device.<name>.bound.*}: equal for equal runs, on every machine
 * @param metrics all metrics; the names are explained in docs/metrics.md
 * @param series curves over time
 * @param cdfs distributions
 * @param logs tables of rows, such as a {@link RequestLog} per serving workload
 * @param devices what each device did, in order of the cluster
 * @param conservation the conservation laws, all of which held
 */
public record RunResult(
        Scenario scenario,
        long digest,
        MetricSet metrics,
        List<Series> series,
        List<Cdf> cdfs,
        List<RowLog> logs,
        List<DeviceResult> devices,
        List<Balance> conservation) {
    /** Keeps its own copies of the lists. */
    public RunResult {
        series = List.copyOf(series);
        cdfs = List.copyOf(cdfs);
        logs = List.copyOf(logs);
        devices = List.copyOf(devices);
        conservation = List.copyOf(conservation);
    }

    /** The seed of the run. */
    public long seed() {
        return scenario.seed();
    }

    /** The digest as 16 hexadecimal digits. */
    public String digestText() {
        return String.format(java.util.Locale.ROOT, "%016x", digest);
    }

    /** The requests of the first serving workload; empty when there is none or its log is switched off. */
    public RequestLog requests() {
        for (RowLog log : logs) {
            if (log instanceof RequestLog requests) {
                return requests;
            }
        }
        return RequestLog.none();
    }

    /** What each link of the network has carried; empty for a network that has no links to speak of. */
    public List<LinkUse> links() {
        for (RowLog log : logs) {
            if (log instanceof LinkLog links) {
                return links.links();
            }
        }
        return List.of();
    }

    /** The result as a report for the console, CSV, JSON lines or a browser. */
    public Report report() {
        return RunReport.of(this);
    }
}
