package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.workloads.llm.model.Attention;
import org.motleysim.workloads.llm.model.FeedForward;
import org.motleysim.workloads.llm.model.GroupedAttention;
import org.motleysim.workloads.llm.model.LatentAttention;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.model.Norms;
import org.motleysim.workloads.llm.model.SlidingWindow;

/** A language model: the name of a built-in one, {@code {"config": "path of a Hugging Face config.json"}}, or every number of it. */
final class ModelCodec implements Codec<ModelSpec> {

    private static final Codec<NumberFormat> FORMAT = new FormatCodec();
    private static final Codec<Integer> COUNT = ScalarCodec.integer(1);

    private static final Codec<Attention> ATTENTION = ChoiceCodec.<Attention>of("attention")
            .kind("grouped", GroupedAttention.class, RecordCodec.of("grouped attention", fields -> {
                var heads = fields.required("heads", COUNT, GroupedAttention::heads, "Query heads");
                var keyValueHeads = fields.required(
                        "keyValueHeads",
                        COUNT,
                        GroupedAttention::keyValueHeads,
                        "Key-value heads, a divisor of the heads");
                var headDim = fields.required("headDim", COUNT, GroupedAttention::headDim, "Elements of a head");
                var inputBias =
                        flag(fields, "inputBias", GroupedAttention::inputBias, "Biases of query, key and value");
                var outputBias = flag(fields, "outputBias", GroupedAttention::outputBias, "A bias of the output");
                var headNorms = flag(fields, "headNorms", GroupedAttention::headNorms, "Queries and keys normalised");
                return given -> new GroupedAttention(
                        given.get(heads),
                        given.get(keyValueHeads),
                        given.get(headDim),
                        given.find(inputBias).orElse(false),
                        given.find(outputBias).orElse(false),
                        given.find(headNorms).orElse(false));
            }))
            .kind("latent", LatentAttention.class, RecordCodec.of("latent attention", fields -> {
                var heads = fields.required("heads", COUNT, LatentAttention::heads, "Query heads");
                var queryRank = fields.optional(
                        "queryRank",
                        COUNT,
                        latent -> latent.queryRank().stream().boxed().findFirst(),
                        "Width of the compressed query; not compressed by default");
                var latentRank = fields.required(
                        "latentRank", COUNT, LatentAttention::latentRank, "Width of the compressed key-value vector");
                var rotaryDim = fields.required(
                        "rotaryDim", COUNT, LatentAttention::rotaryDim, "Elements of a head that carry position");
                var plainDim =
                        fields.required("plainDim", COUNT, LatentAttention::plainDim, "Elements of a head that do not");
                var valueDim =
                        fields.required("valueDim", COUNT, LatentAttention::valueDim, "Elements of a value head");
                return given -> new LatentAttention(
                        given.get(heads),
                        given.find(queryRank).map(OptionalInt::of).orElseGet(OptionalInt::empty),
                        given.get(latentRank),
                        given.get(rotaryDim),
                        given.get(plainDim),
                        given.get(valueDim));
            }))
            .build();

    private static final Codec<FeedForward.Experts> EXPERTS = RecordCodec.of("a mixture of experts", fields -> {
        var count = fields.required("count", COUNT, FeedForward.Experts::count, "Routed experts in a layer");
        var perToken = fields.required("perToken", COUNT, FeedForward.Experts::perToken, "Experts that a token visits");
        var width = fields.required("width", COUNT, FeedForward.Experts::width, "Intermediate width of one expert");
        var sharedWidth = fields.optional(
                "sharedWidth",
                ScalarCodec.integer(0),
                0,
                FeedForward.Experts::sharedWidth,
                "Intermediate width of the experts that every token visits, together");
        var sharedGate = flag(fields, "sharedGate", FeedForward.Experts::sharedGate, "Shared experts scaled by a gate");
        var routerBias = flag(fields, "routerBias", FeedForward.Experts::routerBias, "A bias per expert in the router");
        var layers = fields.required("layers", COUNT, FeedForward.Experts::layers, "Layers that have experts");
        return given -> new FeedForward.Experts(
                given.get(count),
                given.get(perToken),
                given.get(width),
                given.find(sharedWidth).orElse(0),
                given.find(sharedGate).orElse(false),
                given.find(routerBias).orElse(false),
                given.get(layers));
    });

    private static final Codec<FeedForward> FEED_FORWARD = RecordCodec.of("a feed-forward block", fields -> {
        var width = fields.required("width", COUNT, FeedForward::width, "Intermediate width of a dense block");
        var gated = fields.required(
                "gated", ScalarCodec.FLAG, FeedForward::gated, "Whether a gate doubles the input (SwiGLU)");
        var biased = flag(fields, "biased", FeedForward::biased, "Biases of its projections");
        var experts =
                fields.optional("experts", EXPERTS, FeedForward::experts, "The mixture of experts, if there is one");
        return given -> new FeedForward(
                given.get(width), given.get(gated), given.find(biased).orElse(false), given.find(experts));
    });

    private static final Codec<Norms> NORMS = RecordCodec.of("normalisations", fields -> {
        var perLayer = fields.required("perLayer", ScalarCodec.integer(0), Norms::perLayer, "How many a layer has");
        var biased = flag(fields, "biased", Norms::biased, "A bias beside each scale (LayerNorm)");
        var embedding = flag(fields, "afterEmbedding", Norms::afterEmbedding, "Embeddings normalised too");
        return given -> new Norms(
                given.get(perLayer),
                given.find(biased).orElse(false),
                given.find(embedding).orElse(false));
    });

