package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.BANDWIDTH;
import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;

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
import org.motleysim.hardware.network.FairShareNetwork;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.hardware.network.UniformNetwork;
import org.motleysim.hardware.price.ElectricityPrice;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.hardware.price.PriceSum;
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
            .kind("topology", TopologyNetwork.class, TopologyCodec.NETWORK)
            .kind("radio", RadioNetwork.class, RadioCodec.NETWORK)
            .build();

    private static final Codec<PriceModel> PRICE = ChoiceCodec.<PriceModel>of("a price")
            .value("hourly", PriceModel.hourly())
            .value("free", PriceModel.free())
            .kind("electricity", ElectricityPrice.class, RecordCodec.of("a price of electricity", fields -> {
                var price = fields.required(
                        "usdPerKilowattHour",
                        ScalarCodec.number(NumberRange.notNegative()),
                        ElectricityPrice::usdPerKilowattHour,
                        "Dollars per kilowatt-hour drawn");
                return given -> new ElectricityPrice(given.get(price));
            }))
            .kind("sum", PriceSum.class, RecordCodec.of("a sum of prices", fields -> {
                var first = fields.required("first", Codec.later(ClusterCodec::prices), PriceSum::first, "A price");
                var second = fields.required("second", Codec.later(ClusterCodec::prices), PriceSum::second, "Another");
                return given -> new PriceSum(given.get(first), given.get(second));
            }))
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

    /** A group as the file says it: its name may be left to the cluster. */
    private record Entry(Optional<String> name, DeviceGroup group) {
        void addTo(Cluster.Builder cluster) {
            String free = name.orElseGet(() -> cluster.freeName(group.spec()));
            group.costModel()
                    .ifPresentOrElse(
                            model -> cluster.add(free, group.count(), group.spec(), model),
                            () -> cluster.add(free, group.count(), group.spec()));
        }
    }

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
        return given -> {
            String named = given.find(name).orElse("unnamed");
            var group = new DeviceGroup(named, given.find(count).orElse(1), given.get(device), given.find(costModel));
            return new Entry(given.find(name), group);
        };
    });

    static final RecordCodec<Cluster> CLUSTER = RecordCodec.of("a cluster", fields -> {
        var name = fields.optional(
                "name",
                ScalarCodec.text(),
                cluster -> Optional.of(cluster.name()).filter(text -> !text.equals(usualName(cluster.groups()))),
                "Name for reports; by default made from the devices");
        var devices = fields.required(
                "devices",
                new ListCodec<>(GROUP, 1),
                cluster -> cluster.groups().stream()
                        .map(group -> new Entry(Optional.of(group.name()), group))
                        .toList(),
                "The groups of equal devices");
        var network = fields.optional(
                "network", NETWORK, cluster -> Optional.of(cluster.network()), "What connects the devices");
        var price = fields.optional("price", PRICE, PriceModel.hourly(), Cluster::price, "What the devices cost");
        var costModel = fields.optional(
                "costModel", COST_MODEL, CostModel.builtIn(), Cluster::costModel, "What kernels cost on the devices");
        return given -> {
            var cluster = Cluster.builder(given.find(name).orElse(""));
            given.get(devices).forEach(entry -> entry.addTo(cluster));
            given.find(network).ifPresent(cluster::network);
            given.find(price).ifPresent(cluster::price);
            given.find(costModel).ifPresent(cluster::costModel);
            return named(cluster.build());
        };
    });

    private ClusterCodec() {}

    private static Codec<PriceModel> prices() {
        return PRICE;
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
                        cluster.costModel())
                : cluster;
    }

    private static String usualName(List<DeviceGroup> groups) {
        return groups.stream().map(group -> group.count() + "x " + group.name()).collect(Collectors.joining(" + "));
    }
}
