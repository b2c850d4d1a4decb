package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.BANDWIDTH;
import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.motleysim.workloads.federated.Aggregation;
import org.motleysim.workloads.federated.learning.StalenessWeight;

/** When federated updates become a version of the model. */
final class AggregationCodec {
    private static final Codec<Integer> COUNT = ScalarCodec.integer(1);
    private static final Codec<Double> POSITIVE = ScalarCodec.number(NumberRange.positive());
    private static final Codec<Double> NOT_NEGATIVE = ScalarCodec.number(NumberRange.notNegative());

    private static final Codec<StalenessWeight> WEIGHT = ChoiceCodec.<StalenessWeight>of("a weight of stale updates")
            .value("constant", StalenessWeight.constant())
            .kind("polynomial", StalenessWeight.Polynomial.class, RecordCodec.of("a polynomial weight", fields -> {
                var a = fields.required(
                        "a", NOT_NEGATIVE, StalenessWeight.Polynomial::a, "Weight is (1 + staleness)^-a");
                return given -> new StalenessWeight.Polynomial(given.get(a));
            }))
            .kind("hinge", StalenessWeight.Hinge.class, RecordCodec.of("a hinge weight", fields -> {
                var a = fields.required(
                        "a", NOT_NEGATIVE, StalenessWeight.Hinge::a, "Weight is 1 / (a (staleness - b) + 1) above b");
                var b = fields.required("b", NOT_NEGATIVE, StalenessWeight.Hinge::b, "Up to which it is 1");
                return given -> new StalenessWeight.Hinge(given.get(a), given.get(b));
            }))
            .build();

    private static final StalenessWeight USUAL = StalenessWeight.polynomial(0.5);

