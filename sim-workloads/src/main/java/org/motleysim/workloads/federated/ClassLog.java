package org.motleysim.workloads.federated;

import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.motleysim.workloads.RowLog;

/**
 * Who took part: one row for each class of devices.
 *
 * @param workload name of the workload
 * @param rows in the order of the table of devices
 */
public record ClassLog(String workload, List<Row> rows) implements RowLog {
    /**
     * One class.
     *
     * @param name of the class
     * @param clients how many there are
     * @param tookPart how many took part at least once
     * @param participations how often they did
     * @param joules that they spent on it
     */
    public record Row(String name, long clients, long tookPart, long participations, double joules) {
        /** Returns the share that was left out. */
        public double leftOut() {
            return clients == 0 ? 0 : 1 - (double) tookPart / clients;
        }
    }

    /** Copies the rows. */
    public ClassLog {
        rows = List.copyOf(rows);
    }

    static ClassLog of(String workload, org.motleysim.workloads.federated.population.Clients clients, Books books) {
        List<String> names = clients.devices().table().classes();
        long[] all = clients.byClass();
        long[] taken = clients.takenByClass();
        long[] times = clients.participationsByClass();
        List<Row> rows = new java.util.ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            rows.add(new Row(names.get(i), all[i], taken[i], times[i], books.joulesByClass[i]));
        }
        return new ClassLog(workload, rows);
    }

    @Override
    public String name() {
        return "classes";
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public void writeCsv(Appendable out) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setRecordSeparator('\n')
                .setHeader("class", "clients", "took_part", "left_out_share", "participations", "energy_j")
                .get();
        var printer = new CSVPrinter(out, format); // not closed: the file belongs to the caller
        for (Row row : rows) {
            printer.printRecord(row.name, row.clients, row.tookPart, row.leftOut(), row.participations, row.joules);
        }
    }
}
