package org.motleysim.hardware.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.Shape;

class ProfileTablesTest {
    @TempDir
    private Path folder;

    private List<Measurement> read(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
        return MeasuredKernels.read(folder).all();
    }

    @Test
    void dense_layers_areProductsOfTheModelsSizes() throws IOException {
        List<Measurement> rows = read(
                "profile_RTX4090_Llama-3.1-8B_tp2_dense.csv",
                "layer,tokens,time_us\nqkv_proj,16,50.5\ndown_proj,16,60\nrotary_emb,16,3\n");

        // 16 query heads and twice 4 key-value heads of 128 on each of two devices; 14,336 / 2 in the middle.
        assertEquals(2, rows.size());
        Shape.Product qkv = (Shape.Product) rows.get(0).kernel().shape();
        assertEquals(List.of(16L, 3072L, 4096L), List.of(qkv.m(), qkv.n(), qkv.k()));
        Shape.Product down = (Shape.Product) rows.get(1).kernel().shape();
        assertEquals(List.of(16L, 4096L, 7168L), List.of(down.m(), down.n(), down.k()));
        assertEquals(50.5e-6, rows.get(0).seconds(), 1e-15);
    }

    @Test
    void attention_ofPromptsAndNewTokensTogether_isLeftOut() throws IOException {
        List<Measurement> rows = read(
                "profile_RTX4090_Llama-3.1-8B_tp1_attention.csv",
                "prefill_chunk,kv_prefill,n_decode,kv_decode,time_us\n0,0,4,16,9\n256,1024,0,0,60\n256,1024,1,128,74\n");

        assertEquals(
                List.of("attention-decode", "attention-prefill"),
                rows.stream().map(Measurement::operation).toList());
    }

    @Test
    void profiles_areJudgedAsUnseenAndNeverFitted() throws IOException {
        read("profile_RTX4090_Llama-3.1-8B_tp1_dense.csv", "layer,tokens,time_us\no_proj,512,150\no_proj,1024,300\n");
        MeasuredKernels measured = MeasuredKernels.read(folder);

        List<Score> scores = Validation.of(CostModel.builtIn()).unseen(measured);

        assertEquals("profile-unseen", scores.get(0).suite());
        assertEquals(Score.Judged.MEDIAN, scores.get(0).judged());
        assertTrue(scores.get(0).goal().isPresent());
        assertFalse(CatalogFit.isFitted(measured.all().get(0)));
    }
}
