package org.motleysim.core.report;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.Series;

/** One part of a {@link Report}. The console shows headlines, tables and texts; the page shows all of them. */
public sealed interface Section {

    /**
     * The heading over this section.
     *
     * @return the title; empty for a section that needs none
     */
    String title();

    /**
     * The few numbers to see first.
     *
     * @param title the heading, may be empty
     * @param tiles the numbers, the most important first
     */
    record Headline(String title, List<Tile> tiles) implements Section {
        /** Copies the list. */
        public Headline {
            Objects.requireNonNull(title, "title");
            tiles = List.copyOf(tiles);
        }

        /**
         * A headline without heading.
         *
         * @param tiles the numbers, the most important first
         */
        public Headline(Tile... tiles) {
            this("", Arrays.asList(tiles));
        }
    }

    /**
     * One number of a headline.
     *
     * @param label what the number is
     * @param value the number
     * @param note a few words below it, may be empty
     */
    record Tile(String label, Cell value, String note) {
        /** Checks that nothing is missing. */
        public Tile {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(note, "note");
        }

        /**
         * A tile without note.
         *
         * @param label what the number is
         * @param value the number
         */
        public Tile(String label, Cell value) {
            this(label, value, "");
        }
    }

    /**
     * Rows and columns.
     *
     * @param title the heading
     * @param columns the columns, at least one
     * @param rows the rows, each with one cell per column
     * @param detail whether only the page shows this table, not the console
     */
    record Table(String title, List<Column> columns, List<List<Cell>> rows, boolean detail) implements Section {
        /** Copies the lists and checks that each row has one cell per column. */
        public Table {
            Objects.requireNonNull(title, "title");
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("columns (none) of table '" + title + "' must be at least one");
            }
            for (var row : rows) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException("row (" + row.size() + " cells) of table '" + title
                            + "' must have one cell for each of the " + columns.size() + " columns");
                }
            }
        }

        /**
         * A table that the console shows too.
         *
         * @param title the heading
         * @param columns the columns, at least one
         * @param rows the rows, each with one cell per column
         */
        public Table(String title, List<Column> columns, List<List<Cell>> rows) {
            this(title, columns, rows, false);
        }

        /**
         * Whether there is a heading to show over the columns.
         *
         * @return false when no column has a name
         */
        public boolean headed() {
            return columns.stream().anyMatch(column -> !column.name().isEmpty());
        }
    }

    /**
     * One column of a table.
     *
     * @param name its heading
     * @param align where its cells stand
     */
    record Column(String name, Align align) {
        /** Checks that nothing is missing. */
        public Column {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(align, "align");
        }

        /**
         * A column of texts, to the left.
         *
         * @param name its heading
         * @return the column
         */
        public static Column text(String name) {
            return new Column(name, Align.LEFT);
        }

        /**
         * A column of numbers, to the right.
         *
         * @param name its heading
         * @return the column
         */
        public static Column number(String name) {
            return new Column(name, Align.RIGHT);
        }
    }

    /** Where the cells of a column stand. */
    enum Align {
        /** To the left, as texts do. */
        LEFT,
        /** To the right, as numbers do. */
        RIGHT
    }

    /**
     * Values over simulated time.
     *
     * @param title the heading
     * @param unit the unit of the values; {@code %} shows fractions in percent
     * @param series the lines
     * @param stacked whether the lines are parts of a sum, drawn one on top of the other
     * @param note a sentence for the reader below the heading, may be empty
     */
    record LineChart(String title, String unit, List<Series> series, boolean stacked, String note) implements Section {
        /** Copies the list. */
        public LineChart {
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(unit, "unit");
            Objects.requireNonNull(note, "note");
            series = List.copyOf(series);
        }

        /**
         * Lines that are not stacked, without a note.
         *
         * @param title the heading
         * @param unit the unit of the values; {@code %} shows fractions in percent
         * @param series the lines
         */
        public LineChart(String title, String unit, List<Series> series) {
            this(title, unit, series, false, "");
        }
    }

    /**
     * Cumulative distributions: the share of observations at or below a value.
     *
     * @param title the heading
     * @param unit the unit of the values
     * @param cdfs the curves
     * @param markers values to mark, such as a service-level objective
     * @param note a sentence for the reader below the heading, may be empty
     */
    record CdfChart(String title, String unit, List<Cdf> cdfs, List<Marker> markers, String note) implements Section {
        /** Copies the lists. */
        public CdfChart {
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(unit, "unit");
            Objects.requireNonNull(note, "note");
            cdfs = List.copyOf(cdfs);
            markers = List.copyOf(markers);
        }
    }

    /**
     * A value marked in a chart.
     *
     * @param label what it is
     * @param value where it is, in the unit of the chart
     */
    record Marker(String label, double value) {
        /** Checks that there is a label. */
        public Marker {
            Objects.requireNonNull(label, "label");
        }
    }

    /**
     * What ran where and when: a row for each place, a bar for each thing that ran there. The page can be zoomed into.
     *
     * @param title the heading
     * @param rows names of the places, the first on top
     * @param spans the bars, at most {@link #MOST_SPANS}
     * @param markedName what the marked bars are, for the legend
     * @param note a sentence for the reader below the heading, may be empty
     */
    record GanttChart(String title, List<String> rows, List<Span> spans, String markedName, String note)
            implements Section {
        /** How many bars a page can draw without making a reader wait. */
        public static final int MOST_SPANS = 20_000;

        /** Copies the lists and checks that each bar has a row, and that there are not too many. */
        public GanttChart {
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(markedName, "markedName");
            Objects.requireNonNull(note, "note");
            rows = List.copyOf(rows);
            spans = List.copyOf(spans);
            if (spans.size() > MOST_SPANS) {
                throw new IllegalArgumentException("bars (" + spans.size() + ") of chart '" + title
                        + "' must not exceed " + MOST_SPANS + "\nMaybe put short neighbours together.");
            }
            for (var span : spans) {
                if (span.row() < 0 || span.row() >= rows.size()) {
                    throw new IllegalArgumentException("row (" + span.row() + ") of bar '" + span.name()
                            + "' must be from 0 to " + (rows.size() - 1));
                }
            }
        }
    }

    /**
     * One bar of a Gantt chart.
     *
     * @param row where it ran
     * @param name what ran; bars of one name have one color
     * @param startSeconds when it began
     * @param seconds how long it took
     * @param marked whether it is one of those that the chart points out
     */
    record Span(int row, String name, double startSeconds, double seconds, boolean marked) {
        /** Checks that there is a name. */
        public Span {
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * Horizontal bars, each split into the same parts.
     *
     * @param title the heading
     * @param parts what the parts are called, at least one
     * @param bars the bars
     * @param note a sentence for the reader below the heading, may be empty
     */
    record BarChart(String title, List<String> parts, List<Bar> bars, String note) implements Section {
        /** Copies the lists and checks that each bar has one value per part. */
        public BarChart {
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(note, "note");
            parts = List.copyOf(parts);
            bars = List.copyOf(bars);
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("parts (none) of bar chart '" + title + "' must be at least one");
            }
            for (var bar : bars) {
                if (bar.values().size() != parts.size()) {
                    throw new IllegalArgumentException("bar '" + bar.label() + "' ("
                            + bar.values().size() + " values) must have one value for each of the " + parts.size()
                            + " parts");
                }
            }
        }
    }

    /**
     * One bar.
     *
     * @param label what it stands for
     * @param values its parts, none negative, all in one unit
     */
    record Bar(String label, List<Cell.Quantity> values) {
        /** Copies the list and checks the values. */
        public Bar {
            Objects.requireNonNull(label, "label");
            values = List.copyOf(values);
            for (var value : values) {
                if (!(value.value() >= 0)) {
                    throw new IllegalArgumentException(
                            "value (" + value.value() + ") of bar '" + label + "' must be zero or more");
                }
            }
        }

        /**
         * The length of the bar.
         *
         * @return the sum of its parts
         */
        public double total() {
            return values.stream().mapToDouble(Cell.Quantity::value).sum();
        }
    }

    /**
     * Things in tiers and what connects them, such as a network. Only the page shows it.
     *
     * @param title the heading
     * @param points the things, drawn tier by tier from the top one down; in a circle when all are in one tier
     * @param lines what connects them
     * @param note a sentence for the reader below the heading, may be empty
     * @param seconds instants that lines tell of, for a slider; empty for none
     */
    record Diagram(String title, List<Point> points, List<Line> lines, String note, List<Double> seconds)
            implements Section {
        /** Copies the lists, and checks that each line connects two of the points and is told for each instant or for none. */
        public Diagram {
            seconds = List.copyOf(seconds);
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(note, "note");
            points = List.copyOf(points);
            lines = List.copyOf(lines);
            for (var line : lines) {
                Objects.checkIndex(line.from(), points.size());
                Objects.checkIndex(line.to(), points.size());
                if (!line.over().isEmpty() && line.over().size() != seconds.size()) {
                    throw new IllegalArgumentException("over (" + line.over().size() + ") of line " + line.label()
                            + " must be as many as seconds (" + seconds.size() + ")");
                }
            }
        }

        /** A diagram that stays as it is. */
        public Diagram(String title, List<Point> points, List<Line> lines, String note) {
            this(title, points, lines, note, List.of());
        }
    }

    /**
     * A thing of a diagram.
     *
     * @param name what it is called
     * @param tier 0 for the lowest row
     */
    record Point(String name, int tier) {
        /** Checks that there is a name. */
        public Point {
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * A connection of a diagram.
     *
     * @param from index of a point
     * @param to index of a point
     * @param share how busy it is, from 0 to 1: the busier, the thicker and the stronger its colour
     * @param label what a reader sees who points at it
     * @param over how busy it is at each instant of the diagram's {@link Diagram#seconds}; empty for the same all the time
     */
    record Line(int from, int to, double share, String label, List<Double> over) {
        /** Checks that there is a label, and copies the list. */
        public Line {
            Objects.requireNonNull(label, "label");
            over = List.copyOf(over);
        }

        /** A line that stays as it is. */
        public Line(int from, int to, double share, String label) {
            this(from, to, share, label, List.of());
        }
    }

    /**
     * Source text, such as the scenario itself. Only the page shows it, folded.
     *
     * @param title the heading
     * @param language what it is written in, such as {@code json}
     * @param text the source
     */
    record Code(String title, String language, String text) implements Section {
        /** Checks that nothing is missing. */
        public Code {
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(language, "language");
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * A paragraph.
     *
     * @param title the heading, may be empty
     * @param text what it says
     */
    record Text(String title, String text) implements Section {
        /** Checks that nothing is missing. */
        public Text {
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(text, "text");
        }
    }
}
