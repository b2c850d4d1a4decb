package org.motleysim.examples.serving;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Table;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.RequestLog;
import org.motleysim.workloads.llm.batching.BatchLimits;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.batching.ChunkedPrefill;
import org.motleysim.workloads.llm.batching.ContinuousBatching;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.optable.VidurTables;
import org.motleysim.workloads.llm.routing.Replica;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.traces.RequestTrace;

/**
 * Runs of Vidur again, with its operator tables, its rule of composition, its limits and its router: what is left to differ is the
 * scheduler.
 *
 * <p>Vidur's "least outstanding requests" counts those that wait at a replica, not those that run there; so does the router here.
 */
final class VidurRuns {
    private static final BatchLimits LIMITS = new BatchLimits(128, 512, 16, 0.01);
    private static final Batching SARATHI = new ChunkedPrefill(LIMITS);
    private static final Batching VLLM = new ContinuousBatching(LIMITS.withMaxBatchedTokens(4_096), true);
    private static final Routing LEAST_WAITING = (request, replicas) -> replicas.byLowest(Replica::waiting);

    /** One run. */
    record Run(
            String name,
            String requests,
            String model,
            String tableModel,
            String gpu,
            String device,
            int tensorParallel,
            int replicas,
            Batching batching,
            String attention,
            boolean keptBack) {}

    static final List<Run> ALL = List.of(
            run(
                    "s1",
                    "s1_llama2-7b_a100_fixed2048x512",
                    "llama-2-7b",
                    "meta-llama/Llama-2-7b-hf",
                    "a100",
                    1,
                    1,
                    SARATHI,
                    "a100_llama2-7b_tp1",
                    false),
            run(
                    "s2_sarathi",
                    "s2_llama3-8b_a100_conv_q6",
                    "llama-3-8b",
                    "meta-llama/Meta-Llama-3-8B",
                    "a100",
                    1,
                    1,
                    SARATHI,
                    "a100_llama3-8b_tp1",
                    false),
            run(
                    "s2_vllm",
                    "s2_llama3-8b_a100_conv_q6",
                    "llama-3-8b",
                    "meta-llama/Meta-Llama-3-8B",
                    "a100",
                    1,
                    1,
                    VLLM,
                    "a100_llama3-8b_tp1",
                    false),
            run(
                    "s5_lor4",
                    "s5_llama3-8b_a100x4_code_q24",
                    "llama-3-8b",
                    "meta-llama/Meta-Llama-3-8B",
                    "a100",
                    1,
                    4,
                    SARATHI,
                    "a100_llama3-8b_tp1",
                    false),
            run(
                    "s3",
                    "s3_llama3-8b_a100_conv_q6_10k",
                    "llama-3-8b",
                    "meta-llama/Meta-Llama-3-8B",
                    "a100",
                    1,
                    1,
                    SARATHI,
                    "a100_llama3-8b_tp1",
                    true),
            run(
                    "s4",
                    "s4_llama2-70b_a100tp4_conv_q2",
                    "llama-2-70b",
                    "meta-llama/Llama-2-70b-hf",
                    "a100",
                    4,
                    1,
                    SARATHI,
                    "a100_llama2-70b_tp4",
                    true),
            run(
                    "s6",
                    "s6_llama2-70b_h100tp4_conv_q3",
                    "llama-2-70b",
                    "meta-llama/Llama-2-70b-hf",
                    "h100",
                    4,
                    1,
                    SARATHI,
                    "h100_llama2-70b_tp4",
                    true));

    static final String NOTE =
            "The same operator tables, rule of composition, limits, policy and router; what is left is the scheduler and what is"
                    + " assumed between the rows of the tables. Vidur asks a random forest, grown without a seed on each machine; Motley its average"
                    + " (`Interpolation.FOREST`). A forest grown again has other prices, so that a percent or two between the two says nothing of"
                    + " a scheduler.";

    static final String PARTING_NOTE =
            "The first request whose TTFT is not Vidur's by more than 0.1%: with the same tokens in the same iterations,"
                    + " so it is a price. The first that begins more than 5 ms apart: from there on the plans differ, because an iteration ended before"
                    + " an arrival on one side and after it on the other.";

    private static final double SAME_TTFT = 0.001;
    private static final double SAME_START_SECONDS = 0.005;

    private final Path serving;

    VidurRuns(Path serving) {
        this.serving = serving;
    }

    private static Run run(
            String name,
            String requests,
            String model,
            String tableModel,
            String gpu,
            int tensorParallel,
            int replicas,
            Batching batching,
            String attention,
            boolean keptBack) {
        return new Run(
                name,
                requests,
                model,
                tableModel,
                gpu,
                gpu.equals("a100") ? "nvidia-a100-sxm-80gb" : "nvidia-h100-sxm-80gb",
                tensorParallel,
                replicas,
                batching,
                attention,
                keptBack);
    }

