package org.motleysim.workloads.federated;

import java.io.IOException;
import java.util.Arrays;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.motleysim.core.engine.SimTime;
import org.motleysim.workloads.RowLog;

/** One row for each round: a synchronous round, a version of the model, a group. The first hundred thousand are kept. */
public final class RoundLog implements RowLog {
    private static final int KEPT = 100_000;
    private static final String[] HEADER = {
        "group", "version", "start_s", "end_s", "invited", "used", "lost", "stopped", "mean_staleness", "failed"
    };

    private int[] group = new int[64];
    private long[] version = new long[64];
    private long[] start = new long[64];
    private long[] end = new long[64];
    private int[] invited = new int[64];
    private int[] used = new int[64];
    private int[] lost = new int[64];
    private int[] stopped = new int[64];
    private double[] staleness = new double[64];
    private String[] failed = new String[64];
    private final String workload;
    private int size;

    RoundLog(String workload) {
        this.workload = workload;
    }

    /** Returns the name of the workload. */
    public String workload() {
        return workload;
    }

    void add(
            int inGroup,
            long madeVersion,
            long from,
            long to,
            int asked,
            int taken,
            int gone,
            int aborted,
            double meanStaleness,
            String whyFailed) {
        if (size == KEPT) {
            return;
        }
        if (size == group.length) {
            int more = 2 * size;
            group = Arrays.copyOf(group, more);
            version = Arrays.copyOf(version, more);
            start = Arrays.copyOf(start, more);
            end = Arrays.copyOf(end, more);
            invited = Arrays.copyOf(invited, more);
            used = Arrays.copyOf(used, more);
            lost = Arrays.copyOf(lost, more);
            stopped = Arrays.copyOf(stopped, more);
            staleness = Arrays.copyOf(staleness, more);
            failed = Arrays.copyOf(failed, more);
        }
        group[size] = inGroup;
        version[size] = madeVersion;
        start[size] = from;
        end[size] = to;
        invited[size] = asked;
        used[size] = taken;
        lost[size] = gone;
        stopped[size] = aborted;
        staleness[size] = meanStaleness;
        failed[size++] = whyFailed;
    }

    @Override
    public String name() {
        return "rounds";
    }

    @Override
    public int size() {
        return size;
    }

    /** Returns when a round began, in seconds. */
    public double startSeconds(int round) {
        return SimTime.seconds(start[round]);
    }

    /** Returns when a round ended, in seconds. */
    public double endSeconds(int round) {
        return SimTime.seconds(end[round]);
    }

    /** Returns the group, tier or edge of a round; 0 where there is one. */
    public int group(int round) {
        return group[round];
    }

    /** Returns how many clients were asked. */
    public int invited(int round) {
        return invited[round];
    }

    /** Returns how many updates went into the model. */
    public int used(int round) {
        return used[round];
    }

    /** Returns how many clients were lost. */
    public int lost(int round) {
        return lost[round];
    }

    /** Returns how many were told to stop. */
    public int stopped(int round) {
        return stopped[round];
    }

    /** Returns why a round failed; empty if it did not. */
    public String failed(int round) {
        return failed[round];
    }

    @Override
    public void writeCsv(Appendable out) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setRecordSeparator('\n')
                .setHeader(HEADER)
                .get();
        var printer = new CSVPrinter(out, format); // not closed: the file belongs to the caller
        for (int i = 0; i < size; i++) {
            printer.printRecord(
                    group[i],
                    version[i],
                    SimTime.seconds(start[i]),
                    SimTime.seconds(end[i]),
                    invited[i],
                    used[i],
                    lost[i],
                    stopped[i],
                    Double.isNaN(staleness[i]) ? "" : staleness[i],
                    failed[i]);
        }
    }
}
