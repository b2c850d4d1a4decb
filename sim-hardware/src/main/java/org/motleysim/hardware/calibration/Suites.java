package org.motleysim.hardware.calibration;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.motleysim.hardware.device.Shape;

/** Which suite a measurement belongs to, and what error is allowed there. */
final class Suites {
    private static final Map<String, String> FORMATS =
            Map.of("bfloat16", "bf16", "float16", "fp16", "half", "fp16", "fp8_block", "fp8-block");

    private Suites() {}

    /** What is scored together. */
    record Key(String suite, String device, String family, String format) {}

    static Key key(Measurement row, String device) {
        return new Key(suite(row), device, family(row), format(row.dtype()));
    }

    /** Format by format, where a cache has its own; once, where both are the same. */
    static String format(String dtype) {
        List<String> parts = Arrays.stream(dtype.split("/", -1))
                .map(part -> FORMATS.getOrDefault(part, part))
                .distinct()
                .toList();
        return String.join("/", parts);
    }

    private static String suite(Measurement row) {
        String framework = row.framework();
        boolean vllm = framework.equals("vllm");
        if (ProfileTables.isProfile(row.table())) {
            return "profile";
        }
        if (row.table().startsWith("kernels_") || row.operation().equals("best")) {
            return row.table();
        }
        return switch (row.kernel().family()) {
            case GEMM -> vllm ? "gemm" : "gemm-" + framework;
            case ATTENTION_PREFILL, ATTENTION_DECODE ->
                row.kernel().shape() instanceof Shape.LatentAttention
                        ? "mla-" + framework
                        : vllm ? "attention" : "attention-" + framework;
            case MOE_GEMM -> vllm ? "moe" : "moe-" + framework;
            case ALL_REDUCE -> framework.equals("nccl") ? "all-reduce" : "all-reduce-" + framework;
            default -> "operators-" + framework;
        };
    }

    private static String family(Measurement row) {
        if (ProfileTables.isProfile(row.table())) {
            return row.operation();
        }
        return row.table().startsWith("kernels_") || row.framework().equals("vidur")
                ? row.operation()
                : CatalogFit.key(row.asked()).family();
    }

    /** The goals that were set; see docs/validation.md. */
    static OptionalDouble goal(Key key) {
        double goal =
                switch (key.suite) {
                    case "gemm" -> key.format.equals("bf16") && !key.device.contains("l40s") ? 0.07 : 0.12;
                    case "attention", "all-reduce" -> 0.06;
                    case "moe" -> 0.15;
                    case "kernels_a100" -> key.family.equals("matmul") ? 0.08 : 0.15;
                    default -> Double.NaN;
                };
        return Double.isNaN(goal) ? OptionalDouble.empty() : OptionalDouble.of(goal);
    }
}
