package org.motleysim.workloads;

import java.io.IOException;

/** A table of rows that a workload kept during a run, one per request, task or round, to be written as CSV. */
public interface RowLog {
    /** What a row is, in the plural: {@code "requests"} becomes {@code requests.csv}. */
    String name();

    /** Number of rows. */
    int size();

    /**
     * Writes the header and all rows as CSV, lines ended by {@code \n}.
     *
     * @throws IOException when {@code out} refuses
     */
    void writeCsv(Appendable out) throws IOException;
}
