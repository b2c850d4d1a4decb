package org.motleysim.workloads.scenario;

import java.util.List;
import org.motleysim.core.quantity.Rate;
import org.motleysim.workloads.stream.Filter;
import org.motleysim.workloads.stream.Operations;
import org.motleysim.workloads.stream.Pipeline;
import org.motleysim.workloads.stream.PipelineJob;
import org.motleysim.workloads.stream.Stage;

/** Filter pipelines. */
final class PipelineCodec {
    private static final Codec<Double> NOT_NEGATIVE = ScalarCodec.number(NumberRange.notNegative());
    private static final ScalarCodec<Double> RATE = ScalarCodec.RATE.as(Rate::perSecond, Rate::perSecond);

    private static final Codec<Double> SHARE = ScalarCodec.number(NumberRange.share());
    private static final ListCodec<Double> SCORES = new ListCodec<>(ScalarCodec.number(NumberRange.any()), 1);

    private static final Codec<Filter> FILTER = ChoiceCodec.<Filter>of("a filter")
            .kind("rates", Filter.Rates.class, RecordCodec.of("a filter by shares", fields -> {
                var relevant = fields.required(
                        "keepRelevant", SHARE, Filter.Rates::relevant, "Share of the relevant samples that passes");
                var irrelevant = fields.required(
                        "keepIrrelevant",
                        SHARE,
                        Filter.Rates::irrelevant,
                        "Share of the irrelevant samples that passes");
                return given -> new Filter.Rates(given.get(relevant), given.get(irrelevant));
            }))
            .kind("scores", Filter.Scores.class, RecordCodec.of("a filter by scores", fields -> {
                var reduction = fields.required(
                        "reduction",
                        ScalarCodec.number(NumberRange.positive()),
                        Filter.Scores::reduction,
                        "Of how many samples one passes, those of the highest scores");
                var relevant = fields.required(
                        "relevant", SCORES, Filter.Scores::relevantScores, "Scores of relevant samples");
                var irrelevant = fields.required(
                        "irrelevant", SCORES, Filter.Scores::irrelevantScores, "Scores of irrelevant samples");
                return given ->
                        Filter.scores(given.get(reduction), array(given.get(relevant)), array(given.get(irrelevant)));
            }))
            .build();

    private static final RecordCodec<Stage> STAGE = RecordCodec.of("a stage", fields -> {
        var name = fields.required("name", ScalarCodec.text(), Stage::name, "Its name");
        var inputs = fields.optional(
                "inputs",
                new ListCodec<>(ScalarCodec.text(), 0),
                List.of(),
                Stage::inputs,
                "Stages before it whose samples it joins; none for a source");
        var rate = fields.optional(
                "rate", RATE, 0.0, Stage::samplesPerSecond, "Samples per second of a source, such as \"40e6 /s\"");
        var bytes = fields.optional(
                "bytes", NOT_NEGATIVE, 0.0, Stage::ownBytes, "Bytes that it adds to a sample; the whole of a source's");
        var operations = fields.optional(
                "operations",
                new ListCodec<>(ScalarCodec.number(NumberRange.any()), 0),
                List.of(),
                stage -> stage.operations().coefficients(),
                "Operations on a sample as a polynomial of its bytes, the constant first");
        var perOperation = fields.optional(
                "joulesPerOperation", NOT_NEGATIVE, 0.0, Stage::joulesPerOperation, "Energy of an operation");
        var perBit = fields.optional(
                "joulesPerBit", NOT_NEGATIVE, 0.0, Stage::joulesPerBit, "Energy of a bit to the next stage");
        var filter =
                fields.optional("filter", FILTER, Filter.none(), Stage::filter, "Which samples pass; all by default");
        return given -> new Stage(
                given.get(name),
                given.find(inputs).orElse(List.of()),
                given.find(rate).orElse(0.0),
                given.find(bytes).orElse(0.0),
                new Operations(given.find(operations).orElse(List.of())),
                given.find(perOperation).orElse(0.0),
                given.find(perBit).orElse(0.0),
                given.find(filter).orElse(Filter.none()));
    });

    static final RecordCodec<PipelineJob> JOB = RecordCodec.of("a filter pipeline", fields -> {
        var name = fields.required(
                "name", ScalarCodec.text(), job -> job.pipeline().name(), "Its name");
        var relevant = fields.required(
                "relevantShare",
                SHARE,
                job -> job.pipeline().relevantShare(),
                "Share of the samples of the sources that is relevant, 0 to 1");
        var stages = fields.required(
                "stages", new ListCodec<>(STAGE, 1), job -> job.pipeline().stages(), "Each after those that it joins");
        return given -> new PipelineJob(new Pipeline(given.get(name), given.get(stages), given.get(relevant)));
    });

    private PipelineCodec() {}

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
