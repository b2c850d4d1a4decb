package org.motleysim.workloads.llm.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.motleysim.hardware.device.NumberFormat;

class ModelSpecTest {
    /** Exact counts of the published checkpoints (safetensors metadata on Hugging Face; Gemma 3: text part with 262,208 rows). */
    @ParameterizedTest
    @CsvSource({
        "llama-2-7b, 6738415616",
        "llama-2-13b, 13015864320",
        "llama-2-70b, 68976648192",
        "llama-3-8b, 8030261248",
        "llama-3.1-8b, 8030261248",
        "llama-3-70b, 70553706496",
        "llama-3.1-405b, 405853388800",
        "mistral-7b, 7241732096",
        "mixtral-8x7b, 46702792704",
        "qwen2.5-7b, 7615616512",
        "qwen2.5-72b, 72706203648",
        "qwen3-8b, 8190735360",
        "qwen3-32b, 32762123264",
        "qwen3-30b-a3b, 30532122624",
        "gemma-2-9b, 9241705984",
        "gemma-3-27b, 27009346304",
        "deepseek-v2-lite, 15706484224",
        "deepseek-v3, 671026419200",
        "bloom-176b, 176247271424",
    })
    void parameters_ofBuiltIn_equalThePublishedCheckpoint(String name, long parameters) {
        assertEquals(parameters, ModelSpec.builtIn(name).parameters());
    }

    /** Rounded totals and active counts as the model cards state them. */
    @ParameterizedTest
    @CsvSource({
        "mixtral-8x7b, 46.7, 12.9",
        "mixtral-8x22b, 140.6, 39.1",
        "qwen3-30b-a3b, 30.5, 3.3",
        "deepseek-v2-lite, 15.7, 2.7",
        "deepseek-v3, 671, 37.5",
        "llama-3-8b, 8.03, 8.03",
    })
    void activeParameters_ofMixtures_equalTheModelCard(String name, double total, double active) {
        ModelSpec model = ModelSpec.builtIn(name);
        assertEquals(total, model.parameters() / 1e9, 0.06);
        assertEquals(active, model.activeParameters() / 1e9, 0.06);
    }

    @ParameterizedTest
    @CsvSource({
        "deepseek-v3, 70272",
        "qwen2.5-72b, 327680",
        "llama-3.1-405b, 516096",
        "llama-3-8b, 131072",
        "llama-2-7b, 524288",
    })
    void kvBytesPerToken_inSixteenBits_areExact(String name, long bytes) {
        assertEquals(
                bytes, ModelSpec.builtIn(name).withKvFormat(NumberFormat.BF16).kvBytesPerToken());
        assertEquals(
                bytes / 2,
                ModelSpec.builtIn(name).withKvFormat(NumberFormat.FP8).kvBytesPerToken());
    }

    @Test
    void weightBytes_inSixteenBits_areTwicePerParameter() {
        assertEquals(
                16_060_522_496L, ModelSpec.builtIn("llama-3-8b").weightBytes().value());
    }

    @Test
    void weightBytes_inEightBits_leaveEmbeddingsHeadAndNormsInSixteen() {
        ModelSpec model = ModelSpec.builtIn("llama-3-8b");
        long kept = 2L * 128_256 * 4_096 + 65L * 4_096;
        assertEquals(
                model.parameters() + kept,
                model.withWeightFormat(NumberFormat.FP8).weightBytes().value());
    }

    @Test
    void slidingWindow_ofGemma_coversTheRightLayers() {
        assertEquals(
                new SlidingWindow(1_024, 52),
                ModelSpec.builtIn("gemma-3-27b").slidingWindow().orElseThrow());
        assertEquals(
                new SlidingWindow(4_096, 21),
                ModelSpec.builtIn("gemma-2-9b").slidingWindow().orElseThrow());
        assertTrue(ModelSpec.builtIn("mixtral-8x7b").slidingWindow().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("org.motleysim.workloads.llm.model.ModelSpec#builtInNames")
    void builtIn_everyName_hasASourceAndValueEquality(String name) {
        assertFalse(ModelSpec.builtInSource(name).isBlank());
        assertEquals(name, ModelSpec.builtIn(name).name());
        assertEquals(ModelSpec.builtIn(name), ModelSpec.builtIn(name));
    }

    @Test
    void builtIn_unknownName_suggestsTheNearest() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> ModelSpec.builtIn("lama-3-8b"));
        assertTrue(String.valueOf(e.getMessage()).contains("Maybe \"llama-3-8b\"."), e.getMessage());
    }

    @Test
    void shard_ofGroupedHeads_addsUpExceptForWhatIsCopied() {
        ModelSpec model = ModelSpec.builtIn("llama-3-70b");
        Shard whole = new Shard(model, 1);
        Shard eighth = new Shard(model, 8);
        assertEquals(whole.matrixParameters(), 8 * eighth.matrixParameters());
        assertEquals(whole.kvBytesPerToken(), 8 * eighth.kvBytesPerToken());
        assertEquals(whole.parameters(), 8 * eighth.parameters() - 7L * 161 * 8_192);
        assertEquals(eighth.kvBytesPerToken(), new Shard(model, 16).kvBytesPerToken());
    }

    @Test
    void shard_ofLatentAttention_copiesTheCache() {
        ModelSpec model = ModelSpec.builtIn("deepseek-v3");
        assertEquals(70_272, new Shard(model, 8).kvBytesPerToken());
    }

    @Test
    void shard_thatDoesNotDivideTheHeads_isRefused() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new Shard(ModelSpec.builtIn("llama-3-8b"), 3));
        assertTrue(String.valueOf(e.getMessage()).startsWith("tensorParallel (3) must divide"), e.getMessage());
    }

    @Test
    void expectedDistinct_ofUniformRouting_matchesTheClosedForm() {
        FeedForward.Experts mixture = new FeedForward.Experts(8, 2, 14_336, 0, false, false, 32);
        assertEquals(2, mixture.expectedDistinct(1), 1e-12);
        assertEquals(8 * (1 - 0.5625), mixture.expectedDistinct(2), 1e-12);
        assertEquals(8, mixture.expectedDistinct(1_000), 1e-9);
    }
}
