package org.motleysim.workloads.llm.step;

import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.Shape;
import org.motleysim.workloads.llm.model.Attention;
import org.motleysim.workloads.llm.model.FeedForward;
import org.motleysim.workloads.llm.model.GroupedAttention;
import org.motleysim.workloads.llm.model.LatentAttention;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.model.Shard;

/**
 * The kernels that one device of a replica runs in an iteration. They come in four parts, each a function of one count, so that the first
 * three can be tabulated: all that depends on the tokens, on the sampled tokens, on the decoding sequences; and attention itself
 * ({@link AttentionKernels}).
 */
final class Operators {
    private final ModelSpec model;
    private final int ranks;
    private final int hidden;
    private final int layers;
    private final long vocabularyRows;
    private final NumberFormat compute;
    private final NumberFormat weights;
    private final NumberFormat activations;
    private final NumberFormat sampling;

    Operators(Shard shard, DeviceSpec device) {
        this.model = shard.model();
        this.ranks = shard.ranks();
        this.hidden = model.hidden();
        this.layers = model.layers();
        this.vocabularyRows = shard.vocabularyRows();
        this.compute = model.computeFormat();
        this.weights = model.weightFormat();
        this.activations = model.activationFormat();
        // Engines widen logits to 32 bits. A device whose rate there was not published (TPUs, most NPUs) samples as it
        // computes all else.
        this.sampling = device.computeFormat(NumberFormat.FP32).isPresent() ? NumberFormat.FP32 : activations;
    }

    /** All that every token goes through, but attention. */
    void perToken(long tokens, OperatorSink sink) {
        sink.add("embedding", Kernel.embedding(tokens, hidden, activations), 1, 0);
        if (model.norms().afterEmbedding()) {
            sink.add("embedding norm", Kernel.norm(tokens, hidden, activations), 1, 0);
        }
        // Residual sums are fused into the norms: two vectors read, two written.
        sink.add("norm and residual", fusedNorm(tokens), layers * model.norms().perLayer() + 1, 0);
        Attention attention = model.attention();
        if (attention instanceof GroupedAttention grouped) {
            projections(grouped, tokens, sink);
        } else if (attention instanceof LatentAttention latent) {
            projections(latent, tokens, sink);
        }
        double newKeysAndValues = (double) tokens * attention.cachedElements(ranks);
        double written = newKeysAndValues * model.kvFormat().bytesPerElement();
        sink.add(
                "KV cache write",
                new Kernel(
                        KernelFamily.COPY,
                        activations,
                        0,
                        newKeysAndValues * activations.bytesPerElement(),
                        written,
                        Shape.NONE),
                layers,
                written);
        feedForward(tokens, sink);
        allReduce("all-reduce", (double) tokens * hidden * activations.bytesPerElement(), 2 * layers, sink);
    }

    /** The head, for the tokens that are sampled. */
    void perSample(long sampled, OperatorSink sink) {
        NumberFormat format = model.otherFormat();
        gemm("LM head", sampled, vocabularyRows, hidden, format, format, 1, sink);
        // All-gather of the logits: each device sends its share to all others, half of what an all-reduce moves.
        double logits = (double) sampled * vocabularyRows * ranks;
        allReduce("logits all-gather", logits * activations.bytesPerElement() / 2, 1, sink);
        sink.add("sampling", Kernel.norm(sampled, vocabularyRows * ranks, sampling), 1, 0);
    }

    /**
     * Latent attention decodes without expanding the cache: queries are taken into the latent space, results out of it (DeepSeek-V2,
     * section 2.1.2). Both products use the matrix from latent vectors to keys and values.
     */
    void perDecode(long decodes, OperatorSink sink) {
        if (model.attention() instanceof LatentAttention latent) {
            gemm(
                    "latent absorption",
                    decodes,
                    latent.expandedColumns(ranks),
                    latent.latentRank(),
                    compute,
                    weights,
                    layers,
                    sink);
        }
    }

