package org.motleysim.workloads.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.motleysim.hardware.dispatch.Host;
import org.motleysim.workloads.llm.optable.Interpolation;
import org.motleysim.workloads.llm.optable.LayerProfile;
import org.motleysim.workloads.llm.optable.VidurTables;
import org.motleysim.workloads.llm.step.StepModel;

/** What an iteration costs, where it is not the sum of its kernels: measured tables. */
final class StepCostCodec {
    private static final RecordCodec<LayerProfile> PROFILE = RecordCodec.of("a layer profile", fields -> {
        var dense = fields.required(
                "dense",
                new PathCodec("a table of layers by tokens"),
                LayerProfile::denseFile,
                "layer, tokens, time_us");
        var perSequence = fields.required(
                "perSequence",
                new PathCodec("a table of layers by sequences"),
                LayerProfile::perSequenceFile,
                "layer, sequences, time_us");
        var attention = fields.required(
                "attention",
                new PathCodec("a table of attention"),
                LayerProfile::attentionFile,
                "prefill_chunk, kv_prefill, n_decode, kv_decode, time_us");
        var experts = fields.optional(
                "experts",
                new PathCodec("a table of experts"),
                LayerProfile::expertsFile,
                "tokens, activated_experts, time_us; for a mixture of experts");
        return given -> {
            LayerProfile profile = LayerProfile.read(given.get(dense), given.get(perSequence), given.get(attention));
            return given.find(experts).map(profile::withExperts).orElse(profile);
        };
    });

    private static final RecordCodec<VidurTables> VIDUR = RecordCodec.of("tables of Vidur", fields -> {
        var dense = fields.required(
                "dense",
                new PathCodec("a table of dense operators"),
                VidurTables::denseFile,
                "gpu, model, tp, tokens and a column for each operator");
        var gpu = fields.required("gpu", ScalarCodec.text(), VidurTables::gpu, "The device in the dense table");
        var model = fields.required("model", ScalarCodec.text(), VidurTables::model, "The model in the dense table");
        var attention = fields.required(
                "attention",
                new PathCodec("a table of attention"),
                VidurTables::attentionFile,
                "phase, batch, prefill_chunk, kv_len, attention_ms, kv_save_ms");
        var collectives = fields.optional(
                "collectives",
                new PathCodec("a table of collectives"),
                VidurTables::collectivesFile,
                "node_type, collective, num_workers, devices_per_node, size_bytes, median_ms; for a split model");
        var nodeType = fields.optional(
                "nodeType", ScalarCodec.text(), VidurTables::nodeType, "The type of node in the table of collectives");
        var interpolation = fields.optional(
                "interpolation",
                ScalarCodec.named("interpolation", List.of(Interpolation.values()), Interpolation::label),
                Interpolation.FOREST,
                VidurTables::interpolation,
                "What is assumed between the rows; as a forest of regression trees does by default");
        return given -> {
            VidurTables tables =
                    VidurTables.read(given.get(dense), given.get(gpu), given.get(model), given.get(attention));
            Optional<Path> file = given.find(collectives);
            if (file.isPresent() != given.find(nodeType).isPresent()) {
                throw new IllegalArgumentException("\"collectives\" and \"nodeType\" must be given together");
            }
            VidurTables whole = file.map(path -> tables.withCollectives(path, given.get(nodeType)))
                    .orElse(tables);
            return whole.withInterpolation(given.find(interpolation).orElse(Interpolation.FOREST));
        };
    });

    static final Codec<StepModel> STEP_COST = ChoiceCodec.<StepModel>of("step cost")
            .kind("layer-profile", LayerProfile.class, PROFILE)
            .kind("vidur", VidurTables.class, VIDUR)
            .build();

    private StepCostCodec() {}

    /** The step model, if it is one of tables. */
    static Optional<StepModel> tables(StepModel model) {
        return Optional.of(model).filter(own -> own instanceof LayerProfile || own instanceof VidurTables);
    }

    /** The step model of these parts of a file. */
    static StepModel stepModel(Optional<StepModel> tables, Optional<Host> host, Duration overhead) {
        if (tables.isEmpty()) {
            return host.map(launching -> StepModel.launchedBy(launching, overhead))
                    .orElseGet(() -> StepModel.fusedKernels(overhead));
        }
        if (host.isPresent()) {
            throw new IllegalArgumentException(
                    "\"host\" must not be given together with \"stepCost\": measured tables do not"
                            + " say what kernels are launched\nMaybe \"hostOverhead\".");
        }
        return tables.get() instanceof LayerProfile profile
                ? profile.withHostOverhead(overhead)
                : ((VidurTables) tables.get()).withHostOverhead(overhead);
    }
}
