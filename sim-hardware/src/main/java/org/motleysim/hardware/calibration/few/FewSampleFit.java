package org.motleysim.hardware.calibration.few;

import java.util.Arrays;
import java.util.List;

/** A new device as a mixture of a {@link DeviceFamily}: {@code log t(i) = offset + sum_d weight_d log t_d(i)}. Immutable. */
public final class FewSampleFit {
    private final List<String> devices;
    private final double[] weights;
    private final double offset;
    private final double ridge;
    private final double[] logs;

    FewSampleFit(List<String> devices, double[] weights, double offset, double ridge, double[] logs) {
        this.devices = devices;
        this.weights = weights;
        this.offset = offset;
        this.ridge = ridge;
        this.logs = logs;
    }

    /** Returns the devices of the family, in the order of {@link #weights()}. */
    public List<String> devices() {
        return devices;
    }

    /** Returns the weight of each device; they need not add up to one, and may be negative. */
    public double[] weights() {
        return weights.clone();
    }

    /** Returns the logarithm of the scale. */
    public double offset() {
        return offset;
    }

    /** Returns the ridge that was used. */
    public double ridge() {
        return ridge;
    }

    /** Returns the predicted time of every item of the family, in the unit of the measured ones. */
    public double[] seconds() {
        return Arrays.stream(logs).map(StrictMath::exp).toArray();
    }

    /**
     * Returns the predicted time of an item that the family was not given.
     *
     * @param known what each device of the family takes for it, in the order of {@link #devices()}, more than zero
     */
    public double seconds(double[] known) {
        if (known.length != weights.length) {
            throw new IllegalArgumentException(
                    "known (" + known.length + ") must be as many as devices, " + weights.length);
        }
        double log = offset;
        for (int d = 0; d < known.length; d++) {
            log += weights[d] * StrictMath.log(known[d]);
        }
        return StrictMath.exp(log);
    }

    double[] logSeconds() {
        return logs;
    }
}
