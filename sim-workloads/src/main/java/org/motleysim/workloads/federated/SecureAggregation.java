package org.motleysim.workloads.federated;

/**
 * Secure aggregation by pairwise masks and secret shares (Bonawitz et al., "Practical secure aggregation for privacy-preserving machine
 * learning", CCS 2017, section 7.1). In a cohort of n clients with vectors of m elements of b bits a client sends and receives
 *
 * <pre>
 * 2 n keyBits + (5 n - 4) shareBits + m ceil(log2(n (2^b - 1) + 1)) bits
 * </pre>
 *
 * and expands {@code n} masks of m elements; the server expands one mask for each client that arrived, and n for each that dropped out after
 * it had agreed on keys. What an element of a mask costs in operations is the user's: AES in counter mode on the paper's machine is not ours.
 *
 * @param elementBits bits of an element, from 1 to 32
 * @param keyBits of a public key; 256 in the paper
 * @param shareBits of a secret share; 256 in the paper
 * @param flopsPerMaskElement operations to expand one element of a mask, zero or more
 */
public record SecureAggregation(int elementBits, int keyBits, int shareBits, double flopsPerMaskElement) {
    /** @throws IllegalArgumentException if a number is out of range */
    public SecureAggregation {
        if (elementBits < 1 || elementBits > 32 || keyBits < 0 || shareBits < 0 || !(flopsPerMaskElement >= 0)) {
            throw new IllegalArgumentException("elementBits (" + elementBits + ") must be from 1 to 32, keyBits ("
                    + keyBits + "), shareBits (" + shareBits + ") and flopsPerMaskElement (" + flopsPerMaskElement
                    + ") zero or more");
        }
    }

    /** Returns the setting of the paper, with masks for nothing. */
    public static SecureAggregation published() {
        return new SecureAggregation(16, 256, 256, 0);
    }

    private double elements(double clearBytes) {
        return 8 * clearBytes / elementBits;
    }

    /** Returns the bytes that a client sends of an update that has so many in the clear, in a cohort of so many clients. */
    public double clientBytes(double clearBytes, int cohort) {
        double largest = cohort * (StrictMath.pow(2, elementBits) - 1) + 1;
        double bitsEach = Math.ceil(StrictMath.log(largest) / StrictMath.log(2) - 1e-12);
        double bits = 2.0 * cohort * keyBits + (5.0 * cohort - 4) * shareBits + elements(clearBytes) * bitsEach;
        return bits / 8;
    }

    double clientFlops(double clearBytes, int cohort) {
        return cohort * elements(clearBytes) * flopsPerMaskElement;
    }

    double serverFlops(double clearBytes, int arrived, int cohort) {
        double masks = arrived + (double) Math.max(0, cohort - arrived) * cohort;
        return masks * elements(clearBytes) * flopsPerMaskElement;
    }
}
