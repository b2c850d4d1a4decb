package org.motleysim.hardware.calibration;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.report.AtomicFile;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.cost.Estimate;
import org.motleysim.hardware.power.OperatingPoint;

/**
 * Estimates for each row of a table of kernels: the table again, with {@code predicted_ms}, {@code model} and {@code bound} appended.
 *
 * <p>The table is known by its columns, see {@link KernelTable}; a measured time in it is not looked at. A row about something that no
 * model knows, such as a collective other than all-reduce, gets an empty time and the model {@code none}.
 */
public final class TableEstimates {
    private static final List<String> APPENDED = List.of("predicted_ms", "model", "bound");

    private final Catalog catalog;
    private final SystemNames names;
    private final CostModel model;
    private final Optional<MeasuredKernels> measured;
    private final Map<List<String>, CostModel> byVariant = new LinkedHashMap<>();
    private final Map<List<String>, BoundCostModel> bound = new LinkedHashMap<>();

    /**
     * Prepares estimates.
     *
     * @param model answers, where no measured table does
     * @param measured tables to interpolate in first, those of a row's own framework and format
     */
    public TableEstimates(Catalog catalog, CostModel model, Optional<MeasuredKernels> measured) {
        this.catalog = catalog;
        this.names = SystemNames.in(catalog);
        this.model = model;
        this.measured = measured;
    }

    /**
     * Reads a table and writes it with estimates; the output appears whole or not at all.
     *
     * @return rows estimated
     * @throws IllegalArgumentException if the table has a fault or names what is not known, with file, line, column and value
     */
    public long write(Path in, Path out) {
        try {
            if (Files.exists(out) && Files.exists(in) && Files.isSameFile(in, out)) {
                throw new IllegalArgumentException("out (" + out + ") must be another file than the one that is read");
            }
            long[] rows = {0};
            AtomicFile.write(out, stream -> {
                var text = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
                rows[0] = write(in, text);
                text.flush();
            });
            return rows[0];
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + out + ": " + e.getMessage(), e);
        }
    }

    private long write(Path in, Writer out) throws IOException {
        CSVFormat format = CsvTable.FORMAT.builder().setRecordSeparator('\n').get();
        Rows rows = new Rows(in, new CSVPrinter(out, format));
        CsvTable.read(in, rows);
        return rows.count;
    }

    /** Returns the estimate of one row's kernel. */
    Estimate estimate(TableKernel asked) {
        return bound(asked).explain(asked.kernel());
    }

    private BoundCostModel bound(TableKernel asked) {
        List<String> variant = List.of(asked.system(), asked.framework(), asked.dtype(), asked.operation());
        BoundCostModel known = bound.get(variant);
        if (known == null) {
            known = model(asked).bind(names.device(asked.system()), OperatingPoint.nominal());
            bound.put(variant, known);
        }
        return known;
    }

    private CostModel model(TableKernel asked) {
        CostModel otherwise = KernelVariants.of(model, asked);
        if (measured.isEmpty()) {
            return otherwise;
        }
        return byVariant.computeIfAbsent(
                List.of(asked.framework(), asked.dtype(), asked.operation()),
                key -> MeasuredTableCostModel.of(
                        measured.get()
                                .where(row -> row.framework().equals(asked.framework())
                                        && row.dtype().equals(asked.dtype())
                                        && row.operation().equals(asked.operation())),
                        catalog,
                        otherwise));
    }

    /** Takes the rows of one table. */
    private final class Rows implements CsvTable.Reader {
        private final Path file;
        private final CSVPrinter printer;
        private @Nullable KernelTable table;
        private long count;

        Rows(Path file, CSVPrinter printer) {
            this.file = file;
            this.printer = printer;
        }

        @Override
        public void header(List<String> columns) {
            for (String name : APPENDED) {
                if (columns.contains(name)) {
                    throw new IllegalArgumentException(
                            file + ", line 1: column \"" + name + "\" must not be there already");
                }
            }
            try {
                table = KernelTable.of(columns);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(file + ", line 1: " + e.getMessage(), e);
            }
            print(columns, APPENDED);
        }

        @Override
        public void row(TableRow row, CSVRecord fields) {
            KernelTable known = Objects.requireNonNull(table, "the header comes first");
            if (known.skips(row)) {
                print(fields, List.of("", "none", "unknown"));
                return;
            }
            TableKernel asked = known.kernel(row);
            Estimate estimate;
            try {
                estimate = estimate(asked);
            } catch (IllegalArgumentException e) {
                throw row.error(known.columns().get(0), "cannot be estimated: " + e.getMessage());
            }
            print(
                    fields,
                    List.of(
                            milliseconds(estimate.cost().seconds()),
                            estimate.model(),
                            estimate.bound().label()));
            count++;
        }

        private void print(Iterable<String> fields, List<String> more) {
            try {
                for (String field : fields) {
                    printer.print(field);
                }
                printer.printRecord(more);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Nine significant digits of a number of milliseconds, without an exponent for what kernels take. */
    private static String milliseconds(double seconds) {
        return Double.toString(new java.math.BigDecimal(seconds * 1e3)
                .round(new java.math.MathContext(9))
                .doubleValue());
    }
}