    private static final Codec<SlidingWindow> WINDOW = RecordCodec.of("a sliding window", fields -> {
        var tokens = fields.required("tokens", COUNT, SlidingWindow::tokens, "Tokens that are attended to");
        var layers = fields.required("layers", COUNT, SlidingWindow::layers, "Layers of limited attention");
        return given -> new SlidingWindow(given.get(tokens), given.get(layers));
    });

    private static final RecordCodec<ModelSpec> EVERY_NUMBER = RecordCodec.of("a language model", fields -> {
        var name = fields.required("name", ScalarCodec.text(), ModelSpec::name, "Its name");
        var layers = fields.required("layers", COUNT, ModelSpec::layers, "Transformer layers");
        var hidden = fields.required("hidden", COUNT, ModelSpec::hidden, "Width of the residual stream");
        var vocabulary = fields.required("vocabulary", COUNT, ModelSpec::vocabulary, "Tokens in the vocabulary");
        var limit = fields.required(
                "contextLimit", COUNT, ModelSpec::contextLimit, "Most tokens of prompt and output together");
        var tied = flag(fields, "tiedEmbeddings", ModelSpec::tiedEmbeddings, "The head uses the embedding table");
        var attention = fields.required("attention", ATTENTION, ModelSpec::attention, "The attention of every layer");
        var feedForward =
                fields.required("feedForward", FEED_FORWARD, ModelSpec::feedForward, "The feed-forward block");
        var norms =
                fields.optional("norms", NORMS, Norms.RMS, ModelSpec::norms, "Normalisations; two RMSNorms by default");
        var window = fields.optional(
                "slidingWindow", WINDOW, ModelSpec::slidingWindow, "Layers of limited attention; none by default");
        var weights = fields.required("weightFormat", FORMAT, ModelSpec::weightFormat, "How weights are stored");
        var activations =
                fields.required("activationFormat", FORMAT, ModelSpec::activationFormat, "How activations are stored");
        var cache = fields.required("kvFormat", FORMAT, ModelSpec::kvFormat, "How the KV cache is stored");
        return given -> new ModelSpec(
                given.get(name),
                given.get(layers),
                given.get(hidden),
                given.get(vocabulary),
                given.get(limit),
                given.find(tied).orElse(false),
                given.get(attention),
                given.get(feedForward),
                given.find(norms).orElse(Norms.RMS),
                given.find(window),
                given.get(weights),
                given.get(activations),
                given.get(cache));
    });

    /** The built-in model that this one is, but for the formats of weights and KV cache. */
    private static Optional<ModelSpec> published(ModelSpec model) {
        return Optional.of(model.name())
                .filter(ModelSpec.builtInNames()::contains)
                .map(ModelSpec::builtIn)
                .filter(builtIn -> builtIn.withWeightFormat(model.weightFormat())
                        .withKvFormat(model.kvFormat())
                        .equals(model));
    }

    /** A format of a built-in model that is not the published one. */
    static Optional<NumberFormat> requantized(ModelSpec model, Function<ModelSpec, NumberFormat> format) {
        return published(model)
                .filter(builtIn -> !format.apply(builtIn).equals(format.apply(model)))
                .map(builtIn -> format.apply(model));
    }

    @Override
    public Optional<ModelSpec> read(Node node, Reading reading) {
        if (node instanceof Node.Text name) {
            if (ModelSpec.builtInNames().contains(name.value())) {
                return Optional.of(ModelSpec.builtIn(name.value()));
            }
            String allowed = "the name of a built-in model: " + ScalarCodec.quoted(ModelSpec.builtInNames())
                    + ", or {\"config\": \"path/to/config.json\"}";
            reading.problems().refuseName(name, allowed, ModelSpec.builtInNames());
            return Optional.empty();
        }
        if (node instanceof Node.Fields object && object.values().containsKey("config")) {
            return CONFIG.read(object, reading, Set.of()).flatMap(text -> config(object, reading));
        }
        return EVERY_NUMBER.read(node, reading);
    }

    private static final RecordCodec<String> CONFIG = RecordCodec.of("a model", fields -> {
        var config = fields.required("config", ScalarCodec.text(), path -> path, "Path of a Hugging Face config.json");
        return given -> given.get(config);
    });

    private static Optional<ModelSpec> config(Node.Fields object, Reading reading) {
        if (!(object.values().get("config") instanceof Node.Text path)) {
            return Optional.empty();
        }
        Path file = reading.resolve(path);
        if (!Files.isRegularFile(file)) {
            reading.problems().refuse(path, "the path of a config.json, and there is no file at \"" + file + "\"", "");
            return Optional.empty();
        }
        try {
            return Optional.of(ModelSpec.read(file));
        } catch (IOException e) {
            reading.problems().refuse(path, "a config.json that can be read: " + e, "");
        } catch (IllegalArgumentException e) {
            reading.problems().refuse(path.place(), e);
        }
        return Optional.empty();
    }

    @Override
    public JsonNode write(ModelSpec model) {
        return published(model).isPresent()
                ? JsonNodeFactory.instance.textNode(model.name())
                : EVERY_NUMBER.write(model);
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        return definitions.reference("model", () -> {
            ObjectNode schema = JsonNodeFactory.instance.objectNode();
            var ways = schema.putArray("anyOf");
            ModelSpec.builtInNames().forEach(ways.addObject().putArray("enum")::add);
            ways.add(CONFIG.schema(definitions));
            ways.add(EVERY_NUMBER.schema(definitions));
            return schema;
        });
    }

    private static <T> RecordCodec.Field<T, Boolean> flag(
            RecordCodec.Fields<T> fields, String name, Function<T, Boolean> getter, String meaning) {
        return fields.optional(name, ScalarCodec.FLAG, false, getter, meaning);
    }
}
