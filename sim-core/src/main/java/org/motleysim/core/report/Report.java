package org.motleysim.core.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.motleysim.core.metric.MetricSet;

/**
 * A result put in order for a reader, with four faces: a table on the console ({@link #print()}), CSV, JSON lines, and
 * one HTML page.
 *
 * <p>The console and the page show the sections, rounded for reading; CSV and JSON lines hold the metrics at full
 * precision. A report says nothing of the machine or the hour it was made on: the same result gives the same bytes.
 * Immutable, and safe to share between threads.
 */
public final class Report {

    private final String title;
    private final String subtitle;
    private final List<Section> sections;
    private final List<String> closing;
    private final MetricSet metrics;

    private Report(Builder builder) {
        this.title = builder.title;
        this.subtitle = builder.subtitle;
        this.sections = List.copyOf(builder.sections);
        this.closing = List.copyOf(builder.closing);
        this.metrics = builder.metrics;
    }

    /**
     * Starts a report.
     *
     * @param title what the report is about, such as the name of the scenario
     * @return the builder
     */
    public static Builder builder(String title) {
        return new Builder(title);
    }

    /**
     * What the report is about.
     *
     * @return the title
     */
    public String title() {
        return title;
    }

    /**
     * One line below the title.
     *
     * @return the subtitle, may be empty
     */
    public String subtitle() {
        return subtitle;
    }

    /**
     * The parts, in reading order.
     *
     * @return an unmodifiable list
     */
    public List<Section> sections() {
        return sections;
    }

    /**
     * The lines that close the report, such as the digest of the run.
     *
     * @return an unmodifiable list
     */
    public List<String> closing() {
        return closing;
    }

    /**
     * The numbers behind the report.
     *
     * @return the metrics, empty when none were given
     */
    public MetricSet metrics() {
        return metrics;
    }

    /** Prints the console face on standard output. */
    public void print() {
        print(System.out);
    }

    /**
     * Prints the console face.
     *
     * @param out where to
     */
    public void print(PrintStream out) {
        out.print(text());
        out.flush();
    }

    /**
     * The console face: headline, tables and texts in aligned columns.
     *
     * @return lines that end with {@code \n}; the report itself adds only ASCII
     */
    public String text() {
        return ConsoleFace.render(this, ConsoleFace.ROWS_SHOWN);
    }

    /**
     * The console face with every row of every table, where a reader asked for a list.
     *
     * @return lines that end with {@code \n}
     */
    public String wholeText() {
        return ConsoleFace.render(this, Integer.MAX_VALUE);
    }

    /**
     * The page face.
     *
     * @return a whole HTML document that asks nothing of a network
     */
    public String html() {
        return HtmlFace.render(this);
    }

    /**
     * Writes the page face, whole or not at all.
     *
     * @param file where to, replaced when it exists
     * @throws IOException when it cannot be written
     */
    public void writeHtml(Path file) throws IOException {
        AtomicFile.write(file, html());
    }

    /**
     * Writes the metrics as CSV (RFC 4180) with the header {@code metric,value,unit}, whole or not at all.
     *
     * @param file where to, replaced when it exists
     * @throws IOException when it cannot be written
     */
    public void writeCsv(Path file) throws IOException {
        AtomicFile.write(file, out -> MetricsFace.writeCsv(metrics, out));
    }

    /**
     * Writes the metrics as JSON lines, one object with {@code metric}, {@code value} and {@code unit} a line, whole or
     * not at all.
     *
     * @param file where to, replaced when it exists
     * @throws IOException when it cannot be written
     */
    public void writeJsonLines(Path file) throws IOException {
        AtomicFile.write(file, out -> MetricsFace.writeJsonLines(metrics, out));
    }

    /** Collects the parts of a {@link Report}. */
    public static final class Builder {

        private final String title;
        private final List<Section> sections = new ArrayList<>();
        private final List<String> closing = new ArrayList<>();
        private String subtitle = "";
        private MetricSet metrics = MetricSet.builder().build();

        private Builder(String title) {
            this.title = Objects.requireNonNull(title, "title");
        }

        /**
         * Sets the line below the title.
         *
         * @param text what the report is about, in one sentence
         * @return this builder
         */
        public Builder subtitle(String text) {
            subtitle = Objects.requireNonNull(text, "text");
            return this;
        }

        /**
         * Adds a section below those added before.
         *
         * @param section the section
         * @return this builder
         */
        public Builder add(Section section) {
            sections.add(Objects.requireNonNull(section, "section"));
            return this;
        }

        /**
         * Adds a line that closes the report.
         *
         * @param line such as the digest of the run
         * @return this builder
         */
        public Builder closing(String line) {
            closing.add(Objects.requireNonNull(line, "line"));
            return this;
        }

        /**
         * Sets the numbers for CSV and JSON lines.
         *
         * @param numbers the metrics
         * @return this builder
         */
        public Builder metrics(MetricSet numbers) {
            metrics = Objects.requireNonNull(numbers, "numbers");
            return this;
        }

        /**
         * Puts the report together.
         *
         * @return the report
         */
        public Report build() {
            return new Report(this);
        }
    }
}
