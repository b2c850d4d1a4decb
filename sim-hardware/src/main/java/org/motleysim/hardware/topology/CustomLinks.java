package org.motleysim.hardware.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Endpoints, switches and cables by name.
 *
 * @param endpoints their names, in the order of the devices
 * @param switches their names
 * @param cables what connects them
 * @param endpointsRelay whether endpoints pass on what is meant for others
 */
public record CustomLinks(List<String> endpoints, List<String> switches, List<Cable> cables, boolean endpointsRelay)
        implements TopologyShape {
    /**
     * A cable between two vertices.
     *
     * @param from the name of one end
     * @param to the name of the other
     * @param link the cable, {@link LinkSpec#bandwidth} from the first to the second
     */
    public record Cable(String from, String to, LinkSpec link) {}

    /** @throws IllegalArgumentException naming all that is wrong: names used twice, cables to nowhere, endpoints without a route */
    public CustomLinks {
        endpoints = List.copyOf(endpoints);
        switches = List.copyOf(switches);
        cables = List.copyOf(cables);
        List<String> problems = new ArrayList<>();
        if (endpoints.isEmpty()) {
            problems.add("endpoints (none) must be at least one");
        }
        Map<String, Integer> known = numbers(endpoints, switches, problems);
        for (int i = 0; i < cables.size(); i++) {
            Cable cable = cables.get(i);
            for (String end : List.of(cable.from, cable.to)) {
                if (!known.containsKey(end)) {
                    problems.add("cable " + i + " (" + cable.from + " - " + cable.to + ") must end at an endpoint or a "
                            + "switch, and " + end + " is neither");
                }
            }
            if (cable.from.equals(cable.to)) {
                problems.add("cable " + i + " (" + cable.from + " - " + cable.to + ") must connect two of them");
            }
        }
        if (problems.isEmpty()) {
            unreachable(built(endpoints, switches, cables, endpointsRelay), problems);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    private static Map<String, Integer> numbers(List<String> endpoints, List<String> switches, List<String> problems) {
        Map<String, Integer> known = new HashMap<>();
        for (List<String> names : List.of(endpoints, switches)) {
            for (String name : names) {
                if (known.putIfAbsent(name, known.size()) != null) {
                    problems.add("name (" + name + ") must be given to one endpoint or switch only");
                }
            }
        }
        return known;
    }

    private static void unreachable(Topology topology, List<String> problems) {
        Routes routes = new Routes(topology, Routing.SHORTEST_PATH);
        for (int to = 0; to < topology.endpoints(); to++) {
            for (int from = 0; from < topology.endpoints(); from++) {
                if (from != to && routes.find(from, to) == 0) {
                    problems.add("endpoint " + topology.vertices().get(from).name() + " must have a route to "
                            + topology.vertices().get(to).name() + "\nMaybe a cable is missing"
                            + (topology.vertices().get(0).relays() ? "." : ", or endpoints may relay."));
                    from = topology.endpoints(); // one for each receiver is enough
                }
            }
        }
    }

    private static Topology built(
            List<String> endpoints, List<String> switches, List<Cable> cables, boolean endpointsRelay) {
        Topology.Builder builder = Topology.builder();
        Map<String, Integer> at = new HashMap<>();
        for (String name : endpoints) {
            at.put(name, builder.add(new Vertex(name, true, endpointsRelay, 0, Vertex.NONE, Vertex.NONE)));
        }
        for (String name : switches) {
            at.put(name, builder.addSwitch(name, 1));
        }
        for (Cable cable : cables) {
            builder.connect(at.getOrDefault(cable.from, 0), at.getOrDefault(cable.to, 0), cable.link);
        }
        return builder.build();
    }

    @Override
    public Topology build() {
        return built(endpoints, switches, cables, endpointsRelay);
    }
}
