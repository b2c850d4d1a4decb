package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.step.ReplicaMemory;
import org.motleysim.workloads.llm.step.StepModel;
import org.motleysim.workloads.llm.streamed.StreamedLayers;

/** A model whose layers are streamed from the host. */
final class StreamedCodec {
    private static final Codec<NumberFormat> FORMAT = new FormatCodec();

    static final RecordCodec<StreamedLayers> STREAMED = RecordCodec.of("a workload of streamed layers", fields -> {
        var name = fields.optional(
                "name",
                ScalarCodec.text(),
                "streamed",
                StreamedLayers::name,
                "Name of its metrics when there are several; \"streamed\" by default");
        var model = fields.required("model", new ModelCodec(), StreamedLayers::model, "The language model");
        var weightFormat = fields.optional(
                "weightFormat",
                FORMAT,
                streamed -> ModelCodec.requantized(streamed.model(), ModelSpec::weightFormat),
                "How weights are stored; by default as published");
        var kvFormat = fields.optional(
                "kvFormat",
                FORMAT,
                streamed -> ModelCodec.requantized(streamed.model(), ModelSpec::kvFormat),
                "How the KV cache is stored; by default as published");
        var from = fields.required(
                "from",
                new ListCodec<>(ScalarCodec.text(), 1),
                StreamedLayers::from,
                "Memory tiers of the host that hold the layers, by name or kind; the next one takes what does not fit");
        var window = fields.optional(
                "window",
                ScalarCodec.integer(1),
                StreamedLayers.DEFAULT_WINDOW,
                StreamedLayers::window,
                "Layers that may have a buffer on the device at once, the one that computes included; 2 by default");
        var resident = fields.optional(
                "residentLayers",
                ScalarCodec.integer(0),
                streamed -> streamed.residentLayers().isPresent()
                        ? Optional.of(streamed.residentLayers().getAsInt())
                        : Optional.empty(),
                "Layers that stay on the device; by default as many as fit beside the window");
        var batch = fields.optional(
                "batch",
                ScalarCodec.integer(1),
                1,
                StreamedLayers::batch,
                "Sequences generated together; 1 by default");
        var prompt = fields.required(
                "promptTokens", ScalarCodec.integer(1), StreamedLayers::promptTokens, "Tokens of each prompt");
        var output = fields.required(
                "outputTokens",
                ScalarCodec.integer(1),
                StreamedLayers::outputTokens,
                "Tokens generated for each sequence");
        var groups = fields.optional(
                "groups",
                new ListCodec<>(ScalarCodec.text(), 1),
                streamed -> Optional.of(List.copyOf(streamed.groups())).filter(names -> !names.isEmpty()),
                "Device groups to run on; all by default");
        var memoryUtilization = fields.optional(
                "memoryUtilization",
                ScalarCodec.number(NumberRange.share()),
                ReplicaMemory.DEFAULT_UTILIZATION,
                StreamedLayers::memoryUtilization,
                "Share of a device's memory to use; 0.9 by default");
        var host = fields.optional(
                "host",
                HostCodec.HOST,
                streamed -> streamed.stepModel().host(),
                "The thread that launches the kernels of a step; by default launches are free");
        var hostOverhead = fields.optional(
                "hostOverhead",
                DURATION,
                Duration.ZERO,
                streamed -> streamed.stepModel().hostOverhead(),
                "Time per step in which the device waits for the engine; none by default");
        return given -> {
            ModelSpec published = given.get(model);
            ModelSpec stored = published
                    .withWeightFormat(given.find(weightFormat).orElse(published.weightFormat()))
                    .withKvFormat(given.find(kvFormat).orElse(published.kvFormat()));
            var streamed = StreamedLayers.of(stored, given.get(from).toArray(String[]::new))
                    .tokens(given.get(prompt), given.get(output));
            given.find(name).ifPresent(streamed::name);
            given.find(window).ifPresent(streamed::window);
            given.find(resident).ifPresent(streamed::residentLayers);
            given.find(batch).ifPresent(streamed::batch);
            given.find(groups).ifPresent(names -> streamed.groups(names.toArray(String[]::new)));
            given.find(memoryUtilization).ifPresent(streamed::memoryUtilization);
            Duration overhead = given.find(hostOverhead).orElse(Duration.ZERO);
            streamed.stepModel(given.find(host)
                    .map(launching -> StepModel.launchedBy(launching, overhead))
                    .orElseGet(() -> StepModel.fusedKernels(overhead)));
            return streamed.build();
        };
    });

    private StreamedCodec() {}
}
