package org.motleysim.workloads.llm.optable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cost.RooflineCostModel;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.step.Iteration;
import org.motleysim.workloads.llm.step.IterationResult;

class LayerProfileTest {
    private static final ModelSpec MODEL = ModelSpec.builtIn("llama-3.1-8b");

    @TempDir
    Path folder;

    private Path dense;
    private Path perSequence;
    private Path attention;

    @BeforeEach
    void tables() throws IOException {
        StringBuilder rows = new StringBuilder("layer,tokens,time_us\n");
        for (String layer : new String[] {
            "embedding",
            "layernorm",
            "qkv_proj",
            "rotary_emb",
            "o_proj",
            "gate_up_proj",
            "act_fn",
            "down_proj",
            "final_layernorm"
        }) {
            rows.append(layer).append(",1,10\n").append(layer).append(",101,110\n");
        }
        dense = write("dense.csv", rows.toString());
        perSequence = write("seq.csv", "layer,sequences,time_us\nlm_head,1,500\nsampler,1,20\nsampler,3,40\n");
        attention = write("att.csv", """
                prefill_chunk,kv_prefill,n_decode,kv_decode,time_us
                100,0,0,0,40
                100,1000,0,0,90
                0,0,1,1000,10
                0,0,1,2000,20
                100,0,1,1000,60
                100,1000,1,1000,120
                """);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private LayerProfile profile() {
        return LayerProfile.read(dense, perSequence, attention);
    }

    private static double micros(LayerProfile profile, Consumer<Iteration> filled) {
        Iteration iteration = Iteration.of(MODEL);
        filled.accept(iteration);
        IterationResult result = new IterationResult();
        profile.bind(MODEL, Catalog.builtIn().device("nvidia-rtx-4090-24gb"), 1, RooflineCostModel.peak())
                .cost(iteration, result);
        assertTrue(result.dynamicJoules() > 0);
        assertTrue(result.flops() > 0);
        return 1e6 * result.seconds();
    }

    @Test
    void cost_ofOneDecode_isTheSumOfTheHand() {
        // 32 layers of two norms, five matrix products, rotary embedding and activation at 10 us each, and attention at
        // 1,500 tokens, half way from 10 to 20 us; embedding, final norm, head and sampler once.
        assertEquals(32 * (8 * 10 + 15) + 10 + 10 + 500 + 20, micros(profile(), one -> one.decode(1_500)), 1e-6);
    }

    @Test
    void cost_betweenRows_isOnTheLine() {
        // 51 tokens: 60 us a layer; the chunk of 50 is before the first chunk of the table, whose row holds; two
        // samples are beyond the only row of the head.
        double expected = 32 * (8 * 60 + 40 + 25) + 2 * 60 + 2 * 500 + 30;
        assertEquals(
                expected,
                micros(profile(), both -> {
                    both.prefill(50, 0, true);
                    both.decode(1_000);
                }),
                1e-6);
    }

    @Test
    void cost_besideAPrompt_isTheMedianOfWhatDecodingAddsThere() {
        // Rows with both: 60 - 40 = 20 and 120 - 90 = 30 us; the median is 25.
        double alone = micros(profile(), prompt -> prompt.prefill(100, 500, false));
        double mixed = micros(profile(), both -> {
            both.prefill(100, 500, false);
            both.decode(1_000);
        });
        double oneTokenMore = 32 * 8 + 2;
        assertEquals(32 * 25 + oneTokenMore + 500 + 20, mixed - alone, 1e-6);
        // |65 / 60 - 1| and |115 / 120 - 1|.
        assertEquals((5 / 60.0 + 5 / 120.0) / 2, profile().attentionResidual(), 1e-12);
    }

    @Test
    void cost_ofSeveralChunks_isThatOfOneWithAsManyPairs() {
        // Two chunks of 60 and 80 have as many pairs as one of 100: 60 x 60 + 80 x 80 = 100 x 100.
        double two = micros(profile(), chunks -> {
            chunks.prefill(60, 0, false);
            chunks.prefill(80, 0, false);
        });
        // 140 tokens are beyond the table: 110 us at 101 tokens grow in proportion.
        double each = 110.0 * 140 / 101;
        assertEquals(32 * (8 * each + 40) + 2 * each, two, 1e-6);
    }

    @Test
    void withHostOverhead_addsItToEachIteration() {
        LayerProfile slow = profile().withHostOverhead(Duration.ofMillis(1));
        assertEquals(1_000, micros(slow, one -> one.decode(1_000)) - micros(profile(), one -> one.decode(1_000)), 1e-6);
    }

    @Test
    void read_whatIsWrong_isNamedByFileLineAndColumn() throws IOException {
        Path bad = write("bad.csv", "layer,sequences,time_us\nlm_head,1,500\nsampler,1,fast\n");
        String message = messageOf(() -> LayerProfile.read(dense, bad, attention));
        assertTrue(message.contains("bad.csv, line 3: time_us (\"fast\")"), message);
        message = messageOf(() -> LayerProfile.read(attention, perSequence, attention));
        assertTrue(message.contains("must have a column \"layer\""), message);
        message = messageOf(() -> LayerProfile.read(dense, perSequence, folder.resolve("none.csv")));
        assertTrue(message.contains("none.csv) must exist"), message);
    }

    @Test
    void bind_aMixtureWithoutItsTable_saysWhatIsMissing() {
        ModelSpec mixture = ModelSpec.builtIn("qwen3-30b-a3b");
        String message = messageOf(() ->
                profile().bind(mixture, Catalog.builtIn().device("nvidia-rtx-4090-24gb"), 1, RooflineCostModel.peak()));
        assertTrue(message.contains("has experts"), message);
    }

    private static String messageOf(Executable refused) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, refused).getMessage());
    }
}
