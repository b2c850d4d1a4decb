package org.motleysim.hardware.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.jgrapht.Graph;
import org.jgrapht.alg.shortestpath.BFSShortestPath;
import org.jgrapht.alg.shortestpath.GraphMeasurer;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.DirectedMultigraph;
import org.jgrapht.graph.SimpleGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.price.NetworkBill;
import org.motleysim.hardware.topology.CustomLinks.Cable;

class TopologyTest {
    private static final double BYTES = 1e9;
    private static final LinkSpec LINK = LinkSpec.of(Bandwidth.of(BYTES), Duration.ofNanos(500));
    private static final LinkSpec FAST = LinkSpec.of(Bandwidth.of(10 * BYTES), Duration.ofNanos(100));

    @Test
    void bisection_regularShapes_isTheClosedForm() {
        assertBisection(2, new TopologyShape.Ring(8, LINK));
        assertBisection(4 * 4, new TopologyShape.FullyConnected(8, LINK));
        assertBisection(4, new TopologyShape.Switched(8, LINK));
        // k^(d-1) for a mesh of even length k, twice that for a torus (Dally and Towles, 2004, table 5.1).
        assertBisection(4, new Mesh(List.of(4, 4), false, LINK));
        assertBisection(2 * 4 * 4, new Mesh(List.of(4, 4, 4), true, LINK));
        // A hypercube of 16: half its nodes.
        assertBisection(8, new Mesh(List.of(2, 2, 2, 2), false, LINK));
        // A fat tree: half its endpoints, less by the oversubscription.
        assertBisection(16, new FatTree(2, 8, 1, LINK, LINK));
        assertBisection(8, new FatTree(3, 4, 1, LINK, LINK));
        assertBisection(8, new FatTree(2, 8, 3, LINK, LINK));
        // Nodes of NVLink: what their links outside carry.
        assertBisection(2, Tree.ofNodes(4, 8, FAST, LINK));
    }

    private static void assertBisection(double links, TopologyShape shape) {
        double bytes = shape.build().bisectionBandwidth().bytesPerSecond();
        assertEquals(links * BYTES, bytes, 1e-9 * links * BYTES, shape.toString());
    }

