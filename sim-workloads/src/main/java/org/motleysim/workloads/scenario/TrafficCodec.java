package org.motleysim.workloads.scenario;

import java.util.Optional;
import org.motleysim.core.quantity.Rate;
import org.motleysim.core.random.LogNormal;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.arrival.DiurnalArrivals;
import org.motleysim.workloads.arrival.FixedArrivals;
import org.motleysim.workloads.arrival.GammaArrivals;
import org.motleysim.workloads.arrival.PoissonArrivals;
import org.motleysim.workloads.arrival.ProfileArrivals;
import org.motleysim.workloads.arrival.StretchedArrivals;
import org.motleysim.workloads.arrival.TraceArrivals;
import org.motleysim.workloads.llm.request.CutLengths;
import org.motleysim.workloads.llm.request.FixedLengths;
import org.motleysim.workloads.llm.request.IndependentLengths;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.llm.request.SampledLengths;
import org.motleysim.workloads.llm.request.TraceLengths;
import org.motleysim.workloads.traces.RequestTrace;

/** When requests arrive and how long they are. */
final class TrafficCodec {

    private static final ScalarCodec<Double> RATE = ScalarCodec.RATE.as(Rate::perSecond, Rate::perSecond);
    private static final Codec<Double> POSITIVE = ScalarCodec.number(NumberRange.positive());

    static final Codec<Arrivals> ARRIVALS = ChoiceCodec.<Arrivals>of("arrivals")
            .kind("poisson", PoissonArrivals.class, RecordCodec.of("Poisson arrivals", fields -> {
                var rate = fields.required("rate", RATE, PoissonArrivals::perSecond, "Mean rate");
                return given -> new PoissonArrivals(given.get(rate));
            }))
            .kind("gamma", GammaArrivals.class, RecordCodec.of("gamma arrivals", fields -> {
                var rate = fields.required("rate", RATE, GammaArrivals::perSecond, "Mean rate");
                var variation = fields.required(
                        "coefficientOfVariation",
                        POSITIVE,
                        GammaArrivals::coefficientOfVariation,
                        "Deviation of the gaps divided by their mean; bursty above 1");
                return given -> new GammaArrivals(given.get(rate), given.get(variation));
            }))
            .kind("fixed", FixedArrivals.class, RecordCodec.of("arrivals at equal gaps", fields -> {
                var rate = fields.required("rate", RATE, FixedArrivals::perSecond, "Rate");
                return given -> new FixedArrivals(given.get(rate));
            }))
            .kind("diurnal", DiurnalArrivals.class, RecordCodec.of("arrivals over the day", fields -> {
                var rate = fields.required("rate", RATE, DiurnalArrivals::perSecond, "Mean rate over a day");
                var peak = fields.required(
                        "peakToMean",
                        ScalarCodec.number(NumberRange.positive()),
                        DiurnalArrivals::peakToMean,
                        "Rate at the peak divided by the mean, from 1 to 2");
                var at = fields.required(
                        "peakAt",
                        ScalarCodec.DURATION,
                        DiurnalArrivals::peakAt,
                        "Time of the day of the peak; a run begins at 0");
                return given -> new DiurnalArrivals(given.get(rate), given.get(peak), given.get(at));
            }))
            .kind("profile", ProfileArrivals.class, RecordCodec.of("arrivals with a profile", fields -> {
                var rates = fields.required(
                        "rates",
                        new ListCodec<>(RATE, 1),
                        ProfileArrivals::perSecond,
                        "Rates, one after the other, again and again");
                var step = fields.required(
                        "step", ScalarCodec.DURATION, ProfileArrivals::step, "How long each rate lasts");
                return given -> new ProfileArrivals(given.get(rates), given.get(step));
            }))
            .kind("trace", Arrivals.class, Replay::isOne, Replay.CODEC)
            .kind("stretched", StretchedArrivals.class, RecordCodec.of("stretched arrivals", fields -> {
                var arrivals = fields.required(
                        "arrivals",
                        Codec.later(TrafficCodec::arrivals),
                        StretchedArrivals::arrivals,
                        "The unstretched");
                var factor = fields.required(
                        "factor",
                        POSITIVE,
                        StretchedArrivals::factor,
                        "What all gaps are multiplied by; 0.5 doubles the rate");
                return given -> new StretchedArrivals(given.get(arrivals), given.get(factor));
            }))
            .build();

    private static final RecordCodec<IndependentLengths> LOG_NORMAL = RecordCodec.of("log-normal lengths", fields -> {
        var prompt = fields.required(
                "prompt",
                DistributionCodec.BY_MEDIAN_AND_P99,
                lengths -> (LogNormal) lengths.prompt(),
                "Tokens of the prompt");
        var output = fields.required(
                "output",
                DistributionCodec.BY_MEDIAN_AND_P99,
                lengths -> (LogNormal) lengths.output(),
                "Tokens of the output");
        return given -> new IndependentLengths(given.get(prompt), given.get(output));
    });

    static final Codec<RequestLengths> LENGTHS = lengthsCodec();

    private TrafficCodec() {}

