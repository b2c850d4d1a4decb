package org.motleysim.hardware.fitted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;

/**
 * Finds the coefficients of a fit: regularised least deviations of {@code log(measured / estimate)} from a
 * linear part and bumps. Deterministic.
 *
 * <p>Choices of the physics, relevance of features, width of the bumps, strength of the regularisation and kind of deviation are those, of a few, with the least error when whole
 * shapes are held out. A kind of kernel with few rows may lean on a fit of its relatives: it then learns only how it differs from them.
 */
public final class Fitting {
    private static final int PARTS = 5;
    private static final double[] WIDTHS = {1.5, 3, 6};
    private static final double[] STRENGTHS = {0.001, 0.01, 0.1, 1};
    private static final double[] LINEAR_STRENGTHS = {1e-6, 1e-2};
    /** With fewer rows left, a part is not judged. */
    private static final int FEWEST_SEEN = 6;

    private static final boolean[] NO_OR_YES = {false, true};
    private static final int TRIAL_CENTRES = 80;
    private static final double TRIAL_WIDTH = 6;

    /** Of what leans on relatives; theirs come on top. */
    private static final int CENTRES_OF_DIFFERENCE = 40;

    private final Samples samples;
    private final int most;

    /** What relatives predict of each sample, without having seen what each part holds out; the last one with all they know. */
    private final double[][] offsets;

    private Fitting(Samples samples, int most) {
        this(samples, most, new double[PARTS + 1][samples.size()]);
    }

    private Fitting(Samples samples, int most, double[][] offsets) {
        this.samples = samples;
        this.most = most;
        this.offsets = offsets;
    }

    /**
     * One measured kernel.
     *
     * @param spec the device it ran on
     * @param shape what is held out whole; devices if a class is fitted
     */
    public record Sample(DeviceSpec spec, Kernel kernel, double seconds, String shape) {}

    /**
     * What is fitted.
     *
     * @param devices names of the devices it will answer for, or the class
     * @param key what kernels it will answer for
     * @param samples at least 12, of two shapes or more: a fit that cannot be judged is not made
     * @param source the table of measurements
     * @param date written into the record
     */
    public record Task(List<String> devices, FitKey key, List<Sample> samples, String source, String date) {
        /** @throws IllegalArgumentException if there are fewer than 12 samples, or all have one shape */
        public Task {
            if (samples.size() < 12) {
                throw new IllegalArgumentException(
                        "samples of " + key + " (" + samples.size() + ") must be at least 12");
            }
            if (samples.stream().map(Sample::shape).distinct().count() < 2) {
                throw new IllegalArgumentException("shapes of " + key + " (one) must be at least 2\n"
                        + "Maybe measure other sizes: a fit is judged by shapes that it has not seen.");
            }
            devices = List.copyOf(devices);
            samples = List.copyOf(samples);
        }

        private boolean isClass() {
            return FittedKernels.isClass(devices.get(0));
        }

        private Task only(Predicate<Sample> wanted) {
            return new Task(devices, key, samples.stream().filter(wanted).toList(), source, date);
        }
    }

    /** A fit, and what it was made from. */
    public static final class Fit {
        private final Task task;
        private final Choice choice;

        private Fit(Task task, Choice choice) {
            this.task = task;
            this.choice = choice;
        }

        /** Returns the coefficients. */
        public FittedRecord record() {
            return choice.record(task);
        }

        /** Returns what was fitted. */
        public Task task() {
            return task;
        }
    }

    /**
     * Fits one kind of kernel.
     *
     * @param mostCentres of bumps; fewer if there are few samples
     * @throws IllegalArgumentException if no model looks at such shapes
     */
    public static Fit fit(Task task, int mostCentres) {
        return new Fit(task, choose(task, mostCentres));
    }

    /**
     * Returns a fit as it is or as a difference from relatives, whichever has the smallest error on shapes held out; those shapes are held
     * from the relatives too.
     *
     * @param relatives fits of kernels of the same family
     */
    public static Fit leaning(Fit alone, List<Fit> relatives) {
        Choice best = alone.choice;
        for (Fit one : relatives) {
            Choice leaning = leaning(alone.task, one);
            if (leaning.error() < best.error()) {
                best = leaning;
            }
        }
        return new Fit(alone.task, best);
    }

