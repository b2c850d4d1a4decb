package org.motleysim.hardware.cost;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.motleysim.hardware.catalog.EfficiencyCatalog;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.fitted.FitKey;
import org.motleysim.hardware.fitted.FittedKernel;
import org.motleysim.hardware.fitted.FittedKernels;
import org.motleysim.hardware.power.DynamicEnergy;
import org.motleysim.hardware.power.OperatingPoint;

/**
 * The default: a fit of measured kernels where there is one, the roofline where there is none.
 *
 * <p>For a device that was measured, its own fit answers. For one that was not, that of the measured device most like it, or that of its
 * class. {@link #explain} always says which of them it was, and how far off it was on shapes it had not seen. The model card is
 * docs/models/calibration.md.
 *
 * <p>Where a format is not multiplied as it is stored and nobody measured such kernels, the fit of those in the wider format answers with
 * the bytes that are stored, and the time of widening is added (docs/models/formats.md).
 *
 * <p>At another clock than nominal a fitted time is stretched as the roofline's would be: arithmetic slows down, traffic does not.
 */
public final class CalibratedCostModel implements CostModel {
    private final FittedKernels fits;
    private final RooflineCostModel otherwise;
    private final String framework;
    private final String flavour;

    private CalibratedCostModel(FittedKernels fits, RooflineCostModel otherwise, String framework, String flavour) {
        this.fits = fits;
        this.otherwise = otherwise;
        this.framework = framework;
        this.flavour = flavour;
    }

    /** Returns the model with the fits that come with Motley, preferring kernels of vLLM. */
    public static CalibratedCostModel builtIn() {
        return Holder.BUILT_IN;
    }

    /** Returns the model with other fits. */
    public CalibratedCostModel with(FittedKernels fits) {
        return new CalibratedCostModel(fits, otherwise, framework, flavour);
    }

    /**
     * Returns the model for other kernels.
     *
     * @param framework whose kernels to prefer, such as {@code "trtllm"}
     * @param flavour as {@link FitKey#flavour}, such as {@code "fp8_block"}; empty for plain ones
     */
    public CalibratedCostModel kernelsOf(String framework, String flavour) {
        return new CalibratedCostModel(fits, otherwise, framework, flavour);
    }

    /**
     * Returns the model for plain kernels of a framework.
     *
     * @param framework whose kernels to prefer, such as {@code "trtllm"}
     */
    public CalibratedCostModel kernelsOf(String framework) {
        return kernelsOf(framework, "");
    }

    /** Returns whose kernels are preferred. */
    public String framework() {
        return framework;
    }

    /** Returns the fits. */
    public FittedKernels fits() {
        return fits;
    }

    @Override
    public Cost cost(Kernel kernel, DeviceSpec spec, OperatingPoint point) {
        return bind(spec, point).cost(kernel);
    }

    @Override
    public BoundCostModel bind(DeviceSpec spec, OperatingPoint point) {
        return new OnDevice(spec, point);
    }

    /** Models of the same fits for the same kernels answer alike. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof CalibratedCostModel that
                        && fits == that.fits
                        && otherwise.equals(that.otherwise)
                        && framework.equals(that.framework)
                        && flavour.equals(that.flavour));
    }

    @Override
    public int hashCode() {
        return Objects.hash(framework, flavour);
    }

    @Override
    public String toString() {
        return "calibrated";
    }

    /**
     * A kind of kernel, and what answers for it; the fit is absent when the roofline does. There is a widening where the fit is one of
     * kernels that read what they multiply.
     */
    private record Entry(
            KernelFamily family,
            Class<?> shape,
            NumberFormat format,
            NumberFormat stored,
            boolean windowed,
            @Nullable FittedKernel fit,
            @Nullable Widening widening) {
        boolean matches(Kernel kernel) {
            return family == kernel.family()
                    && shape == kernel.shape().getClass()
                    && format.equals(kernel.format())
                    && stored.equals(kernel.storedFormat())
                    && windowed == FitKey.isWindowed(kernel);
        }
    }

    private final class OnDevice implements BoundCostModel {
        private final DeviceSpec spec;
        private final OperatingPoint point;
        private final BoundCostModel roofline;
        private final DynamicEnergy energy;
        private Entry[] entries = new Entry[0];

        OnDevice(DeviceSpec spec, OperatingPoint point) {
            this.spec = spec;
            this.point = point;
            // Nobody measured processors yet; one whose cores and memory nodes are known is answered for by them.
            CpuCostModel cpu = CpuCostModel.builtIn();
            this.roofline = spec.kind() == DeviceKind.CPU && cpu.knows(spec)
                    ? cpu.bind(spec, point)
                    : otherwise.bind(spec, point);
            this.energy = new DynamicEnergy(spec, EfficiencyCatalog.builtIn().power(spec.kind()));
        }

        @Override
        public Cost cost(Kernel kernel) {
            Entry entry = entry(kernel);
            FittedKernel fit = entry.fit;
            if (fit == null || isNothing(kernel)) {
                return roofline.cost(kernel);
            }
            Kernel measured = asMeasured(entry, kernel);
            double compute = fit.computeSeconds(measured);
            double traffic = fit.trafficSeconds(measured);
            double seconds = fit.seconds(measured) * stretch(compute, traffic);
            if (entry.widening != null) {
                double widening = entry.widening.seconds(kernel);
                seconds = entry.widening.together(seconds, widening / point.clock());
                compute += widening;
            }
            return new Cost(seconds, energy.joules(seconds, compute, traffic, point));
        }

