package org.motleysim.workloads.llm.routing;

import java.util.function.ToDoubleFunction;
import org.motleysim.core.random.RandomStream;

/** The replicas a router chooses from, in order of their devices, with the little state that routers need. */
public interface Replicas {
    /** Number of replicas, at least 1. */
    int size();

    /** The replica at {@code index}. */
    Replica get(int index);

    /** Requests routed so far in this run. */
    long routed();

    /** The random stream of this workload's routing; drawing from it disturbs no other part of the run. */
    RandomStream random();

    /** The replica with the lowest {@code key}; the first of them when several are equal. NaN counts as the highest. */
    default Replica byLowest(ToDoubleFunction<? super Replica> key) {
        Replica best = get(0);
        double lowest = key.applyAsDouble(best);
        for (int i = 1, n = size(); i < n; i++) {
            Replica candidate = get(i);
            double value = key.applyAsDouble(candidate);
            if (value < lowest || (Double.isNaN(lowest) && !Double.isNaN(value))) {
                lowest = value;
                best = candidate;
            }
        }
        return best;
    }
}
