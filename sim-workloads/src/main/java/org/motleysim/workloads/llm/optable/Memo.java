package org.motleysim.workloads.llm.optable;

import java.util.Arrays;
import java.util.function.LongToDoubleFunction;

/** Seconds by a count, worked out when first asked for; zero for none. */
final class Memo {
    private static final int LARGEST_KEPT = 1 << 16;

    private final LongToDoubleFunction source;
    private double[] known = {};

    Memo(LongToDoubleFunction source) {
        this.source = source;
    }

    double at(long count) {
        if (count == 0) {
            return 0;
        }
        if (count > LARGEST_KEPT) {
            return source.applyAsDouble(count);
        }
        int index = (int) count;
        if (index >= known.length) {
            int old = known.length;
            known = Arrays.copyOf(known, Math.min(LARGEST_KEPT + 1, Math.max(index + 1, 2 * old)));
            Arrays.fill(known, old, known.length, Double.NaN);
        }
        if (Double.isNaN(known[index])) {
            known[index] = source.applyAsDouble(count);
        }
        return known[index];
    }
}
