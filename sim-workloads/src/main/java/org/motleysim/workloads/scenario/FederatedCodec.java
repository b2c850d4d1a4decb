package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.BANDWIDTH;
import static org.motleysim.workloads.scenario.ScalarCodec.BYTES;
import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;
import static org.motleysim.workloads.scenario.ScalarCodec.POWER;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Flops;
import org.motleysim.core.quantity.Power;
import org.motleysim.workloads.federated.Cells;
import org.motleysim.workloads.federated.ClientSelection;
import org.motleysim.workloads.federated.FederatedJob;
import org.motleysim.workloads.federated.LocalWork;
import org.motleysim.workloads.federated.Payload;
import org.motleysim.workloads.federated.Radio;
import org.motleysim.workloads.federated.SecureAggregation;
import org.motleysim.workloads.federated.Selections;
import org.motleysim.workloads.federated.Server;
import org.motleysim.workloads.federated.Throttling;
import org.motleysim.workloads.federated.learning.Learning;

/** Federated learning. */
final class FederatedCodec {
    private static final Codec<Double> SHARE = ScalarCodec.number(NumberRange.share());
    private static final Codec<Double> NOT_NEGATIVE = ScalarCodec.number(NumberRange.notNegative());
    private static final ScalarCodec<FlopRate> FLOP_RATE = ScalarCodec.quantity(
            "a compute rate",
            "2 TFLOP/s",
            FlopRate.units(),
            FlopRate::parse,
            FlopRate::toString,
            rate -> rate.flopsPerSecond() + " FLOP/s");
    private static final ScalarCodec<Flops> FLOPS = ScalarCodec.quantity(
            "an amount of operations",
            "0.6 GFLOP",
            Flops.units(),
            Flops::parse,
            Flops::toString,
            flops -> flops.value() + " FLOP");

    private static final Codec<LocalWork.Amount> AMOUNT = ChoiceCodec.<LocalWork.Amount>of("an amount of training")
            .kind("epochs", LocalWork.Amount.Epochs.class, RecordCodec.of("epochs", fields -> {
                var epochs = fields.required(
                        "epochs", ScalarCodec.integer(1), LocalWork.Amount.Epochs::epochs, "Times through the samples");
                var batch = fields.required(
                        "batch", ScalarCodec.integer(1), LocalWork.Amount.Epochs::batch, "Samples of a step");
                return given -> new LocalWork.Amount.Epochs(given.get(epochs), given.get(batch));
            }))
            .kind("steps", LocalWork.Amount.Steps.class, RecordCodec.of("steps", fields -> {
                var steps = fields.required(
                        "steps", ScalarCodec.integer(1), LocalWork.Amount.Steps::steps, "Steps, however many samples");
                var batch = fields.required(
                        "batch", ScalarCodec.integer(1), LocalWork.Amount.Steps::batch, "Samples of a step");
                return given -> new LocalWork.Amount.Steps(given.get(steps), given.get(batch));
            }))
            .build();

    private static final Codec<LocalWork> WORK = ChoiceCodec.<LocalWork>of("local work")
            .kind("training", LocalWork.Training.class, RecordCodec.of("training", fields -> {
                var forward = fields.required(
                        "forward", FLOPS, LocalWork.Training::forward, "Operations of the forward pass of one sample");
                var factor = fields.optional(
                        "factor",
                        ScalarCodec.number(NumberRange.atLeast(1)),
                        3.0,
                        LocalWork.Training::factor,
                        "Operations of a step over those of its forward pass; 3 by default");
                var amount = fields.required("amount", AMOUNT, LocalWork.Training::amount, "How much is trained");
                var trained = fields.optional(
                        "trainedShare",
                        ScalarCodec.number(NumberRange.closedShare()),
                        1.0,
                        LocalWork.Training::trainedShare,
                        "Share of the backward pass that is done, less than 1 with frozen layers; 1 by default");
                return given -> new LocalWork.Training(
                        given.get(forward),
                        given.find(factor).orElse(3.0),
                        given.get(amount),
                        given.find(trained).orElse(1.0));
            }))
            .kind("timed", LocalWork.Timed.class, RecordCodec.of("work that takes a time", fields -> {
                var seconds = fields.required(
                        "seconds", DistributionCodec.DISTRIBUTION, LocalWork.Timed::seconds, "Seconds of a task");
                return given -> new LocalWork.Timed(given.get(seconds));
            }))
            .build();

