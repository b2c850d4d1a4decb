package org.motleysim.workloads.llm.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The architectures that a {@code config.json} may name, with the defaults that Hugging Face Transformers gives to absent fields. */
enum ModelFamily {
    LLAMA("llama", "LlamaForCausalLM", 32_000, 0, 0, 2_048),
    MISTRAL("mistral", "MistralForCausalLM", 32_000, 8, 0, 131_072),
    MIXTRAL("mixtral", "MixtralForCausalLM", 32_000, 8, 0, 131_072),
    QWEN2("qwen2", "Qwen2ForCausalLM", 151_936, 32, 0, 32_768),
    QWEN2_MOE("qwen2_moe", "Qwen2MoeForCausalLM", 151_936, 16, 0, 32_768),
    QWEN3("qwen3", "Qwen3ForCausalLM", 151_936, 32, 128, 32_768),
    QWEN3_MOE("qwen3_moe", "Qwen3MoeForCausalLM", 151_936, 4, 0, 32_768),
    GEMMA("gemma", "GemmaForCausalLM", 256_000, 16, 256, 8_192),
    GEMMA2("gemma2", "Gemma2ForCausalLM", 256_000, 4, 256, 8_192),
    GEMMA3("gemma3_text", "Gemma3ForCausalLM", 262_208, 4, 256, 131_072),
    DEEPSEEK_V2("deepseek_v2", "DeepseekV2ForCausalLM", 32_000, 0, 0, 2_048),
    DEEPSEEK_V3("deepseek_v3", "DeepseekV3ForCausalLM", 129_280, 0, 0, 4_096),
    BLOOM("bloom", "BloomForCausalLM", 250_880, 0, 0, 2_048);

    final String modelType;
    final String architecture;
    final int vocabulary;
    /** 0: as many as query heads. */
    final int keyValueHeads;
    /** 0: hidden size divided by heads. */
    final int headDim;

    final int contextLimit;

    ModelFamily(
            String modelType, String architecture, int vocabulary, int keyValueHeads, int headDim, int contextLimit) {
        this.modelType = modelType;
        this.architecture = architecture;
        this.vocabulary = vocabulary;
        this.keyValueHeads = keyValueHeads;
        this.headDim = headDim;
        this.contextLimit = contextLimit;
    }

    static Optional<ModelFamily> ofModelType(String modelType) {
        return Arrays.stream(values())
                .filter(family -> family.modelType.equals(modelType))
                .findFirst();
    }

    static Optional<ModelFamily> ofArchitecture(String architecture) {
        return Arrays.stream(values())
                .filter(family -> family.architecture.equals(architecture))
                .findFirst();
    }

    static List<String> modelTypes() {
        return Arrays.stream(values()).map(family -> family.modelType).toList();
    }

    boolean isGemma() {
        return this == GEMMA || this == GEMMA2 || this == GEMMA3;
    }

    boolean isDeepSeek() {
        return this == DEEPSEEK_V2 || this == DEEPSEEK_V3;
    }

    boolean tiesEmbeddings() {
        return isGemma() || this == BLOOM;
    }

    /** Qwen 2 has biases on its inputs without saying so in its configuration. */
    boolean biasedInputs() {
        return this == QWEN2 || this == QWEN2_MOE || this == BLOOM;
    }

    boolean normalisesHeads() {
        return this == QWEN3 || this == QWEN3_MOE || this == GEMMA3;
    }

    Norms norms() {
        return switch (this) {
            case GEMMA2, GEMMA3 -> new Norms(4, false, false);
            case BLOOM -> new Norms(2, true, true);
            default -> Norms.RMS;
        };
    }
}
