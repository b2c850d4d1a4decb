package org.motleysim.workloads.llm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.core.quantity.Durations;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Section;
import org.motleysim.core.report.Section.CdfChart;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Headline;
import org.motleysim.core.report.Section.LineChart;
import org.motleysim.core.report.Section.Marker;
import org.motleysim.core.report.Section.Table;
import org.motleysim.core.report.Section.Tile;
import org.motleysim.hardware.cluster.Cluster;

/**
 * What a report says of one serving workload: how fast, how much, at what price, and the curves behind it.
 *
 * <p>All numbers are metrics of the run under their own names; nothing is computed here but the sums per replica, which come from the
 * request log.
 */
public final class ServingReport {
    private static final Map<String, String> LATENCIES = inOrder(
            "ttft", "time to first token (TTFT)",
            "tpot", "time per output token (TPOT)",
            "itl", "inter-token latency (ITL)",
            "e2e", "end to end (E2E)",
            "queue", "waiting in the queue");

    private final LlmServing serving;
    private final String prefix;
    private final MetricSet metrics;

    /**
     * Starts the report of a workload.
     *
     * @param serving the workload
     * @param prefix what stands before the names of its metrics and curves: empty, or its name and a dot
     * @param metrics the metrics of the run
     */
    public ServingReport(LlmServing serving, String prefix, MetricSet metrics) {
        this.serving = serving;
        this.prefix = prefix;
        this.metrics = metrics;
    }

    /** The numbers for the console and the top of the page. */
    public List<Section> numbers() {
        List<Section> sections = new ArrayList<>(List.of(headline(), latencies(), totals()));
        if (metrics.find(prefix + "failures").isPresent()) {
            sections.add(failures());
        }
        sections.addAll(new MechanismTables(serving, prefix, metrics).all());
        return sections;
    }

    /** The curves; those that the run did not record are left out. */
    public List<Section> charts(List<Series> series, List<Cdf> cdfs) {
        List<Section> charts = new ArrayList<>();
        Optional<Slo> slo = serving.slo();
        LATENCIES.forEach((name, words) -> {
            Optional<Double> objective =
                    switch (name) {
                        case "ttft" -> slo.map(limit -> seconds(limit.ttft()));
                        case "tpot" -> slo.map(limit -> seconds(limit.tpot()));
                        default -> Optional.empty();
                    };
            find(cdfs, name)
                    .map(cdf -> new CdfChart(
                            title("Distribution: " + words),
                            cdf.unit(),
                            List.of(cdf),
                            objective.map(value -> new Marker("SLO", value)).stream()
                                    .toList(),
                            ""))
                    .ifPresent(charts::add);
        });
        curve(series, "throughput.output_tokens", "Throughput: output tokens", "token/s")
                .ifPresent(charts::add);
        curve(series, "throughput.requests", "Throughput: finished requests", "1/s")
                .ifPresent(charts::add);
        curve(series, "batch", "Batch size: running requests per replica", "1").ifPresent(charts::add);
        curve(series, "requests.waiting", "Waiting requests, all replicas", "1").ifPresent(charts::add);
        curve(series, "replicas.up", "Replicas that are up", "1").ifPresent(charts::add);
        curve(series, "replicas.serving", "Replicas that serve", "1").ifPresent(charts::add);
        curve(series, "kv.occupancy", "KV-cache occupancy, all replicas", "%").ifPresent(charts::add);
        return charts;
    }

    /** When each replica ran what; empty when none ran anything. */
    public Optional<Section> timeline(IterationLog log) {
        return log.size() == 0 ? Optional.empty() : Optional.of(log.chart(title("Iterations of each replica")));
    }

    /** A row per replica; empty when the request log does not hold all requests. */
    public Optional<Table> replicas(Cluster cluster, RequestLog log) {
        return ReplicaTable.of(title("Replicas (warm-up included)"), serving, cluster, log);
    }

    /** The name of the workload. */
    public String name() {
        return serving.name();
    }

    private Headline headline() {
        List<Tile> tiles = new ArrayList<>();
        Optional<Slo> slo = serving.slo();
        tiles.add(new Tile(
                "TTFT p99",
                metric("ttft.p99"),
                slo.map(limit -> "objective " + Durations.format(limit.ttft())).orElse("")));
        tiles.add(new Tile(
                "TPOT p99",
                metric("tpot.p99"),
                slo.map(limit -> "objective " + Durations.format(limit.tpot())).orElse("")));
        if (slo.isPresent()) {
            tiles.add(new Tile("SLO attainment", share("slo.attainment"), "of requests meet both"));
            tiles.add(new Tile("Goodput", metric("goodput"), "requests that meet both"));
        }
        tiles.add(new Tile("Throughput", metric("throughput.output_tokens"), "output tokens"));
        tiles.add(new Tile("Energy", metric("energy.per_output_token"), "per output token"));
        tiles.add(new Tile("Cost", metric("cost.per_million_tokens"), "per million tokens"));
        return new Headline(prefix.isEmpty() ? "" : serving.name(), tiles);
    }

