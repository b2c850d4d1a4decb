package org.motleysim.hardware.calibration.few;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.motleysim.hardware.calibration.MeasuredKernels;
import org.motleysim.hardware.calibration.Measurement;
import org.motleysim.hardware.calibration.SystemNames;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cost.Bound;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.Cost;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.cost.Estimate;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.power.OperatingPoint;

/**
 * Kernels of a new device from a few measured ones and devices that Motley knows: per kernel family a {@link FewSampleFit} over what the
 * model of the known devices says, those and the new device's own datasheet.
 *
 * <pre>{@code
 * CostModel mine = FewSampleCostModel.of(newDevice, tenRows, List.of(a100, h100, l40s), CostModel.builtIn());
 * }</pre>
 *
 * <p>About other devices than the new one, and about kernel families nobody measured on it, the base model answers. Energy keeps the power
 * of the base model.
 */
public final class FewSampleCostModel implements CostModel {
    private static final String NAME = "few samples";

    private final DeviceSpec device;
    private final List<DeviceSpec> family;
    private final CostModel base;
    private final Map<KernelFamily, FewSampleFit> fits;
    private final Map<KernelFamily, List<Measurement>> rows;
    private final Optional<Path> source;

    private FewSampleCostModel(
            DeviceSpec device,
            List<DeviceSpec> family,
            CostModel base,
            Map<KernelFamily, List<Measurement>> rows,
            Optional<Path> source) {
        this.device = device;
        this.family = family;
        this.base = base;
        this.rows = rows;
        this.source = source;
        List<DeviceSpec> members = members(device, family);
        this.fits = new EnumMap<>(KernelFamily.class);
        rows.forEach((kind, measured) -> fits.put(kind, fit(members, measured, base)));
    }

    /**
     * Fits the model.
     *
     * @param device the new device; its datasheet counts as a member of the family
     * @param rows what was measured on it, some of each kernel family of interest; rows of one kernel family should differ in shape
     * @param family known devices
     * @param base what they are asked with
     * @throws IllegalArgumentException if there are no rows or no known devices, or one of them lacks a number that the base model needs
     */
    public static FewSampleCostModel of(
            DeviceSpec device, List<Measurement> rows, List<DeviceSpec> family, CostModel base) {
        return of(device, rows, family, base, Optional.empty());
    }

    /**
     * Fits the model to the rows of the device in a table.
     *
     * @param measured the table; rows of machines other than the device are left out
     * @throws IllegalArgumentException as above, and if the table has no row of the device
     */
    public static FewSampleCostModel of(
            DeviceSpec device, MeasuredKernels measured, List<DeviceSpec> family, CostModel base) {
        SystemNames names = SystemNames.in(Catalog.builtIn());
        List<Measurement> rows = measured.where(row -> row.system().equals(device.name())
                || names.find(row.system())
                        .filter(known -> known.name().equals(device.name()))
                        .isPresent());
        if (rows.isEmpty()) {
            String systems =
                    measured.all().stream().map(Measurement::system).distinct().collect(Collectors.joining(", "));
            throw new IllegalArgumentException(measured.source() + " must have rows of " + device.name()
                    + "\nMaybe the column \"system\" names it otherwise: there are " + systems + ".");
        }
        return of(device, rows, family, base, Optional.of(measured.source()));
    }

