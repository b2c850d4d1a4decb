package org.motleysim.workloads.llm.step;

/** The cost of iterations of one model on one replica; made by a {@link StepModel}. Used by one thread. */
@FunctionalInterface
public interface IterationCost {
    /**
     * Works out what an iteration of at least one token costs.
     *
     * @param iteration what is computed; not kept
     * @param result overwritten with the answer
     */
    void cost(Iteration iteration, IterationResult result);
}
