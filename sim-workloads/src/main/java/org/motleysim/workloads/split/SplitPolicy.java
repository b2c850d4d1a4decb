package org.motleysim.workloads.split;

import java.util.Optional;

/** Says which variant answers a frame, when the frame is taken. */
@FunctionalInterface
public interface SplitPolicy {
    /**
     * Returns the number of the variant.
     *
     * @param frame what there is to know; valid during the call
     */
    int choose(SplitView frame);

    /** Returns the policy that always takes one variant, by its number. */
    static SplitPolicy fixed(int variant) {
        return new Fixed(variant);
    }

    /** Returns the policy that takes the variant with the least expected time. */
    static SplitPolicy fastest() {
        return Adaptive.FASTEST;
    }

    /** Returns the policy that takes the least energy among the variants that are expected to meet the deadline, or the fastest if none. */
    static SplitPolicy frugal() {
        return Adaptive.FRUGAL;
    }

    /**
     * Always the same variant.
     *
     * @param variant its number
     */
    record Fixed(int variant) implements SplitPolicy {
        @Override
        public int choose(SplitView frame) {
            return variant;
        }
    }

    /** Policies that look at the link. */
    enum Adaptive implements SplitPolicy {
        /** The least expected time. */
        FASTEST,
        /** The least energy within the deadline. */
        FRUGAL;

        @Override
        public int choose(SplitView frame) {
            Optional<Double> deadline = this == FRUGAL ? frame.deadlineSeconds() : Optional.empty();
            int fastest = 0;
            int frugal = -1;
            for (int i = 0; i < frame.variants(); i++) {
                if (frame.expectedSeconds(i) < frame.expectedSeconds(fastest)) {
                    fastest = i;
                }
                boolean inTime = deadline.isEmpty() || frame.expectedSeconds(i) <= deadline.get();
                if (inTime && (frugal < 0 || frame.expectedJoules(i) < frame.expectedJoules(frugal))) {
                    frugal = i;
                }
            }
            return this == FASTEST || frugal < 0 ? fastest : frugal;
        }
    }
}
