package org.motleysim.hardware.calibration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.NumberFormat;

/**
 * Profiles of single layers of served models, as LLMServingSim 2.0 publishes them: times in microseconds, device, model and division in the
 * file's name, such as {@code profile_RTX4090_Llama-3.1-8B_tp1_dense}. They are there to judge by; no fit sees them.
 *
 * <p>Left out are layers without a model of their own (embedding, rotary, sampler, norms of queries and keys), attention of prompts and
 * new tokens in one launch, and experts, of which the profile sets how many are read.
 */
final class ProfileTables {
    private static final Pattern NAME = Pattern.compile("profile_([^_]+)_(.+)_tp(\\d+)_(dense|attention|per_sequence)");
    private static final NumberFormat FORMAT = NumberFormat.BF16;

    /** From the public configurations. */
    private static final Map<String, Sizes> SIZES = sizes();

    private ProfileTables() {}

    private record Sizes(
            long hidden, long intermediate, long queryHeads, long keyValueHeads, long headDim, long vocabulary) {}

    /** What a file is about. */
    record Profile(String table, String device, Sizes sizes, long tp, String kind) {
        void read(TableRow row, List<Measurement> into) {
            TableKernel asked =
                    switch (kind) {
                        case "dense" -> layer(row.text("layer"), row.positive("tokens"));
                        case "per_sequence" -> layer(row.text("layer"), row.positive("sequences"));
                        default -> attention(row);
                    };
            if (asked != null) {
                into.add(new Measurement(table, asked, row.milliseconds("time_us") / 1e6));
            }
        }

        private @Nullable TableKernel layer(String layer, long tokens) {
            long inter = sizes.intermediate / tp;
            long heads = sizes.queryHeads / tp * sizes.headDim;
            long cached = Math.max(1, sizes.keyValueHeads / tp) * sizes.headDim;
            return switch (layer) {
                case "qkv_proj" -> product(tokens, heads + 2 * cached, sizes.hidden);
                case "o_proj" -> product(tokens, sizes.hidden, heads);
                case "gate_up_proj" -> product(tokens, 2 * inter, sizes.hidden);
                case "down_proj" -> product(tokens, sizes.hidden, inter);
                case "lm_head" -> product(tokens, sizes.vocabulary / tp, sizes.hidden);
                case "layernorm" ->
                    asked("norm", "bfloat16", Kernel.norm(tokens, sizes.hidden, FORMAT), String.valueOf(sizes.hidden));
                case "act_fn" ->
                    asked(
                            "activation",
                            "bfloat16",
                            Kernel.elementwise(tokens * inter, 2, 5, FORMAT),
                            String.valueOf(inter));
                default -> null;
            };
        }

        private TableKernel product(long m, long n, long k) {
            return asked("gemm", "bfloat16", Kernel.gemm(m, n, k, FORMAT), n + "x" + k);
        }

        private @Nullable TableKernel attention(TableRow row) {
            long newTokens = row.whole("prefill_chunk");
            long decodes = row.whole("n_decode");
            if (newTokens > 0 && decodes > 0) {
                return null;
            }
            long heads = sizes.queryHeads / tp;
            long keyValueHeads = Math.max(1, sizes.keyValueHeads / tp);
            String shape = heads + "x" + keyValueHeads + "x" + sizes.headDim;
            if (decodes > 0) {
                long keys = row.positive("kv_decode");
                Kernel kernel = KernelShapes.attentionDecode(
                        decodes, keys, heads, keyValueHeads, sizes.headDim, 0, FORMAT, FORMAT);
                return asked("attention-decode", "bfloat16/bfloat16", kernel, shape);
            }
            Kernel kernel = KernelShapes.attentionPrefill(
                    1, newTokens, row.whole("kv_prefill"), heads, keyValueHeads, sizes.headDim, 0, FORMAT, FORMAT);
            return asked("attention-prefill", "bfloat16/bfloat16", kernel, shape);
        }

        private TableKernel asked(String operation, String dtype, Kernel kernel, String shape) {
            return new TableKernel(device, "vllm", dtype, operation, kernel, shape);
        }
    }

    /** Whether a table, by its name, is such a profile, of whatever model. */
    static boolean isProfile(String table) {
        return table.startsWith("profile_");
    }

    /** Returns what a file is about; empty for a model or a kind of table that is not known. */
    static Optional<Profile> of(String table) {
        Matcher matcher = NAME.matcher(table);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(SIZES.get(matcher.group(2)))
                .map(sizes -> new Profile(
                        table, matcher.group(1), sizes, Long.parseLong(matcher.group(3)), matcher.group(4)));
    }

    private static Map<String, Sizes> sizes() {
        Map<String, Sizes> sizes = new LinkedHashMap<>();
        sizes.put("Llama-3.1-8B", new Sizes(4096, 14_336, 32, 8, 128, 128_256));
        sizes.put("Qwen3-32B", new Sizes(5120, 25_600, 64, 8, 128, 151_936));
        sizes.put("Qwen3-30B-A3B-Instruct-2507", new Sizes(2048, 6144, 32, 4, 128, 151_936));
        return sizes;
    }
}
