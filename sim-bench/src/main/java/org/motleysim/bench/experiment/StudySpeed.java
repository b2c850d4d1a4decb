package org.motleysim.bench.experiment;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.motleysim.core.experiment.Experiment;
import org.motleysim.core.experiment.ExperimentResult;
import org.motleysim.core.experiment.ResultStore;
import org.motleysim.core.experiment.StoppingRule;
import org.motleysim.core.experiment.Variant;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;

/**
 * What a study costs beside its runs: many runs of a short model, results written. The model is an M/M/1 queue by Lindley's recursion, long
 * enough to take 0.2 ms.
 *
 * <pre>{@code
 * java -Xmx256m -cp sim-bench/target/benchmarks.jar org.motleysim.bench.experiment.StudySpeed 20000 2
 * java -Xmx256m -cp sim-bench/target/benchmarks.jar org.motleysim.bench.experiment.StudySpeed 1000000 2
 * }</pre>
 */
public final class StudySpeed {
    private static final int VARIANTS = 20;
    private static final double MODEL_MILLIS = 0.2;

    private StudySpeed() {}

    /** Arguments: runs (20,000), threads (2), folder (a temporary one). */
    public static void main(String[] arguments) throws IOException {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
        int threads = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
        int customers = customersFor(MODEL_MILLIS);
        Path folder = arguments.length > 2 ? Path.of(arguments[2]) : Files.createTempDirectory("motley-study");
        double alone = alone(Math.min(runs, 20_000), customers);
        System.out.printf(Locale.ROOT, "model  %,d customers, %.3f ms of CPU a run%n", customers, 1e3 * alone);
        for (int round = 0; round < (runs <= 100_000 ? 3 : 1); round++) {
            study(runs, threads, customers, folder.resolve("round-" + round), alone);
        }
        if (arguments.length <= 2) {
            delete(folder);
        }
    }

    private static void study(int runs, int threads, int customers, Path folder, double alone) throws IOException {
        var experiment = Experiment.named("speed")
                .threads(threads)
                .stop(StoppingRule.replications(Math.max(1, runs / VARIANTS)));
        for (int i = 0; i < VARIANTS; i++) {
            double load = 0.5 + 0.02 * i;
            experiment.variant(Variant.of("load " + i, seed -> queue(seed, load, customers)));
        }
        long start = System.nanoTime();
        double busy = cpuSeconds();
        ExperimentResult result;
        try (ResultStore store = ResultStore.open(folder, "speed " + runs + " " + customers, false)) {
            result = experiment.build().run(store);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        busy = cpuSeconds() - busy;
        Runtime runtime = Runtime.getRuntime();
        runtime.gc();
        System.out.printf(
                Locale.ROOT,
                "study  %,d runs on %d threads: %.2f s with results written (%,d bytes), %.2f s of CPU, of which the runs %.2f s; heap in use %d MB%n",
                result.runs(),
                threads,
                seconds,
                Files.size(folder.resolve("runs.jsonl")),
                busy,
                alone * runs,
                (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }

    private static MetricSet queue(long seed, double load, int customers) {
        RandomStreams streams = RandomStreams.of(seed);
        RandomStream arrivals = streams.stream("arrivals");
        RandomStream services = streams.stream("services");
        double wait = 0;
        double sum = 0;
        double most = 0;
        for (int i = 0; i < customers; i++) {
            sum += wait;
            most = Math.max(most, wait);
            wait = Math.max(0, wait + services.nextExponential(1) - arrivals.nextExponential(1 / load));
        }
        return MetricSet.builder()
                .put("wait.mean", sum / customers, "s")
                .put("wait.max", most, "s")
                .build();
    }

    /** Seconds of CPU a run takes, warm. */
    private static double alone(int runs, int customers) {
        double seconds = 0;
        for (int round = 0; round < 2; round++) {
            double start = cpuSeconds();
            double check = 0;
            for (int i = 0; i < runs; i++) {
                check += queue(i, 0.5 + 0.02 * (i % VARIANTS), customers).value("wait.mean");
            }
            seconds = (cpuSeconds() - start) / runs;
            if (Double.isNaN(check)) {
                throw new AssertionError("a mean is a number");
            }
        }
        return seconds;
    }

    /** Seconds of CPU of this process: the same however busy the machine is with other things. */
    private static double cpuSeconds() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }

    private static int customersFor(double millis) {
        int customers = 1_000;
        alone(2_000, customers);
        return (int) Math.round(customers * millis / (1e3 * alone(2_000, customers)));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
