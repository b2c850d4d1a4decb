package org.motleysim.core.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.motleysim.core.name.NearestName;

/**
 * What is known after an experiment. All answers are at 95% confidence unless a method takes a level. Immutable once the experiment has
 * ended.
 */
public final class ExperimentResult {
    private final String name;
    private final List<Variant> variants;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final Seeding seeding;
    private final Tally tally;

    ExperimentResult(String name, List<Variant> variants, Seeding seeding, Tally tally) {
        this.name = name;
        this.variants = variants;
        variants.forEach(variant -> numbers.put(variant.name(), numbers.size()));
        this.seeding = seeding;
        this.tally = tally;
    }

    /** The name of the experiment. */
    public String name() {
        return name;
    }

    /** The variants in order. */
    public List<Variant> variants() {
        return variants;
    }

    /** How many runs there were, failed ones among them. */
    public long runs() {
        return tally.runs();
    }

    /** How many replications all variants had. */
    public int replications() {
        return (int) (tally.runs() / variants.size());
    }

    /** How many runs failed. */
    public long failed() {
        return tally.failed();
    }

    /** The runs that failed, in order; at most the first 1,000. */
    public List<RunRecord> failures() {
        return tally.failures();
    }

    /** The names of all metrics that any run measured, in the order in which they were first seen. */
    public List<String> metrics() {
        return tally.metrics();
    }

    /**
     * The unit of a metric.
     *
     * @throws IllegalArgumentException if no run measured it
     */
    public String unit(String metric) {
        return tally.unit(metric)
                .orElseThrow(() -> new IllegalArgumentException("metric (\"" + metric + "\") is measured by no run"
                        + NearestName.of(metric, tally.metrics())
                                .map(near -> "\nMaybe \"" + near + "\".")
                                .orElse("")));
    }

    /**
     * The mean of a metric over the replications of a variant; empty when none measured it. Of an antithetic experiment, over the means of
     * pairs of replications.
     *
     * @throws IllegalArgumentException if there is no such variant
     */
    public Optional<Summary> summary(String variant, String metric) {
        return tally.summary(index(variant), metric, Summary.USUAL_LEVEL);
    }

    /** As {@link #summary(String, String)}, by the number of the variant. */
    public Optional<Summary> summary(int variant, String metric) {
        return tally.summary(variant, metric, Summary.USUAL_LEVEL);
    }

    /**
     * What each replication of a variant measured, NaN where it did not; of the first 10,000 replications, and without those at the end
     * that measured nothing.
     *
     * @throws IllegalArgumentException if there is no such variant
     */
    public double[] values(String variant, String metric) {
        return tally.values(index(variant), metric);
    }

    /** As {@link #values(String, String)}, by the number of the variant. */
    public double[] values(int variant, String metric) {
        return tally.values(variant, metric);
    }

    /**
     * By how much a metric of the second variant differs from that of the first: paired by replication when they share random numbers (by
     * the means of pairs of replications in an antithetic experiment), else by Welch's t. Of the first 10,000 replications.
     *
     * @throws IllegalArgumentException if there is no such variant, or fewer than two replications of each measured it
     */
    public Difference difference(String first, String second, String metric) {
        String unit = unit(metric);
        double[] of = seeding.observations(values(first, metric));
        double[] with = seeding.observations(values(second, metric));
        return seeding.isPaired()
                ? Difference.paired(metric, unit, first, of, second, with, Summary.USUAL_LEVEL)
                : Difference.independent(metric, unit, first, of, second, with, Summary.USUAL_LEVEL);
    }

    /** What each axis does to a metric, the axis with the largest spread first. */
    public List<AxisEffect> effects(String metric) {
        Set<String> axes = new LinkedHashSet<>();
        variants.forEach(variant -> axes.addAll(variant.settings().keySet()));
        List<AxisEffect> effects = new ArrayList<>();
        for (String axis : axes) {
            Map<String, List<Integer>> levels = new LinkedHashMap<>();
            for (int i = 0; i < variants.size(); i++) {
                int variant = i;
                Optional.ofNullable(variants.get(i).settings().get(axis))
                        .ifPresent(level -> levels.computeIfAbsent(level, each -> new ArrayList<>())
                                .add(variant));
            }
            List<AxisEffect.Level> means = new ArrayList<>();
            levels.forEach((level, there) -> {
                double[] values = means(there, metric);
                if (values.length > 0) {
                    means.add(
                            new AxisEffect.Level(level, Summary.of(metric, unit(metric), values, Summary.USUAL_LEVEL)));
                }
            });
            effects.add(new AxisEffect(axis, metric, means));
        }
        effects.sort((a, b) -> Double.compare(b.spread(), a.spread()));
        return effects;
    }

    /** For each replication the mean over some variants; a replication in which one of them has no value is left out. */
    private double[] means(List<Integer> some, String metric) {
        double[] sums = tally.values(some.get(0), metric);
        for (int variant : some.subList(1, some.size())) {
            double[] values = tally.values(variant, metric);
            double[] sum = new double[Math.min(sums.length, values.length)];
            for (int r = 0; r < sum.length; r++) {
                sum[r] = sums[r] + values[r];
            }
            sums = sum;
        }
        return Arrays.stream(seeding.observations(sums))
                .filter(sum -> !Double.isNaN(sum))
                .map(sum -> sum / some.size())
                .toArray();
    }

    private int index(String variant) {
        return Optional.ofNullable(numbers.get(variant))
                .orElseThrow(() -> new IllegalArgumentException("variant (\"" + variant + "\") is not among the "
                        + numbers.size() + " of this experiment"
                        + NearestName.of(variant, numbers.keySet())
                                .map(near -> "\nMaybe \"" + near + "\".")
                                .orElse("")));
    }
}
