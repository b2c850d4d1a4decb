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

    /** A kind of kernel, and what answers for it; the fit is absent when the roofline does. */
    private record Entry(
            KernelFamily family,
            Class<?> shape,
            NumberFormat format,
            NumberFormat stored,
            boolean windowed,
            @Nullable FittedKernel fit) {
        boolean matches(Kernel kernel) {
            return family == kernel.family()
                    && shape == kernel.shape().getClass()
                    && format.equals(kernel.format())
                    && stored.equals(FitKey.stored(kernel))
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
            FittedKernel fit = fit(kernel);
            if (fit == null || isNothing(kernel)) {
                return roofline.cost(kernel);
            }
            double compute = fit.computeSeconds(kernel);
            double traffic = fit.trafficSeconds(kernel);
            double seconds = fit.seconds(kernel) * stretch(compute, traffic);
            return new Cost(seconds, energy.joules(seconds, compute, traffic, point));
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
            FittedKernel fit = fit(kernel);
            if (fit == null || isNothing(kernel)) {
                return roofline.explain(kernel);
            }
            Cost cost = cost(kernel);
            double compute = fit.computeSeconds(kernel) / point.clock();
            double traffic = fit.trafficSeconds(kernel);
            double work = Math.max(compute, traffic);
            Bound bound;
            // Less than a tenth of a peak is reached by kernels that are over before they have begun.
            if (work < 0.1 * cost.seconds()) {
                bound = Bound.LAUNCH;
            } else if (compute >= traffic) {
                bound = Bound.COMPUTE;
            } else {
                bound = kernel.family() == KernelFamily.ALL_REDUCE ? Bound.LINK : Bound.MEMORY;
            }
            boolean own = fit.fittedOn().equals(spec.name());
            boolean whole = fit.fittedOn().startsWith("class:");
            String note = (own ? "" : "fitted on " + fit.fittedOn() + ", not on this device; ")
                    + (fit.covers(kernel) ? "" : "outside the fitted range, where the edge of the range answers; ");
            return new Estimate(
                    cost,
                    bound,
                    work / cost.seconds(),
                    own ? "fit" : whole ? "class fit" : "fit of a like device",
                    own || whole ? OptionalDouble.of(fit.record().heldOutError()) : OptionalDouble.empty(),
                    note.isEmpty() ? fit.record().source() : note + fit.record().source());
        }

        private @Nullable FittedKernel fit(Kernel kernel) {
            Entry[] known = entries;
            for (Entry entry : known) {
                if (entry.matches(kernel)) {
                    return entry.fit;
                }
            }
            return learn(kernel);
        }

        private @Nullable FittedKernel learn(Kernel kernel) {
            Optional<FittedKernel> found = fits.find(spec, kernel, framework, flavour);
            FittedKernel fit = found.orElse(null);
            Entry[] more = Arrays.copyOf(entries, entries.length + 1);
            more[entries.length] = new Entry(
                    kernel.family(),
                    kernel.shape().getClass(),
                    kernel.format(),
                    FitKey.stored(kernel),
                    FitKey.isWindowed(kernel),
                    fit);
            entries = Objects.requireNonNull(more);
            return fit;
        }
    }

    /** Reads the fits when first asked. */
    private static final class Holder {
        private static final CalibratedCostModel BUILT_IN =
                new CalibratedCostModel(FittedKernels.builtIn(), RooflineCostModel.calibrated(), "vllm", "");
    }
}
