package org.motleysim.workloads.llm.optable;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.SimTime;
import org.motleysim.workloads.llm.model.FeedForward;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.step.Iteration;
import org.motleysim.workloads.llm.step.IterationCost;
import org.motleysim.workloads.llm.step.IterationResult;

/** Iterations by a {@link LayerProfile}: sums of curves, tabulated by tokens and by sequences when first asked for. */
final class LayerProfileCost implements IterationCost {
    /** A dense layer, and how often it is run. */
    record Part(Curve curve, int times) {}

    private final List<Part> parts;
    private final List<Curve> perSequence;
    private final MixedAttention attention;
    private final @Nullable RaggedTable experts;
    private final FeedForward.@Nullable Experts mixture;
    private final double hostSeconds;
    private final int layers;
    private final int allReduces;
    private final Books books;
    private final Memo perToken = new Memo(this::tokenSeconds);
    private final Memo perSample = new Memo(this::sampleSeconds);

    LayerProfileCost(
            ModelSpec model,
            int ranks,
            List<Part> parts,
            List<Curve> perSequence,
            MixedAttention attention,
            @Nullable RaggedTable experts,
            Duration hostOverhead,
            Books books) {
        this.parts = List.copyOf(parts);
        this.perSequence = List.copyOf(perSequence);
        this.attention = attention;
        this.experts = experts;
        this.mixture = model.feedForward().experts().orElse(null);
        this.hostSeconds = SimTime.seconds(SimTime.nanos(hostOverhead));
        this.layers = model.layers();
        this.allReduces = ranks > 1 ? 2 * layers : 0;
        this.books = books;
    }

    @Override
    public void cost(Iteration iteration, IterationResult result) {
        double seconds = hostSeconds + perToken.at(iteration.tokens()) + perSample.at(iteration.sampled());
        double chunk = Math.sqrt((double) iteration.prefillSquares());
        double cached = chunk == 0 ? 0 : iteration.prefillCachedPairs() / chunk;
        long decodes = iteration.decodes();
        double context = decodes == 0 ? 0 : (double) iteration.decodeContext() / decodes;
        seconds += layers * attention.at(chunk, cached, (double) decodes, context);
        books.close(iteration, seconds, result);
    }

    private double tokenSeconds(long tokens) {
        double sum = allReduces * books.allReduceSeconds(tokens);
        for (Part part : parts) {
            sum += part.times * part.curve.at((double) tokens);
        }
        if (experts != null && mixture != null) {
            sum += mixture.layers() * experts.at((double) tokens, mixture.expectedDistinct(tokens));
        }
        return sum;
    }

    private double sampleSeconds(long samples) {
        double sum = 0;
        for (Curve curve : perSequence) {
            sum += curve.at((double) samples);
        }
        return sum;
    }
}
