package org.motleysim.hardware.cost;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.quantity.Durations;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.hardware.catalog.Efficiency;
import org.motleysim.hardware.catalog.EfficiencyCatalog;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.LinkSpec;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.Shape;
import org.motleysim.hardware.power.DynamicEnergy;
import org.motleysim.hardware.power.OperatingPoint;

/**
 * The roofline of Williams, Waterman and Patterson (CACM 52(4), 2009) with a launch time and achieved fractions that saturate with size:
 *
 * <pre>
 * seconds = launch + max( computeRamp + flops / (peak * compute), bandwidthRamp + bytes / (bandwidth * bandwidthFraction) )
 * </pre>
 *
 * <p>where a ramp counts only if there are flops (bytes) at all. The five numbers per (device, family, format) are an {@link Efficiency};
 * {@link Efficiency#origin()} says what they were fitted on and how far off they were. A format that the device lacks is computed in a
 * wider one, and what is stored narrower than it is multiplied is widened by the vector units (docs/models/formats.md). An all-reduce is costed on the device link
 * instead of the main memory, and waits for the latency of the link {@code 2 (k - 1)} times, as a ring does. The model card is
 * docs/models/roofline.md.
 *
 * <p>A query of a bound model takes some forty nanoseconds; unbound, each query resolves the device again, about two microseconds.
 */
public final class RooflineCostModel implements CostModel {
    /** Families without arithmetic; they need no peak rate. */
    private static final Set<KernelFamily> MOVING =
            Set.of(KernelFamily.COPY, KernelFamily.EMBEDDING, KernelFamily.ALL_REDUCE);

    /** Filters that one warp computes together at least (CUTLASS, default warp tile of SIMT products). */
    private static final long TILE_FILTERS = 32;

    private static final int FAMILIES = KernelFamily.values().length;

    private final @Nullable EfficiencyCatalog efficiencies;
    private final EfficiencyCatalog power;

    private RooflineCostModel(@Nullable EfficiencyCatalog efficiencies, EfficiencyCatalog power) {
        this.efficiencies = efficiencies;
        this.power = power;
    }

    /** Returns the model with the built-in measured efficiencies. */
    public static RooflineCostModel calibrated() {
        return Holder.CALIBRATED;
    }

    /** Returns the plain roofline: peaks are reached and launches are free. A lower bound of time. */
    public static RooflineCostModel peak() {
        return Holder.PEAK;
    }

    /** Returns the efficiency that answers for such kernels on such a device. */
    public Efficiency efficiency(DeviceSpec spec, KernelFamily family, NumberFormat format) {
        return efficiencies == null ? Efficiency.PERFECT : efficiencies.efficiency(spec, family, format);
    }

    @Override
    public Cost cost(Kernel kernel, DeviceSpec spec, OperatingPoint point) {
        return bind(spec, point).cost(kernel);
    }

    @Override
    public BoundCostModel bind(DeviceSpec spec, OperatingPoint point) {
        return new OnDevice(spec, point);
    }

    @Override
    public String toString() {
        return efficiencies == null ? "peak roofline" : "roofline";
    }

    /** What one family and format cost on one device, resolved. */
    private record Line(
            double launchSeconds,
            double secondsPerFlop,
            double computeRampSeconds,
            double secondsPerByte,
            double bandwidthRampSeconds,
            double peakSecondsPerFlop,
            double peakSecondsPerByte,
            double hopSeconds,
            NumberFormat format,
            NumberFormat stored,
            Widening widening,
            @Nullable Line next) {}

    private final class OnDevice implements BoundCostModel {
        private final DeviceSpec spec;
        private final OperatingPoint point;
        private final DynamicEnergy energy;
        /** The lines of each family, the last resolved first. */
        private final @Nullable Line[] lines = new Line[FAMILIES];

        OnDevice(DeviceSpec spec, OperatingPoint point) {
            this.spec = spec;
            this.point = point;
            this.energy = new DynamicEnergy(spec, power.power(spec.kind()));
        }

        @Override
        public Cost cost(Kernel kernel) {
            Line line = line(kernel);
            double flops = kernel.flops();
            double bytes = kernel.bytes();
            double widening = line.widening.seconds(kernel);
            double seconds = line.launchSeconds
                    + Math.max(arithmetic(line, kernel, widening), traffic(line, bytes))
                    + hops(line, kernel);
            return new Cost(
                    seconds,
                    energy.joules(
                            seconds,
                            flops * line.peakSecondsPerFlop + widening,
                            bytes * line.peakSecondsPerByte,
                            point));
        }

        @Override
        public Estimate explain(Kernel kernel) {
            Cost cost = cost(kernel);
            Line line = line(kernel);
            double widening = line.widening.seconds(kernel);
            double compute = arithmetic(line, kernel, widening);
            double traffic = traffic(line, kernel.bytes()) + hops(line, kernel);
            Bound bound = bound(line, kernel, compute, traffic);
            double atPeak =
                    switch (bound) {
                        case COMPUTE ->
                            line.widening.together(kernel.flops() * line.peakSecondsPerFlop, widening) / point.clock();
                        case MEMORY, LINK -> kernel.bytes() * line.peakSecondsPerByte;
                        default -> 0;
                    };
            Efficiency.Origin origin = efficiency(
                            spec,
                            kernel.family(),
                            spec.computeFormat(kernel.format()).orElse(kernel.format()))
                    .origin();
            double fraction = cost.seconds() > 0 ? atPeak / cost.seconds() : 0;
            return new Estimate(
                    cost,
                    bound,
                    fraction,
                    RooflineCostModel.this.toString(),
                    origin.heldOutError(),
                    line.widening.note(widening / point.clock()) + "fitted on " + origin.fittedOn());
        }

