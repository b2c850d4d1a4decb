package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.Weibull;
import org.motleysim.hardware.fault.Faults;
import org.motleysim.hardware.fault.Outage;
import org.motleysim.hardware.fault.Outages;
import org.motleysim.hardware.fault.RecordedOutages;
import org.motleysim.hardware.fault.RenewalOutages;
import org.motleysim.hardware.fault.SlowPhases;
import org.motleysim.hardware.fault.SoftErrors;
import org.motleysim.hardware.fault.Straggling;

/** What goes wrong with devices. */
final class FaultsCodec {
    private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000);
    private static final Codec<Double> NOT_NEGATIVE = ScalarCodec.number(NumberRange.notNegative());
    private static final Codec<Double> SHARE = ScalarCodec.number(NumberRange.closedShare());
    private static final Codec<Double> AT_LEAST_ONE = ScalarCodec.number(NumberRange.atLeast(1));

    private static final Codec<Outage> OUTAGE = RecordCodec.of("an outage", fields -> {
        var device = fields.required(
                "device", ScalarCodec.integer(0), Outage::device, "Number of the device in its group, from 0");
        var down = fields.required(
                "downSeconds", NOT_NEGATIVE, Outage::downSeconds, "When it failed, since the start of the run");
        var up = fields.required("upSeconds", NOT_NEGATIVE, Outage::upSeconds, "When it worked again");
        return given -> new Outage(given.get(device), given.get(down), given.get(up));
    });

    /** When devices are out of order. */
    static final Codec<Outages> OUTAGES = ChoiceCodec.<Outages>of("outages")
            .kind(
                    "exponential",
                    RenewalOutages.class,
                    law -> mean(law.uptime()).isPresent()
                            && mean(law.downtime()).isPresent(),
                    RecordCodec.of("outages at a constant rate", fields -> {
                        var mtbf = fields.required(
                                "mtbf",
                                DURATION,
                                law -> mean(law.uptime()).orElseThrow(),
                                "Mean time from a repair to the next failure");
                        var mttr = fields.required(
                                "mttr", DURATION, law -> mean(law.downtime()).orElseThrow(), "Mean time of a repair");
                        var crews = crews(fields);
                        return given -> new RenewalOutages(
                                exponential("mtbf", given.get(mtbf)),
                                exponential("mttr", given.get(mttr)),
                                given.find(crews).orElse(RenewalOutages.UNLIMITED));
                    }))
            .kind("renewal", RenewalOutages.class, RecordCodec.of("outages that are drawn", fields -> {
                var uptime = fields.required(
                        "uptimeSeconds",
                        DistributionCodec.DISTRIBUTION,
                        RenewalOutages::uptime,
                        "Seconds from a repair to the next failure");
                var downtime = fields.required(
                        "downtimeSeconds",
                        DistributionCodec.DISTRIBUTION,
                        RenewalOutages::downtime,
                        "Seconds of a repair");
                var crews = crews(fields);
                return given -> new RenewalOutages(
                        given.get(uptime),
                        given.get(downtime),
                        given.find(crews).orElse(RenewalOutages.UNLIMITED));
            }))
            .kind("recorded", RecordedOutages.class, RecordCodec.of("recorded outages", fields -> {
                var file = fields.optional(
                        "file",
                        new FileContentsCodec<RecordedOutages>("outages", RecordedOutages::read, RecordedOutages::file),
                        law -> law.file().map(path -> law),
                        "Path of a CSV file with the header " + RecordedOutages.HEADER);
                var outages = fields.optional(
                        "outages",
                        new ListCodec<>(OUTAGE, 0),
                        law -> law.file().isPresent() ? Optional.empty() : Optional.of(law.outages()),
                        "The outages, instead of a file");
                return given -> oneOf("recorded outages", given.find(file), "file", given.find(outages), "outages")
                        ? given.get(file)
                        : (RecordedOutages) Outages.recorded(given.get(outages));
            }))
            .build();

    private static final Codec<Straggling> STRAGGLERS = RecordCodec.of("stragglers", fields -> {
        var share = fields.required("share", SHARE, Straggling::share, "Share of the devices that are slow for good");
        var slowdown = fields.required(
                "slowdown",
                DistributionCodec.DISTRIBUTION,
                Straggling::slowdown,
                "How many times as long a slow device takes, at least 1");
        return given -> new Straggling(given.get(share), given.get(slowdown));
    });

    private static final Codec<SlowPhases> SLOW_PHASES = RecordCodec.of("slow phases", fields -> {
        var phases = fields.required(
                "phases", OUTAGES, SlowPhases::phases, "When a device is slow: what is down there is slow here");
        var slowdown = fields.required(
                "slowdown", AT_LEAST_ONE, SlowPhases::slowdown, "How many times as long what begins then takes");
        return given -> new SlowPhases(given.get(phases), given.get(slowdown));
    });

    private static final Codec<SoftErrors> SOFT_ERRORS = RecordCodec.of("soft errors", fields -> {
        var fit = fields.required(
                "fitPerMegabit", NOT_NEGATIVE, SoftErrors::fitPerMegabit, "Upsets per megabit in 1e9 hours");
        var megabits = fields.required("megabits", NOT_NEGATIVE, SoftErrors::megabits, "Bits exposed, in 1e6");
        var masked = fields.optional(
                "maskedShare",
                SHARE,
                0.0,
                SoftErrors::maskedShare,
                "Share of upsets that change nothing; 0 by default");
        var guarded = fields.optional(
                "protectedShare",
                SHARE,
                0.0,
                SoftErrors::protectedShare,
                "Share of the bits whose upsets are detected; 0 by default");
        var time = fields.optional(
                "timeOverhead",
                NOT_NEGATIVE,
                0.0,
                SoftErrors::timeOverhead,
                "More time for the protection, as a share");
        var energy = fields.optional(
                "energyOverhead",
                NOT_NEGATIVE,
                0.0,
                SoftErrors::energyOverhead,
                "More dynamic energy for the protection, as a share");
        return given -> new SoftErrors(
                given.get(fit),
                given.get(megabits),
                given.find(masked).orElse(0.0),
                given.find(guarded).orElse(0.0),
                given.find(time).orElse(0.0),
                given.find(energy).orElse(0.0));
    });

    static final Codec<Faults> FAULTS = RecordCodec.of("faults", fields -> {
        var outages = fields.optional("outages", OUTAGES, Faults::outages, "Failure and repair");
        var stragglers =
                fields.optional("stragglers", STRAGGLERS, Faults::stragglers, "Devices that are slow for good");
        var slow = fields.optional("slowPhases", SLOW_PHASES, Faults::slowPhases, "Devices that are slow now and then");
        var soft = fields.optional("softErrors", SOFT_ERRORS, Faults::softErrors, "Bits that flip");
        return given -> new Faults(given.find(outages), given.find(stragglers), given.find(slow), given.find(soft));
    });

    private FaultsCodec() {}

    /** Whether the first of two ways to say the same was taken; neither or both is an error. */
    static boolean oneOf(String noun, Optional<?> first, String firstName, Optional<?> second, String secondName) {
        if (first.isPresent() == second.isPresent()) {
            throw new IllegalArgumentException(noun + " must have either \"" + firstName + "\" or \"" + secondName
                    + "\", and " + (first.isPresent() ? "there are both" : "there is neither"));
        }
        return first.isPresent();
    }

    private static RecordCodec.Field<RenewalOutages, Integer> crews(RecordCodec.Fields<RenewalOutages> fields) {
        return fields.optional(
                "crews",
                ScalarCodec.integer(1),
                RenewalOutages.UNLIMITED,
                RenewalOutages::crews,
                "Repairs of the group that can go on at once; one for each device by default");
    }

    private static Distribution exponential(String name, Duration mean) {
        if (mean.isZero()) {
            throw new IllegalArgumentException(name + " (" + mean + ") must be above zero");
        }
        return Distribution.exponential(seconds(mean));
    }

    private static double seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos()).divide(NANOS_PER_SECOND).doubleValue();
    }

    /** The mean of an exponential law, if it is one and its mean can be said as a duration. */
    private static Optional<Duration> mean(Distribution law) {
        if (law instanceof Weibull weibull && weibull.shape() == 1 && weibull.scale() < 9e9) {
            Duration mean = Duration.ofNanos(Math.round(weibull.scale() * 1e9));
            return Optional.of(mean).filter(own -> !own.isZero() && seconds(own) == weibull.scale());
        }
        return Optional.empty();
    }
}