    static final Codec<Aggregation> AGGREGATION = ChoiceCodec.<Aggregation>of("an aggregation")
            .kind("synchronous", Aggregation.Synchronous.class, RecordCodec.of("synchronous rounds", fields -> {
                var participants = fields.required(
                        "participants", COUNT, Aggregation.Synchronous::participants, "Updates that end a round");
                var invited = fields.optional(
                        "invited",
                        COUNT,
                        rule -> Optional.of(rule.invited()).filter(count -> count != rule.participants()),
                        "Clients that are asked for that; as many by default");
                var deadline = fields.optional(
                        "deadline", DURATION, Aggregation.Synchronous::deadline, "Of a round; none by default");
                var quorum = fields.optional(
                        "quorum",
                        COUNT,
                        1,
                        Aggregation.Synchronous::quorum,
                        "Updates that a round must have; 1 by default");
                return given -> new Aggregation.Synchronous(
                        given.get(participants),
                        given.find(invited).orElse(given.get(participants)),
                        given.find(deadline),
                        given.find(quorum).orElse(1));
            }))
            .kind("asynchronous", Aggregation.Asynchronous.class, RecordCodec.of("asynchronous updates", fields -> {
                var concurrency = fields.required(
                        "concurrency", COUNT, Aggregation.Asynchronous::concurrency, "Clients that work at once");
                var mixing = fields.required(
                        "mixing",
                        ScalarCodec.number(NumberRange.share()),
                        Aggregation.Asynchronous::mixing,
                        "What a fresh update counts against the model");
                var weight = weight(fields, Aggregation.Asynchronous::weight);
                return given -> new Aggregation.Asynchronous(
                        given.get(concurrency),
                        given.get(mixing),
                        given.find(weight).orElse(USUAL));
            }))
            .kind("buffered", Aggregation.Buffered.class, RecordCodec.of("buffered asynchronous updates", fields -> {
                var concurrency = fields.required(
                        "concurrency", COUNT, Aggregation.Buffered::concurrency, "Clients that work at once");
                var buffer = fields.required("buffer", COUNT, Aggregation.Buffered::buffer, "Updates of a version");
                var rate = rate(fields, Aggregation.Buffered::serverRate);
                var weight = weight(fields, Aggregation.Buffered::weight);
                var most = fields.optional(
                        "maxStaleness",
                        ScalarCodec.integer(0),
                        rule -> rule.maxStaleness().isPresent()
                                ? Optional.of(rule.maxStaleness().getAsInt())
                                : Optional.empty(),
                        "Above which an update is thrown away; none by default");
                return given -> new Aggregation.Buffered(
                        given.get(concurrency),
                        given.get(buffer),
                        given.find(rate).orElse(1.0),
                        given.find(weight).orElse(USUAL),
                        given.find(most).map(OptionalInt::of).orElse(OptionalInt.empty()));
            }))
            .kind("compass", Aggregation.Compass.class, RecordCodec.of("groups of FedCompass", fields -> {
                var least = fields.required("minSteps", COUNT, Aggregation.Compass::minSteps, "Qmin, local steps");
                var most = fields.required("maxSteps", COUNT, Aggregation.Compass::maxSteps, "Qmax, local steps");
                var lambda = fields.optional(
                        "lambda",
                        ScalarCodec.number(NumberRange.atLeast(1)),
                        1.2,
                        Aggregation.Compass::lambda,
                        "Latest over expected arrival of a group; 1.2 by default");
                var momentum = fields.optional(
                        "speedMomentum",
                        ScalarCodec.number(new NumberRange(0, true, 1, false)),
                        0.9,
                        Aggregation.Compass::speedMomentum,
                        "What of an old estimate of speed stays; 0.9 by default");
                var rate = rate(fields, Aggregation.Compass::serverRate);
                var weight = weight(fields, Aggregation.Compass::weight);
                return given -> new Aggregation.Compass(
                        given.get(least),
                        given.get(most),
                        given.find(lambda).orElse(1.2),
                        given.find(momentum).orElse(0.9),
                        given.find(rate).orElse(1.0),
                        given.find(weight).orElse(USUAL));
            }))
            .kind("tiered", Aggregation.Tiered.class, RecordCodec.of("tiers", fields -> {
                var tiers =
                        fields.required("tiers", COUNT, Aggregation.Tiered::tiers, "How many, by the time of a task");
                var participants = fields.required(
                        "participants", COUNT, Aggregation.Tiered::participants, "Of a round in a tier");
                return given -> new Aggregation.Tiered(given.get(tiers), given.get(participants));
            }))
            .kind("hierarchical", Aggregation.Hierarchical.class, RecordCodec.of("edges and a cloud", fields -> {
                var edges = fields.required("edges", COUNT, Aggregation.Hierarchical::edges, "How many");
                var participants = fields.required(
                        "participants", COUNT, Aggregation.Hierarchical::participants, "Of a round at an edge");
                var rounds = fields.optional(
                        "edgeRounds",
                        COUNT,
                        1,
                        Aggregation.Hierarchical::edgeRounds,
                        "Rounds before an edge sends its model; 1 by default");
                var backhaul = fields.optional(
                        "backhaul", BANDWIDTH, Aggregation.Hierarchical::backhaul, "Between an edge and the cloud");
                var latency = fields.optional(
                        "backhaulLatency",
                        DURATION,
                        Duration.ZERO,
                        Aggregation.Hierarchical::backhaulLatency,
                        "One way; none by default");
                return given -> new Aggregation.Hierarchical(
                        given.get(edges),
                        given.get(participants),
                        given.find(rounds).orElse(1),
                        given.find(backhaul),
                        given.find(latency).orElse(Duration.ZERO));
            }))
            .value("gossip", new Aggregation.Gossip())
            .build();

    private AggregationCodec() {}

    private static <T> RecordCodec.Field<T, StalenessWeight> weight(
            RecordCodec.Fields<T> fields, Function<T, StalenessWeight> getter) {
        return fields.optional("weight", WEIGHT, USUAL, getter, "Of stale updates; (1 + staleness)^-0.5 by default");
    }

    private static <T> RecordCodec.Field<T, Double> rate(RecordCodec.Fields<T> fields, Function<T, Double> getter) {
        return fields.optional(
                "serverRate", POSITIVE, 1.0, getter, "What the mean change is multiplied with; 1 by default");
    }
}
