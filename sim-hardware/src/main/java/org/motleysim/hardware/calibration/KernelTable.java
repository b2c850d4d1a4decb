package org.motleysim.hardware.calibration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.motleysim.core.name.NearestName;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.NumberFormat;

/**
 * The tables of kernels that are understood, known by their columns. The first five are those of NVIDIA AIConfigurator, the last is
 * Vidur's; a table may have more columns than those that are read.
 */
public enum KernelTable {
    /** Matrix products: {@code m, n, k}. */
    GEMM("system", "framework", "dtype", "m", "n", "k") {
        @Override
        TableKernel kernel(TableRow row) {
            TableFormat format = TableFormat.of(row, "dtype");
            long n = row.positive("n");
            long k = row.positive("k");
            Kernel kernel = Kernel.gemm(row.positive("m"), n, k, format.compute(), format.weights());
            return asked(row, row.text("framework"), row.text("dtype"), kernel, n + "x" + k);
        }
    },
    /** Attention of prompts: {@code batch} prompts of {@code prompt_len} new tokens after {@code prefix_len} cached ones. */
    ATTENTION_PREFILL(
            "system",
            "framework",
            "q_heads",
            "kv_heads",
            "head_dim",
            "window",
            "attn_dtype",
            "kv_dtype",
            "batch",
            "prompt_len",
            "prefix_len") {
        @Override
        TableKernel kernel(TableRow row) {
            Kernel kernel = KernelShapes.attentionPrefill(
                    row.positive("batch"),
                    row.positive("prompt_len"),
                    row.whole("prefix_len"),
                    row.positive("q_heads"),
                    row.positive("kv_heads"),
                    row.positive("head_dim"),
                    row.whole("window"),
                    TableFormat.of(row, "attn_dtype").compute(),
                    TableFormat.of(row, "kv_dtype").weights());
            return asked(row, row.text("framework"), formats(row, "attn_dtype"), kernel, heads(row));
        }
    },
    /** Attention of single new tokens: {@code batch} sequences with {@code kv_len} keys each, the new one included. */
    ATTENTION_DECODE(
            "system",
            "framework",
            "q_heads",
            "kv_heads",
            "head_dim",
            "window",
            "attn_dtype",
            "kv_dtype",
            "batch",
            "kv_len") {
        @Override
        TableKernel kernel(TableRow row) {
            Kernel kernel = KernelShapes.attentionDecode(
                    row.positive("batch"),
                    row.positive("kv_len"),
                    row.positive("q_heads"),
                    row.positive("kv_heads"),
                    row.positive("head_dim"),
                    row.whole("window"),
                    TableFormat.of(row, "attn_dtype").compute(),
                    TableFormat.of(row, "kv_dtype").weights());
            return asked(row, row.text("framework"), formats(row, "attn_dtype"), kernel, heads(row));
        }
    },
    /** Latent attention of prompts: {@code heads} are those of one device. */
    MLA_PREFILL("system", "framework", "dtype", "kv_dtype", "heads", "batch", "prompt_len", "prefix_len") {
        @Override
        TableKernel kernel(TableRow row) {
            long heads = row.positive("heads");
            Kernel kernel = KernelShapes.latentPrefill(
                    row.positive("batch"),
                    row.positive("prompt_len"),
                    row.whole("prefix_len"),
                    heads,
                    TableFormat.of(row, "dtype").compute(),
                    TableFormat.of(row, "kv_dtype").weights());
            return asked(row, row.text("framework"), formats(row, "dtype"), kernel, String.valueOf(heads));
        }
    },
    /** Latent attention of single new tokens. */
    MLA_DECODE("system", "framework", "dtype", "kv_dtype", "heads", "batch", "kv_len") {
        @Override
        TableKernel kernel(TableRow row) {
            long heads = row.positive("heads");
            Kernel kernel = KernelShapes.latentDecode(
                    row.positive("batch"),
                    row.positive("kv_len"),
                    heads,
                    TableFormat.of(row, "dtype").compute(),
                    TableFormat.of(row, "kv_dtype").weights());
            return asked(row, row.text("framework"), formats(row, "dtype"), kernel, String.valueOf(heads));
        }
    },
    /** Routed experts of a layer: {@code inter / moe_tp} is the width of an expert, {@code experts / moe_ep} stay on a device. */
    MOE(
            "system",
            "framework",
            "dtype",
            "tokens",
            "hidden",
            "inter",
            "topk",
            "experts",
            "moe_tp",
            "moe_ep",
            "distribution") {
        @Override
        TableKernel kernel(TableRow row) {
            TableFormat format = TableFormat.of(row, "dtype");
            Kernel kernel = KernelShapes.experts(
                    row.positive("tokens"),
                    row.positive("hidden"),
                    divided(row, "inter", "moe_tp"),
                    row.positive("topk"),
                    row.positive("experts"),
                    row.positive("moe_ep"),
                    skew(row),
                    format.compute(),
                    format.weights());
            String shape = String.join(
                    "x",
                    row.text("hidden"),
                    row.text("inter"),
                    row.text("topk"),
                    row.text("experts"),
                    row.text("moe_tp"),
                    row.text("moe_ep"));
            return asked(row, row.text("framework"), row.text("dtype"), kernel, shape);
        }
    },
    /** Collectives of a library; only {@code all_reduce} has a model. */
    NCCL("system", "framework", "collective", "dtype", "gpus", "message_elems") {
        @Override
        TableKernel kernel(TableRow row) {
            if (!row.text("collective").equals("all_reduce")) {
                throw row.error("collective", "must be \"all_reduce\": no model of a kernel knows another");
            }
            return allReduce(row, row.text("framework"));
        }

        @Override
        boolean skips(TableRow row) {
            return !row.text("collective").equals("all_reduce");
        }
    },
    /** All-reduce kernels of serving frameworks, launched one by one ({@code eager}) or from a captured graph. */
    CUSTOM_ALL_REDUCE("system", "framework", "kernel", "dtype", "gpus", "message_elems") {
        @Override
        TableKernel kernel(TableRow row) {
            String kernel = row.text("kernel").toLowerCase(Locale.ROOT);
            String launch = kernel.endsWith("_eager") ? "-eager" : kernel.endsWith("_graph") ? "-graph" : "";
            return allReduce(row, row.text("framework") + launch);
        }
    },
    /** Matrix products ({@code M, N, K}), softmax and layernorm of M rows of N, and GELU of M elements. */
    KERNELS("device", "op", "dtype", "M", "N", "K") {
        @Override
        TableKernel kernel(TableRow row) {
            TableFormat format = TableFormat.of(row, "dtype");
            long m = row.positive("M");
            String operation = row.text("op");
            String shape;
            Kernel kernel;
            switch (operation) {
                case "matmul" -> {
                    long n = row.positive("N");
                    long k = row.positive("K");
                    kernel = Kernel.gemm(m, n, k, format.compute());
                    shape = n + "x" + k;
                }
                case "softmax", "layernorm" -> {
                    kernel = Kernel.norm(m, row.positive("N"), format.compute());
                    shape = row.text("N");
                }
                case "gelu" -> {
                    kernel = Kernel.elementwise(m, 1, 8, format.compute());
                    shape = row.text("M");
                }
                default -> throw row.error("op", "must be matmul, softmax, layernorm or gelu");
            }
            return new TableKernel(row.text("device"), "pytorch", row.text("dtype"), operation, kernel, shape);
        }

        @Override
        double seconds(TableRow row) {
            return row.milliseconds("time_s"); // in seconds already
        }
    };

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list
    private final List<String> columns;

