package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.Queueing;
import org.motleysim.workloads.llm.Slo;
import org.motleysim.workloads.llm.batching.BatchLimits;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.batching.ChunkedPrefill;
import org.motleysim.workloads.llm.batching.ContinuousBatching;
import org.motleysim.workloads.llm.batching.MixedBatching;
import org.motleysim.workloads.llm.batching.OrcaBatching;
import org.motleysim.workloads.llm.batching.StaticBatching;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.llm.step.ReplicaMemory;

/** A language model that is served. */
final class ServingCodec {

    private static final Codec<Batching> BATCHING = ChoiceCodec.<Batching>of("batching")
            .kind(
                    "chunked-prefill",
                    ChunkedPrefill.class,
                    batching("chunked prefill", BatchLimits.DEFAULT, ChunkedPrefill::limits, ChunkedPrefill::new))
            .kind("mixed", MixedBatching.class, mixed())
            .kind(
                    "orca",
                    OrcaBatching.class,
                    batching("Orca's batching", OrcaBatching.DEFAULT_LIMITS, OrcaBatching::limits, OrcaBatching::new))
            .kind("continuous", ContinuousBatching.class, continuous())
            .kind(
                    "static",
                    StaticBatching.class,
                    batching(
                            "static batching",
                            Batching.fixedBatch(BatchLimits.DEFAULT.maxSequences())
                                    .limits(),
                            StaticBatching::limits,
                            StaticBatching::new))
            .plugIns(new PlugIns<>(BatchingProvider.class))
            .build();

    private static final Codec<Routing> ROUTING = routing();

    private static final Codec<Slo> SLO = RecordCodec.of("an SLO", fields -> {
        var ttft = fields.required("ttft", DURATION, Slo::ttft, "Longest time to the first token");
        var tpot = fields.required("tpot", DURATION, Slo::tpot, "Longest time per output token after the first");
        return given -> new Slo(given.get(ttft), given.get(tpot));
    });

    private static final Codec<Queueing> QUEUEING = queueing();

    private static final Codec<NumberFormat> FORMAT = new FormatCodec();

