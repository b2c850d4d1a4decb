package org.motleysim.core.experiment;

import java.io.IOException;

/** Runs the experiments that a search is made of, one after the other: such as each with a folder of its own. */
@FunctionalInterface
public interface StepRunner {
    /**
     * Runs one step.
     *
     * @param name of the step, unique within the search and the same when the search is run again
     * @param experiment what to run; a watcher or a number of threads may be added
     * @throws IOException when the step cannot be stored
     */
    ExperimentResult run(String name, Experiment.Builder experiment) throws IOException;

    /** Runs steps and keeps nothing of them. */
    static StepRunner inMemory() {
        return (name, experiment) -> experiment.build().run();
    }
}
