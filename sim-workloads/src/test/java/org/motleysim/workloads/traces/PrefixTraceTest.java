package org.motleysim.workloads.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Block numbers of traces, and BurstGPT. */
class PrefixTraceTest {
    @TempDir
    Path folder;

    @Test
    void read_blockColumn_numbersTokens() throws IOException {
        RequestTrace trace =
                read("arrival_s,prompt_tokens,output_tokens,prefix_block_ids_16tok\n0,40,5,7 8\n1,17,1,7\n");
        assertTrue(trace.hasPrefixes());
        assertEquals(32, trace.prefixTokens(0));
        assertEquals(7, trace.prefixBlock(0, 15));
        assertEquals(8, trace.prefixBlock(0, 16));
        assertEquals(16, trace.prefixTokens(1));
        assertEquals(7, trace.prefixBlock(1, 0));
    }

    @Test
    void read_mooncake_lastBlockMayBePartial() throws IOException {
        RequestTrace trace = read("""
                {"timestamp": 0, "input_length": 600, "output_length": 44, "hash_ids": [3, 4]}
                {"timestamp": 5, "input_length": 512, "output_length": 4, "hash_ids": [3]}
                """);
        assertEquals(600, trace.prefixTokens(0));
        assertEquals(4, trace.prefixBlock(0, 599));
        assertEquals(512, trace.prefixTokens(1));
    }

    @Test
    void equals_otherBlocks_areOtherTraces() throws IOException {
        String header = "arrival_s,prompt_tokens,output_tokens,prefix_block_ids_16tok\n";
        assertEquals(read(header + "0,40,5,7 8\n"), read(header + "0,40,5,7 8\n"));
        assertNotEquals(read(header + "0,40,5,7 8\n"), read(header + "0,40,5,7 9\n"));
        assertNotEquals(read(header + "0,40,5,7 8\n"), read("arrival_s,prompt_tokens,output_tokens\n0,40,5\n"));
        assertEquals(
                read(header + "0,40,5,7 8\n"),
                RequestTrace.of(new long[] {0}, new int[] {40}, new int[] {5}).withPrefixes(16, new int[][] {{7, 8}}));
    }

    @Test
    void read_badBlocks_listsThem() {
        String text = """
                arrival_s,prompt_tokens,output_tokens,prefix_block_ids_16tok
                0,40,5,1 x
                1,16,5,1 2
                2,40,5,1 3
                3,40,5,3
                """;
        TraceException e = assertThrows(TraceException.class, () -> read(text));
        String message = String.valueOf(e.getMessage());
        assertEquals(3, e.problems().size(), message);
        assertTrue(message.contains(":2:8: number of a block (\"x\") must be a whole number"), message);
        assertTrue(message.contains(":3: has 2 numbers of blocks of 16 tokens for a prompt of 16"));
        assertTrue(message.contains(":5: has block number 3 at another place"), message);
    }

    @Test
    void read_burstGpt_leavesFailuresOut() throws IOException {
        RequestTrace trace = read("""
                Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type
                5,ChatGPT,472,18,490,Conversation log
                45,ChatGPT,1087,0,1087,Conversation log
                118,GPT-4,417,276,693,API log
                """);
        assertEquals(2, trace.size());
        assertEquals(5_000_000_000L, trace.arrivalNanos(0));
        assertEquals(417, trace.promptTokens(1));
        assertEquals(276, trace.outputTokens(1));
    }

    /** Counts made with another program: numbers in all rows, and how many of them a row before had. */
    @ParameterizedTest
    @CsvSource({
        "mooncake_conversation_first2500.csv, 512, 2500, 67694, 20364",
        "mooncake_synthetic_first1500.csv, 512, 1500, 35135, 8383",
        "workload_Llama-3.1-8B_300req_10rps.csv, 16, 300, 15942, 1220",
        "workload_Qwen3-32B_300req_10rps.csv, 16, 300, 16034, 1278"
    })
    void read_publicTraces_haveTheirBlocks(String name, int blockTokens, int rows, int blocks, int repeated)
            throws IOException {
        String data = System.getenv("MOTLEY_DATA");
        assumeTrue(data != null, "MOTLEY_DATA names no data folder");
        Path file = Path.of(data, "serving", "traces", name);
        assumeTrue(Files.exists(file), file + " is not there");
        RequestTrace trace = RequestTrace.read(file);
        assertEquals(rows, trace.size());
        int count = 0;
        int seenBefore = 0;
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < rows; i++) {
            for (int token = 0; token < trace.prefixTokens(i); token += blockTokens) {
                count++;
                seenBefore += seen.add(trace.prefixBlock(i, token)) ? 0 : 1;
            }
        }
        assertEquals(blocks, count);
        assertEquals(repeated, seenBefore);
    }

    private RequestTrace read(String text) throws IOException {
        return RequestTrace.read(Files.writeString(folder.resolve("trace"), text));
    }
}
