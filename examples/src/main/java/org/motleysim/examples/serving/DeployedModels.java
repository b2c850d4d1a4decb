package org.motleysim.examples.serving;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.workloads.llm.model.Attention;
import org.motleysim.workloads.llm.model.FeedForward;
import org.motleysim.workloads.llm.model.GroupedAttention;
import org.motleysim.workloads.llm.model.LatentAttention;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.model.Norms;
import org.motleysim.workloads.llm.model.SlidingWindow;

/**
 * The models of the deployments. Those that Motley does not ship are written from their public configurations, as far as costs depend on
 * them. Qwen3.5's 45 layers of linear attention stand in as layers with a window of 128 tokens, and GLM-5's sparse attention as full
 * attention.
 */
final class DeployedModels {
    private static final int CONTEXT = 262_144;

    private DeployedModels() {}

    /** The model of a path such as {@code "deepseek-ai/DeepSeek-R1"}. */
    static ModelSpec of(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        if (name.contains("llama-3.1-8b")) {
            return ModelSpec.builtIn("llama-3.1-8b");
        }
        if (name.contains("llama-3.1-70b")) {
            return ModelSpec.builtIn("llama-3.1-70b");
        }
        if (name.contains("qwen3-32b")) {
            return ModelSpec.builtIn("qwen3-32b");
        }
        if (name.contains("deepseek")) {
            return ModelSpec.builtIn("deepseek-v3");
        }
        if (name.contains("qwen3-235b")) {
            return spec(
                    "qwen3-235b-a22b", 94, 4_096, 151_936, grouped(64, 4, 128), experts(12_288, 128, 8, 1_536, 0, 94));
        }
        if (name.contains("kimi-k2")) {
            Attention latent = new LatentAttention(64, OptionalInt.of(1_536), 512, 64, 128, 128);
            return spec("kimi-k2.5", 61, 7_168, 163_840, latent, experts(18_432, 384, 8, 2_048, 2_048, 60));
        }
        if (name.contains("minimax-m2")) {
            return spec("minimax-m2.5", 62, 3_072, 200_064, grouped(48, 8, 128), experts(1_536, 256, 8, 1_536, 0, 62));
        }
        if (name.contains("glm-5")) {
            Attention latent = new LatentAttention(64, OptionalInt.of(2_048), 512, 64, 192, 256);
            return spec("glm-5", 78, 6_144, 154_880, latent, experts(12_288, 256, 8, 2_048, 2_048, 75));
        }
        if (name.contains("gpt-oss-120b")) {
            return windowed(
                    spec("gpt-oss-120b", 36, 2_880, 201_088, grouped(64, 8, 64), experts(2_880, 128, 4, 2_880, 0, 36)),
                    18);
        }
        if (name.contains("qwen3.5-397b")) {
            return windowed(
                    spec(
                            "qwen3.5-397b",
                            60,
                            4_096,
                            248_320,
                            grouped(32, 2, 256),
                            experts(1_024, 512, 10, 1_024, 1_024, 60)),
                    45);
        }
        throw new IllegalArgumentException("model (" + path + ") is not known");
    }

    private static Attention grouped(int heads, int keyValueHeads, int headDim) {
        return new GroupedAttention(heads, keyValueHeads, headDim, false, false, true);
    }

    private static FeedForward experts(int width, int count, int perToken, int each, int shared, int layers) {
        return new FeedForward(
                width,
                true,
                false,
                Optional.of(new FeedForward.Experts(count, perToken, each, shared, false, false, layers)));
    }

    private static ModelSpec spec(
            String name, int layers, int hidden, int vocabulary, Attention attention, FeedForward feedForward) {
        return new ModelSpec(
                name,
                layers,
                hidden,
                vocabulary,
                CONTEXT,
                false,
                attention,
                feedForward,
                Norms.RMS,
                Optional.empty(),
                NumberFormat.BF16,
                NumberFormat.BF16,
                NumberFormat.BF16);
    }

    private static ModelSpec windowed(ModelSpec spec, int layers) {
        return new ModelSpec(
                spec.name(),
                spec.layers(),
                spec.hidden(),
                spec.vocabulary(),
                spec.contextLimit(),
                spec.tiedEmbeddings(),
                spec.attention(),
                spec.feedForward(),
                spec.norms(),
                Optional.of(new SlidingWindow(128, layers)),
                spec.weightFormat(),
                spec.activationFormat(),
                spec.kvFormat());
    }
}
