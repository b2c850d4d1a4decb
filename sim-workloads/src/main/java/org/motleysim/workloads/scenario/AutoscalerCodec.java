package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;

import java.time.Duration;
import org.motleysim.workloads.llm.Autoscaler;

/** What starts and stops replicas. */
final class AutoscalerCodec {
    private static final Duration DELAY = Duration.ofMinutes(5);
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    static final Codec<Autoscaler> AUTOSCALER = RecordCodec.of("an autoscaler", fields -> {
        var least = fields.required(
                "minReplicas", ScalarCodec.integer(1), Autoscaler::minReplicas, "Never fewer; there from the start");
        var most = fields.required("maxReplicas", ScalarCodec.integer(1), Autoscaler::maxReplicas, "Never more");
        var target = fields.required(
                "targetOutstanding",
                ScalarCodec.number(NumberRange.positive()),
                Autoscaler::targetOutstanding,
                "Requests in flight per replica");
        var interval = fields.optional(
                "interval", DURATION, INTERVAL, Autoscaler::interval, "Between decisions; 15 s by default");
        var startUp = fields.required(
                "startUp",
                DURATION,
                Autoscaler::startUp,
                "From the decision until a replica can load its weights or serve");
        var delay = fields.optional(
                "scaleDownDelay",
                DURATION,
                DELAY,
                Autoscaler::scaleDownDelay,
                "For which fewer must have been enough; 5 min by default");
        return given -> new Autoscaler(
                given.get(least),
                given.get(most),
                given.get(target),
                given.find(interval).orElse(INTERVAL),
                given.get(startUp),
                given.find(delay).orElse(DELAY));
    });

    private AutoscalerCodec() {}
}