    @Test
    void bill_builtShapes_equalsTheFormulas() {
        assertBill(NetworkBill.fatTree2(8), new FatTree(2, 8, 1, LINK, LINK));
        assertBill(NetworkBill.fatTree3(8), new FatTree(3, 8, 1, LINK, LINK));
        assertBill(NetworkBill.dragonfly(4, 2, 2, 9), new Dragonfly(9, 4, 2, 2, LINK, LINK, LINK));
        assertBill(NetworkBill.dragonfly(4, 2, 2, 7), new Dragonfly(7, 4, 2, 2, LINK, LINK, LINK));
        assertBill(NetworkBill.dragonfly(3, 1, 1, 4), new Dragonfly(4, 3, 1, 1, LINK, LINK, LINK));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7, 11, 13, 19})
    void slimFly_oddPrimes_haveDiameterTwoAndTheDegreeOfTheConstruction(int q) {
        SlimFly shape = new SlimFly(q, 2, LINK, LINK);
        Topology built = shape.build();
        Graph<Integer, DefaultEdge> switches = new SimpleGraph<>(DefaultEdge.class);
        int first = built.endpoints();
        for (int i = first; i < built.vertices().size(); i++) {
            switches.addVertex(i);
        }
        for (Link link : built.links()) {
            if (link.forward() && link.from() >= first && link.to() >= first) {
                switches.addEdge(link.from(), link.to());
            }
        }

        int delta = q % 4 == 1 ? 1 : -1;
        assertEquals(2 * q * q, switches.vertexSet().size());
        for (int each : switches.vertexSet()) {
            assertEquals((3 * q - delta) / 2, switches.degreeOf(each));
        }
        assertEquals(2.0, new GraphMeasurer<>(switches).getDiameter());
        assertEquals(q * q * (3 * q - delta) / 2, built.bill().links());
        assertEquals(4 * q * q, built.endpoints());
    }

    @Test
    void slimFly_whatIsNoOddPrime_isRefused() {
        for (int q : new int[] {1, 2, 4, 9, 28}) {
            assertThrows(IllegalArgumentException.class, () -> new SlimFly(q, 1, LINK, LINK));
        }
    }

    private static void assertBill(NetworkBill expected, TopologyShape shape) {
        assertSameParts(expected, shape.build().bill(), shape.toString());
    }

    private static void assertSameParts(NetworkBill expected, NetworkBill built, String name) {
        assertEquals(expected.endpoints(), built.endpoints(), name);
        assertEquals(expected.switches(), built.switches(), name);
        assertEquals(expected.links(), built.links(), name);
    }

    /** Table 3 of "Insights into DeepSeek-V3" (ISCA 2025): endpoints, switches, links, of switches with 64 ports, built cable by cable. */
    @Test
    void bill_networksOfDeepSeek_areThePublishedCounts() {
        FatTree plane = new FatTree(2, 64, 1, LINK, LINK);
        assertSameParts(new NetworkBill(2_048, 96, 2_048, 0), plane.build().bill(), "FT2");
        assertSameParts(new NetworkBill(16_384, 768, 16_384, 0), new MultiPlane(8, FAST, plane).bill(), "MPFT");
        assertSameParts(
                new NetworkBill(65_536, 5_120, 131_072, 0),
                new FatTree(3, 64, 1, LINK, LINK).build().bill(),
                "FT3");
        assertSameParts(
                new NetworkBill(261_632, 16_352, 384_272, 0),
                new Dragonfly(511, 32, 16, 16, LINK, LINK, LINK).build().bill(),
                "DF");
    }

    @Test
    void globalCables_dragonfly_areSpreadEvenly() {
        Topology topology = new Dragonfly(9, 4, 2, 2, LINK, LINK, LINK).build();
        int[][] between = new int[9][9];
        for (Link link : topology.links()) {
            String from = topology.vertices().get(link.from()).name();
            String to = topology.vertices().get(link.to()).name();
            if (from.startsWith("g") && to.startsWith("g")) {
                between[from.charAt(1) - '0'][to.charAt(1) - '0']++;
            }
        }
        for (int a = 0; a < 9; a++) {
            for (int b = 0; b < 9; b++) {
                assertEquals(a == b ? 12 : 1, between[a][b]);
            }
        }
    }

    @Test
    void routes_allShapes_areAsShortAsBreadthFirstSearchFinds() {
        for (TopologyShape shape : List.of(
                new TopologyShape.Star(6, LINK),
                new TopologyShape.Ring(7, LINK),
                new TopologyShape.FullyConnected(5, LINK),
                new TopologyShape.Switched(5, LINK),
                new Mesh(List.of(3, 4, 2), true, LINK),
                new Mesh(List.of(5, 3), false, LINK),
                Tree.ofNodes(3, 4, FAST, LINK),
                new Tree(List.of(new Tree.Level(2, FAST), new Tree.Level(3, LINK), new Tree.Level(4, LINK))),
                new FatTree(2, 4, 1, LINK, LINK),
                new FatTree(3, 4, 3, LINK, LINK),
                new RailOptimised(3, 4, FAST, LINK, 2, LINK),
                new RailOptimised(3, 4, FAST, LINK, 0, LINK),
                new MultiPlane(2, FAST, new FatTree(2, 4, 1, LINK, LINK)),
                new Dragonfly(5, 2, 2, 2, LINK, LINK, LINK))) {
            Topology topology = shape.build();
            for (Routing routing : List.of(Routing.SHORTEST_PATH, Routing.ECMP)) {
                assertShortest(topology, new Routes(topology, routing), shape + " " + routing);
            }
        }
    }

    private static void assertShortest(Topology topology, Routes routes, String name) {
        for (int from = 0; from < topology.endpoints(); from++) {
            Graph<Integer, DefaultEdge> graph = withoutOthers(topology, from);
            for (int to = 0; to < topology.endpoints(); to++) {
                if (from == to) {
                    continue;
                }
                // An endpoint that does not relay may only be the last.
                if (!topology.vertices().get(to).relays()) {
                    for (Link link : topology.links()) {
                        if (link.to() == to) {
                            graph.addEdge(link.from(), to);
                        }
                    }
                }
                int expected = new BFSShortestPath<>(graph).getPath(from, to).getLength();
                int length = routes.find(from, to);
                assertEquals(expected, length, name + " " + from + " to " + to);
                int at = from;
                for (int link : routes.path()) {
                    assertEquals(at, topology.links().get(link).from());
                    at = topology.links().get(link).to();
                }
                assertEquals(to, at);
            }
        }
    }

    /** The links that leave this endpoint or a vertex that relays, but for those to endpoints that do not. */
    private static Graph<Integer, DefaultEdge> withoutOthers(Topology topology, int from) {
        Graph<Integer, DefaultEdge> graph = new DirectedMultigraph<>(DefaultEdge.class);
        for (int i = 0; i < topology.vertices().size(); i++) {
            graph.addVertex(i);
        }
        for (Link link : topology.links()) {
            boolean leaves =
                    link.from() == from || topology.vertices().get(link.from()).relays();
            if (leaves && topology.vertices().get(link.to()).relays()) {
                graph.addEdge(link.from(), link.to());
            }
        }
        return graph;
    }

    @Test
    void routes_ecmp_useAllWaysEvenly() {
        Topology topology = new FatTree(2, 16, 1, LINK, LINK).build();
        Routes routes = new Routes(topology, Routing.ECMP);
        int[] perSpine = new int[8];
        int between = 0;
        for (int from = 0; from < 128; from++) {
            for (int to = 0; to < 128; to++) {
                if (from / 8 != to / 8) {
                    routes.find(from, to);
                    String spine = topology.vertices()
                            .get(topology.links().get(routes.path()[1]).to())
                            .name();
                    perSpine[Integer.parseInt(spine.substring(6))]++;
                    between++;
                }
            }
        }
        // 15,360 pairs: a share has a standard deviation of 41 (binomial).
        for (int count : perSpine) {
            assertEquals(between / 8.0, count, 4 * 41);
        }
    }

    @Test
    void routes_railAware_stayOnTheRailOfTheReceiver() {
        Topology topology = new RailOptimised(4, 8, FAST, LINK, 4, LINK).build();
        Routes routes = new Routes(topology, Routing.RAIL_AWARE);

        // Device 2 of node 0 to device 5 of node 3: by its own node to device 5, then by rail 5.
        routes.find(2, 3 * 8 + 5);

        assertEquals(
                List.of("e2->node-0", "node-0->e5", "e5->rail-5", "rail-5->e29"),
                java.util.Arrays.stream(routes.path())
                        .mapToObj(link -> topology.links().get(link).name())
                        .toList());
    }

    @Test
    void customLinks_mistakes_areAllNamed() {
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class,
                () -> new CustomLinks(
                        List.of("a", "b", "a"),
                        List.of("s"),
                        List.of(new Cable("a", "s", LINK), new Cable("b", "nowhere", LINK), new Cable("s", "s", LINK)),
                        false));

        assertTrue(String.valueOf(error.getMessage()).contains("name (a)"), error.getMessage());
        assertTrue(String.valueOf(error.getMessage()).contains("nowhere is neither"), error.getMessage());
        assertTrue(String.valueOf(error.getMessage()).contains("cable 2 (s - s)"), error.getMessage());
    }

    @Test
    void customLinks_disconnectedRoute_isRefused() {
        List<Cable> cables = List.of(new Cable("a", "b", LINK), new Cable("b", "c", LINK));
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class,
                () -> new CustomLinks(List.of("a", "b", "c"), List.of(), cables, false));

        assertTrue(
                String.valueOf(error.getMessage()).contains("endpoint c must have a route to a"), error.getMessage());
        assertEquals(
                3,
                new CustomLinks(List.of("a", "b", "c"), List.of(), cables, true)
                        .build()
                        .endpoints());
    }

    @Test
    void shapes_badNumbers_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> LinkSpec.of(Bandwidth.ZERO, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> new FatTree(2, 8, 2, LINK, LINK));
        assertThrows(IllegalArgumentException.class, () -> new FatTree(4, 8, 1, LINK, LINK));
        assertThrows(IllegalArgumentException.class, () -> new Dragonfly(10, 4, 2, 2, LINK, LINK, LINK));
        assertThrows(IllegalArgumentException.class, () -> new Mesh(List.of(1, 1), true, LINK));
        assertThrows(IllegalArgumentException.class, () -> new Mesh(List.of(100_000, 100_000), true, LINK));
    }
}
