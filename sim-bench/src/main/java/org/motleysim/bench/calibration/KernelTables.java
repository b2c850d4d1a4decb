package org.motleysim.bench.calibration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.motleysim.core.quantity.Durations;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.LinkSpec;
import org.motleysim.hardware.device.NumberFormat;

/** Turns rows of measured kernels into samples, with the very flops and bytes that {@link Kernel} states. */
final class KernelTables {
    /** Hidden and MLP sizes of the models in the table of dense operators, from their public configurations. */
    private static final Map<String, int[]> SIZES = Map.of(
            "Qwen/Qwen-72B", new int[] {8192, 24_576},
            "codellama/CodeLlama-34b-Instruct-hf", new int[] {8192, 22_016},
            "internlm/internlm-20b", new int[] {5120, 13_824},
            "meta-llama/Llama-2-70b-hf", new int[] {8192, 28_672},
            "meta-llama/Llama-2-7b-hf", new int[] {4096, 11_008},
            "meta-llama/Meta-Llama-3-70B", new int[] {8192, 28_672},
            "meta-llama/Meta-Llama-3-8B", new int[] {4096, 14_336});

    private final Csv gemm;
    private final Csv prefill;
    private final Csv decode;
    private final Csv moe;
    private final Csv nccl;
    private final Csv dense;

    KernelTables(Path data) {
        Path ops = data.resolve("serving/ops");
        gemm = Csv.read(ops.resolve("gemm_vllm.csv"));
        prefill = Csv.read(ops.resolve("attention_prefill_vllm.csv"));
        decode = Csv.read(ops.resolve("attention_decode_vllm.csv"));
        moe = Csv.read(ops.resolve("moe.csv"));
        nccl = Csv.read(ops.resolve("nccl.csv"));
        dense = Csv.read(ops.resolve("dense_ops_ms.csv"));
    }

    /** Dense matrix products; a shape is (n, k). */
    List<Sample> gemm(String system, String dtype, DeviceSpec spec, NumberFormat format) {
        double peak = peak(spec, format);
        List<Sample> samples = new ArrayList<>();
        for (Csv.Row row : gemm.rows(
                row -> row.text("system").equals(system) && row.text("dtype").equals(dtype))) {
            long n = row.whole("n");
            long k = row.whole("k");
            Kernel kernel = Kernel.gemm(row.whole("m"), n, k, format);
            samples.add(Sample.of(kernel, 1, peak, bandwidth(spec), milliseconds(row), Objects.hash(n, k)));
        }
        return samples;
    }

    /** Prompt attention with full window and BF16 cache; a shape is (query heads, key-value heads, head size). */
    List<Sample> prefill(String system, DeviceSpec spec) {
        double peak = peak(spec, NumberFormat.BF16);
        List<Sample> samples = new ArrayList<>();
        for (Csv.Row row : fullAttention(prefill, system)) {
            Kernel kernel = Kernel.attentionPrefill(
                    row.whole("prompt_len"),
                    row.whole("prefix_len"),
                    row.whole("q_heads"),
                    row.whole("kv_heads"),
                    row.whole("head_dim"),
                    NumberFormat.BF16,
                    NumberFormat.BF16);
            samples.add(Sample.of(kernel, row.whole("batch"), peak, bandwidth(spec), milliseconds(row), heads(row)));
        }
        return samples;
    }

    /** Decode attention, likewise. */
    List<Sample> decode(String system, DeviceSpec spec) {
        double peak = peak(spec, NumberFormat.BF16);
        List<Sample> samples = new ArrayList<>();
        for (Csv.Row row : fullAttention(decode, system)) {
            long batch = row.whole("batch");
            Kernel kernel = Kernel.attentionDecode(
                    batch,
                    batch * row.whole("kv_len"),
                    row.whole("q_heads"),
                    row.whole("kv_heads"),
                    row.whole("head_dim"),
                    NumberFormat.BF16,
                    NumberFormat.BF16);
            samples.add(Sample.of(kernel, 1, peak, bandwidth(spec), milliseconds(row), heads(row)));
        }
        return samples;
    }