    private static final Codec<Payload.Compression> COMPRESSION = RecordCodec.of("a compression", fields -> {
        var ratio = fields.required(
                "ratio",
                ScalarCodec.number(NumberRange.atLeast(1)),
                Payload.Compression::ratio,
                "Bytes before to bytes after");
        var client = fields.optional(
                "flopsPerByte", NOT_NEGATIVE, 0.0, Payload.Compression::flopsPerByte, "Operations to pack a byte");
        var server = fields.optional(
                "serverFlopsPerByte",
                NOT_NEGATIVE,
                0.0,
                Payload.Compression::serverFlopsPerByte,
                "Operations of the server to unpack it");
        return given -> new Payload.Compression(
                given.get(ratio),
                given.find(client).orElse(0.0),
                given.find(server).orElse(0.0));
    });

    private static final Codec<SecureAggregation> SECURE = RecordCodec.of("secure aggregation", fields -> {
        SecureAggregation usual = SecureAggregation.published();
        var element = fields.optional(
                "elementBits",
                ScalarCodec.integer(1),
                usual.elementBits(),
                SecureAggregation::elementBits,
                "Bits of an element of an update; 16 by default");
        var key = fields.optional(
                "keyBits", ScalarCodec.integer(0), usual.keyBits(), SecureAggregation::keyBits, "Bits of a public key");
        var shared = fields.optional(
                "shareBits",
                ScalarCodec.integer(0),
                usual.shareBits(),
                SecureAggregation::shareBits,
                "Bits of a share of a secret");
        var flops = fields.optional(
                "flopsPerMaskElement",
                NOT_NEGATIVE,
                0.0,
                SecureAggregation::flopsPerMaskElement,
                "Operations to expand an element of a mask; none by default");
        return given -> new SecureAggregation(
                given.find(element).orElse(usual.elementBits()),
                given.find(key).orElse(usual.keyBits()),
                given.find(shared).orElse(usual.shareBits()),
                given.find(flops).orElse(0.0));
    });

    private static final Codec<Payload> PAYLOAD = RecordCodec.of("a payload", fields -> {
        var down = fields.required("down", BYTES, Payload::down, "What a client downloads");
        var up = fields.required("up", BYTES, Payload::up, "What it uploads, before compression");
        var compression = fields.optional("compression", COMPRESSION, Payload::compression, "Of the upload");
        var secure = fields.optional(
                "secureAggregation", SECURE, Payload::secureAggregation, "Hides each update from the server");
        return given -> new Payload(given.get(down), given.get(up), given.find(compression), given.find(secure));
    });

    private static final Codec<Server> SERVER = RecordCodec.of("a server", fields -> {
        var speed = fields.optional(
                "speed", FLOP_RATE, Server::speed, "Compute rate for aggregation; by default it takes no time");
        var update = fields.optional(
                "perUpdate", FLOPS, Flops.ZERO, Server::perUpdate, "Operations to add an update to the model");
        var ingress = fields.optional(
                "ingress", BANDWIDTH, Server::ingress, "What all uploads share; without limit by default");
        var egress = fields.optional(
                "egress", BANDWIDTH, Server::egress, "What all downloads share; without limit by default");
        var latency = fields.optional(
                "latency", DURATION, Duration.ZERO, Server::latency, "One way between a client and the server");
        return given -> new Server(
                given.find(speed),
                given.find(update).orElse(Flops.ZERO),
                given.find(ingress),
                given.find(egress),
                given.find(latency).orElse(Duration.ZERO));
    });

