package org.motleysim.workloads.scenario;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import org.motleysim.core.random.Constant;
import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.Empirical;
import org.motleysim.core.random.Gamma;
import org.motleysim.core.random.LogNormal;
import org.motleysim.core.random.Normal;
import org.motleysim.core.random.Pareto;
import org.motleysim.core.random.Truncated;
import org.motleysim.core.random.Uniform;
import org.motleysim.core.random.Weibull;

/** Distributions of one number. */
final class DistributionCodec {

    private static final Codec<Double> ANY = ScalarCodec.number(NumberRange.any());
    private static final Codec<Double> POSITIVE = ScalarCodec.number(NumberRange.positive());
    private static final Codec<List<Double>> NUMBERS = new ListCodec<>(ANY, 1);
    private static final Codec<Double> NOT_NEGATIVE = ScalarCodec.number(NumberRange.notNegative());

    /** A log-normal by the two numbers people know, median and 99th percentile. */
    static final RecordCodec<LogNormal> BY_MEDIAN_AND_P99 = RecordCodec.of("a log-normal distribution", fields -> {
        var median =
                fields.required("median", POSITIVE, law -> MedianAndP99.of(law).median(), "The median");
        var p99 = fields.required(
                "p99", POSITIVE, law -> MedianAndP99.of(law).p99(), "The 99th percentile, at least the median");
        return given -> LogNormal.ofMedianAndP99(given.get(median), given.get(p99));
    });

    private static final RecordCodec<LogNormal> BY_MU_AND_SIGMA =
            RecordCodec.of("a log-normal distribution", fields -> {
                var mu = fields.required("mu", ANY, LogNormal::mu, "Mean of the logarithm");
                var sigma = fields.required("sigma", NOT_NEGATIVE, LogNormal::sigma, "Deviation of the logarithm");
                return given -> new LogNormal(given.get(mu), given.get(sigma));
            });

    static final Codec<Distribution> DISTRIBUTION = ChoiceCodec.<Distribution>of("a distribution")
            .kind("constant", Constant.class, RecordCodec.of("a constant", fields -> {
                var value = fields.required("value", ANY, Constant::value, "The value");
                return given -> new Constant(given.get(value));
            }))
            .kind("uniform", Uniform.class, RecordCodec.of("a uniform distribution", fields -> {
                var low = fields.required("low", ANY, Uniform::low, "The least value");
                var high = fields.required("high", ANY, Uniform::high, "The greatest value");
                return given -> new Uniform(given.get(low), given.get(high));
            }))
            .kind(
                    "exponential",
                    Weibull.class,
                    law -> law.shape() == 1,
                    RecordCodec.of("an exponential distribution", fields -> {
                        var mean = fields.required("mean", POSITIVE, Weibull::scale, "The mean");
                        return given -> new Weibull(1, given.get(mean));
                    }))
            .kind("normal", Normal.class, RecordCodec.of("a normal distribution", fields -> {
                var mean = fields.required("mean", ANY, Normal::mean, "The mean");
                var deviation = fields.required("deviation", NOT_NEGATIVE, Normal::deviation, "The standard deviation");
                return given -> new Normal(given.get(mean), given.get(deviation));
            }))
            .kind("log-normal", LogNormal.class, MedianAndP99::isExact, BY_MEDIAN_AND_P99)
            .kind("log-normal-mu-sigma", LogNormal.class, BY_MU_AND_SIGMA)
            .kind("gamma", Gamma.class, RecordCodec.of("a gamma distribution", fields -> {
                var shape = fields.required("shape", POSITIVE, Gamma::shape, "The shape");
                var scale =
                        fields.required("scale", POSITIVE, Gamma::scale, "The scale; the mean is shape times scale");
                return given -> new Gamma(given.get(shape), given.get(scale));
            }))
            .kind("weibull", Weibull.class, RecordCodec.of("a Weibull distribution", fields -> {
                var shape = fields.required("shape", POSITIVE, Weibull::shape, "The shape");
                var scale = fields.required("scale", POSITIVE, Weibull::scale, "The scale");
                return given -> new Weibull(given.get(shape), given.get(scale));
            }))
            .kind("pareto", Pareto.class, RecordCodec.of("a Pareto distribution", fields -> {
                var shape = fields.required(
                        "shape", POSITIVE, Pareto::shape, "The shape; the smaller, the heavier the tail");
                var scale = fields.required("scale", POSITIVE, Pareto::scale, "The least value");
                return given -> new Pareto(given.get(shape), given.get(scale));
            }))
            .kind(
                    "empirical",
                    Empirical.class,
                    law -> !law.isInterpolated(),
                    RecordCodec.of("measured values", fields -> {
                        var values = fields.required(
                                "values", NUMBERS, law -> list(law.values()), "The values that occur, and no others");
                        var weights = fields.required(
                                "weights", NUMBERS, law -> list(law.weights()), "How often each occurs, in proportion");
                        return given ->
                                (Empirical) Distribution.empirical(array(given.get(values)), array(given.get(weights)));
                    }))
            .kind("empirical-cdf", Empirical.class, RecordCodec.of("a measured distribution function", fields -> {
                var values = fields.required("values", NUMBERS, law -> list(law.values()), "Values, rising");
                var cumulative = fields.required(
                        "cumulative",
                        NUMBERS,
                        law -> list(law.cumulative()),
                        "The probability that a sample does not exceed each value, the last one 1; straight lines between");
                return given ->
                        (Empirical) Distribution.empiricalCdf(array(given.get(values)), array(given.get(cumulative)));
            }))
            .kind("truncated", Truncated.class, RecordCodec.of("a truncated distribution", fields -> {
                var of = fields.required(
                        "of", Codec.later(DistributionCodec::distribution), Truncated::whole, "What is truncated");
                var low = fields.required("low", ANY, Truncated::low, "The least value that is kept");
                var high = fields.required("high", ANY, Truncated::high, "The greatest value that is kept");
                return given -> new Truncated(given.get(of), given.get(low), given.get(high));
            }))
            .build();

    private DistributionCodec() {}

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static Codec<Distribution> distribution() {
        return DISTRIBUTION;
    }

    /** The parameters of a log-normal as people say them: rounded to twelve digits, which gives back what they typed. */
    record MedianAndP99(double median, double p99) {

        static MedianAndP99 of(LogNormal law) {
            return new MedianAndP99(rounded(law.quantile(0.5)), rounded(law.quantile(0.99)));
        }

        static boolean isExact(LogNormal law) {
            MedianAndP99 said = of(law);
            return said.median > 0
                    && said.p99 >= said.median
                    && said.p99 < Double.POSITIVE_INFINITY
                    && LogNormal.ofMedianAndP99(said.median, said.p99).equals(law);
        }

        private static double rounded(double value) {
            return Double.isFinite(value)
                    ? new BigDecimal(value).round(new MathContext(12)).doubleValue()
                    : value;
        }
    }
}
