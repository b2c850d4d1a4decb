package org.motleysim.workloads.layers;

import java.util.Locale;

/** What an edge of a NAS-Bench-201 cell does. */
public enum CellOperation {
    /** The edge is not there. */
    NONE("none"),
    /** The identity. */
    SKIP("skip_connect"),
    /** ReLU, convolution of single places, batch norm. */
    CONV_1X1("nor_conv_1x1"),
    /** ReLU, 3x3 convolution, batch norm. */
    CONV_3X3("nor_conv_3x3"),
    /** Mean of 3x3 places. */
    AVERAGE_POOL_3X3("avg_pool_3x3");

    private final String label;

    CellOperation(String label) {
        this.label = label;
    }

    /** Returns the name in the benchmark's own files. */
    public String label() {
        return label;
    }

    /**
     * Returns the operation of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static CellOperation of(String label) {
        for (CellOperation operation : values()) {
            if (operation.label.equals(label.toLowerCase(Locale.ROOT))) {
                return operation;
            }
        }
        throw new IllegalArgumentException(
                "operation (\"" + label + "\") must be one of NAS-Bench-201\nMaybe \"nor_conv_3x3\".");
    }
}