    private Table latencies() {
        List<String> statistics = List.of("mean", "p50", "p90", "p95", "p99");
        List<Column> columns = Stream.concat(
                        Stream.of(Column.text("")), statistics.stream().map(Column::number))
                .toList();
        List<List<Cell>> rows = new ArrayList<>();
        LATENCIES.forEach((name, words) -> rows.add(Stream.concat(
                        Stream.of(Cell.text(words)),
                        statistics.stream().map(statistic -> metric(name + "." + statistic)))
                .toList()));
        return new Table(title("Latency"), columns, rows);
    }

    private Table totals() {
        List<List<Cell>> rows = List.of(
                row(
                        "requests arrived",
                        metric("requests.arrived"),
                        "requests per second",
                        metric("throughput.requests")),
                row(
                        "finished",
                        metric("requests.finished"),
                        "output tokens per second",
                        metric("throughput.output_tokens")),
                row(
                        "rejected",
                        metric("requests.rejected"),
                        "all tokens per second",
                        metric("throughput.total_tokens")),
                row(
                        "in flight at the end",
                        metric("requests.in_flight"),
                        "TTFT objective met",
                        share("slo.ttft.attainment")),
                row("prompt tokens", metric("tokens.prompt"), "TPOT objective met", share("slo.tpot.attainment")),
                row("output tokens", metric("tokens.output"), "model FLOPs utilisation (MFU)", share("mfu")),
                row("batch size, mean", metric("batch.mean"), "memory bandwidth utilisation (MBU)", share("mbu")),
                row("batch size, largest", metric("batch.max"), "energy per request", metric("energy.per_request")),
                row(
                        "KV cache in use, mean",
                        share("kv.occupancy.mean"),
                        "cost per request",
                        metric("cost.per_request")),
                row(
                        "KV cache in use, largest",
                        share("kv.occupancy.max"),
                        "cost per million output tokens",
                        metric("cost.per_million_output_tokens")),
                row("preemptions", metric("preemptions"), "iterations", metric("iterations")));
        return new Table(
                title("Service"),
                List.of(Column.text(""), Column.number(""), Column.text(""), Column.number("")),
                rows);
    }

    private Table failures() {
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(row("failures of replicas", metric("failures"), "availability of replicas", share("availability")));
        rows.add(row("time down, all replicas", metric("downtime"), "requests given up", metric("requests.failed")));
        rows.add(row(
                "requests sent to another replica",
                metric("retries"),
                "waiting for any replica, mean",
                metric("requests.unplaced.mean")));
        rows.add(row(
                "iterations lost", metric("iterations.lost"), "iterations repeated", metric("iterations.repeated")));
        rows.add(row(
                "tokens computed for nothing",
                metric("tokens.wasted"),
                "energy for nothing, cluster",
                Cell.of(metrics, "energy.wasted")));
        rows.add(row(
                "silent corruptions",
                metric("upsets.silent"),
                "cost for nothing, cluster",
                Cell.of(metrics, "cost.wasted")));
        return new Table(
                title("Failures"),
                List.of(Column.text(""), Column.number(""), Column.text(""), Column.number("")),
                rows);
    }

    private Optional<LineChart> curve(List<Series> series, String name, String words, String unit) {
        return series.stream()
                .filter(curve -> curve.name().equals(prefix + name))
                .findFirst()
                .map(curve -> new LineChart(title(words), unit, List.of(curve)));
    }

    private Optional<Cdf> find(List<Cdf> cdfs, String name) {
        return cdfs.stream().filter(cdf -> cdf.name().equals(prefix + name)).findFirst();
    }

    private Cell metric(String name) {
        return Cell.of(metrics, prefix + name);
    }

    private Cell share(String name) {
        return Cell.share(metrics, prefix + name);
    }

    private String title(String words) {
        return prefix.isEmpty() ? words : serving.name() + ": " + words;
    }

    private static List<Cell> row(String left, Cell leftValue, String right, Cell rightValue) {
        return List.of(Cell.text(left), leftValue, Cell.text(right), rightValue);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static Map<String, String> inOrder(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return Collections.unmodifiableMap(map);
    }
}
