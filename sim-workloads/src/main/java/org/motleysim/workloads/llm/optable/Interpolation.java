package org.motleysim.workloads.llm.optable;

import java.util.Locale;

/** What is assumed between the points of a table. Before the first point its value holds; after the last one time grows in proportion. */
public enum Interpolation {
    /** A straight line between the neighbours. */
    LINEAR,
    /** The nearest point, of two equally near ones the smaller. */
    NEAREST,
    /**
     * What a forest of regression trees says that was grown on bootstrap samples of the table, on average: each tree has seen a point with
     * probability 1 - 1/e and answers with the nearest one it has seen. Steps of a table are smeared over the points beside them.
     */
    FOREST;

    /** Its name in scenario files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
