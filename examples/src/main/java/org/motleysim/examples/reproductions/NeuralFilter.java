package org.motleysim.examples.reproductions;

import java.time.Duration;
import java.util.List;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.radio.RadioPower;
import org.motleysim.workloads.split.LinkTrace;
import org.motleysim.workloads.split.SplitJob;
import org.motleysim.workloads.split.SplitPolicy;
import org.motleysim.workloads.split.Variant;

/** Paper 32, Matsubara and Levorato: neural compression and filtering for object detection (ICPR 2020). */
final class NeuralFilter implements Reproduction {
    private static final double PIXELS_OF_THE_NETWORK = 224 * 224;

    @Override
    public String folder() {
        return "32-ghnd";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        List<Double> pixels = inputs.numbers("pixels");
        double scale = pixels.get(0) * pixels.get(1) / PIXELS_OF_THE_NETWORK;
        SplitSides sides = new SplitSides(inputs, BottleFit.cores(inputs), scale);
        List<Double> rates = inputs.numbers("megabits");
        double fastest = rates.get(rates.size() - 1);
        double slowest = rates.get(0);
        List<Double> best = rates.stream().filter(sides::splitIsBest).toList();
        predictions.holds("E32-01", !best.isEmpty(), "at " + best + " Mbit/s of the sweep; backbone alone");
        predictions.holds("E32-02", sides.offloaded(fastest) < Math.min(sides.split(fastest), sides.local()), "");
        predictions.holds(
                "E32-03", sides.local() < Math.min(sides.split(slowest), sides.offloaded(slowest)), "at 10 kbit/s");
        predictions.value("E32-04", sides.headMegaMacs());
        double all = bytes(inputs, 0);
        predictions.value(
                "E32-05", bytes(inputs, inputs.number("exitShare")) / all, "over 200,000 frames, drawn one by one");
    }

    private static double bytes(Inputs inputs, double dropped) {
        Variant filtered = new Variant(
                "filtered",
                List.of(new Variant.Stage("filter", Duration.ofMillis(1), dropped)),
                Bytes.rounded(inputs.number("cutBytes")),
                Duration.ZERO,
                Bytes.of(0),
                Duration.ZERO);
        SplitJob camera = SplitJob.of(
                "camera",
                Duration.ofSeconds(1),
                List.of(filtered),
                SplitPolicy.fixed(0),
                LinkTrace.constant(Bandwidth.megabytesPerSecond(10)),
                RadioPower.none());
        MetricSet metrics = SplitRuns.metrics(camera, Duration.ofSeconds(200_000));
        return metrics.value("bytes.sent");
    }
}