    private static Choice leaning(Task task, Fit relatives) {
        Choice of = relatives.choice;
        Samples theirs = of.fitting.samples;
        Samples samples =
                Samples.of(task.samples(), PARTS, theirs.physics()).standardised(theirs.mean(), theirs.scale());
        double[][] offsets = new double[PARTS + 1][];
        for (int part = 0; part < PARTS; part++) {
            Set<String> hidden = hidden(samples, task, part);
            offsets[part] = samples.values(of.solution(
                    row -> !hidden.contains(relatives.task.samples().get(row).shape())));
        }
        Regression.Solution whole = of.solution(row -> true);
        offsets[PARTS] = samples.values(whole);
        Choice leaning = best(new Fitting(samples, CENTRES_OF_DIFFERENCE, offsets), of.width);
        return new Choice(
                leaning.fitting,
                leaning.width,
                leaning.strength,
                leaning.linearStrength,
                leaning.absolute,
                leaning.errors,
                whole);
    }

    /**
     * Returns the errors on shapes held out also from the choice of physics, width and strength: what {@link FittedRecord#heldOut} would be
     * if settings were not those with the least of that very error. Takes five fits; relatives are not asked.
     */
    public static ErrorSummary nested(Task task, int mostCentres) {
        Samples parts = Samples.of(task.samples(), PARTS, Physics.USUAL);
        List<Double> errors = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            Set<String> hidden = hidden(parts, task, part);
            List<Sample> judged = task.samples().stream()
                    .filter(sample -> hidden.contains(sample.shape()))
                    .toList();
            if (!judged.isEmpty()) {
                Task seen = task.only(sample -> !hidden.contains(sample.shape()));
                for (double error : errors(choose(seen, mostCentres).record(seen), judged)) {
                    errors.add(error);
                }
            }
        }
        return ErrorSummary.of(errors.stream().mapToDouble(error -> error).toArray());
    }

    private static Set<String> hidden(Samples samples, Task task, int part) {
        Set<String> hidden = new HashSet<>();
        for (int row = 0; row < samples.size(); row++) {
            if (samples.part(row) == part) {
                hidden.add(task.samples().get(row).shape());
            }
        }
        return hidden;
    }

    private static Choice choose(Task task, int mostCentres) {
        Choice trial = null;
        for (Candidates.Candidate candidate : Candidates.of(task.key())) {
            Samples samples = Samples.of(task.samples(), PARTS, candidate.physics())
                    .standardised(candidate.weighted(), task.isClass());
            Fitting fitting = new Fitting(samples, Math.min(TRIAL_CENTRES, mostCentres));
            Choice choice = best(fitting, TRIAL_WIDTH);
            if (trial == null || choice.error() < trial.error()) {
                trial = choice;
            }
        }
        Samples samples = Objects.requireNonNull(trial, "there is a candidate").fitting.samples;
        return best(new Fitting(samples, mostCentres), WIDTHS);
    }

    private static Choice best(Fitting fitting, double... widths) {
        Choice best = null;
        for (double width : widths) {
            for (boolean absolute : NO_OR_YES) {
                for (Choice choice : fitting.heldOut(width, absolute)) {
                    if (best == null || choice.error() < best.error()) {
                        best = choice;
                    }
                }
            }
        }
        return Objects.requireNonNull(best, "there is a width");
    }

    /** Settings of a fit and the errors they lead to on rows that were held out; not a number for rows that could not be. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Choice(
            Fitting fitting,
            double width,
            double strength,
            double linearStrength,
            boolean absolute,
            double[] errors,
            Regression.@Nullable Solution relatives) {
        double error() {
            return judged(row -> true).mape();
        }

        private ErrorSummary judged(IntPredicate rows) {
            return ErrorSummary.of(IntStream.range(0, errors.length)
                    .filter(row -> rows.test(row) && !Double.isNaN(errors[row]))
                    .mapToDouble(row -> errors[row])
                    .toArray());
        }

        Regression.Solution solution(IntPredicate seen) {
            return fitting.regression(fitting.samples.rows(seen), PARTS, width, absolute)
                    .solve(strength, linearStrength);
        }

        FittedRecord record(Task task) {
            Samples samples = fitting.samples;
            Regression.Solution own = solution(row -> true);
            Regression.Solution solution = relatives == null ? own : own.plus(relatives);
            int[] all = samples.rows(row -> true);
            return new FittedRecord(
                    task.devices(),
                    task.key(),
                    samples.size(),
                    rounded(judged(row -> true)),
                    unseen(task),
                    task.source(),
                    task.date(),
                    samples.physics(),
                    samples.mean(),
                    samples.scale(),
                    samples.low(all),
                    samples.high(all),
                    solution.linear(),
                    width,
                    solution.centres(),
                    solution.weights(),
                    samples.least(all),
                    samples.most(all));
        }

        private List<FittedRecord.Unseen> unseen(Task task) {
            if (!task.isClass()) {
                return List.of();
            }
            List<String> names =
                    task.samples().stream().map(Sample::shape).distinct().toList();
            return names.stream()
                    .map(name -> new FittedRecord.Unseen(
                            name,
                            rounded(judged(
                                    row -> task.samples().get(row).shape().equals(name)))))
                    .toList();
        }
    }

    private static ErrorSummary rounded(ErrorSummary errors) {
        return new ErrorSummary(
                errors.rows(),
                rounded(errors.mape()),
                rounded(errors.median()),
                rounded(errors.p90()),
                rounded(errors.worst()));
    }

    private static double rounded(double value) {
        return Math.rint(value * 1e4) / 1e4;
    }

    /** Returns the relative errors of samples under a fit of others, for judging whole devices. */
    public static double[] errors(FittedRecord record, List<Sample> samples) {
        return samples.stream()
                .mapToDouble(sample -> {
                    Optional<Features> features =
                            FittedKernel.features(sample.kernel(), sample.spec(), record.physics());
                    FittedKernel fitted = new FittedKernel(record, features.orElseThrow(), "");
                    return Math.abs(fitted.seconds(sample.kernel()) / sample.seconds() - 1);
                })
                .toArray();
    }

    private Regression regression(int[] rows, int part, double width, boolean absolute) {
        return Regression.of(samples, offsets[part], rows, width, most, absolute);
    }

    /**
     * Returns the errors of all samples, each by a fit that did not see its part, for each strength. As in a query, what lies beyond the
     * seen range is judged by the value at its edge.
     */
    private List<Choice> heldOut(double width, boolean absolute) {
        int settings = STRENGTHS.length * LINEAR_STRENGTHS.length;
        double[][] errors = new double[settings][samples.size()];
        for (double[] row : errors) {
            Arrays.fill(row, Double.NaN);
        }
        for (int out = 0; out < PARTS; out++) {
            final int part = out;
            IntPredicate isOut = row -> samples.part(row) == part;
            int[] judged = samples.rows(isOut);
            int[] seen = samples.rows(isOut.negate());
            if (judged.length == 0 || seen.length < FEWEST_SEEN) {
                continue;
            }
            Regression regression = regression(seen, out, width, absolute);
            double[] low = samples.low(seen);
            double[] high = samples.high(seen);
            double least = samples.least(seen);
            double most = samples.most(seen);
            for (int s = 0; s < settings; s++) {
                Regression.Solution solution = regression.solve(strength(s), linearStrength(s));
                for (int row : judged) {
                    double predicted = solution.value(Range.clip(samples.x(row), low, high)) + offsets[out][row];
                    errors[s][row] =
                            Math.abs(StrictMath.exp(Range.clip(predicted, least, most) - samples.y()[row]) - 1);
                }
            }
        }
        return IntStream.range(0, settings)
                .mapToObj(s -> new Choice(this, width, strength(s), linearStrength(s), absolute, errors[s], null))
                .toList();
    }

    private static double strength(int setting) {
        return STRENGTHS[setting % STRENGTHS.length];
    }

    private static double linearStrength(int setting) {
        return LINEAR_STRENGTHS[setting / STRENGTHS.length];
    }

    /** Choices in the physics to try for a family. */
    private static final class Candidates {
        private static final double[] CACHE_SHARES = {0.9, 0.5};

        /** Physics, and whether features have their {@link Relevance} or are all alike. */
        record Candidate(Physics physics, boolean weighted) {}

        static List<Candidate> of(FitKey key) {
            return physics(key).stream()
                    .flatMap(physics -> Stream.of(new Candidate(physics, true), new Candidate(physics, false)))
                    .toList();
        }

        private static List<Physics> physics(FitKey key) {
            if (key.family().equals("all-reduce")) {
                return List.of(Physics.USUAL);
            }
            boolean decodes = key.family().endsWith("decode");
            boolean multiplies = key.family().equals("gemm");
            List<Physics> candidates = new ArrayList<>();
            for (double share : CACHE_SHARES) {
                for (boolean choice : NO_OR_YES) {
                    if (!choice || decodes || multiplies) {
                        candidates.add(new Physics(share, choice && decodes, choice && multiplies));
                    }
                }
            }
            return candidates;
        }
    }
}
