package org.motleysim.examples.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.motleysim.hardware.calibration.KernelShapes;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.NumberFormat;
import picocli.CommandLine.Option;

/** The sizes of one kernel, as options of a command. */
final class KernelOptions {
    /** The kernels that can be asked for. */
    enum Name {
        GEMM,
        ATTENTION_PREFILL,
        ATTENTION_DECODE,
        MLA_PREFILL,
        MLA_DECODE,
        MOE,
        ALL_REDUCE,
        ELEMENTWISE,
        NORM,
        EMBEDDING,
        COPY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Option(names = "--m", description = "gemm: rows of A and C.")
    private @Nullable Long m;

    @Option(names = "--n", description = "gemm: columns of B and C.")
    private @Nullable Long n;

    @Option(names = "--k", description = "gemm: columns of A, rows of B.")
    private @Nullable Long k;

    @Option(names = "--heads", description = "attention: query heads on the device.")
    private @Nullable Long heads;

    @Option(
            names = "--kv-heads",
            description = "attention: key-value heads on the device. Default: as many as --heads.")
    private @Nullable Long keyValueHeads;

    @Option(names = "--head-dim", description = "attention: elements of a head. Default: ${DEFAULT-VALUE}.")
    private long headDim = 128;

    @Option(names = "--window", description = "attention: keys that a query sees at most, 0 for all. Default: 0.")
    private long window;

    @Option(names = "--batch", description = "attention, mla: sequences. Default: 1.")
    private long batch = 1;

    @Option(names = "--new", description = "attention, mla, prefill: new tokens of each sequence.")
    private @Nullable Long newTokens;

    @Option(names = "--cached", description = "attention, mla, prefill: cached tokens of each sequence. Default: 0.")
    private long cached;

    @Option(names = "--context", description = "attention, mla, decode: keys of each sequence, the new one included.")
    private @Nullable Long context;

    @Option(names = "--cache-format", description = "attention, mla: format of keys and values. Default: --format.")
    private @Nullable String cacheFormat;

    @Option(names = "--weight-format", description = "gemm, moe: format that weights are stored in. Default: --format.")
    private @Nullable String weightFormat;

    @Option(names = "--tokens", description = "moe: tokens.")
    private @Nullable Long tokens;

    @Option(names = "--hidden", description = "moe: width of the model.")
    private @Nullable Long hidden;

    @Option(names = "--intermediate", description = "moe: width of one expert on the device.")
    private @Nullable Long intermediate;

    @Option(names = "--top-k", description = "moe: experts that a token chooses.")
    private @Nullable Long topK;

    @Option(names = "--experts", description = "moe: experts of the layer, over all devices.")
    private @Nullable Long experts;

    @Option(names = "--expert-devices", description = "moe: devices that share the experts. Default: 1.")
    private long expertDevices = 1;

    @Option(names = "--skew", description = "moe: exponent of the power law of choices. Default: 0, even.")
    private double skew;

    @Option(names = "--bytes", description = "all-reduce: the message; copy: what is copied.")
    private @Nullable Double bytes;

    @Option(names = "--ranks", description = "all-reduce: devices that take part.")
    private @Nullable Integer ranks;

    @Option(names = "--elements", description = "elementwise: elements of the output.")
    private @Nullable Long elements;

    @Option(names = "--inputs", description = "elementwise: inputs of that size. Default: 1.")
    private int inputs = 1;

    @Option(names = "--flops-per-element", description = "elementwise. Default: 1.")
    private double flopsPerElement = 1;

    @Option(names = "--rows", description = "norm, embedding: rows.")
    private @Nullable Long rows;

    @Option(names = "--columns", description = "norm, embedding: elements of a row.")
    private @Nullable Long columns;

    Kernel kernel(Name name, NumberFormat format, Formats formats) {
        NumberFormat cache = cacheFormat == null ? format : formats.parse("--cache-format", cacheFormat);
        NumberFormat weights = weightFormat == null ? format : formats.parse("--weight-format", weightFormat);
        return switch (name) {
            case GEMM ->
                Kernel.gemm(needed(name, "--m", m), needed(name, "--n", n), needed(name, "--k", k), format, weights);
            case ATTENTION_PREFILL ->
                KernelShapes.attentionPrefill(
                        positive("--batch", batch),
                        needed(name, "--new", newTokens),
                        notNegative("--cached", cached),
                        needed(name, "--heads", heads),
                        keyValueHeads(name),
                        positive("--head-dim", headDim),
                        notNegative("--window", window),
                        format,
                        cache);
            case ATTENTION_DECODE ->
                KernelShapes.attentionDecode(
                        positive("--batch", batch),
                        needed(name, "--context", context),
                        needed(name, "--heads", heads),
                        keyValueHeads(name),
                        positive("--head-dim", headDim),
                        notNegative("--window", window),
                        format,
                        cache);
            case MLA_PREFILL ->
                KernelShapes.latentPrefill(
                        positive("--batch", batch),
                        needed(name, "--new", newTokens),
                        notNegative("--cached", cached),
                        needed(name, "--heads", heads),
                        format,
                        cache);
            case MLA_DECODE ->
                KernelShapes.latentDecode(
                        positive("--batch", batch),
                        needed(name, "--context", context),
                        needed(name, "--heads", heads),
                        format,
                        cache);
            case MOE ->
                KernelShapes.experts(
                        needed(name, "--tokens", tokens),
                        needed(name, "--hidden", hidden),
                        needed(name, "--intermediate", intermediate),
                        needed(name, "--top-k", topK),
                        needed(name, "--experts", experts),
                        positive("--expert-devices", expertDevices),
                        skew,
                        format,
                        weights);
            case ALL_REDUCE ->
                Kernel.allReduce(
                        needed(name, "--bytes", bytes),
                        Math.toIntExact(positive("--ranks", needed(name, "--ranks", ranks))));
            case ELEMENTWISE ->
                Kernel.elementwise(needed(name, "--elements", elements), inputs, flopsPerElement, format);
            case NORM -> Kernel.norm(needed(name, "--rows", rows), needed(name, "--columns", columns), format);
            case EMBEDDING ->
                Kernel.embedding(needed(name, "--rows", rows), needed(name, "--columns", columns), format);
            case COPY -> Kernel.copy(needed(name, "--bytes", bytes));
        };
    }

    private long keyValueHeads(Name name) {
        long queryHeads = needed(name, "--heads", heads);
        long own = keyValueHeads == null ? queryHeads : positive("--kv-heads", keyValueHeads);
        if (queryHeads % own != 0) {
            throw new IllegalArgumentException("--kv-heads (" + own + ") must divide --heads (" + queryHeads + ")");
        }
        return own;
    }

    private static <T extends Number> T needed(Name kernel, String option, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(option + " (missing) must be given for " + kernel
                    + "\nMaybe see motley estimate --help for the options of each kernel.");
        }
        if (!(value.doubleValue() > 0)) {
            throw new IllegalArgumentException(option + " (" + value + ") must be more than zero");
        }
        return value;
    }

    private static long positive(String option, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(option + " (" + value + ") must be 1 or more");
        }
        return value;
    }

    private static long notNegative(String option, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(option + " (" + value + ") must be zero or more");
        }
        return value;
    }
}
