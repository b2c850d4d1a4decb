package org.motleysim.workloads.llm.step;

import java.util.Arrays;
import org.motleysim.hardware.cost.Bound;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.Cost;

/**
 * The summed cost of some operators as a function of one count, worked out when first asked for and then looked up. Eight numbers
 * a count, 64 bytes; counts beyond the largest kept are worked out each time.
 */
final class CostTable {
    private static final int LARGEST_KEPT = 1 << 17;
    private static final int STRIDE = 8;

    /** Lists the operators for a count. */
    @FunctionalInterface
    interface Source {
        void list(long count, OperatorSink sink);
    }

    private final Source source;
    private final BoundCostModel kernels;
    private double[] table = new double[0];
    private final double[] sum = new double[STRIDE];

    CostTable(Source source, BoundCostModel kernels) {
        this.source = source;
        this.kernels = kernels;
    }

    /** Where the seconds that are bound by something are counted; those of unknown reasons are not. */
    static int place(Bound bound) {
        return switch (bound) {
            case COMPUTE -> 4;
            case MEMORY -> 5;
            case LAUNCH -> 6;
            case LINK -> 7;
            case UNKNOWN -> -1;
        };
    }

    /**
     * Adds seconds, joules, model flops and model bytes of one device to the first four elements of {@code total}, and the seconds by what
     * they are bound by to the next four.
     */
    void addTo(double[] total, long count) {
        if (count == 0) {
            return;
        }
        double[] from = sum;
        int at = 0;
        if (count > LARGEST_KEPT) {
            work(count);
        } else {
            at = (int) count * STRIDE;
            if (at >= table.length || Double.isNaN(table[at])) {
                fill((int) count);
            }
            from = table;
        }
        for (int i = 0; i < STRIDE; i++) {
            total[i] += from[at + i];
        }
    }

    private void fill(int count) {
        int needed = (count + 1) * STRIDE;
        if (needed > table.length) {
            int old = table.length;
            table = Arrays.copyOf(table, Math.max(needed, Math.min(2 * old, (LARGEST_KEPT + 1) * STRIDE)));
            Arrays.fill(table, old, table.length, Double.NaN);
        }
        work(count);
        System.arraycopy(sum, 0, table, count * STRIDE, STRIDE);
    }

    private void work(long count) {
        Arrays.fill(sum, 0);
        source.list(count, (name, kernel, times, modelBytes) -> {
            Cost cost = kernels.cost(kernel);
            sum[0] += times * cost.seconds();
            sum[1] += times * cost.dynamicJoules();
            sum[2] += times * new Operator(name, kernel, times, modelBytes).modelFlops();
            sum[3] += times * modelBytes;
            int place = place(kernels.bound(kernel, cost));
            if (place >= 0) {
                sum[place] += times * cost.seconds();
            }
        });
    }
}