    KernelTable(String... columns) {
        this.columns = List.of(columns);
    }

    /** Returns the columns that a kernel is read from. */
    public List<String> columns() {
        return columns;
    }

    /**
     * Returns the table that has these columns, the one that reads most of them if several do.
     *
     * @throws IllegalArgumentException if none does, naming what is missing
     */
    public static KernelTable of(List<String> header) {
        KernelTable best = GEMM;
        for (KernelTable table : values()) {
            if (header.containsAll(table.columns)
                    && (!header.containsAll(best.columns) || table.columns.size() > best.columns.size())) {
                best = table;
            }
        }
        if (header.containsAll(best.columns)) {
            return best;
        }
        throw new IllegalArgumentException(
                "columns (" + String.join(", ", header) + ") must be those of a table of kernels\n" + nearest(header));
    }

    private static String nearest(List<String> header) {
        KernelTable nearest = GEMM;
        double most = -1;
        for (KernelTable table : values()) {
            double share = table.columns.stream().filter(header::contains).count() / (double) table.columns.size();
            if (share > most) {
                most = share;
                nearest = table;
            }
        }
        List<String> missing =
                nearest.columns.stream().filter(name -> !header.contains(name)).toList();
        String first = missing.get(0);
        String typed = NearestName.of(
                        first,
                        header.stream().filter(name -> !missing.contains(name)).toList())
                .map(name -> " (written \"" + name + "\"?)")
                .orElse("");
        return "Maybe " + nearest.label() + ", which also needs " + String.join(", ", missing) + typed + "; tables are "
                + String.join(
                        ", ", Arrays.stream(values()).map(KernelTable::label).toList()) + ".";
    }

    /** Returns the name for people, such as {@code "attention-prefill"}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads what a row asks for. */
    abstract TableKernel kernel(TableRow row);

    /** Whether a row is about something that is no kernel of ours. */
    boolean skips(TableRow row) {
        return false;
    }

    double seconds(TableRow row) {
        return row.milliseconds("latency_ms") / 1e3;
    }

    private static TableKernel asked(TableRow row, String framework, String dtype, Kernel kernel, String shape) {
        return new TableKernel(
                row.text("system"), framework, dtype, kernel.family().label(), kernel, shape);
    }

    private static TableKernel allReduce(TableRow row, String framework) {
        NumberFormat format = TableFormat.of(row, "dtype").compute();
        double bytes = format.bytesPerElement() * row.positive("message_elems");
        long gpus = row.positive("gpus");
        if (gpus > 1 << 20) {
            throw row.error("gpus", "must be a number of devices in one node");
        }
        // By bytes, so that messages of other formats of one size are held out with it.
        String shape = Long.toString((long) bytes);
        return asked(row, framework, row.text("dtype"), Kernel.allReduce(bytes, (int) gpus), shape);
    }

    private static String formats(TableRow row, String compute) {
        return row.text(compute) + "/" + row.text("kv_dtype");
    }

    private static String heads(TableRow row) {
        return row.text("q_heads") + "x" + row.text("kv_heads") + "x" + row.text("head_dim");
    }

    private static long divided(TableRow row, String column, String by) {
        long value = row.positive(column);
        long parts = row.positive(by);
        if (value < parts) {
            throw row.error(by, "must not exceed " + column + " (" + value + ")");
        }
        return value / parts;
    }

    private static double skew(TableRow row) {
        String text = row.text("distribution");
        if (text.equals("balanced") || text.equals("uniform")) {
            return 0;
        }
        if (text.startsWith("power_law_")) {
            try {
                double skew = Double.parseDouble(text.substring("power_law_".length()));
                if (skew >= 0 && skew < 100) {
                    return skew;
                }
            } catch (NumberFormatException e) {
                // The message below says more than the exception.
            }
        }
        throw row.error("distribution", "must be \"balanced\" or such as \"power_law_1.2\"");
    }
}