    private static final Codec<Radio> RADIO = RecordCodec.of("a radio", fields -> {
        var technology = fields.required(
                "technology", RadioCodec.TECHNOLOGY, Radio::technology, "Energy of a bit, and the latency");
        var base = fields.optional(
                "base", POWER, Power.ZERO, Radio::base, "Power while something is sent or received; none by default");
        var tail = fields.optional("tail", POWER, Power.ZERO, Radio::tail, "Power after a transfer; none by default");
        var time = fields.optional("tailTime", DURATION, Duration.ZERO, Radio::tailTime, "How long; none by default");
        return given -> new Radio(
                given.get(technology),
                given.find(base).orElse(Power.ZERO),
                given.find(tail).orElse(Power.ZERO),
                given.find(time).orElse(Duration.ZERO));
    });

    private static final Codec<Cells> CELLS = RecordCodec.of("radio cells", fields -> {
        var count = fields.required("count", ScalarCodec.integer(1), Cells::count, "How many; clients take turns");
        var bandwidth = fields.required("bandwidth", BANDWIDTH, Cells::bandwidth, "Of the medium of each");
        var contention = fields.optional(
                "contention",
                RadioCodec.CONTENTION,
                Cells::contention,
                "What active clients get together, instead of the bandwidth");
        return given -> new Cells(given.get(count), given.get(bandwidth), given.find(contention));
    });

    private static final Codec<Throttling.Rung> RUNG = RecordCodec.of("a rung", fields -> {
        var speed = fields.required("speed", SHARE, Throttling.Rung::speed, "Share of the full speed");
        var power = fields.required("power", SHARE, Throttling.Rung::power, "Share of the full power");
        return given -> new Throttling.Rung(given.get(speed), given.get(power));
    });

    private static final Codec<Throttling> THROTTLING = RecordCodec.of("a throttling", fields -> {
        var thermal = fields.required("thermal", PowerCodec.THERMAL, Throttling::thermal, "How clients get hot");
        var rungs = fields.required(
                "rungs", new ListCodec<>(RUNG, 1), Throttling::rungs, "What is left after each step down");
        return given -> new Throttling(given.get(thermal), given.get(rungs));
    });

    private static final Codec<Integer> POOL = ScalarCodec.integer(1);

    private static final Codec<ClientSelection> SELECTION = ChoiceCodec.<ClientSelection>of("a selection of clients")
            .value("random", new Selections.Random())
            .kind("utility", Selections.Utility.class, RecordCodec.of("a selection by utility", fields -> {
                var exploration = share(
                        fields, "exploration", 0.9, Selections.Utility::exploration, "Share of new clients at first");
                var decay = share(
                        fields, "decay", 0.98, Selections.Utility::decay, "By which it shrinks with each version");
                var least = share(
                        fields,
                        "leastExploration",
                        0.2,
                        Selections.Utility::leastExploration,
                        "Below which it does not shrink");
                var preferred = fields.required(
                        "preferred",
                        DURATION.as(
                                time -> org.motleysim.core.engine.SimTime.seconds(time.toNanos()),
                                seconds -> Duration.ofNanos(org.motleysim.core.engine.SimTime.nanos(seconds))),
                        Selections.Utility::preferredSeconds,
                        "Duration of a task above which a client counts less");
                var penalty = fields.optional(
                        "penalty", NOT_NEGATIVE, 2.0, Selections.Utility::penalty, "Exponent of that; 2 by default");
                return given -> new Selections.Utility(
                        given.find(exploration).orElse(0.9),
                        given.find(decay).orElse(0.98),
                        given.find(least).orElse(0.2),
                        given.get(preferred),
                        given.find(penalty).orElse(2.0));
            }))
            .kind(
                    "energy-aware",
                    Selections.EnergyAware.class,
                    pooled(Selections.EnergyAware::pool, Selections.EnergyAware::new))
            .kind(
                    "power-of-choice",
                    Selections.PowerOfChoice.class,
                    pooled(Selections.PowerOfChoice::pool, Selections.PowerOfChoice::new))
            .kind(
                    "least-often",
                    Selections.LeastOften.class,
                    pooled(Selections.LeastOften::pool, Selections.LeastOften::new))
            .kind("fastest", Selections.Fastest.class, pooled(Selections.Fastest::pool, Selections.Fastest::new))
            .plugIns(new PlugIns<>(ClientSelectionProvider.class))
            .build();

