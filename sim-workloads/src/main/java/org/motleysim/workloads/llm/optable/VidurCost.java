package org.motleysim.workloads.llm.optable;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.SimTime;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.step.Iteration;
import org.motleysim.workloads.llm.step.IterationCost;
import org.motleysim.workloads.llm.step.IterationResult;

/** Iterations composed as Vidur composes them: see {@link VidurTables}. */
final class VidurCost implements IterationCost {
    private static final int TOKEN_STEP = 8;
    private static final int CONTEXT_STEP = 64;
    private static final double SEVERAL = 1.1;
    private static final double LAUNCH_SECONDS = 0.02e-3;

    private final int layers;
    private final Memo perToken;
    private final Memo write;
    private final VidurAttention attention;
    private final @Nullable Curve allReduce;
    private final double several;
    private final double hostSeconds;
    private final Books books;

    VidurCost(
            ModelSpec model,
            int ranks,
            Curve dense,
            VidurAttention attention,
            Optional<Curve> allReduce,
            boolean grouped,
            Duration hostOverhead,
            Books books) {
        this.layers = model.layers();
        this.attention = attention;
        this.allReduce = allReduce.orElse(null);
        this.several = grouped ? SEVERAL : 1;
        this.hostSeconds = SimTime.seconds(SimTime.nanos(hostOverhead));
        this.books = books;
        this.write = new Memo(attention::write);
        this.perToken = new Memo(tokens -> {
            long rounded = roundedUp(tokens, TOKEN_STEP);
            return dense.at((double) rounded) + allReduces(rounded, ranks);
        });
    }

    private double allReduces(long tokens, int ranks) {
        return allReduce == null || ranks == 1 ? 0 : 2 * (allReduce.at(books.activationBytes(tokens)) + LAUNCH_SECONDS);
    }

    @Override
    public void cost(Iteration iteration, IterationResult result) {
        double layer = perToken.at(iteration.tokens()) + write.at(iteration.tokens());
        long decodes = iteration.decodes();
        if (decodes > 0) {
            long mean = roundedUp(iteration.decodeContext() / decodes, CONTEXT_STEP);
            layer += attention.decode(decodes, mean) * (decodes > 1 ? several : 1);
        }
        long chunks = iteration.prefillChunks();
        if (chunks > 0) {
            long cached = roundedUp(iteration.prefillContext() - iteration.prefillTokens(), CONTEXT_STEP);
            long chunk = Math.round(Math.sqrt((double) iteration.prefillSquares()));
            layer += attention.prefill(chunk, cached) * (chunks > 1 ? several : 1);
        }
        books.close(iteration, layers * layer + hostSeconds, result);
    }

    private static long roundedUp(long count, int step) {
        return (count + step - 1) / step * step;
    }
}
