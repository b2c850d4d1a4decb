package org.motleysim.hardware.collective;

/**
 * What computing and communicating cost each other while both go on: they share the memory, and kernels that move data take cores from
 * kernels that compute. A tax of 0.1 means that a second of work takes 1.1 s as long as the other goes on too. The taxes are inputs, to be
 * stated with their source; without any, both run as if alone.
 *
 * @param computeTax zero or more
 * @param communicationTax zero or more
 */
public record Overlap(double computeTax, double communicationTax) {
    /** Neither slows the other. */
    public static final Overlap FREE = new Overlap(0, 0);

    /**
     * How both went.
     *
     * @param computeSeconds when computing ends
     * @param communicationSeconds when communicating ends
     */
    public record Times(double computeSeconds, double communicationSeconds) {
        /** Returns when both have ended. */
        public double seconds() {
            return Math.max(computeSeconds, communicationSeconds);
        }

        /** Returns for how long there is only communication: what computing does not hide. */
        public double exposedSeconds() {
            return Math.max(0, communicationSeconds - computeSeconds);
        }
    }

    /** @throws IllegalArgumentException if a tax is negative or not finite */
    public Overlap {
        if (!(computeTax >= 0 && communicationTax >= 0) || computeTax + communicationTax == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("computeTax (" + computeTax + ") and communicationTax ("
                    + communicationTax + ") must be zero or more");
        }
    }

    /**
     * Returns when both end that begin together.
     *
     * @param compute seconds alone, zero or more
     * @param communication seconds alone, zero or more
     */
    public Times of(double compute, double communication) {
        double slowCompute = compute * (1 + computeTax);
        double slowCommunication = communication * (1 + communicationTax);
        double both = Math.min(slowCompute, slowCommunication);
        return new Times(
                slowCompute <= both ? slowCompute : both + (compute - both / (1 + computeTax)),
                slowCommunication <= both ? slowCommunication : both + (communication - both / (1 + communicationTax)));
    }
}
