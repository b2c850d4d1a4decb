package org.motleysim.workloads.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Table;

/** What a report says of the mechanisms that a service uses beside batching: prefix cache, pools, sessions, autoscaler, tenants. */
final class MechanismTables {
    private static final List<Column> FOUR =
            List.of(Column.text(""), Column.number(""), Column.text(""), Column.number(""));

    private final LlmServing serving;
    private final String prefix;
    private final MetricSet metrics;

    /** @param prefix what stands before the names of its metrics */
    MechanismTables(LlmServing serving, String prefix, MetricSet metrics) {
        this.serving = serving;
        this.prefix = prefix;
        this.metrics = metrics;
    }

    /** The tables of those that it uses. */
    List<Table> all() {
        return Stream.of(prefixCache(), tierBelow(), pools(), sessions(), scaling(), tenants())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Table> prefixCache() {
        return serving.prefixCaching()
                ? Optional.of(table(
                        "Prefix cache",
                        List.of(
                                row(
                                        "prompt tokens found",
                                        metric("prefix.tokens.cached"),
                                        "share found",
                                        share("prefix.hit_rate")),
                                row(
                                        "prompt tokens computed",
                                        metric("prefix.tokens.computed"),
                                        "blocks evicted",
                                        metric("prefix.evictions")))))
                : Optional.empty();
    }

    private Optional<Table> tierBelow() {
        return serving.kvOffload().isPresent()
                ? Optional.of(table(
                        "KV blocks in the tier below",
                        List.of(row(
                                "blocks written",
                                metric("kv.offload.blocks.written"),
                                "blocks fetched",
                                metric("kv.offload.blocks.fetched")))))
                : Optional.empty();
    }

    private Optional<Table> pools() {
        return serving.decodePool().isPresent()
                ? Optional.of(table(
                        "Handed over from prefill to decode",
                        List.of(
                                row("sequences", metric("handoff.count"), "bytes", metric("handoff.bytes")),
                                row(
                                        "time until it decodes, mean",
                                        metric("handoff.time.mean"),
                                        "time until it decodes, p99",
                                        metric("handoff.time.p99")),
                                row(
                                        "sent while the prompt was computed",
                                        metric("handoff.early"),
                                        "sent again after a failure",
                                        metric("handoff.restarted")))))
                : Optional.empty();
    }

    private Optional<Table> sessions() {
        if (metrics.find(prefix + "conversations.begun").isPresent()) {
            return Optional.of(table(
                    "Conversations",
                    List.of(
                            row(
                                    "begun",
                                    metric("conversations.begun"),
                                    "turns of one, mean",
                                    metric("conversations.turns.mean")),
                            row(
                                    "completed",
                                    metric("conversations.completed"),
                                    "ended by the context limit",
                                    metric("conversations.cut")))));
        }
        return metrics.find(prefix + "agents.begun").isPresent()
                ? Optional.of(table(
                        "Agents",
                        List.of(
                                row("begun", metric("agents.begun"), "time of one, mean", metric("agents.time.mean")),
                                row(
                                        "completed",
                                        metric("agents.completed"),
                                        "time of one, p99",
                                        metric("agents.time.p99")),
                                row(
                                        "broken",
                                        metric("agents.broken"),
                                        "deadline met",
                                        share("agents.deadline.attainment")))))
                : Optional.empty();
    }

    private Optional<Table> scaling() {
        return serving.autoscaler().isPresent()
                ? Optional.of(table(
                        "Autoscaling",
                        List.of(
                                row(
                                        "replicas rented, mean",
                                        metric("scaling.replicas.rented.mean"),
                                        "started",
                                        metric("scaling.starts")),
                                row(
                                        "replicas serving, mean",
                                        metric("scaling.replicas.serving.mean"),
                                        "stopped",
                                        metric("scaling.stops")))))
                : Optional.empty();
    }

    private Optional<Table> tenants() {
        if (serving.tenants().isEmpty()) {
            return Optional.empty();
        }
        List<List<Cell>> rows = new ArrayList<>();
        Stream.concat(Stream.of(Tenant.MAIN), serving.tenants().stream().map(Tenant::name))
                .forEach(name -> {
                    String own = "tenant." + name + ".";
                    rows.add(List.of(
                            Cell.text(name),
                            metric(own + "requests.finished"),
                            metric(own + "tokens.output"),
                            metric(own + "ttft.p50"),
                            metric(own + "ttft.p99"),
                            metric(own + "tpot.p99"),
                            share(own + "slo.attainment")));
                });
        return Optional.of(new Table(
                title("Tenants"),
                List.of(
                        Column.text("tenant"),
                        Column.number("finished"),
                        Column.number("output tokens"),
                        Column.number("TTFT p50"),
                        Column.number("TTFT p99"),
                        Column.number("TPOT p99"),
                        Column.number("SLO attainment")),
                rows));
    }

    private Table table(String words, List<List<Cell>> rows) {
        return new Table(title(words), FOUR, rows);
    }

    private static List<Cell> row(String left, Cell leftValue, String right, Cell rightValue) {
        return List.of(Cell.text(left), leftValue, Cell.text(right), rightValue);
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
}