        @Override
        public Bound bound(Kernel kernel, Cost cost) {
            Line line = line(kernel);
            return bound(
                    line,
                    kernel,
                    arithmetic(line, kernel, line.widening.seconds(kernel)),
                    traffic(line, kernel.bytes()) + hops(line, kernel));
        }

        private static Bound bound(Line line, Kernel kernel, double compute, double traffic) {
            if (line.launchSeconds > Math.max(compute, traffic)) {
                return Bound.LAUNCH;
            }
            if (compute >= traffic) {
                return Bound.COMPUTE;
            }
            return kernel.family() == KernelFamily.ALL_REDUCE ? Bound.LINK : Bound.MEMORY;
        }

        /** Time of multiplying and of widening, which a matrix engine does at once and vector units one after the other. */
        private double arithmetic(Line line, Kernel kernel, double widening) {
            double compute = compute(line, kernel.flops() * padding(kernel));
            return widening == 0 ? compute : line.widening.together(compute, widening / point.clock());
        }

        private static double compute(Line line, double flops) {
            return flops > 0 ? line.computeRampSeconds + flops * line.secondsPerFlop : 0;
        }

        /** How much more a GPU computes than it is asked, because the filters of each group fill whole tiles. */
        private double padding(Kernel kernel) {
            if (kernel.family() != KernelFamily.CONVOLUTION
                    || spec.kind() != DeviceKind.GPU
                    || !(kernel.shape() instanceof Shape.Convolution convolution)) {
                return 1;
            }
            long filters = convolution.outChannels() / convolution.groups();
            return (double) ((filters + TILE_FILTERS - 1) / TILE_FILTERS * TILE_FILTERS) / filters;
        }

        private static double traffic(Line line, double bytes) {
            return bytes > 0 ? line.bandwidthRampSeconds + bytes * line.secondsPerByte : 0;
        }

        private static double hops(Line line, Kernel kernel) {
            return kernel.shape() instanceof Shape.Message message ? (message.ranks() - 1) * 2 * line.hopSeconds : 0;
        }

        @SuppressWarnings("EnumOrdinal") // a query must cost nanoseconds; the index never leaves this object
        private Line line(Kernel kernel) {
            int index = kernel.family().ordinal();
            NumberFormat stored = kernel.storedFormat();
            for (Line line = lines[index]; line != null; line = line.next) {
                if (line.format.equals(kernel.format()) && line.stored.equals(stored)) {
                    return line;
                }
            }
            Line line = resolve(kernel, lines[index]);
            lines[index] = line;
            return line;
        }

        private Line resolve(Kernel kernel, @Nullable Line next) {
            KernelFamily family = kernel.family();
            Optional<NumberFormat> known = spec.computeFormat(kernel.format());
            if (known.isEmpty() && !MOVING.contains(family)) {
                throw spec.missing(
                        "peak rate in " + kernel.format().label() + " or a format it falls back to (known: "
                                + spec.knownFormats() + ")",
                        "models of time");
            }
            NumberFormat computed = known.orElse(kernel.format());
            // What only moves is never multiplied.
            NumberFormat stored = MOVING.contains(family) ? computed : kernel.storedFormat();
            NumberFormat asked = MOVING.contains(family) ? computed : kernel.format();
            Efficiency efficiency = efficiency(spec, family, computed);
            double peak =
                    known.flatMap(spec::peak).map(FlopRate::flopsPerSecond).orElse(Double.POSITIVE_INFINITY)
                            * point.clock();
            double memory = spec.memoryBandwidth().bytesPerSecond();
            double bandwidth = memory;
            double hopSeconds = 0;
            if (family == KernelFamily.ALL_REDUCE) {
                LinkSpec link = spec.deviceLink()
                        .orElseThrow(() -> spec.missing("link to other devices", "models of all-reduce"));
                bandwidth = link.bandwidth().bytesPerSecond();
                hopSeconds = Durations.seconds(spec.linkLatency(link));
            }
            return new Line(
                    efficiency.launchSeconds(),
                    1 / (peak * efficiency.compute()),
                    efficiency.computeRampSeconds(),
                    1 / (bandwidth * efficiency.bandwidth()),
                    efficiency.bandwidthRampSeconds(),
                    point.clock() / peak,
                    1 / memory,
                    hopSeconds,
                    kernel.format(),
                    kernel.storedFormat(),
                    Widening.of(spec, asked, stored, computed),
                    next);
        }
    }

    /** Reads the efficiencies when first asked. */
    private static final class Holder {
        private static final RooflineCostModel CALIBRATED =
                new RooflineCostModel(EfficiencyCatalog.builtIn(), EfficiencyCatalog.builtIn());
        private static final RooflineCostModel PEAK = new RooflineCostModel(null, EfficiencyCatalog.builtIn());
    }
}
