package org.motleysim.hardware.population;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the columns of a table that somebody else made are read: each attribute as a product of columns and a factor, which converts the
 * unit, or as one number for all.
 *
 * <pre>{@code
 * // cores x million instructions per second, watt-hours, and links that the table does not tell
 * ColumnMapping mapping = ColumnMapping.none()
 *         .with(Attribute.SPEED, ColumnMapping.product(1e6, "cores", "mips_per_core"))
 *         .with(Attribute.BATTERY, ColumnMapping.product(3_600, "battery_wh"))
 *         .with(Attribute.LINK_UP, ColumnMapping.constant(1e6));
 * }</pre>
 *
 * @param sources where attributes come from; those that are not mentioned come from their own column
 * @param deviceClass column of the class, if not {@code class}
 * @param weight column of the weight, if not {@code weight}
 * @param where only rows with these values in these columns are read
 * @param skipUnusable whether rows are left out, instead of refused, in which a number that each device must have is missing, zero or
 *     infinite
 */
public record ColumnMapping(
        Map<Attribute, Source> sources,
        Optional<String> deviceClass,
        Optional<String> weight,
        Map<String, String> where,
        boolean skipUnusable) {
    private static final ColumnMapping NONE =
            new ColumnMapping(Map.of(), Optional.empty(), Optional.empty(), Map.of(), false);

    /**
     * Where a number comes from.
     *
     * @param columns that are multiplied with each other and the factor; none: the factor is the number
     * @param factor above zero
     * @param dividedBy columns by which that is divided: the speed of a device whose table tells times
     */
    public record Source(List<String> columns, double factor, List<String> dividedBy) {
        /** @throws IllegalArgumentException if the factor is not above zero */
        public Source {
            columns = List.copyOf(columns);
            dividedBy = List.copyOf(dividedBy);
            if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("factor (" + factor + ") must be a finite number above zero");
            }
        }
    }

    /** Keeps its own copies. */
    public ColumnMapping {
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
        where = Collections.unmodifiableMap(new LinkedHashMap<>(where));
    }

    /** Returns the mapping of a table in our own form. */
    public static ColumnMapping none() {
        return NONE;
    }

    /** Returns a product of a factor and columns. */
    public static Source product(double factor, String... columns) {
        return new Source(List.of(columns), factor, List.of());
    }

    /** Returns a factor divided by columns. */
    public static Source quotient(double factor, String... columns) {
        return new Source(List.of(), factor, List.of(columns));
    }

    /** Returns a number that all devices have. */
    public static Source constant(double value) {
        return new Source(List.of(), value, List.of());
    }

    /** Returns this mapping with an attribute that comes from there. */
    public ColumnMapping with(Attribute attribute, Source source) {
        Map<Attribute, Source> more = new LinkedHashMap<>(sources);
        more.put(attribute, source);
        return new ColumnMapping(more, deviceClass, weight, where, skipUnusable);
    }

    /** Returns this mapping with classes of that column. */
    public ColumnMapping withClass(String column) {
        return new ColumnMapping(sources, Optional.of(column), weight, where, skipUnusable);
    }

    /** Returns this mapping of rows with that value in that column only. */
    public ColumnMapping where(String column, String value) {
        Map<String, String> more = new LinkedHashMap<>(where);
        more.put(column, value);
        return new ColumnMapping(sources, deviceClass, weight, more, skipUnusable);
    }

    /** Returns this mapping without the rows that lack a number. */
    public ColumnMapping skippingUnusable() {
        return new ColumnMapping(sources, deviceClass, weight, where, true);
    }

    /** All columns that it needs, and the table does not have. */
    Set<String> missing(Set<String> columns) {
        Set<String> needed = new TreeSet<>(where.keySet());
        sources.values().forEach(source -> {
            needed.addAll(source.columns);
            needed.addAll(source.dividedBy);
        });
        deviceClass.ifPresent(needed::add);
        weight.ifPresent(needed::add);
        needed.removeAll(columns);
        return needed;
    }

    boolean takes(Map<String, String> row) {
        return where.entrySet().stream().allMatch(each -> each.getValue().equals(row.get(each.getKey())));
    }

    /** The row in our own form; a product with a blank is blank. */
    Map<String, String> own(Map<String, String> row, String place) {
        Map<String, String> own = new LinkedHashMap<>(row);
        deviceClass.ifPresent(column -> own.put(DeviceTableFile.CLASS, row.getOrDefault(column, "")));
        weight.ifPresent(column -> own.put(DeviceTableFile.WEIGHT, row.getOrDefault(column, "")));
        List<String> refusals = new ArrayList<>();
        sources.forEach((attribute, source) -> {
            double product = source.factor;
            boolean blank = false;
            for (String column : source.columns) {
                String text = row.getOrDefault(column, "").strip();
                blank |= text.isEmpty();
                if (!text.isEmpty()) {
                    product *= number(text, column, refusals);
                }
            }
            for (String column : source.dividedBy) {
                String text = row.getOrDefault(column, "").strip();
                blank |= text.isEmpty();
                if (!text.isEmpty()) {
                    product /= number(text, column, refusals);
                }
            }
            own.put(attribute.column(), blank ? "" : Double.toString(product));
        });
        if (!refusals.isEmpty()) {
            throw new IllegalArgumentException(place + String.join(", ", refusals));
        }
        return own;
    }

    private static double number(String text, String column, List<String> refusals) {
        try {
            return text.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            refusals.add(column + " (" + text + ") must be a number");
            return 1;
        }
    }
}
