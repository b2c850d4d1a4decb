package org.motleysim.hardware.fitted;

import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.Shape;

/** The sizes of full or latent attention, by sequence. Refilled for each query, so that none allocates. */
final class AttentionSizes {
    double heads;
    double keyValueHeads;
    double headDim;
    double sequences;
    double newTokens;
    double context;

    void read(Kernel kernel) {
        if (kernel.shape() instanceof Shape.Attention shape) {
            heads = Math.max(1, (double) shape.queryHeads());
            keyValueHeads = Math.max(1, (double) shape.keyValueHeads());
            headDim = Math.max(1, (double) shape.headDim());
            sequences = Math.max(1, (double) shape.sequences());
            newTokens = Math.max(1, (double) shape.newTokens() / sequences);
            context = Math.max(1, (double) shape.contextTokens() / sequences);
            if (shape.window() > 0) {
                context = Math.min(context, newTokens + shape.window());
            }
        } else {
            Shape.LatentAttention shape = (Shape.LatentAttention) kernel.shape();
            heads = Math.max(1, (double) shape.heads());
            keyValueHeads = 1;
            headDim = Math.max(1, shape.latentRank() + (double) shape.rotaryDim());
            sequences = Math.max(1, (double) shape.sequences());
            newTokens = Math.max(1, (double) shape.newTokens() / sequences);
            context = Math.max(1, (double) shape.contextTokens() / sequences);
        }
    }
}
