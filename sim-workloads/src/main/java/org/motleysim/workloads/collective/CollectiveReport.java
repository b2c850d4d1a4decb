package org.motleysim.workloads.collective;

import java.util.ArrayList;
import java.util.List;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Table;
import org.motleysim.hardware.collective.CollectiveLibrary;
import org.motleysim.hardware.collective.Overlap;

/** What a report says of collectives: a row each, in the words of nccl-tests. */
public final class CollectiveReport {
    private final CollectiveJob job;
    private final CollectiveLog log;

    /**
     * Starts the report of a job.
     *
     * @param job the workload
     * @param log what it did
     */
    public CollectiveReport(CollectiveJob job, CollectiveLog log) {
        this.job = job;
        this.log = log;
    }

    /** Returns the table. */
    public Table table() {
        List<Column> columns = new ArrayList<>(List.of(
                Column.text("algorithm"),
                Column.number("size"),
                Column.number("time"),
                Column.number("formula"),
                Column.number("algorithm bandwidth"),
                Column.number("bus bandwidth")));
        if (job.beside().isPresent()) {
            columns.add(Column.number("with compute"));
            columns.add(Column.number("exposed"));
        }
        job.library().ifPresent(fit -> columns.add(Column.number(fit.name())));
        List<List<Cell>> rows = new ArrayList<>();
        int ranks = 0;
        for (CollectiveLog.Row row : log.rows()) {
            ranks = row.ranks();
            List<Cell> cells = new ArrayList<>(List.of(
                    Cell.text(text(row)),
                    Cell.of((double) row.size(), "B"),
                    Cell.of(row.seconds(), "s"),
                    Double.isNaN(row.formulaSeconds()) ? Cell.absent() : Cell.of(row.formulaSeconds(), "s"),
                    Cell.of(row.algorithmBandwidth(), "B/s"),
                    Cell.of(row.busBandwidth(), "B/s")));
            if (job.beside().isPresent()) {
                Overlap.Times times = CollectiveJobRun.overlapped(job, row.seconds());
                cells.add(Cell.of(times.seconds(), "s"));
                cells.add(Cell.of(times.exposedSeconds(), "s"));
            }
            job.library().ifPresent(fit -> cells.add(fitted(fit, row)));
            rows.add(cells);
        }
        String teams = job.teams() > 1 ? job.teams() + " teams of " : "";
        return new Table(job.name() + " over " + teams + ranks + " ranks", columns, rows);
    }

    /** What the library would take by its fit; nothing where it has none. */
    private static Cell fitted(LibraryFit fit, CollectiveLog.Row row) {
        try {
            double seconds = CollectiveLibrary.builtIn(fit.name())
                    .seconds(row.sent(), row.ranks() / fit.perNode(), fit.perNode());
            return Cell.of(seconds, "s");
        } catch (IllegalArgumentException e) {
            return Cell.absent();
        }
    }

    /** What a table picked stands behind its name. */
    private static String text(CollectiveLog.Row row) {
        return row.choice().startsWith(row.algorithm()) ? row.choice() : row.choice() + ": " + row.algorithm();
    }
}
