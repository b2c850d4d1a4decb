package org.motleysim.workloads.llm.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.motleysim.core.name.NearestName;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.NumberFormats;

/** Turns a Hugging Face {@code config.json} into a {@link ModelSpec}. */
final class HuggingFaceConfig {
    /** Real ones have a few kilobytes. */
    private static final long LARGEST_FILE = 4L << 20;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ConfigFields fields;
    private final ModelFamily family;
    private final int layers;
    private final int hidden;
    private final int heads;

    private HuggingFaceConfig(ConfigFields fields, ModelFamily family) {
        this.fields = fields;
        this.family = family;
        this.layers = fields.required(family == ModelFamily.BLOOM ? "n_layer" : "num_hidden_layers");
        this.hidden =
                fields.required(family == ModelFamily.BLOOM && !fields.has("hidden_size") ? "n_embed" : "hidden_size");
        this.heads = fields.required(family == ModelFamily.BLOOM ? bloomHeads(fields) : "num_attention_heads");
    }

    static ModelSpec read(Path file) throws IOException {
        long size = Files.size(file);
        if (size > LARGEST_FILE) {
            throw new IllegalArgumentException(
                    file + " (" + size + " bytes) must be at most 4 MiB\nMaybe this is not a config.json.");
        }
        JsonNode root;
        try {
            root = JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    file + ":" + e.getLocation().getLineNr() + ":"
                            + e.getLocation().getColumnNr() + " is not JSON: " + e.getOriginalMessage(),
                    e);
        }
        return parse(file.toString(), folderOf(file), root);
    }

    /**
     * Reads a parsed configuration.
     *
     * @param file named in errors
     * @param otherwise name of the model if the configuration does not say
     */
    static ModelSpec parse(String file, String otherwise, JsonNode root) {
        if (!root.isObject()) {
            throw new IllegalArgumentException(file + ": $ must be a JSON object\nMaybe this is not a config.json.");
        }
        ConfigFields outer = new ConfigFields(file, "$", root);
        String name =
                outer.text("_name_or_path").filter(text -> !text.isBlank()).orElse(otherwise);
        boolean multimodal = root.path("text_config").isObject();
        ConfigFields text = multimodal ? outer.child("text_config") : outer;
        ModelFamily family = multimodal && !text.has("model_type") ? familyOfMultimodal(outer) : familyOf(text);
        try {
            return new HuggingFaceConfig(text, family).spec(name, outer);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith(file) ? e : new IllegalArgumentException(file + ": " + message, e);
        }
    }

    private ModelSpec spec(String name, ConfigFields outer) {
        NumberFormat stored = storedFormat(outer);
        NumberFormat activations = stored.equals(NumberFormat.FP16) ? NumberFormat.FP16 : NumberFormat.BF16;
        return new ModelSpec(
                name,
                layers,
                hidden,
                fields.positive("vocab_size", family.vocabulary),
                fields.positive(
                        family == ModelFamily.BLOOM ? "seq_length" : "max_position_embeddings", family.contextLimit),
                fields.flag("tie_word_embeddings", family.tiesEmbeddings()),
                family.isDeepSeek() ? latentAttention() : groupedAttention(),
                feedForward(),
                family.norms(),
                slidingWindow(),
                quantisedFormat(outer).orElse(stored),
                activations,
                activations);
    }

    private Attention groupedAttention() {
        int headDim = family.headDim > 0 ? family.headDim : Math.max(1, hidden / heads);
        boolean bias = fields.flag("attention_bias", family == ModelFamily.BLOOM);
        return new GroupedAttention(
                heads,
                fields.positive("num_key_value_heads", family.keyValueHeads > 0 ? family.keyValueHeads : heads),
                fields.positive("head_dim", headDim),
                bias || family.biasedInputs(),
                bias,
                family.normalisesHeads());
    }

    private Attention latentAttention() {
        // A q_lora_rank of null is how V2-Lite says that queries are not compressed; leaving it out means 1536.
        OptionalInt queryRank = fields.isNull("q_lora_rank")
                ? OptionalInt.empty()
                : OptionalInt.of(fields.positive("q_lora_rank", 1_536));
        return new LatentAttention(
                heads,
                queryRank,
                fields.positive("kv_lora_rank", 512),
                fields.positive("qk_rope_head_dim", 64),
                fields.positive("qk_nope_head_dim", 128),
                fields.positive("v_head_dim", 128));
    }

    private FeedForward feedForward() {
        boolean bloom = family == ModelFamily.BLOOM;
        int width = bloom ? fields.positive("n_inner", 4 * hidden) : fields.required("intermediate_size");
        return new FeedForward(width, !bloom, bloom || fields.flag("mlp_bias", false), experts(width));
    }

    private Optional<FeedForward.Experts> experts(int width) {
        return switch (family) {
            case MIXTRAL ->
                Optional.of(new FeedForward.Experts(
                        fields.positive("num_local_experts", 8),
                        fields.positive("num_experts_per_tok", 2),
                        width,
                        0,
                        false,
                        false,
                        layers));
            case QWEN2_MOE ->
                Optional.of(new FeedForward.Experts(
                        fields.positive("num_experts", 60),
                        fields.positive("num_experts_per_tok", 4),
                        fields.positive("moe_intermediate_size", 1_408),
                        fields.positive("shared_expert_intermediate_size", 5_632),
                        true,
                        false,
                        sparseLayers()));
            case QWEN3_MOE ->
                Optional.of(new FeedForward.Experts(
                        fields.positive("num_experts", 128),
                        fields.positive("num_experts_per_tok", 8),
                        fields.positive("moe_intermediate_size", 768),
                        0,
                        false,
                        false,
                        sparseLayers()));
            case DEEPSEEK_V2, DEEPSEEK_V3 -> deepSeekExperts(family == ModelFamily.DEEPSEEK_V3);
            default -> Optional.empty();
        };
    }

    private Optional<FeedForward.Experts> deepSeekExperts(boolean v3) {
        int width = fields.positive("moe_intermediate_size", v3 ? 2_048 : 1_407);
        int firstDense = Math.min(layers, fields.whole("first_k_dense_replace", v3 ? 3 : 0));
        int step = fields.positive("moe_layer_freq", 1);
        int sparse = (int) IntStream.range(firstDense, layers)
                .filter(layer -> layer % step == 0)
                .count();
        if (sparse == 0) {
            return Optional.empty();
        }
        return Optional.of(new FeedForward.Experts(
                fields.positive("n_routed_experts", v3 ? 256 : 64),
                v3 ? fields.positive("num_experts_per_tok", 8) : fields.required("num_experts_per_tok"),
                width,
                width * fields.whole("n_shared_experts", v3 ? 1 : 2),
                false,
                v3,
                sparse));
    }

    /** Qwen: every {@code decoder_sparse_step}-th layer has experts, unless it is listed among {@code mlp_only_layers}. */
    private int sparseLayers() {
        int step = fields.positive("decoder_sparse_step", 1);
        List<String> dense = fields.texts("mlp_only_layers");
        int sparse = (int) IntStream.range(0, layers)
                .filter(layer -> (layer + 1) % step == 0 && !dense.contains(Integer.toString(layer)))
                .count();
        return Math.max(1, sparse);
    }

    private Optional<SlidingWindow> slidingWindow() {
        OptionalInt window = windowTokens();
        int limited = window.isPresent() ? limitedLayers() : 0;
        return limited > 0 ? Optional.of(new SlidingWindow(window.getAsInt(), limited)) : Optional.empty();
    }

    private OptionalInt windowTokens() {
        return switch (family) {
            // null switches the window off, leaving it out means the default
            case MISTRAL ->
                fields.isNull("sliding_window")
                        ? OptionalInt.empty()
                        : OptionalInt.of(fields.positive("sliding_window", 4_096));
            case GEMMA2, GEMMA3 -> OptionalInt.of(fields.positive("sliding_window", 4_096));
            case MIXTRAL -> fields.positive("sliding_window");
            case QWEN2, QWEN2_MOE, QWEN3, QWEN3_MOE ->
                fields.flag("use_sliding_window", false)
                        ? OptionalInt.of(fields.positive("sliding_window", 4_096))
                        : OptionalInt.empty();
            default -> OptionalInt.empty();
        };
    }

    private int limitedLayers() {
        if (fields.has("layer_types")) {
            return (int) fields.texts("layer_types").stream()
                    .filter("sliding_attention"::equals)
                    .count();
        }
        return switch (family) {
            case GEMMA2 -> (layers + 1) / 2; // layers 0, 2, 4 ...
            case GEMMA3 -> layers - layers / fields.positive("sliding_window_pattern", 6); // each sixth sees everything
            case QWEN2, QWEN2_MOE, QWEN3, QWEN3_MOE -> Math.max(0, layers - fields.whole("max_window_layers", 28));
            default -> layers;
        };
    }

    private NumberFormat storedFormat(ConfigFields outer) {
        String type = fields.text("torch_dtype")
                .or(() -> fields.text("dtype"))
                .or(() -> outer.text("torch_dtype"))
                .or(() -> outer.text("dtype"))
                .orElse("bfloat16");
        return switch (type) {
            case "bfloat16" -> NumberFormat.BF16;
            case "float16" -> NumberFormat.FP16;
            case "float32" -> NumberFormat.FP32;
            default ->
                throw fields.wrong(
                        "torch_dtype",
                        "(\"" + type + "\") must be one of bfloat16, float16, float32",
                        NearestName.of(type, List.of("bfloat16", "float16", "float32"))
                                .map(near -> "Maybe \"" + near + "\".")
                                .orElse(""));
        };
    }

    private static Optional<NumberFormat> quantisedFormat(ConfigFields outer) {
        if (!outer.has("quantization_config")) {
            return Optional.empty();
        }
        ConfigFields quantisation = outer.child("quantization_config");
        String method = quantisation.text("quant_method").orElse("");
        return switch (method) {
            case "fp8", "fbgemm_fp8" -> Optional.of(NumberFormat.FP8);
            case "mxfp4" -> Optional.of(NumberFormat.MXFP4);
            case "awq", "gptq" -> Optional.of(integers(quantisation));
            default ->
                throw quantisation.wrong(
                        "quant_method",
                        "(\"" + method + "\") must be one of fp8, fbgemm_fp8, mxfp4, awq, gptq",
                        "Maybe read the unquantised model and choose a format with withWeightFormat.");
        };
    }

    private static NumberFormat integers(ConfigFields quantisation) {
        int bits = quantisation.positive("bits", 4);
        if (bits < 2 || bits > 8) {
            throw quantisation.wrong("bits", "(" + bits + ") must be from 2 to 8", "Maybe 4.");
        }
        return NumberFormats.builtIn().get("int" + bits);
    }

    private static String bloomHeads(ConfigFields fields) {
        return fields.has("num_attention_heads") ? "num_attention_heads" : "n_head";
    }

    private static ModelFamily familyOfMultimodal(ConfigFields outer) {
        String type = outer.text("model_type").orElse("");
        return ModelFamily.ofModelType(type + "_text")
                .or(() -> ModelFamily.ofModelType(type))
                .orElseThrow(() -> unknown(outer, "model_type", type));
    }

    private static ModelFamily familyOf(ConfigFields fields) {
        Optional<String> type = fields.text("model_type");
        if (type.isPresent()) {
            return ModelFamily.ofModelType(type.get()).orElseThrow(() -> unknown(fields, "model_type", type.get()));
        }
        List<String> architectures = fields.texts("architectures");
        if (architectures.isEmpty()) {
            throw fields.wrong("model_type", "is missing", "Maybe this is not the config.json of a language model.");
        }
        return ModelFamily.ofArchitecture(architectures.get(0))
                .orElseThrow(() -> unknown(fields, "architectures[0]", architectures.get(0)));
    }

    private static IllegalArgumentException unknown(ConfigFields fields, String field, String value) {
        List<String> known = ModelFamily.modelTypes();
        return fields.wrong(
                field,
                "(\"" + value + "\") must be one of " + String.join(", ", known),
                NearestName.of(value, known)
                        .map(near -> "Maybe \"" + near + "\".")
                        .orElse(""));
    }

    private static String folderOf(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return folder == null || folder.getFileName() == null
                ? "model"
                : folder.getFileName().toString();
    }
}
