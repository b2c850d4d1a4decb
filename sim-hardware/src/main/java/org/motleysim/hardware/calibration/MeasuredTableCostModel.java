package org.motleysim.hardware.calibration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cost.Bound;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.Cost;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.cost.Estimate;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.power.OperatingPoint;

/**
 * Measured times first: between rows of a table it interpolates, outside of them it hands over to the next model and says so.
 *
 * <p>Interpolation is linear between logarithms of sizes and of times, along n, k and m of a matrix product; sequences, cached and new
 * tokens of attention; tokens of experts; bytes of a message. What else a shape says (heads, formats, experts, ranks) must be equal to
 * that of a row. It is exact at its rows. Energy is that of the next model's mean power for the measured time; another clock than the
 * nominal one stretches the measured time as it stretches the next model's.
 *
 * <p>One device has one table of a family in a format: that of the framework and kernel that come first in the data. Take others with
 * {@link MeasuredKernels#where}. The model card is docs/models/measured-table.md.
 *
 * <pre>{@code
 * MeasuredKernels rows = MeasuredKernels.readTable(Path.of("my-gemm.csv"));
 * CostModel mine = MeasuredTableCostModel.of(rows.all(), Catalog.builtIn(), CostModel.builtIn());
 * }</pre>
 */
public final class MeasuredTableCostModel implements CostModel {
    /** What {@link Estimate#model()} says when a table answered. */
    public static final String NAME = "measured table";

    private final Map<String, Map<List<Object>, LogGrid>> devices;
    private final CostModel next;
    private final Optional<Path> source;

    private MeasuredTableCostModel(
            Map<String, Map<List<Object>, LogGrid>> devices, CostModel next, Optional<Path> source) {
        this.devices = devices;
        this.next = next;
        this.source = source;
    }

    /** Returns the model of all measurements that were read from one place, see {@link #of(List, Catalog, CostModel)}. */
    public static MeasuredTableCostModel of(MeasuredKernels measured, Catalog catalog, CostModel next) {
        return new MeasuredTableCostModel(grids(measured.all(), catalog), next, Optional.of(measured.source()));
    }

    /**
     * Returns the model of some measurements.
     *
     * @param rows measurements; those of machines that are not in the catalogue are left out
     * @param catalog finds the devices that the rows name
     * @param next answers where no row is near
     */
    public static MeasuredTableCostModel of(List<Measurement> rows, Catalog catalog, CostModel next) {
        return new MeasuredTableCostModel(grids(rows, catalog), next, Optional.empty());
    }

    /** Returns the folder or file of the measurements; empty when they were given one by one. */
    public Optional<Path> source() {
        return source;
    }

    /** Returns the model that answers where no row is near. */
    public CostModel next() {
        return next;
    }

    private static Map<String, Map<List<Object>, LogGrid>> grids(List<Measurement> rows, Catalog catalog) {
        SystemNames names = SystemNames.in(catalog);
        Map<String, Map<List<Object>, List<LogGrid.Point>>> points = new LinkedHashMap<>();
        Map<List<Object>, List<String>> first = new LinkedHashMap<>();
        for (Measurement row : rows) {
            List<Object> fixed = GridPoint.fixed(row.kernel());
            String device = names.find(row.system()).map(DeviceSpec::name).orElse("");
            if (fixed == null || device.isEmpty()) {
                continue;
            }
            List<String> maker = List.of(row.framework(), row.dtype(), row.operation());
            List<Object> table = List.of(
                    device,
                    row.kernel().family(),
                    row.kernel().shape().getClass(),
                    row.kernel().format(),
                    fixed.get(fixed.size() - 1));
            if (!first.computeIfAbsent(table, key -> maker).equals(maker)) {
                continue;
            }
            double[] at = new double[GridPoint.MOST_AXES];
            int axes = GridPoint.axes(row.kernel(), at);
            points.computeIfAbsent(device, key -> new LinkedHashMap<>())
                    .computeIfAbsent(fixed, key -> new ArrayList<>())
                    .add(new LogGrid.Point(Arrays.stream(at, 0, axes).boxed().toList(), StrictMath.log(row.seconds())));
        }
        Map<String, Map<List<Object>, LogGrid>> devices = new LinkedHashMap<>();
        points.forEach((device, tables) -> {
            Map<List<Object>, LogGrid> grids = new LinkedHashMap<>();
            tables.forEach((fixed, of) -> grids.put(fixed, LogGrid.of(of)));
            devices.put(device, grids);
        });
        return devices;
    }

    @Override
    public Cost cost(Kernel kernel, DeviceSpec spec, OperatingPoint point) {
        return bind(spec, point).cost(kernel);
    }

    @Override
    public BoundCostModel bind(DeviceSpec spec, OperatingPoint point) {
        return new OnDevice(
                devices.getOrDefault(spec.name(), Map.of()),
                next.bind(spec, point),
                point.clock() == 1 ? null : next.bind(spec, OperatingPoint.nominal()));
    }

    /** Models of the same file and the same next model answer alike. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof MeasuredTableCostModel that
                        && source.isPresent()
                        && source.equals(that.source)
                        && next.equals(that.next));
    }

    @Override
    public int hashCode() {
        return Objects.hash(source, next);
    }

    @Override
    public String toString() {
        return NAME + ", then " + next;
    }

    private static final class OnDevice implements BoundCostModel {
        private final Map<List<Object>, LogGrid> grids;
        private final BoundCostModel next;
        private final @Nullable BoundCostModel nominal;
        private final double[] at = new double[GridPoint.MOST_AXES];

        OnDevice(Map<List<Object>, LogGrid> grids, BoundCostModel next, @Nullable BoundCostModel nominal) {
            this.grids = grids;
            this.next = next;
            this.nominal = nominal;
        }

        @Override
        public Cost cost(Kernel kernel) {
            Cost other = next.cost(kernel);
            double seconds = seconds(kernel);
            return Double.isNaN(seconds) ? other : measured(kernel, seconds, other);
        }

        @Override
        public Bound bound(Kernel kernel, Cost cost) {
            return next.bound(kernel, next.cost(kernel));
        }

        @Override
        public Estimate explain(Kernel kernel) {
            Estimate other = next.explain(kernel);
            List<Object> fixed = GridPoint.fixed(kernel);
            boolean known = fixed != null && grids.containsKey(fixed);
            double seconds = seconds(kernel);
            if (Double.isNaN(seconds)) {
                String why = known ? "outside the measured table" : "no measured table of this shape";
                return new Estimate(
                        other.cost(),
                        other.bound(),
                        other.achievedFraction(),
                        other.model(),
                        other.expectedError(),
                        other.note().isEmpty() ? why : why + "; " + other.note());
            }
            Cost cost = measured(kernel, seconds, other.cost());
            double fraction =
                    cost.seconds() > 0 ? other.achievedFraction() * other.cost().seconds() / cost.seconds() : 0;
            return new Estimate(cost, other.bound(), fraction, NAME, OptionalDouble.empty(), "between measured rows");
        }

        private Cost measured(Kernel kernel, double seconds, Cost other) {
            double stretched = nominal == null || other.seconds() == 0
                    ? seconds
                    : seconds * other.seconds() / nominal.cost(kernel).seconds();
            return new Cost(stretched, other.dynamicWatts() * stretched);
        }

        private double seconds(Kernel kernel) {
            List<Object> fixed = GridPoint.fixed(kernel);
            LogGrid grid = fixed == null ? null : grids.get(fixed);
            if (grid == null) {
                return Double.NaN;
            }
            GridPoint.axes(kernel, at);
            return StrictMath.exp(grid.logAt(at));
        }
    }
}
