package org.motleysim.hardware.calibration.few;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.motleysim.hardware.calibration.Measurement;
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
    private final Map<KernelFamily, Integer> rows;

    private FewSampleCostModel(
            DeviceSpec device,
            List<DeviceSpec> family,
            CostModel base,
            Map<KernelFamily, FewSampleFit> fits,
            Map<KernelFamily, Integer> rows) {
        this.device = device;
        this.family = family;
        this.base = base;
        this.fits = fits;
        this.rows = rows;
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
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("rows (0) must be at least 1");
        }
        if (family.isEmpty()) {
            throw new IllegalArgumentException("family (0) must be at least 1 device\nMaybe a GPU of the catalogue.");
        }
        List<DeviceSpec> members = new ArrayList<>(family);
        members.add(device);
        Map<KernelFamily, List<Measurement>> byFamily = new EnumMap<>(KernelFamily.class);
        for (Measurement row : rows) {
            byFamily.computeIfAbsent(row.kernel().family(), key -> new ArrayList<>())
                    .add(row);
        }
        Map<KernelFamily, FewSampleFit> fits = new EnumMap<>(KernelFamily.class);
        Map<KernelFamily, Integer> counts = new EnumMap<>(KernelFamily.class);
        byFamily.forEach((kind, measured) -> {
            fits.put(kind, fit(members, measured, base));
            counts.put(kind, measured.size());
        });
        return new FewSampleCostModel(device, List.copyOf(family), base, fits, counts);
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
                    rows.get(kernel.family()) + " measured rows; most like " + likest(fit));
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
