package org.motleysim.hardware.calibration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.NumberFormat;

/** Tables with several kernels in a row or with times in other words: Vidur's operators and collectives, best matrix products. */
final class OperatorTables {
    private static final List<String> DENSE =
            List.of("gpu", "model", "tp", "tokens", "input_layernorm_ms", "mlp_act_ms", "add_ms");
    private static final List<String> COLLECTIVES =
            List.of("node_type", "collective", "num_workers", "devices_per_node", "size_bytes", "median_ms");
    private static final List<String> BEST_MATMUL =
            List.of("accelerator", "dtype", "max_achieved_TFLOPS", "best_shape_MxNxK");

    /** Sizes of the models in the table of operators, from their public configurations. */
    private static final Map<String, Sizes> SIZES = sizes();

    private OperatorTables() {}

    private record Sizes(long hidden, long intermediate, long queryHeads, long keyValueHeads, long headDim) {}

    static boolean isDense(List<String> header) {
        return header.containsAll(DENSE);
    }

    static boolean isCollectives(List<String> header) {
        return header.containsAll(COLLECTIVES);
    }

    static boolean isBestMatmul(List<String> header) {
        return header.containsAll(BEST_MATMUL);
    }

    /**
     * Norms, additions, gated activations and the four products of a layer; phi-2 is left out, whose activation and norm are others.
     * Medians are rounded to a microsecond, so what reads as nothing took up to half of one.
     */
    static void dense(String table, TableRow row, List<Measurement> into) {
        Sizes sizes = SIZES.get(row.text("model"));
        if (sizes == null) {
            return;
        }
        long tokens = row.positive("tokens");
        long tp = row.positive("tp");
        long hidden = sizes.hidden;
        long inter = sizes.intermediate / tp;
        long heads = sizes.queryHeads / tp * sizes.headDim;
        long cached = Math.max(1, sizes.keyValueHeads / tp) * sizes.headDim;
        NumberFormat format = NumberFormat.FP16;
        Operators add = new Operators(table, row, into);
        add.kernel("norm", "input_layernorm_ms", Kernel.norm(tokens, hidden, format), hidden);
        add.kernel("add", "add_ms", Kernel.elementwise(tokens * hidden, 2, 1, format), hidden);
        add.kernel("activation", "mlp_act_ms", Kernel.elementwise(tokens * inter, 2, 5, format), inter);
        add.gemm("attn_pre_proj_ms", tokens, heads + 2 * cached, hidden);
        add.gemm("attn_post_proj_ms", tokens, hidden, heads);
        add.gemm("mlp_up_proj_ms", tokens, 2 * inter, hidden);
        add.gemm("mlp_down_proj_ms", tokens, hidden, inter);
    }

    /** All-reduces inside one node. */
    static void collective(String table, TableRow row, List<Measurement> into) {
        if (!row.text("collective").equals("all_reduce")
                || row.positive("num_workers") != row.positive("devices_per_node")) {
            return;
        }
        Kernel kernel = Kernel.allReduce((double) row.positive("size_bytes"), (int) row.positive("num_workers"));
        add(
                table,
                new TableKernel(
                        row.text("node_type"), "vidur", "float16", "all-reduce", kernel, row.text("size_bytes")),
                row.milliseconds("median_ms") / 1e3,
                into);
    }

    /** The best rate seen on a machine, as the time of one product of that shape. */
    static void bestMatmul(String table, TableRow row, List<Measurement> into) {
        String[] sizes = row.text("best_shape_MxNxK").split("x", -1);
        if (sizes.length != 3) {
            throw row.error("best_shape_MxNxK", "must be three sizes such as 1024x2048x4096");
        }
        try {
            long n = Long.parseLong(sizes[1]);
            long k = Long.parseLong(sizes[2]);
            Kernel kernel = Kernel.gemm(
                    Long.parseLong(sizes[0]), n, k, TableFormat.of(row, "dtype").compute());
            add(
                    table,
                    new TableKernel(row.text("accelerator"), "pytorch", row.text("dtype"), "best", kernel, n + "x" + k),
                    kernel.flops() / (row.number("max_achieved_TFLOPS") * 1e12),
                    into);
        } catch (NumberFormatException e) {
            throw row.error("best_shape_MxNxK", "must be three sizes such as 1024x2048x4096");
        }
    }

    private static void add(String table, TableKernel asked, double seconds, List<Measurement> into) {
        into.add(new Measurement(table, asked, seconds));
    }

    /** Adds the kernels of one row. */
    private record Operators(String table, TableRow row, List<Measurement> into) {
        void kernel(String operation, String column, Kernel kernel, long width) {
            double seconds = Math.max(5e-7, row.number(column) / 1e3);
            add(
                    table,
                    new TableKernel(row.text("gpu"), "vidur", "float16", operation, kernel, String.valueOf(width)),
                    seconds,
                    into);
        }

        void gemm(String column, long m, long n, long k) {
            double milliseconds = row.number(column);
            if (milliseconds > 0) {
                Kernel kernel = Kernel.gemm(m, n, k, NumberFormat.FP16);
                add(
                        table,
                        new TableKernel(row.text("gpu"), "vidur", "float16", "gemm", kernel, n + "x" + k),
                        milliseconds / 1e3,
                        into);
            }
        }
    }

    private static Map<String, Sizes> sizes() {
        Map<String, Sizes> sizes = new LinkedHashMap<>();
        sizes.put("Qwen/Qwen-72B", new Sizes(8192, 24_576, 64, 64, 128));
        sizes.put("codellama/CodeLlama-34b-Instruct-hf", new Sizes(8192, 22_016, 64, 8, 128));
        sizes.put("internlm/internlm-20b", new Sizes(5120, 13_824, 40, 40, 128));
        sizes.put("meta-llama/Llama-2-70b-hf", new Sizes(8192, 28_672, 64, 8, 128));
        sizes.put("meta-llama/Llama-2-7b-hf", new Sizes(4096, 11_008, 32, 32, 128));
        sizes.put("meta-llama/Meta-Llama-3-70B", new Sizes(8192, 28_672, 64, 8, 128));
        sizes.put("meta-llama/Meta-Llama-3-8B", new Sizes(4096, 14_336, 32, 8, 128));
        return sizes;
    }
}
