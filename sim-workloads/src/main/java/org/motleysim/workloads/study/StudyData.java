package org.motleysim.workloads.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.motleysim.core.experiment.AxisEffect;
import org.motleysim.core.experiment.Difference;
import org.motleysim.core.experiment.Experiment;
import org.motleysim.core.experiment.Morris;
import org.motleysim.core.experiment.RunRecord;
import org.motleysim.core.experiment.Seeding;
import org.motleysim.core.experiment.Summary;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.Series;
import org.motleysim.workloads.scenario.Study;

/**
 * The numbers that the page of a study draws. Means are whole; single values, which only the distributions need, are thinned to what a
 * screen can show (up to 200 replications stand as they are) and left out when the study is so large that nobody could tell its lines apart.
 */
final class StudyData {
    private static final int POINTS_A_LINE = 200;
    private static final int MOST_VALUES = 400_000;
    private static final int MOST_DIFFERENCES = 5_000;

    private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    private static final ObjectWriter WRITER = JsonMapper.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build()
            .writer();

    private StudyData() {}

    static String json(StudyResult answer) {
        Study study = answer.study();
        List<String> metrics = answer.metrics();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        study.axes().forEach(json.putArray("axes")::add);
        ArrayNode described = json.putArray("metrics");
        metrics.forEach(metric -> described
                .addObject()
                .put("name", metric)
                .put("unit", answer.result().unit(metric)));
        variants(answer, metrics, json.putArray("variants"));
        ArrayNode differences = json.putArray("differences");
        List<Difference> found = answer.differences();
        for (Difference each : found.subList(0, Math.min(found.size(), MOST_DIFFERENCES))) {
            differences.addObject().put("sentence", each.sentence()).put("significant", each.significant());
        }
        ArrayNode effects = json.putArray("effects");
        for (String metric : metrics) {
            answer.result().effects(metric).forEach(effect -> effect(effect, effects.addObject()));
        }
        values(answer, metrics, json.putObject("values"));
        seeds(answer, json);
        ArrayNode examples = json.putArray("examples");
        answer.examples().forEach(example -> example(example, examples.addObject()));
        ArrayNode inputs = json.putArray("inputs");
        for (String metric : metrics) {
            answer.inputs(metric).ifPresent(all -> inputs(answer, metric, all, inputs));
        }
        ArrayNode pareto = json.putArray("pareto");
        study.pareto().forEach(objective -> pareto.add(objective.metric()));
        ArrayNode failures = json.putArray("failures");
        answer.result().failures().forEach(run -> failures.add(run.toString()));
        try {
            return WRITER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }

    private static void variants(StudyResult answer, List<String> metrics, ArrayNode into) {
        Set<Integer> front = new HashSet<>(answer.front());
        Map<Integer, Long> failed = answer.result().failures().stream()
                .collect(Collectors.groupingBy(RunRecord::variant, Collectors.counting()));
        for (int i = 0; i < answer.study().variants().size(); i++) {
            Study.Case each = answer.study().variants().get(i);
            ObjectNode variant = into.addObject().put("name", each.name());
            ArrayNode settings = variant.putArray("settings");
            answer.study().axes().forEach(axis -> settings.add(each.settings().get(axis)));
            ArrayNode means = variant.putArray("mean");
            ArrayNode halves = variant.putArray("half");
            long count = 0;
            for (String metric : metrics) {
                Optional<Summary> summary = answer.result().summary(i, metric);
                count = Math.max(count, summary.map(Summary::count).orElse(0L));
                number(means, summary.map(Summary::mean));
                number(halves, summary.map(Summary::halfWidth));
            }
            variant.put("count", count)
                    .put("failed", failed.getOrDefault(i, 0L))
                    .put("front", front.contains(i))
                    .put("keeps", answer.keeps(i));
        }
    }

    private static void effect(AxisEffect effect, ObjectNode into) {
        into.put("axis", effect.axis()).put("metric", effect.metric());
        ArrayNode levels = into.putArray("levels");
        for (AxisEffect.Level level : effect.levels()) {
            ObjectNode node = levels.addObject()
                    .put("value", level.value())
                    .put("mean", level.summary().mean());
            if (Double.isFinite(level.summary().halfWidth())) {
                node.put("half", level.summary().halfWidth());
            }
        }
    }

    private static void values(StudyResult answer, List<String> metrics, ObjectNode into) {
        int variants = answer.study().variants().size();
        long size = (long) variants
                * metrics.size()
                * Math.min(POINTS_A_LINE, answer.result().replications());
        if (size > MOST_VALUES || answer.result().replications() < 2) {
            return;
        }
        for (String metric : metrics) {
            ArrayNode all = into.putArray(metric);
            for (int i = 0; i < variants; i++) {
                ArrayNode line = all.addArray();
                double[] values = answer.result().values(i, metric);
                if (values.length <= POINTS_A_LINE) {
                    Arrays.stream(values).forEach(value -> number(line, Optional.of(value)));
                } else {
                    quantiles(values, line);
                }
            }
        }
    }

    /** Of more replications than a line can show: not in their order, but rising. */
    private static void quantiles(double[] values, ArrayNode line) {
        double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        int points = Math.min(sorted.length, POINTS_A_LINE);
        for (int p = 1; p <= points; p++) {
            line.add(sorted[(int) ((long) p * sorted.length / points) - 1]);
        }
    }

    /** The seeds of the replications whose values stand in their order: a list for each variant, or one when they share it. */
    private static void seeds(StudyResult answer, ObjectNode json) {
        ArrayNode all = json.putArray("seeds");
        int replications = answer.result().replications();
        if (replications > POINTS_A_LINE) {
            return;
        }
        Experiment experiment = answer.study().experiment().build();
        boolean own = answer.study().seeding() == Seeding.INDEPENDENT;
        for (int i = 0; i < (own ? answer.study().variants().size() : 1); i++) {
            ArrayNode line = all.addArray();
            for (int r = 0; r < replications; r++) {
                line.add(Long.toString(experiment.seed(i, r))); // a number of JavaScript has 53 bits
            }
        }
    }

    private static void example(ExampleRun example, ObjectNode into) {
        into.put("variant", example.variant()).put("seed", Long.toString(example.seed()));
        ArrayNode charts = into.putArray("charts");
        for (Series curve : example.series()) {
            chart("time", curve.name(), curve.unit(), curve.seconds(), curve.values(), charts.addObject());
        }
        for (Cdf cdf : example.cdfs()) {
            chart("cdf", cdf.name(), cdf.unit(), cdf.values(), cdf.fractions(), charts.addObject());
        }
    }

    private static void chart(String kind, String name, String unit, double[] x, double[] y, ObjectNode into) {
        into.put("kind", kind).put("name", name).put("unit", unit);
        ArrayNode xs = into.putArray("x");
        ArrayNode ys = into.putArray("y");
        for (int i = 0; i < x.length; i++) {
            number(xs, Optional.of(rounded(x[i])));
            number(ys, Optional.of(rounded(y[i])));
        }
    }

    private static double rounded(double value) {
        return Double.isFinite(value) ? new BigDecimal(value).round(SIX_DIGITS).doubleValue() : value;
    }

    private static void inputs(StudyResult answer, String metric, List<Morris.Effect> effects, ArrayNode into) {
        for (int axis = 0; axis < effects.size(); axis++) {
            Morris.Effect effect = effects.get(axis);
            into.addObject()
                    .put("axis", answer.study().axes().get(axis))
                    .put("metric", metric)
                    .put("unit", answer.result().unit(metric))
                    .put("size", effect.meanSize())
                    .put("mean", effect.mean())
                    .put("deviation", effect.deviation());
        }
    }

    private static void number(ArrayNode into, Optional<Double> value) {
        if (value.filter(Double::isFinite).isPresent()) {
            into.add(value.get());
        } else {
            into.addNull();
        }
    }
}
