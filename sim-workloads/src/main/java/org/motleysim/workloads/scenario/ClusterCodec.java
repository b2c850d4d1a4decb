package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.BANDWIDTH;
import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.motleysim.hardware.calibration.MeasuredTableCostModel;
import org.motleysim.hardware.calibration.few.FewSampleCostModel;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.cost.CalibratedCostModel;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.cost.CpuCostModel;
import org.motleysim.hardware.cost.RooflineCostModel;
import org.motleysim.hardware.fault.Faults;
import org.motleysim.hardware.network.FairShareNetwork;
import org.motleysim.hardware.network.LevelledNetwork;
import org.motleysim.hardware.network.MeteredNetwork;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.hardware.network.PairwiseNetwork;
import org.motleysim.hardware.network.UniformNetwork;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.hardware.radio.CellularNetwork;
import org.motleysim.hardware.radio.RadioNetwork;
import org.motleysim.hardware.topology.TopologyNetwork;

/** The machines of a scenario. */
final class ClusterCodec {

    private static final Pattern GROUP_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final Codec<NetworkModel> NETWORK = ChoiceCodec.<NetworkModel>of("a network")
            .kind("fair-share", FairShareNetwork.class, RecordCodec.of("a fair-share network", fields -> {
                var bandwidth = fields.required(
                        "bandwidth",
                        BANDWIDTH,
                        FairShareNetwork::bandwidth,
                        "Bandwidth of each device's access link, each way");
                var latency = fields.required(
                        "latency", DURATION, FairShareNetwork::latency, "Time before the first byte, one way");
                return given -> new FairShareNetwork(given.get(bandwidth), given.get(latency));
            }))
            .kind("uniform", UniformNetwork.class, RecordCodec.of("a uniform network", fields -> {
                var bandwidth = fields.required(
                        "bandwidth", BANDWIDTH, UniformNetwork::bandwidth, "Bandwidth of each transfer, never shared");
                var latency = fields.required(
                        "latency", DURATION, UniformNetwork::latency, "Time before the first byte, one way");
                return given -> new UniformNetwork(given.get(bandwidth), given.get(latency));
            }))
            .kind("metered", MeteredNetwork.class, RecordCodec.of("a metered network", fields -> {
                var network = fields.required(
                        "network",
                        Codec.later(ClusterCodec::networks),
                        MeteredNetwork::network,
                        "What carries the bits");
                var energy = fields.required(
                        "energyPerBit",
                        ScalarCodec.ENERGY,
                        MeteredNetwork::energyPerBit,
                        "Energy of a bit, of all links it crosses together");
                return given -> new MeteredNetwork(given.get(network), given.get(energy));
            }))
            .kind("pairwise", PairwiseNetwork.class, RecordCodec.of("a table of bandwidths", fields -> {
                var sizes = fields.required(
                        "sizes",
                        new ListCodec<>(ScalarCodec.integer(1), 1),
                        PairwiseNetwork::sizes,
                        "Devices of each block, in the order of the cluster");
                var bandwidths = fields.required(
                        "bandwidths",
                        new ListCodec<>(new ListCodec<>(BANDWIDTH, 1), 1),
                        PairwiseNetwork::bandwidths,
                        "By block of the sender, then of the receiver");
                var tick = fields.optional(
                        "tick",
                        DURATION,
                        PairwiseNetwork::tick,
                        "Of which a transfer takes a whole number, rounded down; as long as it takes by default");
                return given -> new PairwiseNetwork(given.get(sizes), given.get(bandwidths), given.find(tick));
            }))
            .kind("levels", LevelledNetwork.class, LevelsCodec.NETWORK)
            .kind("topology", TopologyNetwork.class, TopologyCodec.NETWORK)
            .kind("radio", RadioNetwork.class, RadioCodec.NETWORK)
            .kind("cellular", CellularNetwork.class, CellularCodec.NETWORK)
            .build();

