package org.motleysim.workloads.stream;

import java.util.List;

/**
 * One stage of a pipeline.
 *
 * @param name unique in the pipeline
 * @param inputs stages whose samples it joins; empty for a source
 * @param samplesPerSecond what a source sends; 0 for other stages
 * @param ownBytes what it adds to each sample; the whole sample of a source
 * @param operations on a sample, by the bytes of the joined sample
 * @param joulesPerOperation energy of one operation
 * @param joulesPerBit energy to send a bit to the next stage
 * @param filter which samples pass
 */
public record Stage(
        String name,
        List<String> inputs,
        double samplesPerSecond,
        double ownBytes,
        Operations operations,
        double joulesPerOperation,
        double joulesPerBit,
        Filter filter) {
    /** @throws IllegalArgumentException if a number is negative, a source has no rate, or another stage has one */
    public Stage {
        inputs = List.copyOf(inputs);
        if (name.isBlank()) {
            throw new IllegalArgumentException("name of a stage (\"" + name + "\") must not be blank");
        }
        if (inputs.isEmpty() != samplesPerSecond > 0) {
            throw new IllegalArgumentException("rate (" + samplesPerSecond + " /s) of stage " + name
                    + " must be more than zero for a source and zero for others");
        }
        if (!(samplesPerSecond < Double.POSITIVE_INFINITY
                && ownBytes >= 0
                && ownBytes < Double.POSITIVE_INFINITY
                && joulesPerOperation >= 0
                && joulesPerOperation < Double.POSITIVE_INFINITY
                && joulesPerBit >= 0
                && joulesPerBit < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "numbers of stage " + name + " (" + ownBytes + " B, " + joulesPerOperation + " J an operation, "
                            + joulesPerBit + " J a bit) must be finite, zero or more");
        }
    }

    /** Returns a source. */
    public static Stage source(String name, double samplesPerSecond, double bytes, double joulesPerBit) {
        return new Stage(name, List.of(), samplesPerSecond, bytes, Operations.none(), 0, joulesPerBit, Filter.none());
    }

    /** Returns a stage that only joins what it gets. */
    public static Stage join(String name, List<String> inputs, double joulesPerBit) {
        return new Stage(name, inputs, 0, 0, Operations.none(), 0, joulesPerBit, Filter.none());
    }
}
