package org.motleysim.bench.calibration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** A table of measurements: a header and rows without quotes. */
final class Csv {
    private final Path file;
    private final List<String> header;
    private final List<String[]> rows;

    private Csv(Path file, List<String> header, List<String[]> rows) {
        this.file = file;
        this.header = header;
        this.rows = rows;
    }

    static Csv read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return new Csv(
                    file,
                    Arrays.asList(lines.get(0).split(",", -1)),
                    lines.stream().skip(1).map(line -> line.split(",", -1)).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One row with its fields by name. */
    final class Row {
        private final String[] fields;

        private Row(String[] fields) {
            this.fields = fields;
        }

        String text(String column) {
            int index = header.indexOf(column);
            if (index < 0) {
                throw new IllegalArgumentException(file + " must have a column \"" + column + "\", has " + header);
            }
            return fields[index];
        }

        long whole(String column) {
            return Long.parseLong(text(column));
        }

        double number(String column) {
            return Double.parseDouble(text(column));
        }
    }

    List<Row> rows(Predicate<Row> wanted) {
        return rows.stream().map(Row::new).filter(wanted).toList();
    }
}
