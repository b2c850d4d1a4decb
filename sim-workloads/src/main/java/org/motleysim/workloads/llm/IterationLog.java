package org.motleysim.workloads.llm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.report.Figures;
import org.motleysim.core.report.Section.GanttChart;
import org.motleysim.core.report.Section.Span;
import org.motleysim.workloads.RowLog;

/**
 * When each replica ran which iterations, in bounded memory: single iterations as long as they are few, then those of a slice of time
 * together.
 *
 * <p>A row holds the iterations of one replica that began in one slice: from the start of the first to the end of the last, and how long
 * they took by kind. When a replica has no room for a further row, slices become twice as long and neighbours merge; so the busy time
 * stays exact, and only the order within a slice is lost. Filled during a run, read-only afterwards.
 */
public final class IterationLog implements RowLog {
    /** What an iteration computes. */
    enum Kind {
        /** Prompts only. */
        PREFILL("prefill", 2),
        /** Prompts, and next tokens of other requests. */
        MIXED("mixed", 3),
        /** Next tokens only. */
        DECODE("decode", 4);

        private final String label;
        private final int column;

        /** @param column where a row has its nanoseconds, after start and end */
        Kind(String label, int column) {
            this.label = label;
            this.column = column;
        }

        String label() {
            return label;
        }
    }

    private static final int MOST_ROWS = 4_000;
    private static final int FEWEST_OF_A_REPLICA = 16;
    private static final int MOST_REPLICAS_SHOWN = 60;
    private static final int KINDS = Kind.values().length;
    private static final long FIRST_SLICE = 1;
    private static final int NANO_DECIMALS = 9;

    private final String workload;
    private final List<String> names;
    private final int capacity;
    /** For each replica and row: start, end, and nanoseconds by kind. */
    private final long[][] rows;

    private final int[] sizes;
    private long sliceNanos = FIRST_SLICE;

    /** @param names of the replicas, in order */
    IterationLog(String workload, List<String> names) {
        this.workload = workload;
        this.names = List.copyOf(names);
        this.capacity = Math.max(FEWEST_OF_A_REPLICA, MOST_ROWS / Math.max(1, names.size()));
        this.rows = new long[names.size()][];
        Arrays.setAll(rows, i -> new long[16 * width()]);
        this.sizes = new int[names.size()];
    }

    private static int width() {
        return 2 + KINDS;
    }

    void add(int replica, Kind kind, long startNanos, long endNanos) {
        int last = (sizes[replica] - 1) * width();
        if (sizes[replica] == 0 || rows[replica][last] / sliceNanos != startNanos / sliceNanos) {
            last = appended(replica, startNanos);
        }
        long[] mine = rows[replica];
        mine[last + 1] = endNanos;
        mine[last + kind.column] += endNanos - startNanos;
    }

    /** Where the row of a slice is, which may be an old one when slices have become longer for it. */
    private int appended(int replica, long startNanos) {
        while (sizes[replica] == capacity) {
            sliceNanos *= 2;
            for (int i = 0; i < rows.length; i++) {
                merge(i);
            }
            int last = (sizes[replica] - 1) * width();
            if (rows[replica][last] / sliceNanos == startNanos / sliceNanos) {
                return last;
            }
        }
        int at = sizes[replica] * width();
        if (at == rows[replica].length) {
            rows[replica] = Arrays.copyOf(rows[replica], Math.min(capacity * width(), 2 * at));
        }
        rows[replica][at] = startNanos;
        sizes[replica]++;
        return at;
    }

    private void merge(int replica) {
        long[] mine = rows[replica];
        int kept = -1;
        for (int i = 0; i < sizes[replica]; i++) {
            int from = i * width();
            int to = kept * width();
            if (kept >= 0 && mine[to] / sliceNanos == mine[from] / sliceNanos) {
                mine[to + 1] = mine[from + 1];
                for (int k = 2; k < width(); k++) {
                    mine[to + k] += mine[from + k];
                }
            } else {
                kept++;
                System.arraycopy(mine, from, mine, kept * width(), width());
            }
        }
        Arrays.fill(mine, (kept + 1) * width(), sizes[replica] * width(), 0);
        sizes[replica] = kept + 1;
    }

    @Override
    public String name() {
        return "iterations";
    }

    /** Name of the workload whose iterations these are. */
    public String workload() {
        return workload;
    }

    @Override
    public int size() {
        return Arrays.stream(sizes).sum();
    }

    /** How long slices are, in nanoseconds; 1 when each row is one iteration. */
    public long sliceNanos() {
        return sliceNanos;
    }

    /** How long a replica ran iterations of all kinds, in nanoseconds. */
    public long busyNanos(int replica) {
        long busy = 0;
        for (int i = 0; i < sizes[replica]; i++) {
            for (int k = 2; k < width(); k++) {
                busy += rows[replica][i * width() + k];
            }
        }
        return busy;
    }

    @Override
    public void writeCsv(Appendable out) throws IOException {
        var line = new StringBuilder("replica,start_s,end_s,prefill_s,mixed_s,decode_s\n");
        for (int replica = 0; replica < rows.length; replica++) {
            for (int i = 0; i < sizes[replica]; i++) {
                line.append(replica);
                for (int k = 0; k < width(); k++) {
                    Decimals.append(line.append(','), rows[replica][i * width() + k], NANO_DECIMALS);
                }
                out.append(line.append('\n'));
                line.setLength(0);
            }
        }
        out.append(line);
    }

    /** The iterations as a Gantt chart; of a slice with several, the kinds stand one after the other. */
    GanttChart chart(String title) {
        int shown = Math.min(MOST_REPLICAS_SHOWN, rows.length);
        List<Span> spans = new ArrayList<>();
        for (int replica = 0; replica < shown; replica++) {
            for (int i = 0; i < sizes[replica]; i++) {
                int at = i * width();
                long start = rows[replica][at];
                for (Kind kind : Kind.values()) {
                    long nanos = rows[replica][at + kind.column];
                    if (nanos > 0) {
                        spans.add(
                                new Span(replica, kind.label(), SimTime.seconds(start), SimTime.seconds(nanos), false));
                        start += nanos;
                    }
                }
            }
        }
        String note = sliceNanos == FIRST_SLICE
                ? "Each bar is one iteration."
                : "Iterations that began within the same " + Figures.quantity(SimTime.seconds(sliceNanos), "s")
                        + " stand together, by kind: the time is right, the order within is not.";
        if (shown < rows.length) {
            note += " The first " + shown + " of " + rows.length + " replicas.";
        }
        return new GanttChart(title, names.subList(0, shown), spans, "", note);
    }
}
