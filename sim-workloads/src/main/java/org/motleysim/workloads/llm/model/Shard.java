package org.motleysim.workloads.llm.model;

import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.device.NumberFormat;

/**
 * What one of {@code ranks} tensor-parallel devices holds of a model (Megatron-LM, Shoeybi et al., 2019): an equal share of the heads, the
 * feed-forward widths and the vocabulary; routers and normalisations whole.
 *
 * @param model the model
 * @param ranks devices it is split over; 1 for all of it on one device
 */
public record Shard(ModelSpec model, int ranks) {

    /** @throws IllegalArgumentException if the heads or widths cannot be dealt out equally */
    public Shard {
        Require.positive("tensorParallel", ranks);
        try {
            model.attention().checkRanks(ranks);
            model.feedForward().checkRanks(ranks);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + " of " + model.name() + "\nMaybe a power of two below it.", e);
        }
    }

    /** Weights in the matrices of all layers: those that number formats such as FP8 or INT4 apply to. */
    public long matrixParameters() {
        FeedForward block = model.feedForward();
        long perLayer = model.attention().matrixParameters(model.hidden(), ranks);
        long dense = block.matrixParameters(model.hidden(), block.width() / ranks);
        return model.layers() * perLayer
                + block.denseLayers(model.layers()) * dense
                + block.experts().map(this::expertParameters).orElse(0L);
    }

    /** Weights that stay in the activation format: embeddings, head, normalisations, biases and routers. */
    public long otherParameters() {
        FeedForward block = model.feedForward();
        int hidden = model.hidden();
        long tables = (model.tiedEmbeddings() ? 1L : 2L) * vocabularyRows() * hidden;
        return tables
                + model.norms().parameters(model.layers(), hidden)
                + model.layers() * model.attention().vectorParameters(hidden, ranks)
                + block.denseLayers(model.layers()) * block.vectorParameters(hidden, ranks)
                + block.experts()
                        .map(mixture -> mixture.layers() * mixture.routerParameters(hidden))
                        .orElse(0L);
    }

    /** All weights. */
    public long parameters() {
        return matrixParameters() + otherParameters();
    }

    /** Rows of the embedding and of the head: a share of the vocabulary, rounded up. */
    public long vocabularyRows() {
        return (model.vocabulary() + ranks - 1L) / ranks;
    }

    /** Memory of the weights, with the scales of formats that have blocks. */
    public Bytes weightBytes() {
        NumberFormat matrices = model.weightFormat();
        return new Bytes(
                matrices.bytes(matrixParameters()) + model.otherFormat().bytes(otherParameters()));
    }

    /** Memory of the KV cache of one token in all layers. */
    public long kvBytesPerToken() {
        return model.kvFormat().bytes(model.layers() * model.attention().cachedElements(ranks));
    }

    private long expertParameters(FeedForward.Experts mixture) {
        FeedForward block = model.feedForward();
        long routed = mixture.count() * block.matrixParameters(model.hidden(), mixture.width() / ranks);
        long shared = block.matrixParameters(model.hidden(), mixture.sharedWidth() / ranks);
        return mixture.layers() * (routed + shared);
    }
}