    private static final Codec<CostModel> COST_MODEL = ChoiceCodec.<CostModel>of("a cost model")
            .kind("calibrated", CalibratedCostModel.class, RecordCodec.of("fits of measured kernels", fields -> {
                var framework = fields.optional(
                        "framework",
                        ScalarCodec.text(GROUP_NAME, "a name such as vllm, trtllm or sglang"),
                        CalibratedCostModel.builtIn().framework(),
                        CalibratedCostModel::framework,
                        "Whose kernels to prefer: those of vllm, trtllm, sglang or another framework that was measured");
                var fits = fields.optional(
                        "fits",
                        new FitsCodec(),
                        CalibratedCostModel.builtIn().fits(),
                        CalibratedCostModel::fits,
                        "Path of a file of fits, or of a folder of them, as calibrate writes them");
                return given -> {
                    CalibratedCostModel model = CalibratedCostModel.builtIn();
                    model = given.find(fits).map(model::with).orElse(model);
                    return given.find(framework).map(model::kernelsOf).orElse(model);
                };
            }))
            .value("roofline", CostModel.roofline())
            .value("peak-roofline", RooflineCostModel.peak())
            .kind("cpu", CpuCostModel.class, CpuModelCodec.CPU)
            .kind("measured-table", MeasuredTableCostModel.class, RecordCodec.of("a measured table", fields -> {
                var data = fields.required(
                        "data",
                        new MeasuredTablesCodec(),
                        MeasuredTablesCodec.Tables::of,
                        "Path of a table of measured kernels, or of a folder of such tables");
                var next = fields.optional(
                        "otherwise",
                        Codec.later(ClusterCodec::costModels),
                        CostModel.builtIn(),
                        MeasuredTableCostModel::next,
                        "What answers outside of the table; by default the model that answers by default");
                return given -> given.get(data).model(given.find(next).orElse(CostModel.builtIn()));
            }))
            .kind("few-samples", FewSampleCostModel.class, RecordCodec.of("a model of few samples", fields -> {
                var device = fields.required(
                        "device", new DeviceNameCodec(), FewSampleCostModel::device, "The device that was measured");
                var data = fields.required(
                        "data",
                        new MeasuredTablesCodec(),
                        MeasuredTablesCodec.Tables::of,
                        "Path of a table of kernels measured on it: ten of each family are enough");
                var family = fields.required(
                        "family",
                        new ListCodec<>(new DeviceNameCodec(), 1),
                        FewSampleCostModel::family,
                        "Known devices, of which the new one is taken as a mixture");
                var base = fields.optional(
                        "otherwise",
                        Codec.later(ClusterCodec::costModels),
                        CostModel.builtIn(),
                        FewSampleCostModel::base,
                        "What known devices are asked with, and what answers for the rest; by default the model that answers by default");
                return given -> FewSampleCostModel.of(
                        given.get(device),
                        given.get(data).measured(),
                        given.get(family),
                        given.find(base).orElse(CostModel.builtIn()));
            }))
            .plugIns(new PlugIns<>(CostModelProvider.class))
            .build();

    /** A group as the file says it, whose name may be left to the cluster. */
    private record Entry(Optional<String> name, DeviceGroup group) {
        DeviceGroup named(Cluster.Builder cluster) {
            return name.isPresent() ? group : group.withName(cluster.freeName(group.spec()));
        }
    }

    /** Groups that stand at one place of the file: a group, or those of a fleet. */
    private record Entries(List<Entry> entries) {}

    private static final Codec<Entry> GROUP = RecordCodec.of("a group of devices", fields -> {
        var name = fields.optional(
                "name",
                ScalarCodec.text(GROUP_NAME, "a name of letters, digits, dots, hyphens and underscores"),
                Entry::name,
                "Name of the group; by default made from the device's");
        var count = fields.optional(
                "count", ScalarCodec.integer(1), 1, entry -> entry.group().count(), "How many; 1 by default");
        var device = fields.required(
                "device",
                new DeviceNameCodec(),
                entry -> entry.group().spec(),
                "Name of a device: of the catalogue, or of this scenario's own devices");
        var costModel = fields.optional(
                "costModel",
                COST_MODEL,
                entry -> entry.group().costModel(),
                "What kernels cost on these devices; by default as the cluster says");
        var power = fields.optional(
                "power",
                PowerCodec.SETUP,
                entry -> entry.group().power(),
                "Operating points, caps, heat and battery; by default the nominal point, on the grid");
        var faults = fields.optional(
                "faults",
                FaultsCodec.FAULTS,
                Faults.none(),
                entry -> entry.group().faults(),
                "What goes wrong with these devices; nothing by default");
        var price = fields.optional(
                "price",
                PriceCodec.PRICE,
                entry -> entry.group().price(),
                "What these devices cost; by default as the cluster says");
        var host = fields.optional(
                "host",
                HostSpecCodec.HOST,
                entry -> entry.group().host(),
                "The machine around the devices: its memory tiers and the way to them; by default they do not matter");
        return given -> {
            String named = given.find(name).orElse("unnamed");
            var group = new DeviceGroup(
                    named,
                    given.find(count).orElse(1),
                    given.get(device),
                    given.find(costModel),
                    given.find(power),
                    given.find(faults).orElse(Faults.none()),
                    given.find(price),
                    given.find(host));
            return new Entry(given.find(name), group);
        };
    });

