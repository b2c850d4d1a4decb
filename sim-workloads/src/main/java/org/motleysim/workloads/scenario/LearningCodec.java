package org.motleysim.workloads.scenario;

import java.util.Optional;
import java.util.OptionalDouble;
import org.motleysim.workloads.federated.learning.ConvergenceProxy;
import org.motleysim.workloads.federated.learning.Learning;
import org.motleysim.workloads.federated.learning.LearningData;
import org.motleysim.workloads.federated.learning.Model;
import org.motleysim.workloads.federated.learning.RealLearning;
import org.motleysim.workloads.federated.learning.SyntheticData;
import org.motleysim.workloads.federated.learning.TableData;

/** What federated rounds learn. */
final class LearningCodec {
    private static final Codec<Double> POSITIVE = ScalarCodec.number(NumberRange.positive());

    private static final Codec<Model> MODEL = ChoiceCodec.<Model>of("a model to learn")
            .value("softmax", new Model.Softmax())
            .kind("mlp", Model.Mlp.class, RecordCodec.of("a network with one hidden layer", fields -> {
                var hidden = fields.required("hidden", ScalarCodec.integer(1), Model.Mlp::hidden, "Units of the layer");
                return given -> new Model.Mlp(given.get(hidden));
            }))
            .build();

    private static final Codec<LearningData> DATA = ChoiceCodec.<LearningData>of("data to learn from")
            .kind("synthetic", SyntheticData.class, RecordCodec.of("synthetic data", fields -> {
                var classes = fields.required("classes", ScalarCodec.integer(2), SyntheticData::classes, "Classes");
                var features = fields.required(
                        "features", ScalarCodec.integer(1), SyntheticData::features, "Features of a sample");
                var separation = fields.required(
                        "separation", POSITIVE, SyntheticData::separation, "Of the means of classes, in deviations");
                var alpha = fields.required(
                        "alpha",
                        POSITIVE,
                        SyntheticData::alpha,
                        "Dirichlet parameter of clients' classes; the smaller, the more unlike");
                var test = fields.optional(
                        "testSamples",
                        ScalarCodec.integer(1),
                        1_000,
                        SyntheticData::testSamples,
                        "Samples that the model is tested on; 1,000 by default");
                return given -> new SyntheticData(
                        given.get(classes),
                        given.get(features),
                        given.get(separation),
                        given.get(alpha),
                        given.find(test).orElse(1_000));
            }))
            .kind("table", TableData.class, RecordCodec.of("a table of samples", fields -> {
                var file = fields.required(
                        "file",
                        new FileContentsCodec<TableData>("samples", TableData::read, TableData::file),
                        data -> data,
                        "CSV with the columns client, label and features");
                return given -> given.get(file);
            }))
            .build();

    static final Codec<Learning> LEARNING = ChoiceCodec.<Learning>of("a learning")
            .value("none", Learning.none())
            .kind("proxy", ConvergenceProxy.class, RecordCodec.of("a stand-in for learning", fields -> {
                var target = fields.required(
                        "target", POSITIVE, ConvergenceProxy::target, "Progress at which it is done, in full rounds");
                var half = fields.required(
                        "half",
                        ScalarCodec.number(NumberRange.notNegative()),
                        ConvergenceProxy::half,
                        "Participants that are worth half a round");
                return given -> new ConvergenceProxy(given.get(target), given.get(half));
            }))
            .kind("real", RealLearning.class, RecordCodec.of("real learning", fields -> {
                var model = fields.required("model", MODEL, RealLearning::model, "What is trained");
                var data = fields.required("data", DATA, RealLearning::data, "What from");
                var rate = fields.required("learningRate", POSITIVE, RealLearning::learningRate, "Of the local steps");
                var every = fields.optional(
                        "evaluateEvery",
                        ScalarCodec.integer(1),
                        1,
                        RealLearning::evaluateEvery,
                        "Versions between two tests of the model; 1 by default");
                var target = fields.optional(
                        "target",
                        ScalarCodec.number(NumberRange.share()),
                        learning -> learning.target().isPresent()
                                ? Optional.of(learning.target().getAsDouble())
                                : Optional.empty(),
                        "Accuracy at which the time is taken; none by default");
                var threads = fields.optional(
                        "threads",
                        ScalarCodec.integer(1),
                        1,
                        RealLearning::threads,
                        "That compute updates; results do not depend on it; 1 by default");
                return given -> new RealLearning(
                        given.get(model),
                        given.get(data),
                        given.get(rate),
                        given.find(every).orElse(1),
                        given.find(target).map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                        given.find(threads).orElse(1));
            }))
            .build();

    private LearningCodec() {}
}
