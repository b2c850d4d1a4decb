package org.motleysim.examples.reproductions;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.analysis.interpolation.LinearInterpolator;
import org.apache.commons.math3.analysis.polynomials.PolynomialSplineFunction;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.workloads.stream.Filter;
import org.motleysim.workloads.stream.Operations;
import org.motleysim.workloads.stream.Pipeline;
import org.motleysim.workloads.stream.PipelineFlow;
import org.motleysim.workloads.stream.Stage;

/** Paper 3, Olin-Ammentorp et al.: data collection of the CMS detector as a pipeline of two triggers (2024). */
final class DataCollection implements Reproduction {
    private static final int DRAWS = 5;
    private static final double MEGA = 1e6;

    /** What is done to the detector. */
    private record Variant(boolean high, boolean gpu, boolean tracking, boolean smart, String reduction) {
        static final Variant BASELINE = new Variant(true, false, false, false, "reduction200");
    }

    @Override
    public String folder() {
        return "03-data-collection";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        Variant gpu = new Variant(true, true, false, false, "reduction200");
        Variant smart = new Variant(true, false, false, true, "reduction200");
        Variant both = new Variant(true, true, false, true, "reduction200");
        Variant all = new Variant(true, true, true, true, "reduction200");
        Variant low = new Variant(false, false, false, false, "reduction60");
        double baseline = blind(inputs, Variant.BASELINE);
        predictions.value("3-1", baseline / MEGA);
        predictions.value("3-2", blind(inputs, gpu) / MEGA);
        predictions.value("3-3", blind(inputs, smart) / MEGA);
        predictions.value("3-4", blind(inputs, both) / MEGA);
        predictions.value("3-5", 100 * (1 - blind(inputs, all) / baseline));
        predictions.value("3-7", blind(inputs, low) / MEGA);
        predictions.value("3-9", blind(inputs, new Variant(true, false, false, false, "reduction400")) / MEGA);
        if (inputs.data().isEmpty()) {
            for (String claim : List.of("3-6", "3-6b", "3-6c", "3-8")) {
                predictions.notAttempted(claim, "needs the efficiency curves of the triggers");
            }
            return;
        }
        Path tables = inputs.data().get().resolve("03-systemflow");
        double[] none = new double[DRAWS];
        double[] improved = new double[DRAWS];
        double[] ratio = new double[DRAWS];
        double[] lowPileUp = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            none[draw] = relevantPerKilojoule(inputs, tables, Variant.BASELINE, draw);
            improved[draw] = relevantPerKilojoule(inputs, tables, all, draw);
            ratio[draw] = improved[draw] / none[draw];
            lowPileUp[draw] = relevantPerKilojoule(inputs, tables, low, draw);
        }
        String why = "scores drawn " + DRAWS
                + " times; curves by straight lines; F1 times what is kept, as the paper counts";
        band(predictions, "3-6", ratio, why);
        band(predictions, "3-6b", none, why);
        band(predictions, "3-6c", improved, why);
        band(predictions, "3-8", lowPileUp, why);
    }

    private static void band(Predictions predictions, String claim, double[] values, String why) {
        Arrays.sort(values);
        predictions.band(claim, values[0], values[values.length - 1], why);
    }

    /** The power does not depend on which events pass, only on how many. */
    private static double blind(Inputs inputs, Variant variant) {
        List<Double> reduction = inputs.numbers(variant.reduction);
        return scale(inputs)
                * pipeline(inputs, variant, Filter.blind(reduction.get(0)), Filter.blind(reduction.get(1)))
                        .flow()
                        .watts();
    }

    private static double relevantPerKilojoule(Inputs inputs, Path tables, Variant variant, int draw) {
        List<Double> reduction = inputs.numbers(variant.reduction);
        RandomStreams streams = RandomStreams.of(draw + 1L);
        int count = inputs.count("scoresPerClass");
        double[][] level1 = level1(inputs, tables, streams.stream("level 1"), count);
        if (variant.tracking) {
            double boost = inputs.number("trackingBoost");
            Arrays.setAll(level1[0], i -> level1[0][i] + boost);
        }
        double[][] high = highLevel(inputs, tables, streams.stream("high level"), count);
        PipelineFlow flow = pipeline(
                        inputs,
                        variant,
                        Filter.scores(reduction.get(0), level1[0], level1[1]),
                        Filter.scores(reduction.get(1), high[0], high[1]))
                .flow();
        return 1_000 * flow.f1() * flow.kept() / (scale(inputs) * flow.watts());
    }

    private static double scale(Inputs inputs) {
        List<Double> technology = inputs.numbers("technology");
        return Math.exp(-technology.get(0) * technology.get(1));
    }

    private static Pipeline pipeline(Inputs inputs, Variant variant, Filter level1, Filter high) {
        double crossings = inputs.number("crossings");
        double link = inputs.number("links");
        List<Stage> stages = new ArrayList<>();
        Map<String, List<String>> categories = new LinkedHashMap<>();
        for (JsonNode row : inputs.items("detectors")) {
            String name = row.get(1).textValue();
            double bytes = row.get(variant.high ? 3 : 2).doubleValue();
            if (variant.smart && name.equals("Inner Tracker")) {
                bytes *= 1 - inputs.number("smartSensors");
            }
            stages.add(Stage.source(name, crossings, bytes, inputs.number("detectorLinks")));
            categories
                    .computeIfAbsent(row.get(0).textValue(), category -> new ArrayList<>())
                    .add(name);
        }
        categories.forEach((category, detectors) -> stages.add(Stage.join(category, detectors, link)));
        List<Double> trigger = inputs.numbers("level1");
        stages.add(new Stage(
                "level 1",
                List.copyOf(categories.keySet()),
                0,
                inputs.number("triggerBytes"),
                Operations.perByte(1 / trigger.get(0)),
                trigger.get(1),
                link,
                level1));
        double share = variant.gpu ? inputs.number("highLevelGpu") : 1;
        stages.add(new Stage(
                "high level",
                List.of("level 1"),
                0,
                0,
                new Operations(inputs.numbers("highLevelOperations").stream()
                        .map(coefficient -> share * coefficient)
                        .toList()),
                inputs.number("highLevel"),
                link,
                high));
        stages.add(Stage.join("disk", List.of("high level"), 0));
        List<Double> reduction = inputs.numbers(variant.reduction);
        // The model counts whole events a second.
        double relevant = Math.floor(crossings / (reduction.get(0) * reduction.get(1)));
        return new Pipeline("data collection", stages, relevant / crossings);
    }

    /** Scores of relevant and of irrelevant events at level 1: the sum of four efficiencies. */
    private static double[][] level1(Inputs inputs, Path tables, RandomStream random, int count) {
        Map<String, PolynomialSplineFunction> curves =
                curves(DataTable.read(tables.resolve("inputs-l1t-efficiency-curves.csv")), "energy_gev");
        List<JsonNode> paths = inputs.items("level1Paths");
        List<JsonNode> mix = inputs.items("triggerMix");
        double total = mix.stream().mapToDouble(row -> row.get(0).doubleValue()).sum();
        double[][] scores = new double[2][count];
        for (int i = 0; i < count; i++) {
            JsonNode fired = mix.get(0);
            double point = random.nextDouble() * total;
            for (JsonNode row : mix) {
                fired = row;
                point -= row.get(0).doubleValue();
                if (point < 0) {
                    break;
                }
            }
            for (int path = 0; path < paths.size(); path++) {
                JsonNode row = paths.get(path);
                double lambda = row.get(1).doubleValue();
                double quantile = -Math.expm1(-lambda * row.get(2).doubleValue());
                double above = quantile + (1 - quantile) * random.nextDouble();
                double below = quantile * random.nextDouble();
                double other = quantile * random.nextDouble();
                boolean fires = fired.get(path + 1).intValue() == 1;
                PolynomialSplineFunction curve = curve(curves, row.get(0).textValue());
                scores[0][i] += efficiency(curve, -Math.log1p(-(fires ? above : other)) / lambda);
                scores[1][i] += efficiency(curve, -Math.log1p(-below) / lambda);
            }
        }
        return scores;
    }

    /** Scores at the high level: the efficiency of one path. */
    private static double[][] highLevel(Inputs inputs, Path tables, RandomStream random, int count) {
        Map<String, PolynomialSplineFunction> curves =
                curves(DataTable.read(tables.resolve("inputs-hlt-efficiency-curves.csv")), "momentum_gev");
        List<JsonNode> paths = inputs.items("highLevelPaths");
        double total =
                paths.stream().mapToDouble(row -> row.get(1).doubleValue()).sum();
        double[][] scores = new double[2][count];
        for (int i = 0; i < count; i++) {
            for (int kind = 0; kind < 2; kind++) {
                JsonNode path = paths.get(0);
                double point = random.nextDouble() * total;
                for (JsonNode row : paths) {
                    path = row;
                    point -= row.get(1).doubleValue();
                    if (point < 0) {
                        break;
                    }
                }
                double lambda = path.get(2).doubleValue();
                double quantile = -Math.expm1(-lambda * path.get(3).doubleValue());
                double draw = random.nextDouble();
                double uniform = kind == 0 ? (1 - quantile) + quantile * draw : quantile * draw;
                scores[kind][i] = efficiency(curve(curves, path.get(0).textValue()), -Math.log1p(-uniform) / lambda);
            }
        }
        return scores;
    }

    private static PolynomialSplineFunction curve(Map<String, PolynomialSplineFunction> curves, String name) {
        PolynomialSplineFunction curve = curves.get(name);
        if (curve == null) {
            throw new IllegalArgumentException("curve (" + name + ") must be one of " + curves.keySet());
        }
        return curve;
    }

    private static double efficiency(PolynomialSplineFunction curve, double energy) {
        double[] knots = curve.getKnots();
        if (energy <= knots[0]) {
            return 0;
        }
        return energy >= knots[knots.length - 1] ? 1 : Math.max(0, Math.min(1, curve.value(energy)));
    }

    private static Map<String, PolynomialSplineFunction> curves(DataTable table, String energy) {
        Map<String, TreeMap<Double, Double>> points = new LinkedHashMap<>();
        for (int row = 0; row < table.rows(); row++) {
            points.computeIfAbsent(table.text("curve", row), name -> new TreeMap<>())
                    .put(table.number(energy, row), table.number("efficiency", row));
        }
        Map<String, PolynomialSplineFunction> curves = new LinkedHashMap<>();
        points.forEach((name, curve) -> curves.put(
                name,
                new LinearInterpolator()
                        .interpolate(
                                curve.keySet().stream()
                                        .mapToDouble(Double::doubleValue)
                                        .toArray(),
                                curve.values().stream()
                                        .mapToDouble(Double::doubleValue)
                                        .toArray())));
        return curves;
    }
}
