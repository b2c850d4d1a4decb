package org.motleysim.workloads.llm.optable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
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

class VidurTablesTest {
    @TempDir
    Path folder;

    private Path dense;
    private Path attention;

    @BeforeEach
    void tables() throws IOException {
        dense = write("dense.csv", """
                gpu,model,tp,tokens,attn_pre_proj_ms,attn_rope_ms,attn_post_proj_ms,input_layernorm_ms,post_attention_layernorm_ms,mlp_up_proj_ms,mlp_act_ms,mlp_down_proj_ms,add_ms
                a100,grouped,1,8,1,1,1,1,1,1,1,1,1
                a100,grouped,1,16,2,2,2,2,2,2,2,2,2
                a100,grouped,1,104,3,3,3,3,3,3,3,3,3
                a100,grouped,2,8,1,1,1,1,1,1,1,1,1
                """);
        attention = write("attention.csv", """
                phase,batch,prefill_chunk,kv_len,attention_ms,kv_save_ms
                decode,1,0,64,1,0.5
                decode,1,0,128,3,0.5
                decode,2,0,64,2,0.5
                decode,2,0,128,4,0.5
                prefill,1,100,0,10,0.5
                prefill,1,100,64,20,0.5
                """);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private VidurTables nearest() {
        return VidurTables.read(dense, "a100", "grouped", attention).withInterpolation(Interpolation.NEAREST);
    }

    private static double millis(VidurTables tables, String model, Consumer<Iteration> filled) {
        ModelSpec spec = ModelSpec.builtIn(model);
        Iteration iteration = Iteration.of(spec);
        filled.accept(iteration);
        IterationResult result = new IterationResult();
        tables.bind(spec, Catalog.builtIn().device("nvidia-a100-sxm-80gb"), 1, RooflineCostModel.peak())
                .cost(iteration, result);
        return 1e3 * result.seconds();
    }

    @Test
    void cost_ofDecodes_asksAtRoundedTokensAndMeanContext() {
        // One token counts as 8; the context of 65 as 128.
        assertEquals(32 * (9 + 0.5 + 3), millis(nearest(), "llama-3-8b", one -> one.decode(65)), 1e-9);
        // Mean context of 10 and 117 is 63 and counts as 64; grouped queries take a tenth more for two.
        Consumer<Iteration> two = pair -> {
            pair.decode(10);
            pair.decode(117);
        };
        assertEquals(32 * (9 + 0.5 + 2 * 1.1), millis(nearest(), "llama-3-8b", two), 1e-9);
        assertEquals(32 * (9 + 0.5 + 2), millis(nearest(), "llama-2-7b", two), 1e-9);
    }

    @Test
    void cost_ofChunks_asksAtTheRootOfTheirSquares() {
        // Chunks of 60 and 80 count as one of 100, their 140 tokens as 144, beyond the table in proportion.
        assertEquals(
                32 * (27.0 * 144 / 104 + 0.5 * 140 / 100 + 10 * 1.1),
                millis(nearest(), "llama-3-8b", chunks -> {
                    chunks.prefill(60, 0, false);
                    chunks.prefill(80, 0, false);
                }),
                1e-9);
        assertEquals(
                32 * (27 + 0.5 + 20), millis(nearest(), "llama-3-8b", chunk -> chunk.prefill(100, 3, false)), 1e-9);
    }

    @Test
    void forest_atAPoint_isThatPointOrTheNearestOneThatATreeHasSeen() {
        TreeMap<Double, Double> points = new TreeMap<>();
        points.put(8.0, 1.0);
        points.put(16.0, 2.0);
        points.put(32.0, 7.0);
        double seen = 1 - 1 / Math.E;
        double missed = 1 / Math.E;
        // Some tree must have seen something: the shares are those given that.
        double something = 1 - Math.pow(missed, 3);
        double expected = (seen * 2 + missed * seen * 1 + missed * missed * seen * 7) / something;
        assertEquals(expected, new Curve(points, Interpolation.FOREST).at(16), 1e-12);
        // 12 is as near to 8 as to 16: the smaller counts.
        double tied = (seen * 1 + missed * seen * 2 + missed * missed * seen * 7) / something;
        assertEquals(tied, new Curve(points, Interpolation.FOREST).at(12), 1e-12);
        assertEquals(1.0, new Curve(points, Interpolation.NEAREST).at(12), 0);
        assertEquals(1.5, new Curve(points, Interpolation.LINEAR).at(12), 0);
    }

    @Test
    void read_unknownNames_listsThoseOfTheTable() {
        String message = messageOf(() -> VidurTables.read(dense, "a100", "grouper", attention));
        assertTrue(message.contains("model (\"grouper\")") && message.contains("Maybe \"grouped\"."), message);
        message = messageOf(() -> VidurTables.read(dense, "h100", "grouped", attention));
        assertTrue(message.contains("gpu (\"h100\") must be one of"), message);
    }

    @Test
    void bind_aSplitModelWithoutCollectives_saysWhatIsMissing() {
        String message = messageOf(() -> nearest()
                .bind(
                        ModelSpec.builtIn("llama-3-8b"),
                        Catalog.builtIn().device("nvidia-a100-sxm-80gb"),
                        2,
                        RooflineCostModel.peak()));
        assertTrue(message.contains("\"collectives\""), message);
    }

    private static String messageOf(Executable refused) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, refused).getMessage());
    }
}
