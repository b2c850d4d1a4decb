package org.motleysim.examples.reproductions;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.radio.RadioPower;
import org.motleysim.hardware.radio.RayleighFading;
import org.motleysim.workloads.split.LinkTrace;
import org.motleysim.workloads.split.SplitJob;
import org.motleysim.workloads.split.SplitPolicy;
import org.motleysim.workloads.split.Variant;

/** Paper 66, Assine et al.: slimmable encoders for split networks (2023): widths that change with the link, without a model to load. */
final class SlimmableEncoders implements Reproduction {
    @Override
    public String folder() {
        return "66-slimmable";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        JsonNode fading = inputs.fact("fading");
        boolean fixedNeverBetter = true;
        boolean loadedNeverBetter = true;
        var told = new ArrayList<String>();
        for (JsonNode seed : fading.path("seeds")) {
            LinkTrace link = LinkTrace.fading(
                    new RayleighFading(
                            fading.path("hertz").doubleValue(),
                            fading.path("meanSnr").doubleValue()),
                    millis(1000 * fading.path("coherenceSeconds").doubleValue()),
                    1000,
                    seed.longValue());
            double slimmable = meanSeconds(inputs, link, SplitPolicy.fastest(), 0);
            double loaded = meanSeconds(inputs, link, SplitPolicy.fastest(), inputs.number("loadMilliseconds"));
            double fixed = Double.POSITIVE_INFINITY;
            for (int width = 0; width < inputs.items("widths").size(); width++) {
                fixed = Math.min(fixed, meanSeconds(inputs, link, SplitPolicy.fixed(width), 0));
            }
            fixedNeverBetter &= slimmable <= fixed;
            loadedNeverBetter &= slimmable <= loaded;
            told.add(String.format(Locale.ROOT, "%.0f, %.0f and %.0f ms", 1e3 * slimmable, 1e3 * fixed, 1e3 * loaded));
        }
        predictions.holds(
                "E66-01",
                fixedNeverBetter,
                "mean time of a frame: slimmable, best fixed, loaded: " + String.join("; ", told));
        predictions.holds("E66-02", loadedNeverBetter, "");
    }

    private static double meanSeconds(Inputs inputs, LinkTrace link, SplitPolicy policy, double loadMillis) {
        List<Variant> widths = inputs.items("widths").stream()
                .map(width -> Variant.split(
                                width.path("name").asText(),
                                1e-3 * width.path("headMilliseconds").doubleValue(),
                                Bytes.of(width.path("bytes").longValue()),
                                1e-3 * inputs.number("serverMilliseconds"))
                        .loading(millis(loadMillis)))
                .toList();
        SplitJob camera = SplitJob.of(
                "camera", millis(inputs.number("deadlineMilliseconds")), widths, policy, link, RadioPower.none());
        return SplitRuns.metrics(camera, Duration.ofMinutes(10)).value("latency.mean");
    }

    private static Duration millis(double millis) {
        return Duration.ofNanos(Math.round(millis * 1e6));
    }
}
