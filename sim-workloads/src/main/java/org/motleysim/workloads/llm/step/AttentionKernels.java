package org.motleysim.workloads.llm.step;

import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.Shape;
import org.motleysim.workloads.llm.model.GroupedAttention;
import org.motleysim.workloads.llm.model.LatentAttention;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.model.Shard;

/**
 * Attention of one layer on one device: one kernel for all chunks of prompts and one for all decoding sequences, as in engines with
 * variable-length kernels.
 *
 * <p>Work per pair and per cached token follows from the kind of attention. Latent attention expands the cache to full heads for prompts
 * (a further matrix product over the whole context) and works on the latent vectors, all heads on the same ones, when decoding.
 */
final class AttentionKernels {
    private final NumberFormat format;
    private final NumberFormat compute;
    private final NumberFormat weights;
    private final double cacheBytesPerToken;
    private final double prefillFlopsPerPair;
    private final double prefillBytesPerContext;
    private final double prefillReadPerToken;
    private final double prefillWrittenPerToken;
    private final double decodeFlopsPerContext;
    private final double decodeReadPerToken;
    private final double decodeWrittenPerToken;
    private final long queryHeads;
    private final long keyValueHeads;
    private final long headDim;
    private final NumberFormat cacheFormat;
    private final long expandedColumns;
    private final long latentRank;
    private final long rotaryDim;

    AttentionKernels(Shard shard) {
        ModelSpec model = shard.model();
        int ranks = shard.ranks();
        this.format = model.activationFormat();
        this.compute = model.computeFormat();
        this.weights = model.weightFormat();
        this.cacheFormat = model.kvFormat();
        this.cacheBytesPerToken =
                model.attention().cachedElements(ranks) * model.kvFormat().bytesPerElement();
        double element = format.bytesPerElement();
        if (model.attention() instanceof LatentAttention latent) {
            double heads = latent.heads(ranks);
            this.prefillFlopsPerPair = 2 * heads * (latent.queryDim() + latent.valueDim());
            this.prefillBytesPerContext = heads * (latent.queryDim() + latent.valueDim()) * element;
            this.prefillReadPerToken = heads * latent.queryDim() * element;
            this.prefillWrittenPerToken = heads * latent.valueDim() * element;
            double cached = (double) latent.latentRank() + latent.rotaryDim();
            this.decodeFlopsPerContext = 2 * heads * (cached + latent.latentRank());
            this.decodeReadPerToken = heads * cached * element;
            this.decodeWrittenPerToken = heads * latent.latentRank() * element;
            this.queryHeads = latent.heads(ranks);
            this.keyValueHeads = latent.heads(ranks);
            this.headDim = latent.queryDim();
            this.expandedColumns = latent.expandedColumns(ranks);
            this.latentRank = latent.latentRank();
            this.rotaryDim = latent.rotaryDim();
        } else {
            GroupedAttention grouped = (GroupedAttention) model.attention();
            double width = (double) grouped.heads(ranks) * grouped.headDim();
            this.prefillFlopsPerPair = 4 * width;
            this.prefillBytesPerContext = cacheBytesPerToken;
            this.prefillReadPerToken = width * element;
            this.prefillWrittenPerToken = width * element;
            this.decodeFlopsPerContext = 4 * width;
            this.decodeReadPerToken = width * element;
            this.decodeWrittenPerToken = width * element;
            this.queryHeads = grouped.heads(ranks);
            this.keyValueHeads = grouped.keyValueHeads(ranks);
            this.headDim = grouped.headDim();
            this.expandedColumns = 0;
            this.latentRank = 0;
            this.rotaryDim = 0;
        }
    }

    /** Bytes of keys and values that one layer reads for so many tokens of context. */
    double cacheBytes(long context) {
        return context * cacheBytesPerToken;
    }

    /** Whether prompts expand the cache first. */
    boolean expands() {
        return expandedColumns > 0;
    }

    /** The matrix product that expands latent vectors to keys and values. */
    Kernel expansion(long context) {
        return Kernel.gemm(context, expandedColumns, latentRank, compute, weights);
    }

    /** Weights that the expansion reads. */
    double expansionWeightBytes() {
        return expandedColumns * latentRank * weights.bytesPerElement();
    }

    Kernel prefill(long chunks, long tokens, long pairs, long context, long window) {
        return new Kernel(
                KernelFamily.ATTENTION_PREFILL,
                format,
                prefillFlopsPerPair * pairs,
                tokens * prefillReadPerToken + context * prefillBytesPerContext,
                tokens * prefillWrittenPerToken,
                shape(chunks, tokens, context, window));
    }

    Kernel decode(long sequences, long context, long window) {
        return new Kernel(
                KernelFamily.ATTENTION_DECODE,
                format,
                decodeFlopsPerContext * context,
                sequences * decodeReadPerToken + context * cacheBytesPerToken,
                sequences * decodeWrittenPerToken,
                shape(sequences, sequences, context, window));
    }

    private Shape shape(long sequences, long newTokens, long context, long window) {
        return latentRank > 0
                ? new Shape.LatentAttention(
                        queryHeads, latentRank, rotaryDim, sequences, newTokens, context, cacheFormat)
                : new Shape.Attention(
                        queryHeads, keyValueHeads, headDim, sequences, newTokens, context, window, cacheFormat);
    }
}
