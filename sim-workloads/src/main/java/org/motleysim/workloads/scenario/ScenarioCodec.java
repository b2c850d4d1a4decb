package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.NumberFormats;
import org.motleysim.workloads.Workload;
import org.motleysim.workloads.collective.CollectiveJob;
import org.motleysim.workloads.federated.FederatedJob;
import org.motleysim.workloads.graph.GraphJob;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.streamed.StreamedLayers;
import org.motleysim.workloads.offload.OffloadJob;
import org.motleysim.workloads.split.SplitJob;
import org.motleysim.workloads.stream.PipelineJob;

/** The whole file. */
final class ScenarioCodec {

    /** The version of the format, which the file says first. */
    static final long VERSION = 1;

    private static final Codec<Workload> WORKLOAD = ChoiceCodec.<Workload>of("a workload")
            .kind("llm-serving", LlmServing.class, ServingCodec.SERVING)
            .kind("task-graph", GraphJob.class, GraphCodec.JOB)
            .kind("streamed-layers", StreamedLayers.class, StreamedCodec.STREAMED)
            .kind("collective", CollectiveJob.class, CollectiveCodec.JOB)
            .kind("pipeline", PipelineJob.class, PipelineCodec.JOB)
            .kind("offload", OffloadJob.class, OffloadCodec.JOB)
            .kind("split-inference", SplitJob.class, SplitCodec.JOB)
            .kind("federated", FederatedJob.class, FederatedCodec.JOB)
            .build();

    static final RecordCodec<Scenario> SCENARIO = RecordCodec.of("a scenario", fields -> {
        fields.optional(
                "$schema",
                ScalarCodec.text(),
                scenario -> Optional.empty(),
                "The JSON Schema of this file, for editors");
        fields.required(
                "motley", ScalarCodec.exactly(VERSION), scenario -> VERSION, "The version of this format: " + VERSION);
        var name = fields.optional(
                "name", ScalarCodec.text(), scenario -> Optional.of(scenario.name()), "Name for reports and folders");
        var description = fields.optional(
                "description", ScalarCodec.text(), "", Scenario::description, "What it is for, for people");
        var seed = fields.optional(
                "seed",
                ScalarCodec.integer(Long.MIN_VALUE, Long.MAX_VALUE),
                scenario -> Optional.of(scenario.seed()),
                "The seed of all randomness; 1 by default");
        // Before the devices and the workloads, which name these formats.
        fields.optional(
                "formats",
                new OwnFormatsCodec(),
                ScenarioCodec::ownFormats,
                "Number formats that do not come with Motley");
        // Before the cluster: its groups name these devices.
        fields.optional(
                "devices",
                new OwnDevicesCodec(),
                ScenarioCodec::ownDevices,
                "Devices that the catalogue does not have");
        var cluster = fields.required("cluster", ClusterCodec.CLUSTER, Scenario::cluster, "The machines");
        var workloads = fields.required(
                "workloads", new ListCodec<>(WORKLOAD, 1), Scenario::workloads, "What runs on the cluster");
        var warmup = fields.optional(
                "warmup",
                DURATION,
                Duration.ZERO,
                Scenario::warmup,
                "Time at the beginning that latencies and rates leave out; none by default");
        var horizon = fields.optional(
                "horizon", DURATION, Scenario::horizon, "When the run stops; by default when all work is done");
        var timeline = fields.optional(
                "timeline",
                ScalarCodec.text().as(Path::of, Path::toString),
                Scenario::timeline,
                "File for a timeline that Perfetto opens, inside the output folder; none by default");
        return given -> {
            var scenario = Scenario.of(given.get(cluster), given.get(workloads).toArray(Workload[]::new));
            given.find(name).ifPresent(scenario::name);
            given.find(description).ifPresent(scenario::description);
            given.find(seed).ifPresent(scenario::seed);
            given.find(warmup).ifPresent(scenario::warmup);
            given.find(horizon).ifPresent(scenario::horizon);
            given.find(timeline).ifPresent(scenario::timeline);
            return scenario.build();
        };
    });

    private ScenarioCodec() {}

    static ObjectNode schema() {
        var definitions = new SchemaDefinitions();
        ObjectNode scenario = SCENARIO.schema(definitions);
        ObjectNode schema = JsonNodeFactory.instance
                .objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "A Motley scenario, version " + VERSION);
        schema.setAll(scenario);
        schema.set("$defs", definitions.json());
        return schema;
    }

    /** The formats of the scenario that neither come with Motley nor are described by their names. */
    private static Optional<List<NumberFormat>> ownFormats(Scenario scenario) {
        var named = new ArrayList<NumberFormat>();
        scenario.cluster()
                .groups()
                .forEach(group -> named.addAll(group.spec().peaks().keySet()));
        for (Workload workload : scenario.workloads()) {
            if (workload instanceof LlmServing serving) {
                ModelSpec model = serving.model();
                named.addAll(List.of(model.weightFormat(), model.activationFormat(), model.kvFormat()));
            }
        }
        var own = new ArrayList<NumberFormat>();
        for (NumberFormat format : named) {
            // What a format refers to stands above it.
            for (NumberFormat each : List.of(format.multiplier(), format)) {
                if (NumberFormats.isOwn(each) && !own.contains(each)) {
                    own.add(each);
                }
            }
        }
        return Optional.of(List.copyOf(own)).filter(formats -> !formats.isEmpty());
    }

    /** The devices of the cluster that are not as the built-in catalogue says. */
    private static Optional<List<DeviceSpec>> ownDevices(Scenario scenario) {
        var own = new ArrayList<DeviceSpec>();
        for (DeviceGroup group : scenario.cluster().groups()) {
            DeviceSpec device = group.spec();
            boolean known = Catalog.builtIn().find(device.name()).equals(Optional.of(device)) || own.contains(device);
            if (!known) {
                if (own.stream().anyMatch(other -> other.name().equals(device.name()))) {
                    throw new IllegalArgumentException("device (" + device.name()
                            + ") must have one datasheet in a scenario file, here are two\nMaybe rename one of them.");
                }
                own.add(device);
            }
        }
        return Optional.of(own).filter(devices -> !devices.isEmpty()).map(List::copyOf);
    }
}
