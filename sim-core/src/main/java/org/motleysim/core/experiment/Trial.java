package org.motleysim.core.experiment;

import org.motleysim.core.metric.MetricSet;

/**
 * One run of a system: a pure function of a seed. Equal seeds must give equal metrics, on any thread, in any order; a trial shares no
 * state that changes with another.
 */
@FunctionalInterface
public interface Trial {
    /**
     * Runs once on the calling thread.
     *
     * @param seed all the randomness of the run comes from it
     * @return what was measured
     * @throws Exception when the run fails; the study then reports it and goes on
     */
    MetricSet run(long seed) throws Exception;
}
