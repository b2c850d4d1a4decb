package org.motleysim.hardware.population;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What devices of a population may be: a row each, drawn whole, so that what belongs together (a fast device with much memory) stays
 * together. Rows are classes, or measured devices. Immutable, with equality by content.
 */
public final class DeviceTable {
    private static final Attribute[] ATTRIBUTES = Attribute.values();

    private final List<String> classes;
    private final int[] classOfRow;
    private final double[] weights;
    private final Map<Attribute, double[]> values;
    private final List<DeviceClass> source;
    private final Optional<Path> file;
    private final ColumnMapping mapping;

    private DeviceTable(
            List<String> classes,
            int[] classOfRow,
            double[] weights,
            Map<Attribute, double[]> values,
            List<DeviceClass> source,
            Optional<Path> file,
            ColumnMapping mapping) {
        this.classes = List.copyOf(classes);
        this.classOfRow = classOfRow;
        this.weights = weights;
        this.values = values;
        this.source = List.copyOf(source);
        this.file = file;
        this.mapping = mapping;
    }

    /**
     * Returns a table with a row for each class.
     *
     * @throws IllegalArgumentException if there is none, or two have one name
     */
    public static DeviceTable of(List<DeviceClass> classes) {
        Rows rows = new Rows();
        for (DeviceClass each : classes) {
            if (rows.classes.containsKey(each.name())) {
                throw new IllegalArgumentException("device class (" + each.name() + ") must have a name of its own");
            }
            double[] row = new double[ATTRIBUTES.length];
            for (int i = 0; i < row.length; i++) {
                double value = each.value(ATTRIBUTES[i]);
                boolean said = ATTRIBUTES[i].required() || !Double.isNaN(value);
                row[i] = said ? ATTRIBUTES[i].checked("device class " + each.name() + ": ", value) : value;
            }
            rows.add(each.name(), each.weight(), row);
        }
        return rows.table(classes, Optional.empty(), ColumnMapping.none());
    }

    /**
     * Reads a table of devices, a row each: CSV with a header, or JSON (by the ending {@code .json}) as a list of objects. Columns are
     * those of {@link Attribute#column}, of which {@code battery_j} may be missing or blank (at the mains), and, if there are,
     * {@code class} and {@code weight}; other columns are not looked at, unless they say an attribute in another unit.
     *
     * @throws IllegalArgumentException naming the line and the column, if the file is missing or something in it is wrong
     */
    public static DeviceTable read(Path file) {
        return read(file, ColumnMapping.none());
    }

    /**
     * Reads a table of devices whose columns are not ours.
     *
     * @throws IllegalArgumentException naming the line and the column, if the file is missing or something in it is wrong
     */
    public static DeviceTable read(Path file, ColumnMapping mapping) {
        Rows rows = new Rows();
        new DeviceTableFile(file, mapping).read(rows);
        return rows.table(List.of(), Optional.of(file), mapping);
    }

    /** Number of rows. */
    public int rows() {
        return weights.length;
    }

    /** Names of the classes; a table without classes has one, named {@code device}. */
    public List<String> classes() {
        return classes;
    }

    /** The classes it was made of; empty when it was read from a file. */
    public List<DeviceClass> source() {
        return source;
    }

    /** The file it was read from, if it was. */
    public Optional<Path> file() {
        return file;
    }

    /** How the columns of that file were read. */
    public ColumnMapping mapping() {
        return mapping;
    }

    /** The class of a row, an index into {@link #classes()}. */
    public int deviceClass(int row) {
        return classOfRow[row];
    }

    /** How common a row is, relative to the others. */
    public double weight(int row) {
        return weights[row];
    }

    /** A number of a row. */
    public double value(Attribute attribute, int row) {
        return column(attribute)[row];
    }

    /** Returns whether any row has a number for the attribute. */
    public boolean has(Attribute attribute) {
        return Arrays.stream(column(attribute)).anyMatch(attribute::isUsable);
    }

    private double[] column(Attribute attribute) {
        return Objects.requireNonNull(values.get(attribute));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeviceTable that
                && classes.equals(that.classes)
                && Arrays.equals(classOfRow, that.classOfRow)
                && Arrays.equals(weights, that.weights)
                && Stream.of(ATTRIBUTES).allMatch(each -> Arrays.equals(column(each), that.column(each)));
    }

    @Override
    public int hashCode() {
        return classes.hashCode() * 31 + Arrays.hashCode(weights);
    }

    @Override
    public String toString() {
        return "DeviceTable[" + rows() + " rows, " + classes.size() + " classes]";
    }

    /** Collects rows. */
    static final class Rows {
        private final Map<String, Integer> classes = new LinkedHashMap<>();
        private final List<Integer> classOfRow = new ArrayList<>();
        private final List<Double> weights = new ArrayList<>();
        private final List<double[]> rows = new ArrayList<>();

        void add(String deviceClass, double weight, double[] row) {
            Integer known = classes.putIfAbsent(deviceClass, classes.size());
            classOfRow.add(known == null ? classes.size() - 1 : known);
            weights.add(weight);
            rows.add(row);
        }

        private DeviceTable table(List<DeviceClass> source, Optional<Path> file, ColumnMapping mapping) {
            if (rows.isEmpty()) {
                throw new IllegalArgumentException("table of devices"
                        + file.map(path -> " (" + path + ")").orElse("") + " must have at least one row");
            }
            Map<Attribute, double[]> columns = new EnumMap<>(Attribute.class);
            for (int i = 0; i < ATTRIBUTES.length; i++) {
                int column = i;
                columns.put(
                        ATTRIBUTES[i],
                        rows.stream().mapToDouble(row -> row[column]).toArray());
            }
            return new DeviceTable(
                    List.copyOf(classes.keySet()),
                    classOfRow.stream().mapToInt(Integer::intValue).toArray(),
                    weights.stream().mapToDouble(Double::doubleValue).toArray(),
                    columns,
                    source,
                    file,
                    mapping);
        }
    }
}