    private static Codec<RequestLengths> lengthsCodec() {
        var lengths = ChoiceCodec.<RequestLengths>of("lengths");
        RequestLengths.builtInNames().forEach(name -> lengths.value(name, RequestLengths.builtIn(name)));
        return lengths.kind("fixed", FixedLengths.class, RecordCodec.of("fixed lengths", fields -> {
                    var prompt = fields.required(
                            "prompt", ScalarCodec.integer(1), FixedLengths::promptTokens, "Tokens of each prompt");
                    var output = fields.required(
                            "output", ScalarCodec.integer(1), FixedLengths::outputTokens, "Tokens of each output");
                    return given -> new FixedLengths(given.get(prompt), given.get(output));
                }))
                .kind("log-normal", IndependentLengths.class, TrafficCodec::isLogNormal, LOG_NORMAL)
                .kind("independent", IndependentLengths.class, RecordCodec.of("independent lengths", fields -> {
                    var prompt = fields.required(
                            "prompt",
                            DistributionCodec.DISTRIBUTION,
                            IndependentLengths::prompt,
                            "Tokens of the prompt");
                    var output = fields.required(
                            "output",
                            DistributionCodec.DISTRIBUTION,
                            IndependentLengths::output,
                            "Tokens of the output");
                    return given -> new IndependentLengths(given.get(prompt), given.get(output));
                }))
                .kind("trace", TraceLengths.class, RecordCodec.of("lengths of a trace", fields -> {
                    var file = fields.required(
                            "file", new TraceFileCodec(), TraceLengths::trace, "Trace, used in its order");
                    return given -> new TraceLengths(given.get(file));
                }))
                .kind("empirical", SampledLengths.class, RecordCodec.of("lengths drawn from a trace", fields -> {
                    var file = fields.required(
                            "file",
                            new TraceFileCodec(),
                            SampledLengths::trace,
                            "Trace whose requests are drawn at random");
                    return given -> new SampledLengths(given.get(file));
                }))
                .kind("within", CutLengths.class, RecordCodec.of("lengths within a limit", fields -> {
                    var uncut = fields.required(
                            "lengths",
                            Codec.later(TrafficCodec::lengths),
                            CutLengths::lengths,
                            "The lengths to be cut");
                    var limit = fields.required(
                            "contextLimit",
                            ScalarCodec.integer(2),
                            CutLengths::contextLimit,
                            "Most tokens of prompt and output together");
                    return given -> new CutLengths(given.get(uncut), given.get(limit));
                }))
                .build();
    }

    private static Codec<Arrivals> arrivals() {
        return ARRIVALS;
    }

    private static Codec<RequestLengths> lengths() {
        return LENGTHS;
    }

    private static boolean isLogNormal(IndependentLengths lengths) {
        return lengths.prompt() instanceof LogNormal prompt
                && lengths.output() instanceof LogNormal output
                && DistributionCodec.MedianAndP99.isExact(prompt)
                && DistributionCodec.MedianAndP99.isExact(output);
    }

    /** The trace that arrivals replay, at whatever rate. */
    static Optional<RequestTrace> replayed(Arrivals arrivals) {
        return Replay.of(arrivals).map(Replay::trace);
    }

    /**
     * The arrivals of a trace, at its own rate or another.
     *
     * @param rateScale 2 for twice the rate
     */
    private record Replay(RequestTrace trace, double rateScale) {

        private static final RecordCodec<Arrivals> CODEC = RecordCodec.of("arrivals of a trace", fields -> {
            var file = fields.required(
                    "file",
                    new TraceFileCodec(),
                    arrivals -> of(arrivals).orElseThrow().trace(),
                    "Trace of requests: Azure, Vidur, Mooncake, or CSV with arrival_s,prompt_tokens,output_tokens");
            var scale = fields.optional(
                    "rateScale",
                    POSITIVE,
                    1.0,
                    arrivals -> of(arrivals).orElseThrow().rateScale(),
                    "What the rate is multiplied by; 2 halves all gaps");
            return given -> {
                Arrivals arrivals = new TraceArrivals(given.get(file));
                double rateScale = given.find(scale).orElse(1.0);
                return rateScale == 1 ? arrivals : arrivals.stretched(1 / rateScale);
            };
        });

        static boolean isOne(Arrivals arrivals) {
            return of(arrivals).isPresent();
        }

        static Optional<Replay> of(Arrivals arrivals) {
            if (arrivals instanceof TraceArrivals replay) {
                return Optional.of(new Replay(replay.trace(), 1));
            }
            if (arrivals instanceof StretchedArrivals stretched
                    && stretched.arrivals() instanceof TraceArrivals replay) {
                double factor = stretched.factor();
                double scale = 1 / factor;
                // The reciprocal of the reciprocal is a neighbour at times.
                for (double near : new double[] {scale, Math.nextUp(scale), Math.nextDown(scale)}) {
                    if (1 / near == factor && near != 1) {
                        return Optional.of(new Replay(replay.trace(), near));
                    }
                }
            }
            return Optional.empty();
        }
    }
}