    private void projections(GroupedAttention attention, long tokens, OperatorSink sink) {
        long inner = (long) attention.heads(ranks) * attention.headDim();
        gemm("qkv projection", tokens, attention.inputColumns(ranks), hidden, compute, weights, layers, sink);
        gemm("output projection", tokens, hidden, inner, compute, weights, layers, sink);
        long rotated = (attention.heads(ranks) + (long) attention.keyValueHeads(ranks)) * attention.headDim();
        if (attention.headNorms()) {
            sink.add(
                    "head norms",
                    Kernel.norm(tokens * (rotated / attention.headDim()), attention.headDim(), activations),
                    layers,
                    0);
        }
        sink.add("rotary embedding", Kernel.elementwise(tokens * rotated, 1, 6, activations), layers, 0);
    }

    private void projections(LatentAttention attention, long tokens, OperatorSink sink) {
        gemm("compression", tokens, attention.compressedColumns(), hidden, compute, weights, layers, sink);
        sink.add("latent norm", Kernel.norm(tokens, attention.compressedColumns(), activations), layers, 0);
        gemm(
                "query projection",
                tokens,
                attention.queryColumns(ranks),
                attention.queryRank().orElse(hidden),
                compute,
                weights,
                layers,
                sink);
        long inner = (long) attention.heads(ranks) * attention.valueDim();
        gemm("output projection", tokens, hidden, inner, compute, weights, layers, sink);
        long rotated = (attention.heads(ranks) + 1L) * attention.rotaryDim();
        sink.add("rotary embedding", Kernel.elementwise(tokens * rotated, 1, 6, activations), layers, 0);
    }

    private void feedForward(long tokens, OperatorSink sink) {
        FeedForward block = model.feedForward();
        int dense = block.denseLayers(layers);
        if (dense > 0) {
            block("feed-forward", tokens, block.width() / ranks, dense, sink);
        }
        block.experts().ifPresent(mixture -> experts(mixture, tokens, sink));
    }

    private void block(String name, long tokens, long width, int times, OperatorSink sink) {
        FeedForward block = model.feedForward();
        gemm(name + " in", tokens, block.inputColumns(width), hidden, compute, weights, times, sink);
        activation(name, tokens, width, times, sink);
        gemm(name + " out", tokens, hidden, width, compute, weights, times, sink);
    }

    private void activation(String name, long rows, long width, int times, OperatorSink sink) {
        int inputs = model.feedForward().gated() ? 2 : 1;
        sink.add(name + " activation", Kernel.elementwise(rows * width, inputs, 8, activations), times, 0);
    }

    private void experts(FeedForward.Experts mixture, long tokens, OperatorSink sink) {
        FeedForward block = model.feedForward();
        NumberFormat router = model.otherFormat();
        gemm("router", tokens, mixture.count(), hidden, router, router, mixture.layers(), sink);
        long width = mixture.width() / ranks;
        // Serving engines fuse the products, the activation between them and the weighted sum: so were they measured.
        double visits = (double) tokens * mixture.perToken();
        double columns = block.inputColumns(width) + (double) width;
        double expertBytes = mixture.expectedDistinct(tokens) * columns * hidden * weights.bytesPerElement();
        double element = compute.bytesPerElement();
        Kernel fused = new Kernel(
                KernelFamily.MOE_GEMM,
                compute,
                2.0 * visits * columns * hidden,
                expertBytes + element * visits * (hidden + columns - width),
                element * visits * (hidden + (double) width),
                new Shape.Experts(tokens, hidden, width, mixture.perToken(), mixture.count(), 0, weights));
        sink.add("experts", fused, mixture.layers(), expertBytes);
        if (mixture.sharedWidth() > 0) {
            block("shared experts", tokens, mixture.sharedWidth() / ranks, mixture.layers(), sink);
        }
    }

    private void allReduce(String name, double bytes, int times, OperatorSink sink) {
        if (ranks > 1) {
            sink.add(name, Kernel.allReduce(bytes, ranks), times, 0);
        }
    }

    private Kernel fusedNorm(long tokens) {
        double bytes = 2.0 * tokens * hidden * activations.bytesPerElement();
        return new Kernel(
                KernelFamily.NORM, activations, 9.0 * tokens * hidden, bytes, bytes, new Shape.Rows(tokens, hidden));
    }

    private static void gemm(
            String name,
            long m,
            long n,
            long k,
            NumberFormat compute,
            NumberFormat weights,
            int times,
            OperatorSink sink) {
        double weightBytes = (double) n * k * weights.bytesPerElement();
        sink.add(name, Kernel.gemm(m, n, k, compute, weights), times, weightBytes);
    }
}
