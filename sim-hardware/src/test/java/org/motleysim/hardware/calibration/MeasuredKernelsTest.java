package org.motleysim.hardware.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.Shape;

class MeasuredKernelsTest {
    @TempDir
    private Path folder;

    @Test
    void readTable_gemmRow_isTheProductItSays() throws IOException {
        Path file = write(
                "gemm.csv", "system,framework,version,dtype,m,n,k,latency_ms\nh100_sxm,vllm,1,bfloat16,3,5,7,0.25\n");

        Measurement row = MeasuredKernels.readTable(file).all().get(0);

        assertEquals("gemm", row.table());
        assertEquals("5x7", row.shape());
        assertEquals(0.25e-3, row.seconds(), 1e-18);
        assertEquals(2.0 * 3 * 5 * 7, row.kernel().flops());
        // A and B read, C written, two bytes each.
        assertEquals(2.0 * (3 * 7 + 7 * 5 + 3 * 5), row.kernel().bytes());
    }

    @Test
    void readTable_slidingWindow_countsThePairsOneByOne() throws IOException {
        Path file = write("prefill.csv", """
                system,framework,version,q_heads,kv_heads,head_dim,window,attn_dtype,kv_dtype,batch,prompt_len,prefix_len,latency_ms
                l40s,vllm,1,4,2,64,10,bfloat16,fp8,3,17,5,1
                """);
        long pairs = 0;
        for (int query = 1; query <= 17; query++) {
            pairs += Math.min(5 + query, 10);
        }

        Measurement row = MeasuredKernels.readTable(file).all().get(0);

        assertEquals(4.0 * 4 * 64 * 3 * pairs, row.kernel().flops());
        assertTrue(row.kernel().shape() instanceof Shape.Attention attention && attention.sequences() == 3);
    }

    @Test
    void readTable_latentDecode_hasTheFlopsOfTheAbsorbedForm() throws IOException {
        Path file = write("mla.csv", """
                system,framework,version,dtype,kv_dtype,heads,tp,batch,kv_len,latency_ms
                h100_sxm,trtllm,1,bfloat16,fp8,16,8,2,100,1
                """);

        Measurement row = MeasuredKernels.readTable(file).all().get(0);

        // Scores over 512 + 64 elements, values over 512; a multiply-add is two.
        assertEquals(2.0 * 16 * (576 + 512) * 200, row.kernel().flops());
        assertEquals(KernelFamily.ATTENTION_DECODE, row.kernel().family());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "h100_sxm,vllm,1,bfloat16,x,5,7,1 | line 2: m (\"x\")",
                "h100_sxm,vllm,1,bfloat16,-3,5,7,1 | line 2: m (\"-3\")",
                "h100_sxm,vllm,1,bfloat16,3,0,7,1 | line 2: n (\"0\")",
                "h100_sxm,vllm,1,bfloat61,3,5,7,1 | line 2: dtype (\"bfloat61\")",
                "h100_sxm,vllm,1,bfloat16,3,5,7,0 | line 2: latency_ms (\"0\")",
                "h100_sxm,vllm,1,bfloat16,3,5,7,NaN | line 2: latency_ms (\"NaN\")",
                "h100_sxm,vllm,1,bfloat16,3,5,7 | line 2: a row (7 fields)",
            })
    void readTable_badRow_namesFileLineColumnAndValue(String row, String message) throws IOException {
        Path file = write("bad.csv", "system,framework,version,dtype,m,n,k,latency_ms\n" + row + "\n");

        var refusal = assertThrows(IllegalArgumentException.class, () -> MeasuredKernels.readTable(file));

        assertTrue(String.valueOf(refusal.getMessage()).contains("bad.csv"), refusal::getMessage);
        assertTrue(String.valueOf(refusal.getMessage()).contains(message), refusal::getMessage);
    }

    @Test
    void readTable_missingColumn_namesItAndTheTable() throws IOException {
        Path file = write("bad.csv", "system,framework,dtype,m,n,kk,latency_ms\n");

        var refusal = assertThrows(IllegalArgumentException.class, () -> MeasuredKernels.readTable(file));

        assertTrue(
                String.valueOf(refusal.getMessage()).contains("gemm, which also needs k (written \"kk\"?)"),
                refusal::getMessage);
    }

    @Test
    void read_wholeFolder_resolvesEveryMachineOfTheTables() {
        MeasuredKernels measured = MeasuredKernels.read(DataFolder.orSkip());
        SystemNames names = SystemNames.in(Catalog.builtIn());

        // Line counts of the files, less the header.
        assertEquals(19_008, measured.table("gemm_vllm").size());
        assertEquals(12_114, measured.table("attention_decode_vllm").size());
        assertEquals(9_238, measured.table("moe").size());
        assertEquals(84, measured.table("kernels_a100").size());
        for (String system : List.of("a100_sxm", "h100_sxm", "b200_sxm", "l40s", "a100", "h100", "A100")) {
            assertTrue(names.find(system).isPresent(), system);
        }
    }

    @Test
    void device_unknownName_saysTheNearest() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> SystemNames.in(Catalog.builtIn())
                .device("h100_smx"));

        assertTrue(String.valueOf(refusal.getMessage()).contains("Maybe \"h100_sxm\""), refusal::getMessage);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
