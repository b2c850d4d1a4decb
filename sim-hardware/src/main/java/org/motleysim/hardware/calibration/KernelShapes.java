package org.motleysim.hardware.calibration;

import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.Shape;

/** Demands of the kernels in the tables that the factories of {@link Kernel} do not cover: several prompts at once, windows, experts. */
public final class KernelShapes {
    /** Sizes of the latent vector of DeepSeek-V2 and V3 (both 512 + 64), which the tables were measured with. */
    private static final long LATENT_RANK = 512;

    private static final long ROTARY_DIM = 64;
    /** Head sizes of the same models: keys of a prompt are expanded to 128 + 64, values to 128. */
    private static final long HEAD_DIM = 128;

    private KernelShapes() {}

    /**
     * Attention of {@code batch} prompts in one launch, all alike.
     *
     * @param newTokens of each prompt
     * @param cachedTokens before them, of each
     * @param window keys that a query sees at most; 0 for all
     */
    public static Kernel attentionPrefill(
            long batch,
            long newTokens,
            long cachedTokens,
            long queryHeads,
            long keyValueHeads,
            long headDim,
            long window,
            NumberFormat format,
            NumberFormat cacheFormat) {
        double pairs = batch * pairs(newTokens, cachedTokens, window);
        long context = seen(newTokens, cachedTokens, window);
        double queries = (double) batch * newTokens * queryHeads * headDim * Math.max(2.0, format.bytesPerElement());
        double keysAndValues = 2.0 * batch * context * keyValueHeads * headDim * cacheFormat.bytesPerElement();
        return new Kernel(
                KernelFamily.ATTENTION_PREFILL,
                format,
                4.0 * queryHeads * headDim * pairs,
                queries + keysAndValues,
                queries,
                new Shape.Attention(
                        queryHeads,
                        keyValueHeads,
                        headDim,
                        batch,
                        batch * newTokens,
                        batch * (newTokens + cachedTokens),
                        window,
                        cacheFormat));
    }

    /**
     * Attention of one new token in each of {@code batch} sequences.
     *
     * @param contextTokens keys of each sequence, the new one included
     * @param window keys that a query sees at most; 0 for all
     */
    public static Kernel attentionDecode(
            long batch,
            long contextTokens,
            long queryHeads,
            long keyValueHeads,
            long headDim,
            long window,
            NumberFormat format,
            NumberFormat cacheFormat) {
        long context = window > 0 ? Math.min(window, contextTokens) : contextTokens;
        Kernel read =
                Kernel.attentionDecode(batch, batch * context, queryHeads, keyValueHeads, headDim, format, cacheFormat);
        return new Kernel(
                read.family(),
                format,
                read.flops(),
                read.bytesRead(),
                read.bytesWritten(),
                new Shape.Attention(
                        queryHeads, keyValueHeads, headDim, batch, batch, batch * contextTokens, window, cacheFormat));
    }

    /** Latent attention (DeepSeek-V2 and V3) of {@code batch} prompts, keys and values expanded for {@code heads} heads of this device. */
    public static Kernel latentPrefill(
            long batch, long newTokens, long cachedTokens, long heads, NumberFormat format, NumberFormat cacheFormat) {
        double pairs = batch * pairs(newTokens, cachedTokens, 0);
        long context = batch * (newTokens + cachedTokens);
        double element = Math.max(2.0, format.bytesPerElement());
        double queries = (double) batch * newTokens * heads * (HEAD_DIM + ROTARY_DIM) * element;
        double keysAndValues = (double) context * heads * (2 * HEAD_DIM + ROTARY_DIM) * cacheFormat.bytesPerElement();
        return new Kernel(
                KernelFamily.ATTENTION_PREFILL,
                format,
                2.0 * heads * (2 * HEAD_DIM + ROTARY_DIM) * pairs,
                queries + keysAndValues,
                (double) batch * newTokens * heads * HEAD_DIM * element,
                new Shape.LatentAttention(
                        heads, LATENT_RANK, ROTARY_DIM, batch, batch * newTokens, context, cacheFormat));
    }

    /** Latent attention of one new token in each of {@code batch} sequences, computed on the latent vectors themselves. */
    public static Kernel latentDecode(
            long batch, long contextTokens, long heads, NumberFormat format, NumberFormat cacheFormat) {
        long context = batch * contextTokens;
        double element = Math.max(2.0, format.bytesPerElement());
        double queries = (double) batch * heads * (LATENT_RANK + ROTARY_DIM) * element;
        double cache = (double) context * (LATENT_RANK + ROTARY_DIM) * cacheFormat.bytesPerElement();
        return new Kernel(
                KernelFamily.ATTENTION_DECODE,
                format,
                2.0 * heads * (2 * LATENT_RANK + ROTARY_DIM) * context,
                queries + cache,
                (double) batch * heads * LATENT_RANK * element,
                new Shape.LatentAttention(heads, LATENT_RANK, ROTARY_DIM, batch, batch, context, cacheFormat));
    }

    /**
     * The routed experts of one layer on one of {@code devices}. Tokens choose evenly and independently, so that {@code E (1 - (1 -
     * k/E)^tokens)} experts are read.
     *
     * @param experts of the layer, over all devices
     */
    public static Kernel experts(
            long tokens,
            long hidden,
            long intermediate,
            long chosen,
            long experts,
            long devices,
            double skew,
            NumberFormat format,
            NumberFormat weightFormat) {
        double pairs = (double) tokens * chosen / devices;
        double share = Math.min(1, (double) chosen / experts);
        double touched = (double) experts / devices * (1 - StrictMath.pow(1 - share, (double) tokens));
        double element = format.bytesPerElement();
        return new Kernel(
                KernelFamily.MOE_GEMM,
                format,
                6.0 * hidden * intermediate * pairs,
                weightFormat.bytesPerElement() * 3.0 * hidden * intermediate * touched
                        + element * pairs * (hidden + 2.0 * intermediate),
                element * pairs * (hidden + 1.0 * intermediate),
                new Shape.Experts(
                        tokens, hidden, intermediate, chosen, Math.max(1, experts / devices), skew, weightFormat));
    }

    /** Pairs of a query and a key that it may see: causal, the last {@code window} keys if that is not 0. */
    private static double pairs(long newTokens, long cachedTokens, long window) {
        if (window == 0 || window >= newTokens + cachedTokens) {
            return (double) newTokens * cachedTokens + 0.5 * newTokens * (newTokens + 1.0);
        }
        // Query i sees min(cached + i, window) keys.
        long growing = Math.max(0, Math.min(newTokens, window - cachedTokens));
        return growing * (double) cachedTokens
                + 0.5 * growing * (growing + 1.0)
                + (double) (newTokens - growing) * window;
    }

    /** Keys that any query sees. */
    private static long seen(long newTokens, long cachedTokens, long window) {
        return window == 0 ? newTokens + cachedTokens : newTokens + Math.min(cachedTokens, window);
    }
}
