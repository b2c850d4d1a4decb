package org.motleysim.workloads.collective;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.motleysim.core.engine.SimTime;
import org.motleysim.hardware.collective.Collective;
import org.motleysim.workloads.RowLog;

/** The collectives of one job that came to an end, in that order. */
public final class CollectiveLog implements RowLog {
    /**
     * One.
     *
     * @param choice what picked the algorithm
     * @param algorithm what was chosen
     * @param size as the job says it, in bytes
     * @param sent as it went over the network
     * @param ranks of a team
     * @param startNanos when the first rank could enter
     * @param endNanos when the last rank of the last team had finished
     * @param formulaSeconds without contention, on equal ports; not a number when there is none
     */
    public record Row(
            String choice,
            String algorithm,
            long size,
            Collective sent,
            int ranks,
            long startNanos,
            long endNanos,
            double formulaSeconds) {
        /** Returns how long it took. */
        public double seconds() {
            return SimTime.seconds(endNanos - startNanos);
        }

        /** Returns bytes by time; zero if it took none. */
        public double algorithmBandwidth() {
            return seconds() > 0 ? size / seconds() : 0;
        }

        /** Returns the same as nccl-tests scales it, to compare with a link. */
        public double busBandwidth() {
            return algorithmBandwidth() * sent.busFactor(ranks);
        }
    }

    private final String workload;
    private final List<Row> rows = new ArrayList<>();

    CollectiveLog(String workload) {
        this.workload = workload;
    }

    void add(Row row) {
        rows.add(row);
    }

    /** Returns the name of the job. */
    public String workload() {
        return workload;
    }

    /** Returns them all. */
    public List<Row> rows() {
        return List.copyOf(rows);
    }

    @Override
    public String name() {
        return "collectives";
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public void writeCsv(Appendable out) throws IOException {
        CSVPrinter csv = new CSVPrinter(
                out, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get());
        csv.printRecord(
                "collective",
                "choice",
                "algorithm",
                "ranks",
                "size_bytes",
                "sent_bytes",
                "start_s",
                "time_s",
                "algbw_bytes_per_s",
                "busbw_bytes_per_s",
                "formula_s");
        for (Row row : rows) {
            csv.printRecord(
                    row.sent.name(),
                    row.choice,
                    row.algorithm,
                    row.ranks,
                    row.size,
                    row.sent.bytes(),
                    SimTime.seconds(row.startNanos),
                    row.seconds(),
                    row.algorithmBandwidth(),
                    row.busBandwidth(),
                    Double.isNaN(row.formulaSeconds) ? "" : row.formulaSeconds);
        }
        csv.flush();
    }
}
