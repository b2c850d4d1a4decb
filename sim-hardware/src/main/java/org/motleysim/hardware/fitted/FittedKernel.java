package org.motleysim.hardware.fitted;

import java.util.Optional;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.LinkSpec;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.Shape;

/** A fit bound to a device: answers in well under a microsecond without allocating. Used by one thread at a time. */
public final class FittedKernel {
    private final FittedRecord record;
    private final Features features;
    private final SmoothCorrection correction;
    private final double[] x;
    private final float[] scratch;
    private final String fittedOn;

    FittedKernel(FittedRecord record, Features features, String fittedOn) {
        this.record = record;
        this.features = features;
        this.correction = new SmoothCorrection(record);
        this.x = new double[features.size()];
        this.scratch = new float[correction.centres()];
        this.fittedOn = fittedOn;
        if (record.mean().length != features.size()) {
            throw new IllegalArgumentException(
                    "fit of " + record.key() + " (" + record.mean().length + " features) must have " + features.size());
        }
    }

    /**
     * Returns the features of kernels of this kind on a device; empty if no model looks at such shapes or the datasheet lacks a number.
     */
    static Optional<Features> features(Kernel kernel, DeviceSpec spec, Physics physics) {
        NumberFormat format = kernel.format();
        if (kernel.family() == KernelFamily.ALL_REDUCE) {
            boolean linked =
                    spec.deviceLink().flatMap(LinkSpec::knownLatency).isPresent() && Machine.describes(spec, format);
            return linked && kernel.shape() instanceof Shape.Message
                    ? Optional.of(new MessageFeatures(Machine.of(spec, format, physics)))
                    : Optional.empty();
        }
        if (!Machine.describes(spec, format)) {
            return Optional.empty();
        }
        Machine machine = Machine.of(spec, format, physics);
        return switch (kernel.family()) {
            case GEMM ->
                kernel.shape() instanceof Shape.Product
                        ? Optional.of(new ProductFeatures(machine, physics))
                        : Optional.empty();
            case ATTENTION_PREFILL ->
                isAttention(kernel) ? Optional.of(new PrefillFeatures(machine)) : Optional.empty();
            case ATTENTION_DECODE ->
                isAttention(kernel) ? Optional.of(new DecodeFeatures(machine, physics)) : Optional.empty();
            case MOE_GEMM ->
                kernel.shape() instanceof Shape.Experts ? Optional.of(new ExpertFeatures(machine)) : Optional.empty();
            case NORM, ELEMENTWISE ->
                kernel.shape() instanceof Shape.Rows || kernel.shape() instanceof Shape.Elements
                        ? Optional.of(new RowFeatures(machine))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static boolean isAttention(Kernel kernel) {
        return kernel.shape() instanceof Shape.Attention || kernel.shape() instanceof Shape.LatentAttention;
    }

    /** Returns the predicted time of a kernel of this fit's kind. */
    public double seconds(Kernel kernel) {
        double estimate = features.fill(kernel, x);
        return estimate * StrictMath.exp(correction.value(x, scratch));
    }

    /** Returns whether the kernel lies within the range that was measured. */
    public boolean covers(Kernel kernel) {
        features.fill(kernel, x);
        return correction.covers(x);
    }

    /** Returns the time of arithmetic at its peak. */
    public double computeSeconds(Kernel kernel) {
        return features.computeSeconds(kernel);
    }

    /** Returns the time of traffic at its peak. */
    public double trafficSeconds(Kernel kernel) {
        return features.trafficSeconds(kernel);
    }

    /** Returns the coefficients and where they come from. */
    public FittedRecord record() {
        return record;
    }

    /** Returns the device that was measured, or the class. */
    public String fittedOn() {
        return fittedOn;
    }
}