    /** Runs it. */
    RunResult simulate(Run run) {
        Path peer = serving.resolve("peer_vidur");
        VidurTables tables = VidurTables.read(
                serving.resolve("ops/dense_ops_ms.csv"),
                run.gpu,
                run.tableModel,
                peer.resolve("attention_table_" + run.attention + ".csv"));
        if (run.tensorParallel > 1) {
            tables = tables.withCollectives(serving.resolve("ops/collectives_ms.csv"), run.gpu + "_dgx");
        }
        RequestTrace trace;
        try {
            trace = RequestTrace.read(peer.resolve("requests_" + run.requests + ".csv"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Cluster cluster = Cluster.builder(run.name)
                .add("gpu", run.tensorParallel * run.replicas, Catalog.builtIn().device(run.device))
                .network(NetworkModel.uniform(Bandwidth.gigabytesPerSecond(1e9), Duration.ZERO))
                .price(PriceModel.free())
                .build();
        LlmServing chat = LlmServing.of(ModelSpec.builtIn(run.model))
                .replay(trace)
                .stepModel(tables)
                .batching(run.batching)
                .routing(run.replicas > 1 ? LEAST_WAITING : Routing.roundRobin())
                .tensorParallel(run.tensorParallel)
                .build();
        return Scenario.of(cluster, chat).build().run();
    }

    /** All runs, the kept-back ones as predictions. */
    List<Comparison> comparisons() {
        Map<String, Map<String, String>> reference =
                Rows.byKey(serving.resolve("peer_vidur/results_summary.csv"), "run");
        List<Comparison> rows = new ArrayList<>();
        for (Run run : ALL) {
            RequestLog log = simulate(run).requests();
            Map<String, String> peer = run.keptBack ? Map.of() : reference.getOrDefault(run.name, Map.of());
            add(rows, run, "TTFT", "ttft", Latencies.ttft(log), peer);
            add(rows, run, "TPOT", "tpot", Latencies.tpot(log), peer);
            add(rows, run, "E2E", "e2e", Latencies.e2e(log), peer);
            rows.add(row(run, "tokens/s", tokensPerSecond(log), "tokens/s", peer.get("output_tokens_per_s"), 0.01));
        }
        return rows;
    }

    /** Output tokens over the time from zero to the last token, as the peer counts. */
    private static double tokensPerSecond(RequestLog log) {
        double tokens = 0;
        long end = 0;
        for (int row = 0; row < log.size(); row++) {
            tokens += log.outputTokens(row);
            end = Math.max(end, log.arrivalNanos(row) + log.e2eNanos(row));
        }
        return tokens / (end / 1e9);
    }

    private static void add(
            List<Comparison> rows, Run run, String figure, String key, Latencies own, Map<String, String> peer) {
        rows.add(row(run, figure + " mean", 1e3 * own.mean(), "ms", peer.get(key + "_mean_ms"), 0.02));
        rows.add(row(run, figure + " p50", 1e3 * own.quantile(0.5), "ms", peer.get(key + "_p50_ms"), 0.02));
        rows.add(row(run, figure + " p99", 1e3 * own.quantile(0.99), "ms", peer.get(key + "_p99_ms"), 0.05));
    }

    private static Comparison row(Run run, String figure, double own, String unit, @Nullable String peer, double goal) {
        return peer == null
                ? Comparison.prediction(run.name, figure, own, unit)
                : new Comparison(run.name, figure, Double.parseDouble(peer), own, unit, goal);
    }

    /** Where the runs part. */
    Table partings(String title) {
        List<Column> columns = List.of(
                Column.text("run"),
                Column.text("parts by"),
                Column.number("request"),
                Column.number("arrival"),
                Column.number("prompt"),
                Column.number("waited, Vidur"),
                Column.number("waited, Motley"),
                Column.number("TTFT, Vidur"),
                Column.number("TTFT, Motley"));
        List<List<Cell>> rows = new ArrayList<>();
        for (Run run : ALL) {
            if (run.keptBack) {
                continue;
            }
            RequestLog log = simulate(run).requests();
            List<Map<String, String>> peer = Rows.of(serving.resolve("peer_vidur/perrequest_" + run.name + ".csv"));
            first(run, "price", log, peer, (own, other) -> Math.abs(own.ttft / other.ttft - 1) > SAME_TTFT)
                    .ifPresent(rows::add);
            first(run, "plan", log, peer, (own, other) -> Math.abs(own.waited - other.waited) > SAME_START_SECONDS)
                    .ifPresent(rows::add);
        }
        return new Table(title, columns, rows);
    }

    private record Times(double waited, double ttft) {}

    private static Optional<List<Cell>> first(
            Run run, String by, RequestLog log, List<Map<String, String>> peer, BiPredicate<Times, Times> apart) {
        for (int id = 0; id < log.size(); id++) {
            Times own = new Times(log.queueNanos(id) / 1e9, log.ttftNanos(id) / 1e9);
            Times other = new Times(
                    Double.parseDouble(peer.get(id).getOrDefault("sched_delay_s", "NaN")),
                    Double.parseDouble(peer.get(id).getOrDefault("ttft_s", "NaN")));
            if (apart.test(own, other)) {
                return Optional.of(List.of(
                        Cell.text(run.name),
                        Cell.text(by),
                        Cell.text(Integer.toString(id)),
                        Cell.text(String.format(Locale.ROOT, "%.3f s", log.arrivalNanos(id) / 1e9)),
                        Cell.text(Integer.toString(log.promptTokens(id))),
                        millis(other.waited),
                        millis(own.waited),
                        millis(other.ttft),
                        millis(own.ttft)));
            }
        }
        return Optional.empty();
    }

    private static Cell millis(double seconds) {
        return Cell.text(String.format(Locale.ROOT, "%.2f ms", 1e3 * seconds));
    }
}
