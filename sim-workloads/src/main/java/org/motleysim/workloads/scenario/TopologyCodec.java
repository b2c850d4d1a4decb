package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.BANDWIDTH;
import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.motleysim.hardware.topology.CustomLinks;
import org.motleysim.hardware.topology.Dragonfly;
import org.motleysim.hardware.topology.FatTree;
import org.motleysim.hardware.topology.LinkBackground;
import org.motleysim.hardware.topology.LinkOutage;
import org.motleysim.hardware.topology.LinkSpec;
import org.motleysim.hardware.topology.Mesh;
import org.motleysim.hardware.topology.MultiPlane;
import org.motleysim.hardware.topology.RailOptimised;
import org.motleysim.hardware.topology.Routing;
import org.motleysim.hardware.topology.SlimFly;
import org.motleysim.hardware.topology.TopologyNetwork;
import org.motleysim.hardware.topology.TopologyShape;
import org.motleysim.hardware.topology.Tree;

/** Networks with a topology. */
final class TopologyCodec {
    private static final Codec<Double> NOT_NEGATIVE = ScalarCodec.number(NumberRange.notNegative());

    private static final Codec<String> NAME = ScalarCodec.text(
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}"),
            "a name of letters, digits, dots, hyphens and underscores");

    private static final Codec<String> LINK_NAME = ScalarCodec.text(
            Pattern.compile("\\S{1,200}"), "the name of a link, such as \"e0->t1-0\", as the report lists them");

    private static final Codec<LinkSpec> LINK = RecordCodec.of("a link", fields -> {
        var bandwidth = fields.required(
                "bandwidth", BANDWIDTH, LinkSpec::bandwidth, "Bandwidth away from the endpoint, or from the first end");
        var back = fields.optional(
                "back",
                BANDWIDTH,
                link -> Optional.of(link.back()).filter(other -> !other.equals(link.bandwidth())),
                "Bandwidth the other way; the same by default");
        var latency = fields.required("latency", DURATION, LinkSpec::latency, "Time to cross it, one way");
        var energy = fields.optional(
                "picojoulesPerBit",
                NOT_NEGATIVE,
                0.0,
                LinkSpec::picojoulesPerBit,
                "Energy of a bit that crosses it, both ends together; 0 by default");
        var usd = fields.optional(
                "usd", NOT_NEGATIVE, 0.0, LinkSpec::usd, "What the cable costs, in dollars; 0 by default");
        return given -> new LinkSpec(
                given.get(bandwidth),
                given.find(back).orElse(given.get(bandwidth)),
                given.get(latency),
                given.find(energy).orElse(0.0),
                given.find(usd).orElse(0.0));
    });

    private static final Codec<Tree.Level> LEVEL = RecordCodec.of("a level of a tree", fields -> {
        var children = fields.required(
                "children", ScalarCodec.integer(1), Tree.Level::children, "How many are under each switch");
        var link = fields.required("link", LINK, Tree.Level::link, "From each of them up to the switch");
        return given -> new Tree.Level(given.get(children), given.get(link));
    });

    private static final Codec<CustomLinks.Cable> CABLE = RecordCodec.of("a cable", fields -> {
        var from = fields.required("from", NAME, CustomLinks.Cable::from, "Name of one end");
        var to = fields.required("to", NAME, CustomLinks.Cable::to, "Name of the other end");
        var link = fields.required("link", LINK, CustomLinks.Cable::link, "What it is");
        return given -> new CustomLinks.Cable(given.get(from), given.get(to), given.get(link));
    });

    private static final Codec<TopologyShape> SHAPE = ChoiceCodec.<TopologyShape>of("a topology")
            .kind("star", TopologyShape.Star.class, RecordCodec.of("a star", fields -> {
                var endpoints = fields.required(
                        "endpoints",
                        ScalarCodec.integer(2),
                        TopologyShape.Star::endpoints,
                        "How many; the first is the middle");
                var link = fields.required("link", LINK, TopologyShape.Star::link, "From each to the middle");
                return given -> new TopologyShape.Star(given.get(endpoints), given.get(link));
            }))
            .kind("ring", TopologyShape.Ring.class, RecordCodec.of("a ring", fields -> {
                var endpoints =
                        fields.required("endpoints", ScalarCodec.integer(3), TopologyShape.Ring::endpoints, "How many");
                var link = fields.required("link", LINK, TopologyShape.Ring::link, "From each to the next");
                return given -> new TopologyShape.Ring(given.get(endpoints), given.get(link));
            }))
            .kind("fully-connected", TopologyShape.FullyConnected.class, RecordCodec.of("a full mesh", fields -> {
                var endpoints = fields.required(
                        "endpoints", ScalarCodec.integer(2), TopologyShape.FullyConnected::endpoints, "How many");
                var link = fields.required("link", LINK, TopologyShape.FullyConnected::link, "Between each two");
                return given -> new TopologyShape.FullyConnected(given.get(endpoints), given.get(link));
            }))
            .kind("switch", TopologyShape.Switched.class, RecordCodec.of("a switch", fields -> {
                var endpoints = fields.required(
                        "endpoints", ScalarCodec.integer(1), TopologyShape.Switched::endpoints, "How many");
                var link = fields.required("link", LINK, TopologyShape.Switched::link, "From each to the switch");
                return given -> new TopologyShape.Switched(given.get(endpoints), given.get(link));
            }))
            .kind("mesh", Mesh.class, mesh -> !mesh.torus(), grid("a mesh", false))
            .kind("torus", Mesh.class, grid("a torus", true))
            .kind("tree", Tree.class, RecordCodec.of("a tree", fields -> {
                var levels = fields.required(
                        "levels", new ListCodec<>(LEVEL, 1), Tree::levels, "From the devices up to one switch");
                return given -> new Tree(given.get(levels));
            }))
            .kind("fat-tree", FatTree.class, RecordCodec.of("a fat tree", fields -> {
                var tiers = fields.required("tiers", ScalarCodec.integer(2), FatTree::tiers, "Of switches, 2 or 3");
                var radix = fields.required("radix", ScalarCodec.integer(2), FatTree::radix, "Ports of a switch");
                var over = fields.optional(
                        "oversubscription",
                        ScalarCodec.number(NumberRange.positive()),
                        1.0,
                        FatTree::oversubscription,
                        "Ports down by ports up of a leaf; 1 by default");
                var host = fields.required("host", LINK, FatTree::host, "From a device to its leaf");
                var up = fields.required("up", LINK, FatTree::up, "From a switch to one above");
                return given -> new FatTree(
                        given.get(tiers),
                        given.get(radix),
                        given.find(over).orElse(1.0),
                        given.get(host),
                        given.get(up));
            }))
            .kind("rail-optimised", RailOptimised.class, RecordCodec.of("a rail-optimised network", fields -> {
                var nodes = fields.required("nodes", ScalarCodec.integer(1), RailOptimised::nodes, "How many");
                var devices = fields.required(
                        "devicesPerNode", ScalarCodec.integer(1), RailOptimised::devicesPerNode, "How many in each");
                var inside = fields.required(
                        "inside", LINK, RailOptimised::inside, "From a device to the switch of its node");
                var rail = fields.required("rail", LINK, RailOptimised::rail, "From a device to its rail");
                var spines = fields.optional(
                        "spines",
                        ScalarCodec.integer(0),
                        0,
                        RailOptimised::spines,
                        "Switches over the rails; 0 by default");
                var up = fields.optional(
                        "up",
                        LINK,
                        shape -> Optional.of(shape.up()).filter(link -> !link.equals(shape.rail())),
                        "From each rail to each spine; as rail by default");
                return given -> new RailOptimised(
                        given.get(nodes),
                        given.get(devices),
                        given.get(inside),
                        given.get(rail),
                        given.find(spines).orElse(0),
                        given.find(up).orElse(given.get(rail)));
            }))
            .kind("multi-plane", MultiPlane.class, RecordCodec.of("a multi-plane network", fields -> {
                var devices = fields.required(
                        "devicesPerNode",
                        ScalarCodec.integer(1),
                        MultiPlane::devicesPerNode,
                        "Devices in a node, and planes");
                var inside =
                        fields.required("inside", LINK, MultiPlane::inside, "From a device to the switch of its node");
                var plane = fields.required(
                        "plane",
                        Codec.later(TopologyCodec::shapes),
                        MultiPlane::plane,
                        "A plane; its endpoints are nodes");
                return given -> new MultiPlane(given.get(devices), given.get(inside), given.get(plane));
            }))
            .kind("dragonfly", Dragonfly.class, RecordCodec.of("a dragonfly", fields -> {
                var groups = fields.required("groups", ScalarCodec.integer(2), Dragonfly::groups, "How many");
                var switches = fields.required(
                        "switchesPerGroup", ScalarCodec.integer(1), Dragonfly::switchesPerGroup, "All connected");
                var endpoints = fields.required(
                        "endpointsPerSwitch", ScalarCodec.integer(1), Dragonfly::endpointsPerSwitch, "How many");
                var cables = fields.required(
                        "globalPerSwitch",
                        ScalarCodec.integer(1),
                        Dragonfly::globalPerSwitch,
                        "Cables to other groups");
                var host = fields.required("host", LINK, Dragonfly::host, "From a device to its switch");
                var local = fields.required("local", LINK, Dragonfly::local, "Between switches of a group");
                var global = fields.required("global", LINK, Dragonfly::global, "Between groups");
                return given -> new Dragonfly(
                        given.get(groups),
                        given.get(switches),
                        given.get(endpoints),
                        given.get(cables),
                        given.get(host),
                        given.get(local),
                        given.get(global));
            }))
            .kind("slim-fly", SlimFly.class, RecordCodec.of("a Slim Fly", fields -> {
                var q = fields.required("q", ScalarCodec.integer(3), SlimFly::q, "An odd prime: 2 q^2 switches");
                var endpoints = fields.required(
                        "endpointsPerSwitch", ScalarCodec.integer(1), SlimFly::endpointsPerSwitch, "How many");
                var host = fields.required("host", LINK, SlimFly::host, "From a device to its switch");
                var cable = fields.required("cable", LINK, SlimFly::cable, "Between switches");
                return given -> new SlimFly(given.get(q), given.get(endpoints), given.get(host), given.get(cable));
            }))
            .kind("links", CustomLinks.class, RecordCodec.of("a list of links", fields -> {
                var endpoints = fields.required(
                        "endpoints",
                        new ListCodec<>(NAME, 1),
                        CustomLinks::endpoints,
                        "Names, in the order of devices");
                var switches = fields.optional(
                        "switches",
                        new ListCodec<>(NAME, 0),
                        List.of(),
                        CustomLinks::switches,
                        "Names; none by default");
                var cables =
                        fields.required("cables", new ListCodec<>(CABLE, 0), CustomLinks::cables, "What connects them");
                var relay = fields.optional(
                        "endpointsRelay",
                        ScalarCodec.FLAG,
                        false,
                        CustomLinks::endpointsRelay,
                        "Whether endpoints pass on what is meant for others; false by default");
                return given -> new CustomLinks(
                        given.get(endpoints),
                        given.find(switches).orElse(List.of()),
                        given.get(cables),
                        given.find(relay).orElse(false));
            }))
            .build();

    private static final Codec<Routing> ROUTING =
            ScalarCodec.named("a routing", List.of(Routing.values()), routing -> routing.name()
                    .toLowerCase(Locale.ROOT)
                    .replace('_', '-'));

    private static final Codec<LinkBackground> BACKGROUND = RecordCodec.of("background traffic", fields -> {
        var link = fields.required("link", LINK_NAME, LinkBackground::link, "The link, one way");
        var bandwidth = fields.required("bandwidth", BANDWIDTH, LinkBackground::bandwidth, "What it takes, always");
        return given -> new LinkBackground(given.get(link), given.get(bandwidth));
    });

    private static final Codec<LinkOutage> OUTAGE = RecordCodec.of("an outage", fields -> {
        var link = fields.required("link", LINK_NAME, LinkOutage::link, "The link; its cable is down both ways");
        var from = fields.required("from", DURATION, LinkOutage::from, "When it fails, since the start");
        var to = fields.required("to", DURATION, LinkOutage::to, "When it is repaired");
        return given -> new LinkOutage(given.get(link), given.get(from), given.get(to));
    });

    static final RecordCodec<TopologyNetwork> NETWORK = RecordCodec.of("a network with a topology", fields -> {
        var shape = fields.required("shape", SHAPE, TopologyNetwork::shape, "How devices and switches are connected");
        var routing = fields.optional(
                "routing",
                ROUTING,
                Routing.ECMP,
                TopologyNetwork::routing,
                "Which shortest path is taken; ecmp by default");
        var background = fields.optional(
                "background",
                new ListCodec<>(BACKGROUND, 0),
                List.of(),
                TopologyNetwork::background,
                "Traffic that is not simulated; none by default");
        var outages = fields.optional(
                "outages",
                new ListCodec<>(OUTAGE, 0),
                List.of(),
                TopologyNetwork::outages,
                "Failures; none by default");
        return given -> TopologyNetwork.of(
                given.get(shape),
                given.find(routing).orElse(Routing.ECMP),
                given.find(background).orElse(List.of()),
                given.find(outages).orElse(List.of()));
    });

    private TopologyCodec() {}

    private static Codec<TopologyShape> shapes() {
        return SHAPE;
    }

    private static RecordCodec<Mesh> grid(String noun, boolean torus) {
        return RecordCodec.of(noun, fields -> {
            var dimensions = fields.required(
                    "dimensions",
                    new ListCodec<>(ScalarCodec.integer(1), 1),
                    Mesh::dimensions,
                    "Lengths, the last runs fastest");
            var link = fields.required("link", LINK, Mesh::link, "Between neighbours");
            return given -> new Mesh(given.get(dimensions), torus, given.get(link));
        });
    }
}
