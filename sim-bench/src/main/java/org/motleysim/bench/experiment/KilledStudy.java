package org.motleysim.bench.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.motleysim.core.experiment.Experiment;
import org.motleysim.core.experiment.ResultStore;
import org.motleysim.core.experiment.StoppingRule;
import org.motleysim.core.experiment.Trial;
import org.motleysim.core.experiment.Variant;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;

/**
 * Kills a study in a process of its own at random points, 20 times, and compares the bytes it ends with to those of an unbroken one.
 *
 * <pre>{@code java -cp sim-bench/target/benchmarks.jar org.motleysim.bench.experiment.KilledStudy}</pre>
 */
public final class KilledStudy {
    private static final int KILLS = 20;
    private static final int REPLICATIONS = 1_000;

    private KilledStudy() {}

    /** Without arguments: the whole test. With a folder: the study alone. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length > 0) {
            run(Path.of(arguments[0]), 3);
            return;
        }
        Path folder = Files.createTempDirectory("motley-killed");
        run(folder.resolve("whole"), 2);
        Path broken = folder.resolve("broken");
        RandomStream random = RandomStreams.of(1).stream("kill");
        for (int kill = 1; kill <= KILLS; kill++) {
            long lines = kill(broken, random.nextInt(300));
            System.out.printf(Locale.ROOT, "kill %2d after %,d lines%n", kill, lines);
        }
        run(broken, 2);
        boolean same = Arrays.equals(
                Files.readAllBytes(folder.resolve("whole").resolve("runs.jsonl")),
                Files.readAllBytes(broken.resolve("runs.jsonl")));
        System.out.println(same ? "the same bytes as an unbroken study" : "OTHER BYTES than an unbroken study");
        if (!same) {
            System.exit(1);
        }
    }

    private static long kill(Path folder, int millis) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledStudy.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
        Path runs = folder.resolve("runs.jsonl");
        long before = Files.exists(runs) ? Files.size(runs) : 0;
        while (process.isAlive() && (!Files.exists(runs) || Files.size(runs) <= before)) {
            Thread.sleep(1);
        }
        Thread.sleep(millis);
        process.destroyForcibly();
        process.waitFor(1, TimeUnit.MINUTES);
        return Files.readAllLines(runs).size();
    }

    private static void run(Path folder, int threads) throws IOException {
        try (ResultStore store = ResultStore.open(folder, "killed", true)) {
            Experiment.named("killed")
                    .variant(Variant.of("a", model(1)))
                    .variant(Variant.of("b", model(2)))
                    .stop(StoppingRule.replications(REPLICATIONS))
                    .threads(threads)
                    .build()
                    .run(store);
        }
    }

    private static Trial model(int scale) {
        return seed -> {
            Thread.sleep(Math.floorMod(seed, 12));
            double draw = RandomStreams.of(seed).stream("draw").nextExponential(scale);
            return MetricSet.builder().put("draw", draw, "s").build();
        };
    }
}
