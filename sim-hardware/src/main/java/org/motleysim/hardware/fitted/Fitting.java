package org.motleysim.hardware.fitted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;

/**
 * Finds the coefficients of a fit: regularised least squares of {@code log(measured / estimate)} on a linear part and bumps. Deterministic.
 *
 * <p>Choices of the physics, width of the bumps and strength of the regularisation are those, of a few, with the least error when whole
 * shapes are held out. A kind of kernel with few rows may lean on a fit of its relatives: it then learns only how it differs from them.
 */
public final class Fitting {
    private static final int PARTS = 5;
    private static final double[] WIDTHS = {1.5, 3, 6};
    private static final double[] STRENGTHS = {0.001, 0.01, 0.1, 1};
    private static final double[] LINEAR_STRENGTHS = {1e-6, 1e-2};
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
     * @param samples at least 12
     * @param source the table of measurements
     * @param date written into the record
     */
    public record Task(List<String> devices, FitKey key, List<Sample> samples, String source, String date) {
        /** @throws IllegalArgumentException if there are fewer than 12 samples */
        public Task {
            if (samples.size() < 12) {
                throw new IllegalArgumentException(
                        "samples of " + key + " (" + samples.size() + ") must be at least 12");
            }
            devices = List.copyOf(devices);
            samples = List.copyOf(samples);
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
            Set<String> hidden = new HashSet<>();
            for (int row = 0; row < samples.size(); row++) {
                if (samples.part(row) == part) {
                    hidden.add(task.samples().get(row).shape());
                }
            }
            offsets[part] = samples.values(of.solution(
                    row -> !hidden.contains(relatives.task.samples().get(row).shape())));
        }
        Regression.Solution whole = of.solution(row -> true);
        offsets[PARTS] = samples.values(whole);
        Choice leaning = best(new Fitting(samples, CENTRES_OF_DIFFERENCE, offsets), of.width);
        return new Choice(
                leaning.fitting, leaning.width, leaning.strength, leaning.linearStrength, leaning.errors, whole);
    }

    private static Choice choose(Task task, int mostCentres) {
        Choice trial = null;
        for (Physics physics : Candidates.of(task.key())) {
            Samples samples = Samples.of(task.samples(), PARTS, physics).standardised();
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
            for (Choice choice : fitting.heldOut(width)) {
                if (best == null || choice.error() < best.error()) {
                    best = choice;
                }
            }
        }
        return Objects.requireNonNull(best, "there is a width");
    }

    /** Settings of a fit and the errors they lead to on rows that were held out. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Choice(
            Fitting fitting,
            double width,
            double strength,
            double linearStrength,
            double[] errors,
            Regression.@Nullable Solution relatives) {
        double error() {
            return Arrays.stream(errors).sum() / errors.length;
        }

        Regression.Solution solution(IntPredicate seen) {
            return fitting.regression(fitting.samples.rows(seen), PARTS, width).solve(strength, linearStrength);
        }

        FittedRecord record(Task task) {
            Samples samples = fitting.samples;
            Regression.Solution own = solution(row -> true);
            Regression.Solution solution = relatives == null ? own : own.plus(relatives);
            return new FittedRecord(
                    task.devices(),
                    task.key(),
                    samples.size(),
                    rounded(ErrorSummary.of(errors)),
                    unseen(task),
                    task.source(),
                    task.date(),
                    samples.physics(),
                    samples.mean(),
                    samples.scale(),
                    samples.low(),
                    samples.high(),
                    solution.linear(),
                    width,
                    solution.centres(),
                    solution.weights(),
                    Arrays.stream(samples.y()).min().orElseThrow(),
                    Arrays.stream(samples.y()).max().orElseThrow());
        }

        private List<FittedRecord.Unseen> unseen(Task task) {
            if (!FittedKernels.isClass(task.devices().get(0))) {
                return List.of();
            }
            List<String> names =
                    task.samples().stream().map(Sample::shape).distinct().toList();
            return names.stream()
                    .map(name -> new FittedRecord.Unseen(
                            name,
                            rounded(ErrorSummary.of(IntStream.range(0, errors.length)
                                    .filter(i -> task.samples().get(i).shape().equals(name))
                                    .mapToDouble(i -> errors[i])
                                    .toArray()))))
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

    private Regression regression(int[] rows, int part, double width) {
        return Regression.of(samples, offsets[part], rows, width, most);
    }

    /** Returns the errors of all samples, each by a fit that did not see its part, for each strength. */
    private List<Choice> heldOut(double width) {
        int settings = STRENGTHS.length * LINEAR_STRENGTHS.length;
        double[][] errors = new double[settings][samples.size()];
        for (int out = 0; out < PARTS; out++) {
            final int part = out;
            IntPredicate isOut = row -> samples.part(row) == part;
            int[] judged = samples.rows(isOut);
            int[] seen = samples.rows(isOut.negate());
            if (judged.length == 0 || seen.length < 6) {
                continue;
            }
            Regression regression = regression(seen, out, width);
            for (int s = 0; s < settings; s++) {
                Regression.Solution solution = regression.solve(strength(s), linearStrength(s));
                for (int row : judged) {
                    double predicted = solution.value(samples.x(row)) + offsets[out][row];
                    errors[s][row] = Math.abs(StrictMath.exp(predicted - samples.y()[row]) - 1);
                }
            }
        }
        return IntStream.range(0, settings)
                .mapToObj(s -> new Choice(this, width, strength(s), linearStrength(s), errors[s], null))
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
        private static final boolean[] NO_OR_YES = {false, true};

        static List<Physics> of(FitKey key) {
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
