package org.motleysim.workloads.stream;

/**
 * What flows through a stage, and what that takes.
 *
 * @param stage its name
 * @param bytes of a sample that leaves it
 * @param relevantIn relevant samples that come, per second
 * @param irrelevantIn irrelevant samples that come, per second
 * @param relevantOut relevant samples that pass, per second
 * @param irrelevantOut irrelevant samples that pass, per second
 * @param watts of its operations
 * @param linkWatts of sending to the next stage
 */
public record StageFlow(
        String stage,
        double bytes,
        double relevantIn,
        double irrelevantIn,
        double relevantOut,
        double irrelevantOut,
        double watts,
        double linkWatts) {
    /** Returns all samples that come, per second. */
    public double samplesIn() {
        return relevantIn + irrelevantIn;
    }

    /** Returns all samples that pass, per second. */
    public double samplesOut() {
        return relevantOut + irrelevantOut;
    }
}
