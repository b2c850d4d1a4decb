package org.motleysim.hardware.fitted;

import java.util.Arrays;
import org.motleysim.hardware.device.Kernel;

/**
 * How much each feature of a family says about how alike two kernels are: distances in a feature are multiplied by it, and one of 0 is
 * left out. One set for all devices and formats of a family, found by coordinate search from 1 for the least mean logarithm of the
 * held-out error over all tables of the family at once, those of a class with whole devices held out; docs/validation.md has what the
 * same search finds, and gains, on devices that it did not see.
 */
final class Relevance {
    private static final double[] PRODUCT = {1, 1.6, 1.6, 1.6, 0.35, 1.6, 1.6, 0.12, 1, 1, 1, 1, 1, 1, 1.6, 1, 1};
    private static final double[] PREFILL = {
        0.6, 1.6, 0.35, 1, 1.7, 1.6, 1, 1.6, 1, 1, 1.6, 1, 1.6, 0.56, 1, 0.6, 1, 1, 1
    };
    private static final double[] DECODE = {0.12, 0.12, 0.35, 1, 4.5, 4.5, 0.35, 1, 1.6, 1.6, 0.6, 1, 1, 1, 2.8, 1, 0.35
    };
    private static final double[] EXPERTS = {
        0.34, 0.35, 1, 2.7, 0.35, 2.8, 0.07, 0.35, 1, 1, 0.56, 0.35, 1, 1, 1, 1, 1, 1
    };

    private static final double[] PRODUCT_OF_CLASS = {1, 1, 2, 0, 1, 0.35, 4, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1};
    private static final double[] PREFILL_OF_CLASS = {0.35, 1, 0, 1, 1, 1, 0, 1, 0.35, 2, 1, 1, 1, 0, 1, 0.35, 1, 1, 1};
    private static final double[] DECODE_OF_CLASS = {0, 0.7, 0.35, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1};
    private static final double[] EXPERTS_OF_CLASS = {2, 0, 0.35, 0.35, 2, 0, 1, 2, 0, 1, 2, 1, 0.35, 1, 2, 1, 0.35, 1};

    private Relevance() {}

    /**
     * Returns the relevance of each feature.
     *
     * @param ofClass whether devices that were not measured are to be predicted
     */
    static double[] of(Kernel kernel, int features, boolean ofClass) {
        double[] found =
                switch (kernel.family()) {
                    case GEMM -> ofClass ? PRODUCT_OF_CLASS : PRODUCT;
                    case ATTENTION_PREFILL -> ofClass ? PREFILL_OF_CLASS : PREFILL;
                    case ATTENTION_DECODE -> ofClass ? DECODE_OF_CLASS : DECODE;
                    case MOE_GEMM -> ofClass ? EXPERTS_OF_CLASS : EXPERTS;
                    default -> new double[0];
                };
        if (found.length == features) {
            return found.clone();
        }
        return equal(features);
    }

    /** Returns 1 for each. */
    static double[] equal(int features) {
        double[] equal = new double[features];
        Arrays.fill(equal, 1);
        return equal;
    }
}
