package org.motleysim.examples.reproductions;

import java.time.Duration;
import java.util.List;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.radio.RadioPower;
import org.motleysim.workloads.split.LinkTrace;
import org.motleysim.workloads.split.SplitJob;
import org.motleysim.workloads.split.SplitPolicy;
import org.motleysim.workloads.split.Variant;

/** Paper 59, Mahmud et al.: CBNet (2024): a small autoencoder before an early exit; what its two largest figures say of each other. */
final class ConvertingAutoencoder implements Reproduction {
    private static final double SECONDS = 0.48;

    @Override
    public String folder() {
        return "59-cbnet";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        double before = joules(inputs, SECONDS);
        double after = joules(inputs, SECONDS / inputs.number("speedup"));
        predictions.value("E59-02", 100 * (1 - after / before), "the two figures agree with constant power");
    }

    private static double joules(Inputs inputs, double seconds) {
        SplitJob job = SplitJob.of(
                        "device",
                        Duration.ofSeconds(1),
                        List.of(Variant.local("network", seconds)),
                        SplitPolicy.fixed(0),
                        LinkTrace.constant(Bandwidth.ZERO),
                        RadioPower.none())
                .powered(Power.watts(inputs.number("idle")), Power.watts(inputs.number("busy")));
        return SplitRuns.metrics(job, Duration.ofMillis(99_900)).value("split.energy.per_frame");
    }
}
