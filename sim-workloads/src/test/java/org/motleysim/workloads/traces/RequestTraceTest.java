package org.motleysim.workloads.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTraceTest {
    private static final RequestTrace TWO =
            RequestTrace.of(new long[] {0, 1_500_000_000L}, new int[] {374, 396}, new int[] {44, 109});

    @TempDir
    Path folder;

    @Test
    void read_azure_countsFromTheFirstRow() throws IOException {
        RequestTrace trace = read("""
                TIMESTAMP,ContextTokens,GeneratedTokens
                2023-11-16 23:59:59.6805900,374,44
                2023-11-17 00:00:01.1805901,396,109
                """);
        assertEquals(1_500_000_100L, trace.arrivalNanos(1));
        assertEquals(0, trace.arrivalNanos(0));
        assertEquals(109, trace.outputTokens(1));
    }

    @Test
    void read_azureWithOffsetsAndWithoutFractions_isUnderstood() throws IOException {
        String text = """
                TIMESTAMP,ContextTokens,GeneratedTokens
                2024-05-10 00:00:00+00:00,374,44
                2024-05-10 00:00:01.500000+00:00,396,109
                """;
        assertEquals(TWO, read(text));
        assertEquals(TWO, read(text.replace("\n", "\r\n")));
    }

    @Test
    void read_theOtherLayouts_giveTheSameColumns() throws IOException {
        assertEquals(TWO, read("arrived_at,num_prefill_tokens,num_decode_tokens\n0,374,44\n1.5,396,109"));
        assertEquals(TWO, read("arrival_s,prompt_tokens,output_tokens\n0.0000,374,44\n15e-1,396,109\n\n"));
        assertEquals(
                TWO,
                read(
                        "\uFEFF\"prompt_tokens\",\"extra\",\"timestamp_ms\",\"output_tokens\"\n374,x,0,44\n396,,1500,109\n"));
        assertEquals(TWO, read("""
                        {"timestamp": 0, "input_length": 374, "output_length": 44, "other": [0, 1]}
                        {"other": [], "output_length": 109, "input_length": 396, "timestamp": 1500}
                        """));
    }

    @Test
    void read_badRows_listsThemWithLineColumnAndValue() {
        TraceException e = refusal("""
                arrival_s,prompt_tokens,output_tokens
                0,10,10
                1,0,10
                2,10,-5
                noon,10,10
                1e999999999,10,10
                5,10
                6,10,10
                4,10,10
                """);
        assertEquals(6, e.problems().size(), e.getMessage());
        assertProblem(e, 0, ":3:3: prompt_tokens (\"0\") must be a whole number between 1");
        assertProblem(e, 1, ":4:6: output_tokens (\"-5\") must be");
        assertProblem(e, 2, ":5:1: arrival_s (\"noon\") must be a number");
        assertProblem(e, 3, ":6:1: arrival_s (\"1e999999999\") must be a number");
        assertProblem(e, 4, ":7: has 2 of at least 3 columns");
        assertProblem(e, 5, ":9: goes back in time, by 2.0 s");
    }

    @Test
    void read_badJsonLines_listsThem() {
        TraceException e = refusal("""
                {"timestamp": 0, "input_length": 0, "output_length": 44}
                [1]
                {"timestamp": 1
                {"timestamp": 1, "input_length": 5}
                """);
        assertProblem(e, 0, ":1:34: input_length (\"0\")");
        assertProblem(e, 1, ":2:1: must be a JSON object");
        assertProblem(e, 2, "is not JSON");
        assertProblem(e, 3, ":4: has no number \"output_length\"");
    }

    @Test
    void read_manyBadRows_stopsAtTwenty() {
        assertEquals(
                20,
                refusal("arrival_s,prompt_tokens,output_tokens\n" + "x,y,z\n".repeat(1_000))
                        .problems()
                        .size());
    }

    @Test
    void read_unknownHeader_namesTheKnownOnes() {
        String message = refusal("arrival,prompt_tokens,output_tokens\n0,1,1\n").getMessage();
        assertTrue(String.valueOf(message).contains("Maybe \"arrival_s,prompt_tokens,output_tokens\"."), message);
    }

    @Test
    void read_emptyFiles_areRefused() {
        assertProblem(refusal(""), 0, "is empty");
        assertProblem(refusal("arrival_s,prompt_tokens,output_tokens\n"), 0, "has no requests");
        assertThrows(TraceException.class, () -> RequestTrace.read(folder.resolve("absent.csv")));
        assertThrows(TraceException.class, () -> RequestTrace.read(folder));
    }

    @ParameterizedTest
    @CsvSource({"''", "'arrival_s,prompt_tokens,output_tokens\n'", "'{\"timestamp\": 0}\n'"})
    void read_aGigabyteOfOneLine_failsAtItsFirstMegabyte(String start) throws IOException {
        Path file = Files.writeString(folder.resolve("junk"), start);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }
        TraceException e = assertThrows(TraceException.class, () -> RequestTrace.read(file));
        assertTrue(String.valueOf(e.getMessage()).contains("is longer than 1048576 characters"), e.getMessage());
    }

    @Test
    void stretched_byTwo_doublesTheGaps() {
        assertEquals(3_000_000_000L, TWO.stretched(2).arrivalNanos(1));
        assertEquals(TWO, TWO.stretched(1));
        assertEquals(1, TWO.first(1).size());
    }

    @Test
    void of_brokenColumns_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> RequestTrace.of(new long[] {1, 0}, new int[2], new int[2]));
        assertThrows(IllegalArgumentException.class, () -> RequestTrace.of(new long[1], new int[1], new int[1]));
        assertThrows(IllegalArgumentException.class, () -> RequestTrace.of(new long[1], new int[2], new int[1]));
    }

    /** Row counts and sums are those of the files themselves (awk). */
    @ParameterizedTest
    @CsvSource({
        "azure_llm_2023_conv.csv, PLAIN, 19366, 22361870, 4088665",
        "azure_llm_2023_code.csv, PLAIN, 8819, 18059974, 245896",
        "mooncake_conversation_first2500.csv, PLAIN_MILLISECONDS, 2500, 0, 0",
    })
    void read_publicTraces_countsTheirRows(String name, TraceFormat format, int size, long prompts, long outputs)
            throws IOException {
        Path file = data().resolve("serving/traces").resolve(name);
        assertEquals(format, RequestTrace.detect(file));
        RequestTrace trace = RequestTrace.read(file);
        assertEquals(size, trace.size());
        long promptSum = 0;
        long outputSum = 0;
        for (int i = 0; i < trace.size(); i++) {
            promptSum += trace.promptTokens(i);
            outputSum += trace.outputTokens(i);
        }
        if (prompts > 0) {
            assertEquals(List.of(prompts, outputs), List.of(promptSum, outputSum));
        }
    }

    private static Path data() {
        String folder = System.getProperty("motley.data", System.getenv().getOrDefault("MOTLEY_DATA", ""));
        assumeTrue(
                !folder.isEmpty(), "set MOTLEY_DATA or -Dmotley.data to the folder of measured data to run this test");
        return Path.of(folder);
    }

    private RequestTrace read(String text) throws IOException {
        return RequestTrace.read(Files.writeString(folder.resolve("trace"), text));
    }

    private TraceException refusal(String text) {
        return assertThrows(TraceException.class, () -> read(text));
    }

    private static void assertProblem(TraceException e, int index, String text) {
        String problem = e.problems().get(index).toString();
        assertTrue(problem.contains(text), problem);
    }
}
