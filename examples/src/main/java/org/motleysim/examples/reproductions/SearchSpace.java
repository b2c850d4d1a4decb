package org.motleysim.examples.reproductions;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.motleysim.hardware.calibration.few.DeviceFamily;

/** Measured networks of one search space: what each takes on each device, and what can be counted of it. */
final class SearchSpace {
    private final DataTable times;
    private final DataTable networks;
    private final int[] references;

    private SearchSpace(DataTable times, DataTable networks, int[] references) {
        this.times = times;
        this.networks = networks;
        this.references = references;
    }

    /**
     * Reads the tables of a space, such as {@code "nb201"}. Networks whose output hangs on nothing are left out: some devices were given
     * a time near zero for them.
     */
    static SearchSpace read(Path folder, String space) {
        DataTable networks = DataTable.read(folder.resolve("inputs_" + space + "_archs.csv"));
        DataTable times = DataTable.read(folder.resolve("measured_" + space + "_latency_ms.csv"));
        Set<String> alive = new HashSet<>();
        for (int row = 0; row < networks.rows(); row++) {
            if (!networks.has("connected") || networks.number("connected", row) == 1) {
                alive.add(networks.text("arch_idx", row));
            }
        }
        DataTable kept = times.where(row -> alive.contains(times.text("arch_idx", row)));
        Set<String> measured = new HashSet<>();
        for (int row = 0; row < kept.rows(); row++) {
            measured.add(kept.text("arch_idx", row));
        }
        DataTable described = networks.where(row -> measured.contains(networks.text("arch_idx", row)));
        for (int row = 0; row < kept.rows(); row++) {
            if (!described.text("arch_idx", row).equals(kept.text("arch_idx", row))) {
                throw new IllegalArgumentException(folder + ": networks of " + space + " must be in one order");
            }
        }
        return new SearchSpace(
                kept,
                described,
                IntStream.range(0, kept.rows())
                        .filter(row -> described.number("is_reference", row) == 1)
                        .toArray());
    }

    int networks() {
        return times.rows();
    }

    boolean has(String column) {
        return times.has(column);
    }

    double[] counted(String count) {
        return networks.numbers(count);
    }

    String text(String column, int network) {
        return networks.text(column, network);
    }

    int[] references() {
        return references.clone();
    }

    /** Returns the measured devices of these columns, as far as there are any, and imaginary ones for what can be counted. */
    DeviceFamily family(List<String> columns, List<String> counts) {
        List<DeviceFamily.Known> known = new ArrayList<>();
        for (String column : columns) {
            if (has(column)) {
                known.add(new DeviceFamily.Known(column, machine(column), times.numbers(column)));
            }
        }
        counts.forEach(count -> known.add(DeviceFamily.Known.counted(count, counted(count))));
        return DeviceFamily.of(known);
    }

    /** Predicts a device that is not of the family from some measured networks, in the unit of the table. */
    double[] predicted(DeviceFamily family, String column, int[] samples) {
        double[] truth = times.numbers(column);
        return family.calibrate(
                        samples,
                        Arrays.stream(samples).mapToDouble(i -> truth[i]).toArray())
                .seconds();
    }

    /**
     * Returns Spearman's rank correlation of predicted with measured times, as the paper's code takes it: over networks that were not
     * sampled, without the fastest and the slowest tenth.
     */
    double correlation(String column, double[] predicted, int[] samples) {
        double[] truth = times.numbers(column);
        Set<Integer> seen = new HashSet<>();
        Arrays.stream(samples).forEach(seen::add);
        int[] tested = IntStream.range(0, networks())
                .filter(i -> !seen.contains(i))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> truth[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] middle = Arrays.copyOfRange(tested, (int) (0.1 * tested.length), (int) (0.9 * tested.length));
        return Correlation.spearman(
                Arrays.stream(middle).mapToDouble(i -> predicted[i]).toArray(),
                Arrays.stream(middle).mapToDouble(i -> truth[i]).toArray());
    }

    /** One machine at several batch sizes: titan_rtx_256 and titan_rtx_32. */
    private static String machine(String column) {
        return column.replaceFirst("_(1|32|64|256)$", "");
    }
}
