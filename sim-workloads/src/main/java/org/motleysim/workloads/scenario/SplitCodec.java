package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.BANDWIDTH;
import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;
import static org.motleysim.workloads.scenario.ScalarCodec.POWER;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.radio.RayleighFading;
import org.motleysim.workloads.split.LinkTrace;
import org.motleysim.workloads.split.SplitJob;
import org.motleysim.workloads.split.SplitPolicy;

/** Inference split between devices and a server. */
final class SplitCodec {
    private static final Codec<Double> POSITIVE = ScalarCodec.number(NumberRange.positive());

    private static final Codec<LinkTrace.Step> STEP = RecordCodec.of("a step of a link", fields -> {
        var from = fields.required("from", DURATION, LinkTrace.Step::from, "Since the start; the first is \"0 s\"");
        var bandwidth = fields.required("bandwidth", BANDWIDTH, LinkTrace.Step::bandwidth, "Until the next step");
        return given -> new LinkTrace.Step(given.get(from), given.get(bandwidth));
    });

    private static final Codec<LinkTrace> LINK = ChoiceCodec.<LinkTrace>of("a link over time")
            .kind(
                    "constant",
                    LinkTrace.class,
                    link -> link.equals(LinkTrace.constant(link.steps().get(0).bandwidth())),
                    RecordCodec.of("a link that does not change", fields -> {
                        var bandwidth = fields.required(
                                "bandwidth",
                                BANDWIDTH,
                                link -> link.steps().get(0).bandwidth(),
                                "Its bandwidth");
                        return given -> LinkTrace.constant(given.get(bandwidth));
                    }))
            .kind("steps", LinkTrace.class, RecordCodec.of("steps of a link", fields -> {
                var steps = fields.required("steps", new ListCodec<>(STEP, 1), LinkTrace::steps, "In order");
                var length = fields.required("length", DURATION, LinkTrace::length, "After which it begins again");
                return given -> new LinkTrace(given.get(steps), given.get(length));
            }))
            .kind(
                    "trace",
                    LinkTrace.class,
                    never -> false, // written as its steps
                    RecordCodec.of("a recorded link", fields -> {
                        var file = fields.required(
                                "file",
                                new CsvFileCodec<>(LinkTrace::read),
                                link -> link,
                                "Path of a CSV file with the columns seconds and mbps");
                        return given -> given.get(file);
                    }))
            .kind(
                    "fading",
                    LinkTrace.class,
                    never -> false, // written as its steps
                    RecordCodec.of("a link that fades", fields -> {
                        var hertz = fields.required("hertz", POSITIVE, link -> 1.0, "Width of the channel");
                        var snr = fields.required(
                                "meanSnr", POSITIVE, link -> 1.0, "Mean ratio of signal to noise, not in decibels");
                        var coherence = fields.required(
                                "coherence", DURATION, LinkTrace::length, "Time for which a rate holds");
                        var count = fields.optional(
                                "count",
                                ScalarCodec.integer(1),
                                link -> Optional.empty(),
                                "Rates that are drawn before they repeat; 1000 by default");
                        var seed = fields.optional(
                                "seed",
                                ScalarCodec.integer(Long.MIN_VALUE, Long.MAX_VALUE),
                                link -> Optional.empty(),
                                "Of what is drawn; 1 by default");
                        return given -> LinkTrace.fading(
                                new RayleighFading(given.get(hertz), given.get(snr)),
                                given.get(coherence),
                                given.find(count).orElse(1000),
                                given.find(seed).orElse(1L));
                    }))
            .build();

    private static final Codec<SplitPolicy> POLICY = ChoiceCodec.<SplitPolicy>of("a split policy")
            .value("fastest", SplitPolicy.fastest())
            .value("frugal", SplitPolicy.frugal())
            .kind("fixed", SplitPolicy.Fixed.class, RecordCodec.of("a fixed variant", fields -> {
                var variant = fields.required(
                        "variant",
                        ScalarCodec.integer(0),
                        SplitPolicy.Fixed::variant,
                        "Its number among the variants, from 0");
                return given -> new SplitPolicy.Fixed(given.get(variant));
            }))
            .build();

    private static final Codec<SplitJob.Busy> BUSY =
            ScalarCodec.named("what becomes of a frame", List.of(SplitJob.Busy.values()), value -> value.name()
                    .toLowerCase(Locale.ROOT));

    static final RecordCodec<SplitJob> JOB = RecordCodec.of("a split inference workload", fields -> {
        var name = fields.required("name", ScalarCodec.text(), SplitJob::name, "Its name");
        var devices =
                fields.optional("devices", ScalarCodec.integer(1), 1, SplitJob::devices, "How many; 1 by default");
        var period = fields.required("period", DURATION, SplitJob::period, "Between frames of a device");
        var deadline = fields.optional(
                "deadline", DURATION, SplitJob::deadline, "From the frame to the end of the action; none by default");
        var sensing = fields.optional(
                "sensing", DURATION, Duration.ZERO, SplitJob::sensing, "Time before the device computes");
        var acting =
                fields.optional("acting", DURATION, Duration.ZERO, SplitJob::acting, "Time after the result is there");
        var busy = fields.optional(
                "busy", BUSY, SplitJob.Busy.DROP, SplitJob::busy, "Of a frame for a busy device; drop by default");
        var variants = fields.required(
                "variants", new ListCodec<>(VariantCodec.VARIANT, 1), SplitJob::variants, "Ways to answer a frame");
        var policy = fields.optional(
                "policy",
                POLICY,
                SplitPolicy.fastest(),
                SplitJob::policy,
                "Which variant answers a frame; the fastest by default");
        var link = fields.required("link", LINK, SplitJob::link, "Between a device and the server");
        var latency = fields.optional("latency", DURATION, Duration.ZERO, SplitJob::latency, "Of the link, one way");
        var cores = fields.optional(
                "serverCores",
                ScalarCodec.integer(1),
                1,
                SplitJob::serverCores,
                "Frames that the server works on at full speed at a time; 1 by default");
        var idle = fields.optional("idle", POWER, Power.ZERO, SplitJob::idle, "Power of a device");
        var computing = fields.optional(
                "computing", POWER, job -> Optional.of(job.computing()), "Power of a device while it computes");
        var radio = fields.required("radio", RadioPowerCodec.RADIO_POWER, SplitJob::radio, "What its radio draws");
        var battery = fields.optional(
                "battery", ScalarCodec.ENERGY, SplitJob::battery, "For the days it would last; none by default");
        var carbon = fields.optional(
                "carbon", CarbonCodec.CARBON, SplitJob::carbon, "What a kilowatt-hour emits; not counted by default");
        return given -> {
            Power resting = given.find(idle).orElse(Power.ZERO);
            return new SplitJob(
                    given.get(name),
                    given.find(devices).orElse(1),
                    given.get(period),
                    given.find(deadline),
                    given.find(sensing).orElse(Duration.ZERO),
                    given.find(acting).orElse(Duration.ZERO),
                    given.find(busy).orElse(SplitJob.Busy.DROP),
                    given.get(variants),
                    given.find(policy).orElse(SplitPolicy.fastest()),
                    given.get(link),
                    given.find(latency).orElse(Duration.ZERO),
                    given.find(cores).orElse(1),
                    resting,
                    given.find(computing).orElse(resting),
                    given.get(radio),
                    given.find(battery),
                    given.find(carbon));
        };
    });

    private SplitCodec() {}
}
