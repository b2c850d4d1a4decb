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
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.RequestLog;
import org.motleysim.workloads.llm.batching.BatchLimits;
import org.motleysim.workloads.llm.batching.MixedBatching;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.optable.LayerProfile;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.traces.RequestTrace;

/**
 * Runs of vLLM 0.19 again: its scheduler with its limits (2,048 tokens, 128 sequences, blocks of 16), each iteration priced by the profile
 * of the layers on that device.
 */
final class EngineRuns {
    static final String BARE_NOTE = "Nothing but the tables. Not counted in the goals.";

    private static final MixedBatching BATCHING = new MixedBatching(new BatchLimits(128, 2_048, 16, 0), true);

    /** One run; {@code measured} is the table of its requests, where it is told. */
    record Run(
            String name,
            String profile,
            boolean experts,
            String workload,
            String model,
            String device,
            int tensorParallel,
            Optional<String> measured) {}

    static final List<Run> ALL = List.of(
            new Run(
                    "RTX PRO 6000, Llama-3.1-8B",
                    "RTXPRO6000_Llama-3.1-8B_tp1",
                    false,
                    "Llama-3.1-8B",
                    "llama-3.1-8b",
                    "nvidia-rtx-pro-6000-blackwell-96gb",
                    1,
                    Optional.of("measured_vllm_RTXPRO6000_Llama-3.1-8B")),
            new Run(
                    "RTX 4090, Llama-3.1-8B",
                    "RTX4090_Llama-3.1-8B_tp1",
                    false,
                    "Llama-3.1-8B",
                    "llama-3.1-8b",
                    "nvidia-rtx-4090-24gb",
                    1,
                    Optional.empty()),
            new Run(
                    "2 x RTX PRO 6000, Qwen3-32B",
                    "RTXPRO6000_Qwen3-32B_tp2",
                    false,
                    "Qwen3-32B",
                    "qwen3-32b",
                    "nvidia-rtx-pro-6000-blackwell-96gb",
                    2,
                    Optional.empty()),
            new Run(
                    "RTX PRO 6000, Qwen3-30B-A3B",
                    "RTXPRO6000_Qwen3-30B-A3B-Instruct-2507_tp1",
                    true,
                    "Qwen3-30B-A3B",
                    "qwen3-30b-a3b",
                    "nvidia-rtx-pro-6000-blackwell-96gb",
                    1,
                    Optional.empty()));

    /** What is assumed. */
    static String note(Duration hostOverhead) {
        return String.format(
                Locale.ROOT,
                "Requests arrive as in their list. The scheduler is vLLM v1's with asynchronous scheduling and prefix caching. Host time per iteration is %.2f ms, what"
                        + " vLLM adds in the real deployments below, none of which has this device or is this run; nothing is fitted here, but what this run needs was seen before that source was chosen.",
                hostOverhead.toNanos() / 1e6);
    }

    private final Path serving;
    private final Duration hostOverhead;

    EngineRuns(Path serving, Duration hostOverhead) {
        this.serving = serving;
        this.hostOverhead = hostOverhead;
    }

    /** Runs it. */
    RunResult simulate(Run run) {
        Path profiles = serving.resolve("profiles");
        String stem = "profile_" + run.profile;
        LayerProfile profile = LayerProfile.read(
                        profiles.resolve(stem + "_dense.csv"),
                        profiles.resolve(stem + "_per_sequence.csv"),
                        profiles.resolve(stem + "_attention.csv"))
                .withHostOverhead(hostOverhead);
        if (run.experts) {
            profile = profile.withExperts(profiles.resolve(stem + "_moe.csv"));
        }
        RequestTrace trace;
        try {
            trace = RequestTrace.read(serving.resolve("traces/workload_" + run.workload + "_300req_10rps.csv"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Cluster cluster = Cluster.builder(run.name)
                .add("gpu", run.tensorParallel, Catalog.builtIn().device(run.device))
                .network(NetworkModel.uniform(Bandwidth.gigabytesPerSecond(1e9), Duration.ZERO))
                .price(PriceModel.free())
                .build();
        LlmServing chat = LlmServing.of(ModelSpec.builtIn(run.model))
                .replay(trace)
                .stepModel(profile)
                .batching(BATCHING)
                .prefixCaching(true)
                .tensorParallel(run.tensorParallel)
                .build();
        return Scenario.of(cluster, chat).build().run();
    }

    /** All runs, those without measurements as predictions. */
    List<Comparison> comparisons() {
        List<Comparison> rows = new ArrayList<>();
        for (Run run : ALL) {
            RequestLog log = simulate(run).requests();
            Optional<Measured> real = run.measured.map(name -> Measured.read(serving.resolve("e2e/" + name + ".csv")));
            add(rows, run, "TTFT", Latencies.ttft(log), real.map(Measured::ttft), true);
            add(rows, run, "TPOT", Latencies.tpot(log), real.map(Measured::tpot), false);
            add(rows, run, "E2E", Latencies.e2e(log), real.map(Measured::e2e), false);
        }
        return rows;
    }

    private static void add(
            List<Comparison> rows, Run run, String figure, Latencies own, Optional<Latencies> real, boolean meanOnly) {
        double unknown = Double.NaN;
        rows.add(new Comparison(
                run.name,
                figure + " mean",
                real.map(Latencies::mean).orElse(unknown) * 1e3,
                own.mean() * 1e3,
                "ms",
                meanOnly ? 0.10 : 0.05));
        for (double share : new double[] {0.5, 0.99}) {
            rows.add(new Comparison(
                    run.name,
                    figure + (share == 0.5 ? " p50" : " p99"),
                    real.map(known -> known.quantile(share)).orElse(unknown) * 1e3,
                    own.quantile(share) * 1e3,
                    "ms",
                    meanOnly ? unknown : 0.05));
        }
    }

    /** What an engine measured of its requests. */
    private record Measured(Latencies ttft, Latencies tpot, Latencies e2e) {
        static Measured read(Path file) {
            List<Map<String, String>> rows = Rows.of(file);
            double[] ttft = new double[rows.size()];
            double[] tpot = new double[rows.size()];
            double[] e2e = new double[rows.size()];
            for (int i = 0; i < ttft.length; i++) {
                Map<String, String> row = rows.get(i);
                double arrival = number(row, "arrival_s");
                double first = number(row, "first_token_s");
                double last = number(row, "last_token_s");
                ttft[i] = first - arrival;
                tpot[i] = (last - first) / (number(row, "output_tokens") - 1);
                e2e[i] = last - arrival;
            }
            return new Measured(new Latencies(ttft), new Latencies(tpot), new Latencies(e2e));
        }

        private static double number(Map<String, String> row, String column) {
            return Double.parseDouble(row.getOrDefault(column, "NaN"));
        }
    }
}
