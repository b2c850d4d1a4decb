package org.motleysim.bench.engine;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/** The engines that are compared. */
public enum Engine {
    /** Motley, registered handler and primitive argument. */
    MOTLEY,
    /** Motley with an observer that does nothing: more than the hook costs when it is off. */
    MOTLEY_OBSERVED,
    /** Motley, one lambda per event. */
    MOTLEY_LAMBDA,
    /** {@link java.util.PriorityQueue} of event objects. */
    JDK,
    /** SSJ 3.3.2. */
    SSJ,
    /** MASON 18. */
    MASON,
    /** DSOL 4.3.2, by {@code step}. */
    DSOL,
    /** CloudSim Plus 8.5.7. */
    CLOUDSIM_PLUS;

    /** Makes an engine, given the model to call and the number of tokens. */
    Kernel kernel(IntConsumer model, int tokens) {
        return switch (this) {
            case MOTLEY -> MotleyKernel.primitive(model, tokens, false);
            case MOTLEY_OBSERVED -> MotleyKernel.primitive(model, tokens, true);
            case MOTLEY_LAMBDA -> MotleyKernel.lambda(model, tokens);
            case JDK -> new JdkKernel(model, tokens);
            case SSJ -> new SsjKernel(model, tokens);
            case MASON -> new MasonKernel(model, tokens);
            case DSOL -> new DsolKernel(model, tokens);
            case CLOUDSIM_PLUS -> new CloudSimPlusKernel(model, tokens);
        };
    }

    /** Returns the simulators that Motley is measured against. */
    static List<Engine> peers() {
        return List.of(SSJ, MASON, DSOL, CLOUDSIM_PLUS);
    }

    boolean runs(Shape shape) {
        // CloudSim Plus cancels by a predicate over all pending events; that alone would take hours here. A simulation
        // of its that has run
        // out of events is over and takes no more, so the queue cannot run again.
        return !(this == CLOUDSIM_PLUS
                        && Arrays.asList(Shape.CANCEL_HALF, Shape.MM1).contains(shape))
                && !(this == MOTLEY_OBSERVED
                        && !Arrays.asList(Shape.HOLD_1E3, Shape.HOLD_1E5, Shape.MM1)
                                .contains(shape));
    }
}