        /** Measured kernels were told by the bytes of their elements; the time of reading scales is in what was measured. */
        private static Kernel asMeasured(Entry entry, Kernel kernel) {
            return entry.format.isBlock() || entry.stored.isBlock() ? kernel.withoutScales() : kernel;
        }

        /** Kernels without work are no shapes that anybody measured. */
        private static boolean isNothing(Kernel kernel) {
            return kernel.flops() == 0 && kernel.bytes() == 0;
        }

        private double stretch(double compute, double traffic) {
            double clock = point.clock();
            return clock == 1 ? 1 : Math.max(compute / clock, traffic) / Math.max(compute, traffic);
        }

        @Override
        public Estimate explain(Kernel kernel) {
            Entry entry = entry(kernel);
            FittedKernel fit = entry.fit;
            if (fit == null || isNothing(kernel)) {
                return roofline.explain(kernel);
            }
            Cost cost = cost(kernel);
            Kernel measured = asMeasured(entry, kernel);
            double compute = fit.computeSeconds(measured) / point.clock();
            double traffic = fit.trafficSeconds(measured);
            String widened = "";
            if (entry.widening != null) {
                double widening = entry.widening.seconds(kernel) / point.clock();
                compute = entry.widening.together(compute, widening);
                widened = entry.widening.note(widening);
            }
            double work = Math.max(compute, traffic);
            Bound bound = bound(kernel, cost, compute, traffic);
            boolean own = fit.fittedOn().equals(spec.name());
            boolean whole = fit.fittedOn().startsWith("class:");
            String note = widened
                    + (own ? "" : "fitted on " + fit.fittedOn() + ", not on this device; ")
                    + (fit.covers(measured) ? "" : "outside the fitted range, where the edge of the range answers; ");
            return new Estimate(
                    cost,
                    bound,
                    work / cost.seconds(),
                    own ? "fit" : whole ? "class fit" : "fit of a like device",
                    own || whole ? OptionalDouble.of(fit.record().heldOutError()) : OptionalDouble.empty(),
                    note.isEmpty() ? fit.record().source() : note + fit.record().source());
        }

        @Override
        public Bound bound(Kernel kernel, Cost cost) {
            Entry entry = entry(kernel);
            FittedKernel fit = entry.fit;
            if (fit == null || isNothing(kernel)) {
                return roofline.bound(kernel, cost);
            }
            Kernel measured = asMeasured(entry, kernel);
            double compute = fit.computeSeconds(measured) / point.clock();
            if (entry.widening != null) {
                compute = entry.widening.together(compute, entry.widening.seconds(kernel) / point.clock());
            }
            return bound(kernel, cost, compute, fit.trafficSeconds(measured));
        }

        /** Less than a tenth of a peak is reached by kernels that are over before they have begun. */
        private static Bound bound(Kernel kernel, Cost cost, double compute, double traffic) {
            if (Math.max(compute, traffic) < 0.1 * cost.seconds()) {
                return Bound.LAUNCH;
            }
            if (compute >= traffic) {
                return Bound.COMPUTE;
            }
            return kernel.family() == KernelFamily.ALL_REDUCE ? Bound.LINK : Bound.MEMORY;
        }

        private Entry entry(Kernel kernel) {
            Entry[] known = entries;
            for (Entry entry : known) {
                if (entry.matches(kernel)) {
                    return entry;
                }
            }
            return learn(kernel);
        }

        private Entry learn(Kernel kernel) {
            NumberFormat asked = kernel.format();
            NumberFormat computed = spec.computeFormat(asked).orElse(asked);
            // A multiplier that the device lacks was not measured on anything like it.
            boolean lacks = Widening.instructions(asked, computed) > 0;
            Optional<FittedKernel> found = find(lacks ? kernel.in(computed, kernel.storedFormat()) : kernel);
            Widening widening = null;
            if (found.isEmpty()) {
                Widening needed = Widening.of(spec, asked, kernel.storedFormat(), computed);
                if (!needed.isFree()) {
                    found = find(kernel.in(computed, computed));
                    widening = needed;
                }
            }
            Entry learned = new Entry(
                    kernel.family(),
                    kernel.shape().getClass(),
                    asked,
                    kernel.storedFormat(),
                    FitKey.isWindowed(kernel),
                    found.orElse(null),
                    widening);
            Entry[] more = Arrays.copyOf(entries, entries.length + 1);
            more[entries.length] = learned;
            entries = Objects.requireNonNull(more);
            return learned;
        }

        private Optional<FittedKernel> find(Kernel kernel) {
            return fits.find(spec, kernel, framework, flavour);
        }
    }

    /** Reads the fits when first asked. */
    private static final class Holder {
        private static final CalibratedCostModel BUILT_IN =
                new CalibratedCostModel(FittedKernels.builtIn(), RooflineCostModel.calibrated(), "vllm", "");
    }
}
