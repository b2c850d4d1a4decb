package org.motleysim.hardware.cost;

import java.util.OptionalDouble;

/**
 * A cost with its reasons: what people read, where a run only adds up {@link Cost}s.
 *
 * @param cost seconds and joules, those of {@link BoundCostModel#cost}
 * @param bound what the kernel waits for most
 * @param achievedFraction of the peak of that resource, in [0, 1]; 0 when unknown. It may exceed 1 where traffic is served by a cache
 * @param model which model answered, such as {@code "gemm fit"} or {@code "roofline"}
 * @param expectedError mean absolute relative error on kernels of this family that the model had not seen; empty when nobody measured it
 * @param note what else to know, such as a shape outside the fitted range; empty when nothing
 */
public record Estimate(
        Cost cost, Bound bound, double achievedFraction, String model, OptionalDouble expectedError, String note) {
    /** A cost without reasons. */
    static Estimate of(Cost cost, String model) {
        return new Estimate(cost, Bound.UNKNOWN, 0, model, OptionalDouble.empty(), "");
    }
}
