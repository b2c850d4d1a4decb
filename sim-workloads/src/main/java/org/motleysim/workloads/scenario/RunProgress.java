package org.motleysim.workloads.scenario;

/** Is told how far a run is, every few tens of thousands of events, on the thread of the run. It must not touch the run. */
@FunctionalInterface
public interface RunProgress {
    /** Not interested. */
    RunProgress NONE = (simulatedSeconds, fraction, completed) -> {};

    /**
     * Progress.
     *
     * @param simulatedSeconds virtual time
     * @param fraction share of the run that is done, in [0, 1]; NaN when nobody knows
     * @param completed units of work done, such as requests
     */
    void at(double simulatedSeconds, double fraction, long completed);
}
