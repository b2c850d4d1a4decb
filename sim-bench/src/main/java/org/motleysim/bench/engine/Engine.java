package org.motleysim.bench.engine;

import java.util.Arrays;
import java.util.List;

/** The engines that are compared. */
public enum Engine {
    /** Motley, registered handler and primitive argument. */
    MOTLEY((model, tokens) -> MotleyKernel.primitive(model, tokens, false)),
    /** Motley with an observer that does nothing: more than the hook costs when it is off. */
    MOTLEY_OBSERVED((model, tokens) -> MotleyKernel.primitive(model, tokens, true)),
    /** Motley, one lambda per event. */
    MOTLEY_LAMBDA(MotleyKernel::lambda),
    /** {@link java.util.PriorityQueue} of event objects. */
    JDK(JdkKernel::new),
    /** SSJ 3.3.2. */
    SSJ(SsjKernel::new),
    /** MASON 18. */
    MASON(MasonKernel::new),
    /** DSOL 4.3.2, by {@code step}. */
    DSOL(DsolKernel::new),
    /** CloudSim Plus 8.5.7. */
    CLOUDSIM_PLUS(CloudSimPlusKernel::new);

    private final Kernel.Factory factory;

    Engine(Kernel.Factory factory) {
        this.factory = factory;
    }

    Kernel.Factory factory() {
        return factory;
    }

    /** Returns the simulators that Motley is measured against. */
    static List<Engine> peers() {
        return List.of(SSJ, MASON, DSOL, CLOUDSIM_PLUS);
    }

    boolean runs(Shape shape) {
        // CloudSim Plus cancels by a predicate over all pending events; that alone would take hours here.
        return !(this == CLOUDSIM_PLUS && shape == Shape.CANCEL_HALF)
                && !(this == MOTLEY_OBSERVED
                        && !Arrays.asList(Shape.HOLD_1E3, Shape.HOLD_1E5, Shape.MM1)
                                .contains(shape));
    }
}
