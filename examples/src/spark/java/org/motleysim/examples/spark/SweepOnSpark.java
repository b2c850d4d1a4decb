package org.motleysim.examples.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.motleysim.core.experiment.Experiment;
import org.motleysim.core.experiment.ResultStore;
import org.motleysim.core.experiment.TrialFailure;
import org.motleysim.core.experiment.Variant;
import org.motleysim.core.metric.Metric;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.report.OutputFolder;
import org.motleysim.workloads.scenario.Study;
import org.motleysim.workloads.scenario.StudyFile;
import org.motleysim.workloads.study.StudyResult;

/**
 * Runs a study on Apache Spark: the text of the study goes out, small records of metrics come back, in batches. What is written equals
 * what {@code motley study} writes, byte for byte, whatever the cluster. Files that the study names must be there, at the same path, on
 * every machine. Studies must have a fixed number of replications: a rule that stops early would throw work away.
 *
 * <p>On one machine the plain {@code motley study} is faster: see docs/studies.md, which also has the commands.
 */
public final class SweepOnSpark {
    /** Runs whose records are on their way at the same time, so that memory is bounded. */
    private static final int BATCH = 20_000;

    /** Studies that this machine has read, by their text: each is read once. */
    private static final Map<String, Experiment> READ = new ConcurrentHashMap<>();

    private SweepOnSpark() {}

    /** One run to do. */
    private record Job(String study, String folder, int variant, long seed) implements Serializable {}

    /** What came of it. */
    private record Outcome(int variant, long seed, List<Value> numbers, String failure) implements Serializable {}

    /** One metric. */
    private record Value(String name, double value, String unit) implements Serializable {}

    /** Runs the study {@code arguments[0]} and writes the folder {@code arguments[1]}; with {@code --resume} it goes on with the runs there. */
    public static void main(String[] arguments) throws IOException {
        List<String> args =
                Stream.of(arguments).filter(argument -> !argument.isBlank()).toList();
        boolean resume = args.size() == 3 && args.get(2).equals("--resume");
        if (args.size() != 2 && !resume) {
            throw new IllegalArgumentException(
                    "arguments (" + args + ") must be a study file and a folder, and --resume or nothing");
        }
        Path file = Path.of(args.get(0)).toAbsolutePath();
        Path out = Path.of(args.get(1));
        Study study = StudyFile.read(file);
        if (study.rule().metric().isPresent() || study.rule().budget().isPresent()) {
            throw new IllegalArgumentException("stop of " + file + " must be a number of replications");
        }
        if (study.search().isPresent()) {
            throw new IllegalArgumentException("search of " + file + " must be left to motley study: its steps are short, and wait for each other");
        }
        SparkConf configuration = new SparkConf().setAppName("motley study " + study.name()).setIfMissing("spark.master", "local[*]");
        try (var spark = new JavaSparkContext(configuration);
                var store = ResultStore.open(out, study.identity(), resume)) {
            var source = new Source(spark, study, Files.readString(file), folderOf(file));
            Experiment.Builder local = Experiment.named(study.name())
                    .stop(study.rule())
                    .seeding(study.seeding())
                    .seed(study.seed())
                    .wanted(study.named())
                    .threads(1); // runs are asked for in their order, and Spark has them ready
            List<Variant> variants = study.experiment().build().variants();
            for (int i = 0; i < variants.size(); i++) {
                int number = i;
                local.variant(new Variant(
                        variants.get(i).name(), variants.get(i).settings(), seed -> source.next(number, seed)));
            }
            var answer = new StudyResult(study, local.build().run(store))
                    .withExamples(Runtime.getRuntime().availableProcessors());
            try (var files = OutputFolder.open(out)) {
                answer.stage(files);
                files.commit();
            }
            System.out.print(answer.report().text());
        }
    }

    private static String folderOf(Path file) {
        return String.valueOf(file.getParent());
    }

    /** On a machine of the cluster. */
    private static Outcome run(Job job) {
        Experiment experiment = READ.computeIfAbsent(
                job.study, text -> StudyFile.parse(text, Path.of(job.folder)).experiment().build());
        try {
            List<Value> numbers = new ArrayList<>();
            for (Metric metric : experiment.variants().get(job.variant).trial().run(job.seed)) {
                numbers.add(new Value(metric.name(), metric.value(), metric.unit()));
            }
            return new Outcome(job.variant, job.seed, numbers, "");
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Exception | Error e) {
            return new Outcome(job.variant, job.seed, List.of(), TrialFailure.reason(e));
        }
    }

    /** Hands out what the cluster has run, in the order of the runs. */
    private static final class Source {
        private final JavaSparkContext spark;
        private final Study study;
        private final Experiment experiment;
        private final String text;
        private final String folder;
        private final Deque<Outcome> ready = new ArrayDeque<>();
        private long next;

        Source(JavaSparkContext spark, Study study, String text, String folder) {
            this.spark = spark;
            this.study = study;
            this.experiment = study.experiment().build();
            this.text = text;
            this.folder = folder;
        }

        MetricSet next(int variant, long seed) throws TrialFailure {
            // Runs that the folder has already are not asked for.
            while (!ready.isEmpty() && !isRun(ready.getFirst(), variant, seed)) {
                ready.removeFirst();
            }
            if (ready.isEmpty()) {
                skipTo(variant, seed);
                fill();
            }
            Outcome outcome = ready.removeFirst();
            if (!isRun(outcome, variant, seed)) {
                throw new IllegalStateException("run of variant " + variant + " with seed " + seed
                        + " must come next, not " + outcome.variant + " with " + outcome.seed);
            }
            Optional<String> failure = Optional.of(outcome.failure).filter(reason -> !reason.isEmpty());
            if (failure.isPresent()) {
                throw new TrialFailure(failure.get());
            }
            var metrics = MetricSet.builder();
            outcome.numbers.forEach(number -> metrics.put(number.name, number.value, number.unit));
            return metrics.build();
        }

        private static boolean isRun(Outcome outcome, int variant, long seed) {
            return outcome.variant == variant && outcome.seed == seed;
        }

        private void skipTo(int variant, long seed) {
            int variants = study.variants().size();
            long end = (long) study.rule().most() * variants;
            while (next < end
                    && (next % variants != variant || experiment.seed(variant, (int) (next / variants)) != seed)) {
                next++;
            }
        }

        /** The first replication is a batch of its own: a misspelt metric is told before the rest is run. */
        private void fill() {
            int variants = study.variants().size();
            long end = Math.min(next < variants ? variants : next + BATCH, (long) study.rule().most() * variants);
            List<Job> jobs = new ArrayList<>();
            for (long run = next; run < end; run++) {
                int variant = (int) (run % variants);
                jobs.add(new Job(text, folder, variant, experiment.seed(variant, (int) (run / variants))));
            }
            next = end;
            int slices = Math.min(jobs.size(), 8 * spark.defaultParallelism());
            ready.addAll(spark.parallelize(jobs, slices).map(SweepOnSpark::run).collect());
        }
    }
}