    /**
     * The routed experts of one layer under vLLM, three products each. Tokens are taken to choose experts evenly and independently, so
     * that {@code E (1 - (1 - k/E)^tokens)} experts are read; a shape is (hidden, intermediate, experts).
     */
    List<Sample> moe(String system, DeviceSpec spec) {
        double peak = peak(spec, NumberFormat.BF16);
        double element = NumberFormat.BF16.bytesPerElement();
        List<Sample> samples = new ArrayList<>();
        for (Csv.Row row : moe.rows(row -> row.text("system").equals(system)
                && row.text("framework").equals("vllm")
                && row.text("dtype").equals("bfloat16"))) {
            double tokens = row.number("tokens");
            double hidden = row.number("hidden");
            double inter = row.number("inter") / row.number("moe_tp");
            double chosen = row.number("topk");
            double experts = row.number("experts");
            double ranks = row.number("moe_ep");
            double pairs = tokens * chosen / ranks;
            double touched = experts / ranks * (1 - StrictMath.pow(1 - chosen / experts, tokens));
            double flops = 6 * hidden * inter * pairs;
            double bytes = element * (3 * hidden * inter * touched + pairs * (2 * hidden + 3 * inter));
            int shape = Objects.hash(row.text("hidden"), row.text("inter"), row.text("experts"));
            samples.add(new Sample(flops / peak, bytes / bandwidth(spec), 0, milliseconds(row), shape));
        }
        return samples;
    }

    /** All-reduce in half precision over 2 to 8 devices; a shape is the message size. */
    List<Sample> allReduce(String system, DeviceSpec spec) {
        LinkSpec link = spec.deviceLink().orElseThrow();
        List<Sample> samples = new ArrayList<>();
        for (Csv.Row row : nccl.rows(row -> row.text("system").equals(system)
                && row.text("collective").equals("all_reduce")
                && row.text("dtype").equals("half"))) {
            int ranks = Math.toIntExact(row.whole("gpus"));
            double bytes = 2.0 * row.whole("message_elems");
            double wire = Kernel.allReduce(bytes, ranks).bytes();
            double hops = 2 * (ranks - 1) * Durations.seconds(link.latency());
            samples.add(new Sample(
                    0, wire / link.bandwidth().bytesPerSecond(), hops, milliseconds(row), Objects.hash(bytes)));
        }
        return samples;
    }

    /** RMS norms of whole models; a shape is (hidden). */
    List<Sample> norm(String gpu, DeviceSpec spec) {
        List<Sample> samples = new ArrayList<>();
        for (Csv.Row row : dense(gpu)) {
            int hidden = sizes(row)[0];
            Kernel kernel = Kernel.norm(row.whole("tokens"), hidden, NumberFormat.FP16);
            samples.add(Sample.of(
                    kernel,
                    1,
                    peak(spec, NumberFormat.FP16),
                    bandwidth(spec),
                    seconds(row, "input_layernorm_ms"),
                    hidden));
        }
        return samples;
    }

    /** Residual additions and gated activations of whole models; a shape is (row length). */
    List<Sample> elementwise(String gpu, DeviceSpec spec) {
        double peak = peak(spec, NumberFormat.FP16);
        List<Sample> samples = new ArrayList<>();
        for (Csv.Row row : dense(gpu)) {
            long tokens = row.whole("tokens");
            int hidden = sizes(row)[0];
            long inter = sizes(row)[1] / row.whole("tp");
            Kernel add = Kernel.elementwise(tokens * hidden, 2, 1, NumberFormat.FP16);
            Kernel act = Kernel.elementwise(tokens * inter, 2, 5, NumberFormat.FP16);
            samples.add(Sample.of(add, 1, peak, bandwidth(spec), seconds(row, "add_ms"), hidden));
            samples.add(Sample.of(act, 1, peak, bandwidth(spec), seconds(row, "mlp_act_ms"), (int) inter));
        }
        return samples;
    }

    private List<Csv.Row> dense(String gpu) {
        return dense.rows(row -> row.text("gpu").equals(gpu) && SIZES.containsKey(row.text("model")));
    }

    private static int[] sizes(Csv.Row row) {
        return Objects.requireNonNull(SIZES.get(row.text("model")));
    }

    private static List<Csv.Row> fullAttention(Csv table, String system) {
        return table.rows(row -> row.text("system").equals(system)
                && row.text("window").equals("0")
                && row.text("attn_dtype").equals("bfloat16")
                && row.text("kv_dtype").equals("bfloat16"));
    }

    private static int heads(Csv.Row row) {
        return Objects.hash(row.text("q_heads"), row.text("kv_heads"), row.text("head_dim"));
    }

    private static double peak(DeviceSpec spec, NumberFormat format) {
        return spec.peak(format).orElseThrow().flopsPerSecond();
    }

    private static double bandwidth(DeviceSpec spec) {
        return spec.memoryBandwidth().bytesPerSecond();
    }

    private static double milliseconds(Csv.Row row) {
        return row.number("latency_ms") / 1e3;
    }

    /** The table is rounded to microseconds: what reads as nothing took up to half of one. */
    private static double seconds(Csv.Row row, String column) {
        return Math.max(5e-7, row.number(column) / 1e3);
    }
}
