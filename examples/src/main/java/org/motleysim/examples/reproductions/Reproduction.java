package org.motleysim.examples.reproductions;

/**
 * Computes the claims of one paper from device specs, workload and policy.
 *
 * <p>The facts it may use and the claims it is judged by stand in {@code reproduction.json} of its folder. An implementation sees the
 * facts only; the reported values stay with the one who compares.
 */
public interface Reproduction {
    /** Returns the folder under {@code examples/reproductions}: two digits of the paper's number, a hyphen, a name. */
    String folder();

    /**
     * Computes what can be computed. A claim for which nothing is said counts as not attempted.
     *
     * @param inputs the facts of the folder
     * @param predictions receives a value, a band or a reason for each claim
     */
    void predict(Inputs inputs, Predictions predictions);

    /** Returns the number of the paper. */
    default int paper() {
        return Integer.parseInt(folder().substring(0, folder().indexOf('-')));
    }
}
