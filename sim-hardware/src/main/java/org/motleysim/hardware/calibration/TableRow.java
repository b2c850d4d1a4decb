package org.motleysim.hardware.calibration;

import java.util.Map;
import org.apache.commons.csv.CSVRecord;

/** One row of a table with its place, so that whatever is wrong with it can be named. */
final class TableRow {
    private final String file;
    private final Map<String, Integer> columns;
    private final CSVRecord fields;
    private final long line;

    TableRow(String file, Map<String, Integer> columns, CSVRecord fields, long line) {
        this.file = file;
        this.columns = columns;
        this.fields = fields;
        this.line = line;
    }

    String text(String column) {
        Integer index = columns.get(column);
        if (index == null) {
            throw new IllegalArgumentException(
                    file + ": column \"" + column + "\" must exist, there are " + columns.keySet());
        }
        return fields.get(index);
    }

    /** A whole number, zero or more. */
    long whole(String column) {
        String text = text(column);
        try {
            long value = Long.parseLong(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // The message below says more than the exception.
        }
        throw error(column, "must be a whole number, zero or more");
    }

    /** A whole number, one or more. */
    long positive(String column) {
        long value = whole(column);
        if (value == 0) {
            throw error(column, "must be a whole number, one or more");
        }
        return value;
    }

    /** A finite number, zero or more. */
    double number(String column) {
        try {
            double value = Double.parseDouble(text(column));
            if (value >= 0 && value < Double.POSITIVE_INFINITY) {
                return value;
            }
        } catch (NumberFormatException e) {
            // The message below says more than the exception.
        }
        throw error(column, "must be a finite number, zero or more");
    }

    /** A latency: more than zero, at most an hour. */
    double milliseconds(String column) {
        double value = number(column);
        if (value == 0 || value > 3.6e6) {
            throw error(column, "must be a time in milliseconds, more than zero and at most an hour");
        }
        return value;
    }

    IllegalArgumentException error(String column, String rule) {
        return new IllegalArgumentException(
                file + ", line " + line + ": " + column + " (\"" + text(column) + "\") " + rule);
    }
}