    private static FewSampleCostModel of(
            DeviceSpec device, List<Measurement> rows, List<DeviceSpec> family, CostModel base, Optional<Path> source) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("rows (0) must be at least 1");
        }
        if (family.isEmpty()) {
            throw new IllegalArgumentException("family (0) must be at least 1 device\nMaybe a GPU of the catalogue.");
        }
        for (DeviceSpec known : family) {
            if (known.name().equals(device.name())) {
                throw new IllegalArgumentException(
                        "family (" + device.name() + ") must not hold the device itself\nIts datasheet counts anyway.");
            }
        }
        Map<KernelFamily, List<Measurement>> byFamily = new EnumMap<>(KernelFamily.class);
        for (Measurement row : rows) {
            byFamily.computeIfAbsent(row.kernel().family(), key -> new ArrayList<>())
                    .add(row);
        }
        return new FewSampleCostModel(device, List.copyOf(family), base, byFamily, source);
    }

    private static List<DeviceSpec> members(DeviceSpec device, List<DeviceSpec> family) {
        List<DeviceSpec> members = new ArrayList<>(family);
        members.add(device);
        return members;
    }

    private static FewSampleFit fit(List<DeviceSpec> members, List<Measurement> measured, CostModel base) {
        List<DeviceFamily.Known> known = new ArrayList<>();
        for (DeviceSpec member : members) {
            BoundCostModel bound = base.bind(member, OperatingPoint.nominal());
            double[] seconds = measured.stream()
                    .mapToDouble(row -> bound.cost(row.kernel()).seconds())
                    .toArray();
            known.add(new DeviceFamily.Known(member.name(), member.name(), seconds));
        }
        int[] all = IntStream.range(0, measured.size()).toArray();
        double[] seconds = measured.stream().mapToDouble(Measurement::seconds).toArray();
        return DeviceFamily.of(known).calibrate(all, seconds);
    }

    /** Returns the fit of a kernel family; empty of what nobody measured. */
    public Optional<FewSampleFit> fit(KernelFamily kind) {
        return Optional.ofNullable(fits.get(kind));
    }

    /** Returns the new device. */
    public DeviceSpec device() {
        return device;
    }

    /** Returns the known devices. */
    public List<DeviceSpec> family() {
        return family;
    }

    /** Returns the model that known devices are asked with, which answers for whatever was not measured. */
    public CostModel base() {
        return base;
    }

    /** Returns the table of the measured rows; empty when they were given one by one. */
    public Optional<Path> source() {
        return source;
    }

    /** Returns how well each measured kernel family is predicted, in the order of {@link KernelFamily}. */
    public List<FewSampleScore> scores() {
        List<FewSampleScore> scores = new ArrayList<>();
        BoundCostModel datasheet = base.bind(device, OperatingPoint.nominal());
        rows.forEach((kind, measured) -> {
            double before = 0;
            double after = 0;
            for (int i = 0; i < measured.size(); i++) {
                Measurement row = measured.get(i);
                before += Math.abs(datasheet.cost(row.kernel()).seconds() / row.seconds() - 1);
                if (measured.size() > 1) {
                    List<Measurement> others = new ArrayList<>(measured);
                    others.remove(i);
                    FewSampleFit without = fit(members(device, family), others, base);
                    after += Math.abs(without.seconds(known(row.kernel())) / row.seconds() - 1);
                }
            }
            int count = measured.size();
            scores.add(new FewSampleScore(
                    kind,
                    count,
                    before / count,
                    count > 1 ? OptionalDouble.of(after / count) : OptionalDouble.empty(),
                    Objects.requireNonNull(fits.get(kind))));
        });
        return scores;
    }

    private double[] known(Kernel kernel) {
        return members(device, family).stream()
                .mapToDouble(member ->
                        base.bind(member, OperatingPoint.nominal()).cost(kernel).seconds())
                .toArray();
    }

    @Override
    public Cost cost(Kernel kernel, DeviceSpec spec, OperatingPoint point) {
        return bind(spec, point).cost(kernel);
    }

    @Override
    public BoundCostModel bind(DeviceSpec spec, OperatingPoint point) {
        if (!spec.name().equals(device.name())) {
            return base.bind(spec, point);
        }
        List<BoundCostModel> members = new ArrayList<>();
        family.forEach(member -> members.add(base.bind(member, OperatingPoint.nominal())));
        members.add(base.bind(spec, OperatingPoint.nominal()));
        return new OnDevice(members, base.bind(spec, point), point);
    }

    /** Models of the same table for the same devices answer alike. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof FewSampleCostModel that
                        && source.isPresent()
                        && source.equals(that.source)
                        && device.equals(that.device)
                        && family.equals(that.family)
                        && base.equals(that.base));
    }

    @Override
    public int hashCode() {
        return Objects.hash(source, device.name());
    }

    @Override
    public String toString() {
        return NAME + ", then " + base;
    }

    private final class OnDevice implements BoundCostModel {
        private final List<BoundCostModel> members;
        private final BoundCostModel own;
        private final boolean nominal;
        private final double[] known;

        OnDevice(List<BoundCostModel> members, BoundCostModel own, OperatingPoint point) {
            this.members = members;
            this.own = own;
            this.nominal = point.clock() == 1;
            this.known = new double[members.size()];
        }

        @Override
        public Cost cost(Kernel kernel) {
            Cost datasheet = own.cost(kernel);
            FewSampleFit fit = fits.get(kernel.family());
            if (fit == null || datasheet.seconds() == 0) {
                return datasheet;
            }
            return scaled(kernel, datasheet, fit);
        }

        private Cost scaled(Kernel kernel, Cost datasheet, FewSampleFit fit) {
            for (int d = 0; d < known.length; d++) {
                known[d] = members.get(d).cost(kernel).seconds();
            }
            // Another clock stretches the time as it stretches that of the datasheet.
            double stretch = nominal ? 1 : datasheet.seconds() / known[known.length - 1];
            double seconds = fit.seconds(known) * stretch;
            return new Cost(seconds, datasheet.dynamicWatts() * seconds);
        }

        @Override
        public Bound bound(Kernel kernel, Cost cost) {
            return own.bound(kernel, own.cost(kernel));
        }

        @Override
        public Estimate explain(Kernel kernel) {
            Estimate datasheet = own.explain(kernel);
            @Nullable FewSampleFit fit = fits.get(kernel.family());
            if (fit == null || datasheet.cost().seconds() == 0) {
                return datasheet;
            }
            Cost cost = scaled(kernel, datasheet.cost(), fit);
            return new Estimate(
                    cost,
                    datasheet.bound(),
                    datasheet.achievedFraction() * datasheet.cost().seconds() / cost.seconds(),
                    NAME,
                    OptionalDouble.empty(),
                    Objects.requireNonNull(rows.get(kernel.family())).size() + " measured rows; most like "
                            + likest(fit));
        }

        private String likest(FewSampleFit fit) {
            double[] weights = fit.weights();
            return fit.devices()
                    .get(IntStream.range(0, weights.length)
                            .boxed()
                            .max(Comparator.comparingDouble(d -> weights[d]))
                            .orElseThrow());
        }
    }
}