    static final RecordCodec<LlmServing> SERVING = RecordCodec.of("a workload of LLM serving", fields -> {
        var name = fields.optional(
                "name",
                ScalarCodec.text(),
                "serving",
                LlmServing::name,
                "Name of its metrics when there are several; \"serving\" by default");
        var model = fields.required("model", new ModelCodec(), LlmServing::model, "The language model");
        var weightFormat = fields.optional(
                "weightFormat",
                FORMAT,
                serving -> ModelCodec.requantized(serving.model(), ModelSpec::weightFormat),
                "How weights are stored; by default as published");
        var kvFormat = fields.optional(
                "kvFormat",
                FORMAT,
                serving -> ModelCodec.requantized(serving.model(), ModelSpec::kvFormat),
                "How the KV cache is stored; by default as published");
        var tensorParallel = fields.optional(
                "tensorParallel",
                ScalarCodec.integer(1),
                1,
                LlmServing::tensorParallel,
                "Devices per replica; 1 by default");
        var groups = fields.optional(
                "groups",
                new ListCodec<>(ScalarCodec.text(), 1),
                serving -> Optional.of(List.copyOf(serving.groups())).filter(names -> !names.isEmpty()),
                "Device groups to serve on; all by default");
        var arrivals = fields.required("arrivals", TrafficCodec.ARRIVALS, LlmServing::arrivals, "When requests arrive");
        var lengths = fields.optional(
                "lengths",
                TrafficCodec.LENGTHS,
                serving -> Optional.of(serving.lengths())
                        .filter(own ->
                                serving.sessions().map(law -> law.usesLengths()).orElse(true))
                        .filter(own -> !own.equals(usualLengths(serving).orElse(null))),
                "How long prompts and outputs are; by default those of the trace that arrives");
        var requests = fields.optional(
                "requests",
                ScalarCodec.integer(1, Long.MAX_VALUE),
                serving -> serving.requests().stream().boxed().findFirst(),
                "How many requests arrive at most");
        var batching = fields.optional(
                "batching",
                BATCHING,
                serving -> Optional.of(serving.batching()),
                "Who is in the next iteration of a replica");
        var routing = fields.optional(
                "routing", ROUTING, serving -> Optional.of(serving.routing()), "Which replica gets a request");
        var slo = fields.optional("slo", SLO, LlmServing::slo, "What a request must meet to count as good");
        var memoryUtilization = fields.optional(
                "memoryUtilization",
                ScalarCodec.number(NumberRange.share()),
                ReplicaMemory.DEFAULT_UTILIZATION,
                LlmServing::memoryUtilization,
                "Share of a device's memory for weights and KV cache; 0.9 by default");
        var sessions = fields.optional(
                "sessions",
                SessionsCodec.SESSIONS,
                LlmServing::sessions,
                "What each arrival begins; a single request by default");
        var decodePool = fields.optional(
                "decodePool",
                DecodePoolCodec.of(BATCHING, ROUTING),
                LlmServing::decodePool,
                "Devices that decode what the others have computed the prompts of; by default all do both");
        var autoscaler = fields.optional(
                "autoscaler",
                AutoscalerCodec.AUTOSCALER,
                LlmServing::autoscaler,
                "What starts and stops replicas; by default all run all the time");
        var tenants = fields.optional(
                "tenants",
                new ListCodec<>(TenantCodec.of(SLO), 1),
                serving -> Optional.of(serving.tenants()).filter(others -> !others.isEmpty()),
                "Other users of the service");
        var queueing = fields.optional(
                "queueing",
                QUEUEING,
                Queueing.FCFS,
                LlmServing::queueing,
                "In which order those who wait are let in; fcfs by default");
        var refuseLate = fields.optional(
                "refuseLate",
                ScalarCodec.FLAG,
                false,
                LlmServing::refuseLate,
                "Whether requests are refused whose first token is expected later than the SLO allows; false by default");
        var swapSpace = fields.optional(
                "swapSpace",
                ScalarCodec.BYTES,
                LlmServing::swapSpace,
                "Host memory of each device for the KV blocks of preempted sequences; by default they are computed again");
        var prefixCaching = fields.optional(
                "prefixCaching",
                ScalarCodec.FLAG,
                false,
                LlmServing::prefixCaching,
                "Whether KV blocks stay for later requests that begin alike; false by default");
        var kvOffload = fields.optional(
                "kvOffload",
                KvOffloadCodec.KV_OFFLOAD,
                LlmServing::kvOffload,
                "Where KV blocks that the prefix cache evicts are kept; nowhere by default");
        var host = fields.optional(
                "host",
                HostCodec.HOST,
                serving -> serving.stepModel().host(),
                "The thread that launches the kernels of an iteration; by default launches are free, as in captured graphs");
        var hostOverhead = fields.optional(
                "hostOverhead",
                DURATION,
                Duration.ZERO,
                serving -> serving.stepModel().hostOverhead(),
                "Time per iteration in which the devices wait for the engine; none by default");
        var stepCost = fields.optional(
                "stepCost",
                StepCostCodec.STEP_COST,
                serving -> StepCostCodec.tables(serving.stepModel()),
                "Measured tables as the cost of an iteration; by default the sum of its kernels");
        var maxOutstanding = fields.optional(
                "maxOutstanding",
                ScalarCodec.integer(1),
                Integer.MAX_VALUE,
                LlmServing::maxOutstanding,
                "Requests in flight beyond which newcomers are refused; no limit by default");
        var maxPerReplica = fields.optional(
                "maxOutstandingPerReplica",
                ScalarCodec.integer(1),
                Integer.MAX_VALUE,
                LlmServing::maxOutstandingPerReplica,
                "The same at the replica a request is routed to");
        var retryLimit = fields.optional(
                "retryLimit",
                ScalarCodec.integer(0),
                Integer.MAX_VALUE,
                LlmServing::retryLimit,
                "How often a request may lose its replica to a failure and go to another; no limit by default");
        var logged = fields.optional(
                "loggedRequests",
                ScalarCodec.integer(0),
                Integer.MAX_VALUE,
                LlmServing::loggedRequests,
                "Rows of requests.csv at most; all by default");
        var loadFrom = fields.optional(
                "loadFrom",
                ScalarCodec.text(),
                LlmServing::loadFrom,
                "Memory tier of the hosts, by its name or kind, from which weights are loaded when the run starts; by default they are there");
        return given -> {
            ModelSpec published = given.get(model);
            ModelSpec stored = published
                    .withWeightFormat(given.find(weightFormat).orElse(published.weightFormat()))
                    .withKvFormat(given.find(kvFormat).orElse(published.kvFormat()));
            var serving = LlmServing.of(stored).arrivals(given.get(arrivals));
            given.find(lengths)
                    .or(() -> TrafficCodec.replayed(given.get(arrivals)).map(RequestLengths::trace))
                    .ifPresentOrElse(serving::lengths, () -> {
                        if (!given.find(sessions).map(law -> law.usesLengths()).orElse(true)) {
                            return;
                        }
                        throw new IllegalArgumentException("\"lengths\" is missing: how long prompts and outputs are"
                                + "\nMaybe \"lengths\": \"azure-2023-conversation\".");
                    });
            given.find(name).ifPresent(serving::name);
            given.find(tensorParallel).ifPresent(serving::tensorParallel);
            given.find(groups).ifPresent(names -> serving.groups(names.toArray(String[]::new)));
            given.find(requests).ifPresent(serving::requests);
            given.find(batching).ifPresent(serving::batching);
            given.find(routing).ifPresent(serving::routing);
            given.find(slo).ifPresent(serving::slo);
            given.find(memoryUtilization).ifPresent(serving::memoryUtilization);
            given.find(sessions).ifPresent(serving::sessions);
            given.find(decodePool).ifPresent(serving::decodePool);
            given.find(autoscaler).ifPresent(serving::autoscaler);
            given.find(tenants).ifPresent(serving::tenants);
            given.find(queueing).ifPresent(serving::queueing);
            given.find(refuseLate).ifPresent(serving::refuseLate);
            given.find(kvOffload).ifPresent(serving::kvOffload);
            given.find(swapSpace).ifPresent(serving::swapSpace);
            given.find(prefixCaching).ifPresent(serving::prefixCaching);
            Duration overhead = given.find(hostOverhead).orElse(Duration.ZERO);
            serving.stepModel(StepCostCodec.stepModel(given.find(stepCost), given.find(host), overhead));
            given.find(maxOutstanding).ifPresent(serving::maxOutstanding);
            given.find(maxPerReplica).ifPresent(serving::maxOutstandingPerReplica);
            given.find(retryLimit).ifPresent(serving::retryLimit);
            given.find(logged).ifPresent(serving::loggedRequests);
            given.find(loadFrom).ifPresent(serving::loadFrom);
            return serving.build();
        };
    });

