package org.motleysim.bench.serving;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.ref.Reference;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.batching.BatchLimits;
import org.motleysim.workloads.llm.batching.ChunkedPrefill;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.traces.RequestTrace;

/**
 * How fast serving is simulated: CPU time, iterations per second and peak heap of two scenarios.
 *
 * <ul>
 *   <li>{@code replay}: the 10,000 requests of {@code serving/peer_vidur/requests_s3_*.csv} on one A100 80GB, Llama-3-8B, chunked prefill of
 *       512 tokens, 128 sequences; the median of seven runs after five to warm up.
 *   <li>{@code million}: 1,000,000 requests of log-normal lengths over 100 such replicas, once, without a request log.
 *   <li>{@code slice}: parts of a week at 100 requests per second on 24 such replicas, each twice as long as the one before: what is still
 *       used of the heap after a collection must not grow with the length.
 *   <li>{@code shared}: the replay with prefix caching, where each prompt is a stream of its own, so that all is looked up and nothing found.
 * </ul>
 *
 * <pre>
 * mvn -q -DskipTests package
 * java -Xmx256m -XX:+UseSerialGC -Dmotley.data=FOLDER -cp sim-bench/target/benchmarks.jar org.motleysim.bench.serving.ServingSpeed replay
 * java -Xmx4g -XX:+UseSerialGC -cp sim-bench/target/benchmarks.jar org.motleysim.bench.serving.ServingSpeed million
 * </pre>
 *
 * <p>FOLDER is the data folder; the environment variable {@code MOTLEY_DATA} does as well.
 */
public final class ServingSpeed {
    private static final int WARMUP_RUNS = 5;
    private static final int MEASURED_RUNS = 7;
    private static final double NANOS = 1e9;

    private ServingSpeed() {}

    /** Runs the scenarios named, both when none is. */
    public static void main(String[] scenarios) throws IOException {
        for (String scenario :
                scenarios.length > 0 ? scenarios : new String[] {"replay", "million", "slice", "shared"}) {
            switch (scenario) {
                case "replay" -> replay();
                case "million" -> million();
                case "slice" -> slice();
                case "shared" -> shared();
                default ->
                    throw new IllegalArgumentException("scenario (" + scenario
                            + ") must be replay, million, slice or shared\nMaybe leave it out to run all.");
            }
        }
    }

    private static void replay() throws IOException {
        Optional<Path> file = requests();
        if (file.isEmpty()) {
            System.out.println("replay: skipped, no data folder (set -Dmotley.data or MOTLEY_DATA)");
            return;
        }
        LlmServing serving = serving().replay(RequestTrace.read(file.get())).build();
        Scenario scenario = Scenario.of(cluster(1), serving).build();
        for (int i = 0; i < WARMUP_RUNS; i++) {
            scenario.run();
        }
        Measurement[] runs = new Measurement[MEASURED_RUNS];
        for (int i = 0; i < runs.length; i++) {
            runs[i] = Measurement.of(scenario);
        }
        Arrays.sort(runs, (a, b) -> Double.compare(a.cpuSeconds, b.cpuSeconds));
        runs[MEASURED_RUNS / 2].print("replay");
    }

    private static void million() {
        LlmServing serving = serving()
                .arrivals(Arrivals.poisson(600))
                .lengths(RequestLengths.logNormal(700, 6_000, 130, 700).within(8_192))
                .requests(1_000_000)
                .routing(Routing.leastOutstanding())
                .loggedRequests(0)
                .build();
        Measurement.of(Scenario.of(cluster(100), serving).build()).print("million");
    }

    private static void slice() {
        for (int minutes = 5; minutes <= 40; minutes *= 2) {
            LlmServing serving = serving()
                    .arrivals(Arrivals.poisson(100))
                    .lengths(RequestLengths.logNormal(700, 6_000, 130, 700).within(8_192))
                    .routing(Routing.leastOutstanding())
                    .loggedRequests(0)
                    .build();
            Scenario scenario = Scenario.of(cluster(24), serving)
                    .horizon(Duration.ofMinutes(minutes))
                    .build();
            Measurement run = Measurement.of(scenario);
            run.print("slice of " + minutes + " min");
            System.gc();
            try {
                long used =
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
                System.out.printf(
                        Locale.ROOT,
                        "slice of %d min: %.1f MiB of the heap used after it, result included%n",
                        minutes,
                        used / (double) (1 << 20));
            } finally {
                Reference.reachabilityFence(run);
            }
        }
    }

    private static void shared() throws IOException {
        Optional<Path> file = requests();
        if (file.isEmpty()) {
            System.out.println("shared: skipped, no data folder (set -Dmotley.data or MOTLEY_DATA)");
            return;
        }
        LlmServing serving = serving()
                .replay(RequestTrace.read(file.get()))
                .prefixCaching(true)
                .build();
        Scenario scenario = Scenario.of(cluster(1), serving).build();
        for (int i = 0; i < WARMUP_RUNS; i++) {
            scenario.run();
        }
        Measurement.of(scenario).print("shared");
    }

    private static LlmServing.Builder serving() {
        return LlmServing.of(ModelSpec.builtIn("llama-3-8b"))
                .batching(new ChunkedPrefill(
                        BatchLimits.DEFAULT.withMaxSequences(128).withMaxBatchedTokens(512)));
    }

    private static Cluster cluster(int replicas) {
        return Cluster.builder("a100")
                .add(replicas, Catalog.builtIn().device("nvidia-a100-sxm-80gb"))
                .build();
    }

    private static Optional<Path> requests() throws IOException {
        String folder = System.getProperty("motley.data", System.getenv().getOrDefault("MOTLEY_DATA", ""));
        Path peer = Path.of(folder, "serving", "peer_vidur");
        if (folder.isEmpty() || !Files.isDirectory(peer)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(peer, "requests_s3_*.csv")) {
            for (Path file : files) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** One run: what it took. */
    private record Measurement(RunResult result, double cpuSeconds, double wallSeconds, long peakHeapBytes) {
        static Measurement of(Scenario scenario) {
            System.gc();
            heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
            long cpu = cpuNanos();
            long wall = System.nanoTime();
            RunResult result = scenario.run();
            double wallSeconds = (System.nanoTime() - wall) / NANOS;
            double cpuSeconds = (cpuNanos() - cpu) / NANOS;
            long peak =
                    heapPools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
            return new Measurement(result, cpuSeconds, wallSeconds, peak);
        }

        void print(String name) {
            double iterations = result.metrics().value("iterations");
            System.out.printf(
                    Locale.ROOT,
                    "%s: %.0f requests, %.0f iterations, %.2f s CPU, %.2f s wall, %.0f iterations/s of CPU, peak heap %.0f MiB, digest %s%n",
                    name,
                    result.metrics().value("requests.finished"),
                    iterations,
                    cpuSeconds,
                    wallSeconds,
                    iterations / cpuSeconds,
                    peakHeapBytes / (double) (1 << 20),
                    result.digestText());
        }

        private static Stream<MemoryPoolMXBean> heapPools() {
            return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
        }

        private static long cpuNanos() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }
    }
}
