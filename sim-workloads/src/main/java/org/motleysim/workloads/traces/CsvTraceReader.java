package org.motleysim.workloads.traces;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Reads the CSV layouts. */
final class CsvTraceReader {
    /**
     * Quotes are plain characters, so that a stray one cannot join the lines behind it into one value; blank lines are records, so that a
     * gigabyte of them is noticed.
     */
    private static final CSVFormat CSV = CSVFormat.DEFAULT
            .builder()
            .setQuote(null)
            .setIgnoreEmptyLines(false)
            .get();

    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd[' ']['T']HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalStart()
            .appendOffsetId()
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private static final Pattern BLOCKS = Pattern.compile("prefix_block_ids_([1-9][0-9]{0,5})tok");

    private static final int MOST_BLANKS = 1_000;

    private final Path file;
    private final TraceFormat format;
    private final TraceBuilder rows;
    private @Nullable LocalDateTime first;
    private int blanks;

    CsvTraceReader(Path file, TraceFormat format) {
        this.file = file;
        this.format = format;
        this.rows = new TraceBuilder(file.toString());
    }

    RequestTrace read() throws IOException {
        try (BoundedLines lines = BoundedLines.open(file, rows);
                CSVParser parser = CSVParser.parse(lines, CSV)) {
            Iterator<CSVRecord> records = parser.iterator();
            if (!records.hasNext()) {
                throw rows.fatal(0, "is empty");
            }
            List<String> columns = columns(TraceDetection.withoutMark(String.join(",", records.next())));
            int time = column(columns, format.timeColumn());
            int prompt = column(columns, format.promptColumn());
            int output = column(columns, format.outputColumn());
            int blocks = blocksColumn(columns);
            for (long line = 2; records.hasNext(); line++) {
                row(line, records.next(), time, prompt, output, blocks);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return rows.build();
    }

    /** The names in a header line, without quotes and blanks around them. */
    static List<String> columns(String header) {
        return Arrays.stream(header.split(",", -1)).map(CsvTraceReader::bare).toList();
    }

    private int column(List<String> columns, String name) {
        int index = columns.indexOf(name);
        if (index < 0) {
            throw rows.fatal(
                    1,
                    "has no column \"" + name + "\"; a trace of format " + format.label() + " has " + format.header());
        }
        return index;
    }

    /** The column that numbers blocks of prompts, or -1; notes how many tokens they have. */
    private int blocksColumn(List<String> columns) {
        for (int i = 0; i < columns.size(); i++) {
            Matcher name = BLOCKS.matcher(columns.get(i));
            if (name.matches()) {
                rows.numbersBlocks(Integer.parseInt(name.group(1)));
                return i;
            }
        }
        return -1;
    }

    private void row(long line, CSVRecord row, int time, int prompt, int output, int blocks) {
        if (row.size() == 1 && row.get(0).isBlank()) {
            blankLines(line);
            return;
        }
        int last = Math.max(time, Math.max(prompt, output));
        if (row.size() <= last) {
            rows.problem(line, 0, "has " + row.size() + " of at least " + (last + 1) + " columns");
            return;
        }
        if (format == TraceFormat.BURST_GPT && bare(row.get(output)).equals("0")) {
            return;
        }
        if (blocks >= 0 && blocks < row.size()) {
            for (String number : bare(row.get(blocks)).split(" +")) {
                if (!number.isEmpty()) {
                    rows.block(line, columnOf(row, blocks), number);
                }
            }
        }
        rows.add(
                line,
                nanos(line, columnOf(row, time), bare(row.get(time))),
                rows.tokens(line, columnOf(row, prompt), format.promptColumn(), bare(row.get(prompt))),
                rows.tokens(line, columnOf(row, output), format.outputColumn(), bare(row.get(output))));
    }

    private void blankLines(long line) {
        if (++blanks > MOST_BLANKS) {
            throw rows.fatal(
                    line, "is one of more than " + MOST_BLANKS + " blank lines; maybe the file is not a trace");
        }
    }

    private long nanos(long line, int column, String text) {
        return switch (format) {
            case AZURE -> sinceFirst(line, column, text);
            case PLAIN_MILLISECONDS -> rows.nanos(line, column, format.timeColumn(), text, 1_000_000L);
            default -> rows.nanos(line, column, format.timeColumn(), text, 1_000_000_000L);
        };
    }

    private long sinceFirst(long line, int column, String text) {
        try {
            LocalDateTime time = TIMESTAMP.parse(text, LocalDateTime::from);
            if (first == null) {
                first = time;
            }
            long nanos = ChronoUnit.NANOS.between(first, time);
            if (nanos >= 0) {
                return nanos;
            }
            rows.problem(line, column, "goes back in time, before the first row; rows must be sorted by arrival");
        } catch (DateTimeException | ArithmeticException e) {
            rows.problem(
                    line,
                    column,
                    format.timeColumn() + " (" + TraceBuilder.shown(text)
                            + ") must be a time such as 2023-11-16 18:15:46.6805900");
        }
        return -1;
    }

    /** Where a field starts in its line: without quoting, fields stand as they are and commas between them. */
    private static int columnOf(CSVRecord row, int field) {
        int column = 1;
        for (int i = 0; i < field; i++) {
            column += row.get(i).length() + 1;
        }
        return column;
    }

    private static String bare(String text) {
        String value = text.strip();
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1).strip() : value;
    }
}