    private ServingCodec() {}

    private static Optional<RequestLengths> usualLengths(LlmServing serving) {
        return TrafficCodec.replayed(serving.arrivals()).map(RequestLengths::trace);
    }

    private static Codec<Queueing> queueing() {
        var queueing = ChoiceCodec.<Queueing>of("queueing");
        for (Queueing each : Queueing.values()) {
            queueing.value(each.label(), each);
        }
        return queueing.build();
    }

    private static Codec<Routing> routing() {
        var routing = ChoiceCodec.<Routing>of("routing");
        Routing.builtIn().forEach(each -> routing.value(each.label(), each));
        return routing.plugIns(new PlugIns<>(RoutingProvider.class)).build();
    }

    private static RecordCodec<ContinuousBatching> continuous() {
        return RecordCodec.of("continuous batching", fields -> {
            var limits = limits(fields, BatchLimits.DEFAULT, ContinuousBatching::limits);
            var padded = fields.optional(
                    "paddedPrompts",
                    ScalarCodec.FLAG,
                    false,
                    ContinuousBatching::paddedPrompts,
                    "Whether prompts of an iteration count as long as the longest, as in vLLM 0.2 and 0.3; no by default");
            return given -> new ContinuousBatching(
                    limits.apply(given), given.find(padded).orElse(false));
        });
    }

    private static RecordCodec<MixedBatching> mixed() {
        return RecordCodec.of("mixed batching", fields -> {
            var limits = limits(fields, MixedBatching.DEFAULT_LIMITS, MixedBatching::limits);
            var async = fields.optional(
                    "asyncScheduling",
                    ScalarCodec.FLAG,
                    true,
                    MixedBatching::asyncScheduling,
                    "Whether an iteration is planned while the one before it runs, as in vLLM since 0.14; yes by default");
            return given ->
                    new MixedBatching(limits.apply(given), given.find(async).orElse(true));
        });
    }

    private static <B extends Batching> RecordCodec<B> batching(
            String noun, BatchLimits usual, Function<B, BatchLimits> limits, Function<BatchLimits, B> make) {
        return RecordCodec.of(noun, fields -> limits(fields, usual, limits).andThen(make)::apply);
    }

    private static <B extends Batching> Function<RecordCodec.Given, BatchLimits> limits(
            RecordCodec.Fields<B> fields, BatchLimits usual, Function<B, BatchLimits> limits) {
        var sequences = fields.optional(
                "maxSequences",
                ScalarCodec.integer(1),
                usual.maxSequences(),
                limits.andThen(BatchLimits::maxSequences),
                "Sequences that may run at once; " + usual.maxSequences() + " by default");
        var tokens = fields.optional(
                "maxBatchedTokens",
                ScalarCodec.integer(1),
                usual.maxBatchedTokens(),
                limits.andThen(BatchLimits::maxBatchedTokens),
                "Tokens that one iteration may compute; " + usual.maxBatchedTokens() + " by default");
        var block = fields.optional(
                "blockTokens",
                ScalarCodec.integer(1),
                usual.blockTokens(),
                limits.andThen(BatchLimits::blockTokens),
                "Tokens per block of the KV cache; " + usual.blockTokens() + " by default");
        var watermark = fields.optional(
                "watermark",
                ScalarCodec.number(NumberRange.part()),
                usual.watermark(),
                limits.andThen(BatchLimits::watermark),
                "Share of the KV blocks to leave free on admission; " + usual.watermark() + " by default");
        return given -> new BatchLimits(
                given.find(sequences).orElse(usual.maxSequences()),
                given.find(tokens).orElse(usual.maxBatchedTokens()),
                given.find(block).orElse(usual.blockTokens()),
                given.find(watermark).orElse(usual.watermark()));
    }
}
