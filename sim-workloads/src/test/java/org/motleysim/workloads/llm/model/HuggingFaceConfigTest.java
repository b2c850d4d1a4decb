package org.motleysim.workloads.llm.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.hardware.device.NumberFormat;

class HuggingFaceConfigTest {
    private static final String LLAMA = "\"model_type\": \"llama\", \"hidden_size\": 64, \"intermediate_size\": 128,"
            + " \"num_hidden_layers\": 2, \"num_attention_heads\": 4";

    @TempDir
    Path folder;

    @Test
    void read_absentFields_haveTheDefaultsOfTransformers() throws IOException {
        ModelSpec model = read("{" + LLAMA + "}");
        assertEquals(new GroupedAttention(4, 4, 16, false, false, false), model.attention());
        assertEquals(32_000, model.vocabulary());
        assertEquals(NumberFormat.BF16, model.weightFormat());
        assertEquals(folder.getFileName().toString(), model.name());
    }

    @Test
    void read_architectureInsteadOfModelType_isUnderstood() throws IOException {
        ModelSpec model =
                read("{" + LLAMA.replace("\"model_type\": \"llama\"", "\"architectures\": [\"Qwen3ForCausalLM\"]")
                        + ", \"num_key_value_heads\": 2}");
        assertTrue(((GroupedAttention) model.attention()).headNorms());
        assertEquals(128, ((GroupedAttention) model.attention()).headDim());
    }

    @Test
    void read_quantisedWeights_keepActivationsInSixteenBits() throws IOException {
        ModelSpec model = read("{" + LLAMA
                + ", \"torch_dtype\": \"float16\", \"quantization_config\": {\"quant_method\": \"awq\", \"bits\": 4}}");
        assertEquals(NumberFormat.INT4, model.weightFormat());
        assertEquals(NumberFormat.FP16, model.activationFormat());
        assertEquals(NumberFormat.FP16, model.computeFormat());
    }

    @Test
    void read_mistralWithoutItsWindowField_hasTheDefaultWindow() throws IOException {
        String mistral = LLAMA.replace("llama", "mistral") + ", \"num_key_value_heads\": 2";
        assertEquals(
                new SlidingWindow(4_096, 2),
                read("{" + mistral + "}").slidingWindow().orElseThrow());
        assertTrue(read("{" + mistral + ", \"sliding_window\": null}")
                .slidingWindow()
                .isEmpty());
    }

    @Test
    void read_missingField_namesPathAndTheMisspeltOne() {
        String message = refusal("{" + LLAMA.replace("hidden_size", "hiden_size") + "}");
        assertTrue(message.contains("config.json: $.hidden_size is missing"), message);
        assertTrue(message.contains("Maybe \"hiden_size\" was meant to be \"hidden_size\"."), message);
    }

    @Test
    void read_unknownModelType_suggestsTheNearest() {
        String message = refusal("{\"model_type\": \"qwen-3\"}");
        assertTrue(message.contains("$.model_type (\"qwen-3\") must be one of llama, "), message);
        assertTrue(message.contains("Maybe \"qwen3\"."), message);
    }

    @Test
    void read_valuesOutOfRange_areRefusedWithTheirPath() {
        assertTrue(refusal("{" + LLAMA + ", \"vocab_size\": -1}").contains("$.vocab_size -1 must be at least 1"));
        assertTrue(refusal("{" + LLAMA + ", \"vocab_size\": 1e9}")
                .contains("$.vocab_size (1.0E9) must be a whole number"));
        assertTrue(refusal("{" + LLAMA + ", \"num_key_value_heads\": 3}")
                .contains("keyValueHeads (3) must divide heads (4)"));
    }

    @Test
    void read_noJson_namesTheLine() {
        assertTrue(refusal("{\n nonsense").contains("config.json:2:"));
        assertTrue(refusal("[]").contains("$ must be a JSON object"));
        assertTrue(refusal("").contains("config.json"));
    }

    @Test
    void read_hugeFile_isRefusedUnread() throws IOException {
        Path file = folder.resolve("config.json");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> ModelSpec.read(file));
        assertTrue(String.valueOf(e.getMessage()).contains("must be at most 4 MiB"), e.getMessage());
    }

    private ModelSpec read(String json) throws IOException {
        return ModelSpec.read(Files.writeString(folder.resolve("config.json"), json));
    }

    private String refusal(String json) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> read(json)).getMessage());
    }
}
