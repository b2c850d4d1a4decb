package org.motleysim.workloads.llm.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.arithmetic.DotProductUnit;
import org.motleysim.hardware.device.NumberFormat;

/**
 * A decoder-only transformer, as far as its cost goes: shapes and number formats, no weights. Immutable, with value equality.
 *
 * <pre>{@code
 * ModelSpec chat = ModelSpec.builtIn("llama-3-8b");
 * ModelSpec mine = ModelSpec.read(Path.of("my-model/config.json")).withWeightFormat(NumberFormat.FP8);
 * }</pre>
 *
 * @param name such as {@code "llama-3-8b"}
 * @param layers transformer layers
 * @param hidden width of the residual stream
 * @param vocabulary tokens in the vocabulary
 * @param contextLimit most tokens of prompt and output together that the model was made for
 * @param tiedEmbeddings whether the head uses the embedding table
 * @param attention the attention of every layer
 * @param feedForward the feed-forward block, dense or with experts
 * @param norms the normalisations
 * @param slidingWindow the layers of limited attention; empty when all layers see everything
 * @param weightFormat how the matrices of the layers are stored. What engines leave unquantised (embeddings, head, routers, norms) keeps
 *     the activation format if that is wider
 * @param activationFormat how activations are stored
 * @param kvFormat how the KV cache is stored
 */
public record ModelSpec(
        String name,
        int layers,
        int hidden,
        int vocabulary,
        int contextLimit,
        boolean tiedEmbeddings,
        Attention attention,
        FeedForward feedForward,
        Norms norms,
        Optional<SlidingWindow> slidingWindow,
        NumberFormat weightFormat,
        NumberFormat activationFormat,
        NumberFormat kvFormat) {

    /** @throws IllegalArgumentException if a number is not positive, or more layers are special than there are layers */
    public ModelSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(weightFormat, "weightFormat");
        Objects.requireNonNull(activationFormat, "activationFormat");
        Objects.requireNonNull(kvFormat, "kvFormat");
        Require.positive("layers", layers);
        Require.positive("hidden", hidden);
        Require.positive("vocabulary", vocabulary);
        Require.positive("contextLimit", contextLimit);
        int limited = slidingWindow.map(SlidingWindow::layers).orElse(0);
        if (limited > layers) {
            throw new IllegalArgumentException(
                    "layers with a window (" + limited + ") must not exceed all (" + layers + ")");
        }
        if (feedForward.denseLayers(layers) < 0) {
            throw new IllegalArgumentException("layers with experts must not exceed all (" + layers + ")");
        }
    }

    /**
     * Returns a model that ships with Motley.
     *
     * @throws IllegalArgumentException naming the nearest name if there is none of that name
     */
    public static ModelSpec builtIn(String name) {
        return BuiltInModels.get(name);
    }

    /** Returns the names of the models that ship with Motley. */
    public static List<String> builtInNames() {
        return BuiltInModels.names();
    }

    /** Returns where the numbers of a built-in model come from. */
    public static String builtInSource(String name) {
        return BuiltInModels.source(name);
    }

    /**
     * Reads a Hugging Face {@code config.json}. Understood are the model types llama, mistral, mixtral, qwen2, qwen2_moe, qwen3, qwen3_moe,
     * gemma, gemma2, gemma3, gemma3_text, deepseek_v2, deepseek_v3 and bloom. Hidden size, layers, heads and intermediate size must be
     * there; other fields that are absent have the default of the Transformers library. The model is named after {@code _name_or_path}
     * or else the folder.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it is no such file, with its path, the JSON path and the nearest known name
     */
    public static ModelSpec read(Path configJson) throws IOException {
        return HuggingFaceConfig.read(configJson);
    }

    /** Returns this model with the matrices of its layers stored in another format. */
    public ModelSpec withWeightFormat(NumberFormat format) {
        return stored(format, kvFormat);
    }

    /** Returns this model with its KV cache stored in another format. */
    public ModelSpec withKvFormat(NumberFormat format) {
        return stored(weightFormat, format);
    }

    private ModelSpec stored(NumberFormat weights, NumberFormat keysAndValues) {
        return new ModelSpec(
                name,
                layers,
                hidden,
                vocabulary,
                contextLimit,
                tiedEmbeddings,
                attention,
                feedForward,
                norms,
                slidingWindow,
                weights,
                activationFormat,
                keysAndValues);
    }

    /** All weights: every element of every tensor once, tied embeddings once, multi-token-prediction modules not at all. */
    public long parameters() {
        return new Shard(this, 1).parameters();
    }

    /** The weights that one token meets: all but the experts it does not visit. */
    public long activeParameters() {
        long idle = feedForward
                .experts()
                .map(mixture -> (long) mixture.layers()
                        * (mixture.count() - mixture.perToken())
                        * feedForward.matrixParameters(hidden, mixture.width()))
                .orElse(0L);
        return parameters() - idle;
    }

    /** Memory of all weights, with the scales of formats that have blocks. */
    public Bytes weightBytes() {
        return new Shard(this, 1).weightBytes();
    }

    /**
     * Bytes of KV cache that one token takes in all layers on one device. Layers with a sliding window count in full: engines that
     * allocate one block table for all layers keep them.
     */
    public long kvBytesPerToken() {
        return new Shard(this, 1).kvBytesPerToken();
    }

    /** Layers that attend to everything. */
    public int fullAttentionLayers() {
        return layers - slidingWindow.map(SlidingWindow::layers).orElse(0);
    }

    /** The format of what is never quantised: embeddings, head, routers, normalisations. */
    public NumberFormat otherFormat() {
        return weightFormat.bitsPerElement() >= activationFormat.bitsPerElement() ? weightFormat : activationFormat;
    }

    /**
     * The format that the products with the layers' matrices are computed in: that of the weights, with activations converted to it (as in
     * W8A8 FP8 and INT8 engines), except that integers of fewer than 8 bits are widened to the activation format (weight-only: AWQ,
     * GPTQ), unless they share a power of two (block floating point, which both sides are rounded to).
     */
    public NumberFormat computeFormat() {
        boolean narrow = !weightFormat.element().isFloating() && weightFormat.elementBits() < 8;
        return narrow && weightFormat.scale() != DotProductUnit.Scale.POWER_OF_TWO ? activationFormat : weightFormat;
    }
}
