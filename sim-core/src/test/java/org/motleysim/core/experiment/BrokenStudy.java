package org.motleysim.core.experiment;

import java.io.IOException;
import java.nio.file.Path;

/** A study for a process of its own, to be killed: {@code main} takes its folder and the number of threads. */
final class BrokenStudy {
    static final int RUNS = 3 * 60;

    private BrokenStudy() {}

    public static void main(String[] arguments) throws IOException {
        run(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    }

    static ExperimentResult run(Path folder, int threads) throws IOException {
        try (ResultStore store = ResultStore.open(folder, "{\"name\": \"broken\"}", true)) {
            return Experiment.named("broken")
                    .variant(Variant.of("a", slow(new LindleyQueue(0.5, 1, 100))))
                    .variant(Variant.of("b", slow(new LindleyQueue(0.7, 1, 100))))
                    .variant(Variant.of("sometimes fails", seed -> {
                        if (seed % 5 == 0) {
                            throw new IllegalStateException("of this seed \"nothing\" comes");
                        }
                        return slow(new LindleyQueue(0.6, 1, 100)).run(seed);
                    }))
                    .stop(StoppingRule.replications(60))
                    .threads(threads)
                    .build()
                    .run(store);
        }
    }

    /** Runs of unequal length end out of order. */
    private static Trial slow(Trial trial) {
        return seed -> {
            Thread.sleep(Math.floorMod(seed, 17));
            return trial.run(seed);
        };
    }
}
