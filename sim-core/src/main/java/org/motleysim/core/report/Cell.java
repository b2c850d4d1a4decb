package org.motleysim.core.report;

import java.util.Objects;
import org.motleysim.core.metric.Metric;
import org.motleysim.core.metric.MetricSet;

/** One thing a table or a tile shows: a text, or a number that knows its unit and its full precision. */
public sealed interface Cell {

    /**
     * What a person reads, such as {@code 412 ms}.
     *
     * @return the text of this cell, not escaped for any format
     */
    String display();

    /**
     * A text as it is.
     *
     * @param text what to show
     * @return the cell
     */
    static Cell text(String text) {
        return new Text(text);
    }

    /**
     * Nothing to show here.
     *
     * @return a cell that displays {@code -}
     */
    static Cell absent() {
        return new Text("-");
    }

    /**
     * A number with its unit.
     *
     * @param value the value in that unit; a value that is not finite displays as {@code n/a}
     * @param unit an SI unit, {@code USD}, {@code token/s} and the like, or {@code 1} for a bare number
     * @return the cell
     */
    static Cell of(double value, String unit) {
        return new Quantity("", value, unit);
    }

    /**
     * A share of a whole, shown in percent.
     *
     * @param fraction the share, 1 being the whole
     * @return the cell
     */
    static Cell share(double fraction) {
        return new Quantity("", fraction, "1", true);
    }

    /**
     * A metric under its own name, by which the HTML page marks it.
     *
     * @param metric the metric
     * @return the cell
     */
    static Cell of(Metric metric) {
        return new Quantity(metric.name(), metric.value(), metric.unit());
    }

    /**
     * A metric of a set, or {@link #absent()} when the set lacks it.
     *
     * @param metrics the set to look in
     * @param name the name of the metric
     * @return the cell
     */
    static Cell of(MetricSet metrics, String name) {
        return metrics.find(name).map(Cell::of).orElseGet(Cell::absent);
    }

    /**
     * A metric of a set that is a share of a whole, or {@link #absent()} when the set lacks it.
     *
     * @param metrics the set to look in
     * @param name the name of the metric, whose unit is {@code 1}
     * @return the cell
     */
    static Cell share(MetricSet metrics, String name) {
        return metrics.find(name)
                .<Cell>map(metric -> new Quantity(metric.name(), metric.value(), metric.unit(), true))
                .orElseGet(Cell::absent);
    }

    /**
     * A text.
     *
     * @param text what to show
     */
    record Text(String text) implements Cell {
        /** Checks that there is a text. */
        public Text {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String display() {
            return text;
        }
    }

    /**
     * A number.
     *
     * @param metric the name of the metric it is, or an empty string
     * @param value the value at full precision
     * @param unit the unit of the value
     * @param percent whether a person reads it in percent; the value stays a fraction
     */
    record Quantity(String metric, double value, String unit, boolean percent) implements Cell {
        /** Checks that there are a name and a unit. */
        public Quantity {
            Objects.requireNonNull(metric, "metric");
            Objects.requireNonNull(unit, "unit");
        }

        /**
         * A number not shown in percent.
         *
         * @param metric the name of the metric it is, or an empty string
         * @param value the value at full precision
         * @param unit the unit of the value
         */
        public Quantity(String metric, double value, String unit) {
            this(metric, value, unit, false);
        }

        @Override
        public String display() {
            return percent ? Figures.percent(value) : Figures.quantity(value, unit);
        }
    }
}