    private static final RecordCodec<Entries> FLEET = RecordCodec.of("a fleet of devices", fields -> {
        var name = fields.optional(
                "name",
                ScalarCodec.text(GROUP_NAME, "a name of letters, digits, dots, hyphens and underscores"),
                entries -> Optional.empty(),
                "Begins the names of its groups; \"fleet\" by default");
        var fleet =
                fields.optional("fleet", FleetCodec.FLEET, entries -> Optional.empty(), "The devices that are drawn");
        var faults = fields.optional(
                "faults", FaultsCodec.FAULTS, entries -> Optional.empty(), "What goes wrong with these devices");
        var price = fields.optional("price", PriceCodec.PRICE, entries -> Optional.empty(), "What these devices cost");
        var power = fields.optional(
                "power", PowerCodec.SETUP, entries -> Optional.empty(), "Operating points, caps, heat and battery");
        return given -> {
            List<Entry> entries = new ArrayList<>();
            for (DeviceGroup drawn :
                    given.get(fleet).named(given.find(name).orElse("fleet")).groups()) {
                DeviceGroup group = drawn.withFaults(given.find(faults).orElse(Faults.none()));
                DeviceGroup priced = given.find(price).map(group::withPrice).orElse(group);
                DeviceGroup powered = given.find(power).map(priced::withPower).orElse(priced);
                entries.add(new Entry(Optional.of(group.name()), powered));
            }
            return new Entries(entries);
        };
    });

    /** A group or a fleet, by whether there is a field "fleet". */
    private static final Codec<Entries> DEVICES = new Codec<>() {
        @Override
        public Optional<Entries> read(Node node, Reading reading) {
            if (node instanceof Node.Fields object && object.values().containsKey("fleet")) {
                return FLEET.read(node, reading);
            }
            return GROUP.read(node, reading).map(entry -> new Entries(List.of(entry)));
        }

        @Override
        public JsonNode write(Entries value) {
            return GROUP.write(value.entries().get(0));
        }

        @Override
        public void differences(Entries value, String path, Differences into) {
            GROUP.differences(value.entries().get(0), path, into);
        }

        @Override
        public ObjectNode schema(SchemaDefinitions definitions) {
            ObjectNode schema = JsonNodeFactory.instance.objectNode();
            schema.putArray("anyOf")
                    .add(GROUP.schema(definitions))
                    .add(definitions.reference("fleet", () -> FLEET.schema(definitions)));
            return schema;
        }
    };

    static final RecordCodec<Cluster> CLUSTER = RecordCodec.of("a cluster", fields -> {
        var name = fields.optional(
                "name",
                ScalarCodec.text(),
                cluster -> Optional.of(cluster.name()).filter(text -> !text.equals(usualName(cluster.groups()))),
                "Name for reports; by default made from the devices");
        var devices = fields.required(
                "devices",
                new ListCodec<>(DEVICES, 1),
                cluster -> cluster.groups().stream()
                        .map(group -> new Entries(List.of(new Entry(Optional.of(group.name()), group))))
                        .toList(),
                "The groups of equal devices, and fleets of devices that are drawn");
        var network = fields.optional(
                "network", NETWORK, cluster -> Optional.of(cluster.network()), "What connects the devices");
        var price = fields.optional(
                "price", PriceCodec.PRICE, PriceModel.hourly(), Cluster::price, "What the devices cost");
        var costModel = fields.optional(
                "costModel", COST_MODEL, CostModel.builtIn(), Cluster::costModel, "What kernels cost on the devices");
        var carbon = fields.optional(
                "carbon",
                CarbonCodec.CARBON,
                Cluster::carbon,
                "What a kilowatt-hour of the grid emits; by default emissions are not counted");
        return given -> {
            var cluster = Cluster.builder(given.find(name).orElse(""));
            given.get(devices).forEach(each -> each.entries().forEach(entry -> cluster.add(entry.named(cluster))));
            given.find(network).ifPresent(cluster::network);
            given.find(price).ifPresent(cluster::price);
            given.find(costModel).ifPresent(cluster::costModel);
            given.find(carbon).ifPresent(cluster::carbon);
            return named(cluster.build());
        };
    });

    private ClusterCodec() {}

    private static Codec<NetworkModel> networks() {
        return NETWORK;
    }

    private static Codec<CostModel> costModels() {
        return COST_MODEL;
    }

    /** The cluster, with a name made of its groups when it has none. */
    private static Cluster named(Cluster cluster) {
        return cluster.name().isEmpty()
                ? new Cluster(
                        usualName(cluster.groups()),
                        cluster.groups(),
                        cluster.network(),
                        cluster.price(),
                        cluster.costModel(),
                        cluster.carbon())
                : cluster;
    }

    private static String usualName(List<DeviceGroup> groups) {
        return groups.stream().map(group -> group.count() + "x " + group.name()).collect(Collectors.joining(" + "));
    }
}
