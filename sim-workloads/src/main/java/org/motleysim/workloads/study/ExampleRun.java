package org.motleysim.workloads.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.Series;
import org.motleysim.workloads.scenario.DeviceResult;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Study;

/**
 * One run of a variant with its own curves, which a study does not keep: it is run again for them.
 *
 * @param variant the number of the variant
 * @param seed its seed, that of replication 0
 * @param series curves over time, thinned for a small chart
 * @param cdfs distributions, thinned alike
 */
public record ExampleRun(int variant, long seed, List<Series> series, List<Cdf> cdfs) {
    /** More would make the page slow to load; any other run can be looked at by {@code motley study FILE --run}. */
    private static final int MOST = 24;

    private static final int FEWEST = 2;

    /** At most one run in so many is run again, but for the fewest. */
    private static final int SHARE = 8;

    private static final int POINTS = 150;

    /** Keeps its own lists. */
    public ExampleRun {
        series = List.copyOf(series);
        cdfs = List.copyOf(cdfs);
    }

    /** Runs the first replication of the variants that a reader will want to see: those on the front, the baselines, then in order. */
    static List<ExampleRun> of(StudyResult answer, int threads) {
        Study study = answer.study();
        int variants = study.variants().size();
        long most = Math.min(MOST, Math.max(FEWEST, answer.result().runs() / SHARE));
        Set<Integer> wanted = new LinkedHashSet<>(answer.front());
        Set<String> baselines = Set.copyOf(study.baselines().values());
        for (int i = 0; i < variants; i++) {
            if (baselines.contains(study.variants().get(i).name())) {
                wanted.add(i);
            }
        }
        for (int i = 0; i < variants; i++) {
            wanted.add(i);
        }
        var experiment = study.experiment().build();
        List<Integer> chosen = wanted.stream().limit(most).sorted().toList();
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, chosen.size()));
        try {
            List<Future<Optional<ExampleRun>>> runs = new ArrayList<>();
            for (int variant : chosen) {
                runs.add(pool.submit(() -> of(study, variant, experiment.seed(variant, 0))));
            }
            List<ExampleRun> examples = new ArrayList<>();
            for (Future<Optional<ExampleRun>> run : runs) {
                run.get().ifPresent(examples::add);
            }
            return examples;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run that is run again must end as it did", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            pool.shutdownNow();
        }
    }

    /** Empty when the run fails, which the study has told of. */
    private static Optional<ExampleRun> of(Study study, int variant, long seed) {
        try {
            RunResult result =
                    study.variants().get(variant).scenario().withSeed(seed).run();
            List<Series> series = new ArrayList<>();
            result.series().forEach(curve -> series.add(thinned(curve)));
            power(result).ifPresent(curve -> series.add(thinned(curve)));
            return Optional.of(new ExampleRun(
                    variant,
                    seed,
                    series,
                    result.cdfs().stream().map(ExampleRun::thinned).toList()));
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error failed) {
            return Optional.empty();
        }
    }

    /** What all devices draw together; their curves have the same times. */
    private static Optional<Series> power(RunResult result) {
        if (result.devices().isEmpty()) {
            return Optional.empty();
        }
        Series first = result.devices().get(0).power();
        double[] watts = new double[first.size()];
        for (DeviceResult device : result.devices()) {
            double[] own = device.power().values();
            Arrays.setAll(watts, i -> watts[i] + own[i]);
        }
        return Optional.of(new Series("power", "W", first.seconds(), watts));
    }

    /** Neighbours are averaged, which keeps the area under the curve. */
    private static Series thinned(Series curve) {
        int group = (curve.size() + POINTS - 1) / POINTS;
        return group <= 1
                ? curve
                : new Series(curve.name(), curve.unit(), means(curve.seconds(), group), means(curve.values(), group));
    }

    private static double[] means(double[] values, int group) {
        double[] means = new double[(values.length + group - 1) / group];
        Arrays.setAll(means, i -> Arrays.stream(values, i * group, Math.min(values.length, (i + 1) * group))
                .average()
                .orElse(Double.NaN));
        return means;
    }

    /** Keeps the points at which the share has risen by enough to see it, and the last. */
    private static Cdf thinned(Cdf cdf) {
        double[] values = cdf.values();
        double[] fractions = cdf.fractions();
        double[] keptValues = new double[values.length];
        double[] keptFractions = new double[values.length];
        int kept = 0;
        for (int i = 0; i < values.length; i++) {
            if (kept == 0 || i == values.length - 1 || fractions[i] - keptFractions[kept - 1] >= 1.0 / POINTS) {
                keptValues[kept] = values[i];
                keptFractions[kept++] = fractions[i];
            }
        }
        return new Cdf(cdf.name(), cdf.unit(), Arrays.copyOf(keptValues, kept), Arrays.copyOf(keptFractions, kept));
    }
}