    private static final Codec<FederatedJob.Limit> LIMIT = RecordCodec.of("a limit", fields -> {
        var versions = fields.optional(
                "versions",
                ScalarCodec.integer(1, Long.MAX_VALUE),
                limit -> boxed(limit.versions()),
                "Versions of the model, failed rounds counted too");
        var tasks = fields.optional(
                "tasks", ScalarCodec.integer(1, Long.MAX_VALUE), limit -> boxed(limit.tasks()), "Tasks that are done");
        var target = fields.optional(
                "atTarget",
                ScalarCodec.FLAG,
                false,
                FederatedJob.Limit::atTarget,
                "Whether it ends when the learning has reached its target; false by default");
        return given -> new FederatedJob.Limit(
                given.find(versions).map(OptionalLong::of).orElse(OptionalLong.empty()),
                given.find(tasks).map(OptionalLong::of).orElse(OptionalLong.empty()),
                given.find(target).orElse(false));
    });

    static final RecordCodec<FederatedJob> JOB = RecordCodec.of("federated learning", fields -> {
        var name = fields.optional(
                "name", ScalarCodec.text(), "federated", FederatedJob::name, "Its name; \"federated\" by default");
        var clients = fields.required("clients", ClientsCodec.CLIENTS, FederatedJob::clients, "Who the clients are");
        var work = fields.required("work", WORK, FederatedJob::work, "What each computes in a task");
        var payload = fields.required("payload", PAYLOAD, FederatedJob::payload, "What goes over the network");
        var memory = fields.optional(
                "memory",
                BYTES,
                Bytes.ZERO,
                FederatedJob::memory,
                "What a task needs; a client with less is never asked");
        var server = fields.optional(
                "server",
                SERVER,
                Server.unlimited(),
                FederatedJob::server,
                "What aggregation takes; no time by default");
        var radio = fields.optional("radio", RADIO, FederatedJob::radio, "What radios draw; nothing by default");
        var cells = fields.optional(
                "cells", CELLS, FederatedJob::cells, "Media that clients share; links of their own by default");
        var throttling = fields.optional(
                "throttling", THROTTLING, FederatedJob::throttling, "How hot clients slow down; not by default");
        var aggregation = fields.required(
                "aggregation",
                AggregationCodec.AGGREGATION,
                FederatedJob::aggregation,
                "When updates become a version");
        var selection = fields.optional(
                "selection",
                SELECTION,
                new Selections.Random(),
                FederatedJob::selection,
                "Who is asked; at random by default");
        var learning = fields.optional(
                "learning",
                LearningCodec.LEARNING,
                Learning.none(),
                FederatedJob::learning,
                "What is learnt; nothing by default");
        var limit = fields.optional(
                "limit",
                LIMIT,
                FederatedJob.Limit.none(),
                FederatedJob::limit,
                "When it ends, besides the horizon of the scenario");
        return given -> new FederatedJob(
                given.find(name).orElse("federated"),
                given.get(clients),
                given.get(work),
                given.get(payload),
                given.find(memory).orElse(Bytes.ZERO),
                given.find(server).orElse(Server.unlimited()),
                given.find(radio),
                given.find(cells),
                given.find(throttling),
                given.get(aggregation),
                given.find(selection).orElse(new Selections.Random()),
                given.find(learning).orElse(Learning.none()),
                given.find(limit).orElse(FederatedJob.Limit.none()));
    });

    private FederatedCodec() {}

    private static Optional<Long> boxed(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }

    private static <T> RecordCodec.Field<T, Double> share(
            RecordCodec.Fields<T> fields,
            String name,
            double usual,
            java.util.function.Function<T, Double> getter,
            String meaning) {
        return fields.optional(
                name,
                ScalarCodec.number(NumberRange.closedShare()),
                usual,
                getter,
                meaning + "; " + usual + " by default");
    }

    private static <T> RecordCodec<T> pooled(
            java.util.function.ToIntFunction<T> getter, java.util.function.IntFunction<T> maker) {
        return RecordCodec.of("a selection from a pool", fields -> {
            var pool = fields.optional(
                    "pool", POOL, 2, getter::applyAsInt, "Clients drawn for each that is wanted; 2 by default");
            return given -> maker.apply(given.find(pool).orElse(2));
        });
    }
}
