package org.motleysim.workloads.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.core.report.Section;
import org.motleysim.hardware.topology.TopologyNetwork;
import org.motleysim.workloads.Problem;

class TopologyFileTest {
    private static final String LINK = "{\"bandwidth\": \"100 Gbit/s\", \"latency\": \"1 us\"}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\": \"star\", \"endpoints\": 4, \"link\": LINK}",
                "{\"kind\": \"ring\", \"endpoints\": 4, \"link\": LINK}",
                "{\"kind\": \"fully-connected\", \"endpoints\": 4, \"link\": LINK}",
                "{\"kind\": \"switch\", \"endpoints\": 4, \"link\": LINK}",
                "{\"kind\": \"mesh\", \"dimensions\": [2, 2], \"link\": LINK}",
                "{\"kind\": \"torus\", \"dimensions\": [3, 2], \"link\": LINK}",
                "{\"kind\": \"tree\", \"levels\": [{\"children\": 2, \"link\": LINK}, {\"children\": 2, \"link\": LINK}]}",
                "{\"kind\": \"fat-tree\", \"tiers\": 2, \"radix\": 4, \"host\": LINK, \"up\": LINK}",
                "{\"kind\": \"fat-tree\", \"tiers\": 3, \"radix\": 4, \"oversubscription\": 3, \"host\": LINK, \"up\": LINK}",
                "{\"kind\": \"rail-optimised\", \"nodes\": 2, \"devicesPerNode\": 2, \"inside\": LINK, \"rail\": LINK}",
                "{\"kind\": \"multi-plane\", \"devicesPerNode\": 2, \"inside\": LINK, \"plane\":"
                        + " {\"kind\": \"fat-tree\", \"tiers\": 2, \"radix\": 4, \"host\": LINK, \"up\": LINK}}",
                "{\"kind\": \"dragonfly\", \"groups\": 3, \"switchesPerGroup\": 2, \"endpointsPerSwitch\": 1,"
                        + " \"globalPerSwitch\": 1, \"host\": LINK, \"local\": LINK, \"global\": LINK}",
                "{\"kind\": \"links\", \"endpoints\": [\"a\", \"b\", \"c\", \"d\"], \"switches\": [\"s\"], \"cables\":"
                        + " [{\"from\": \"a\", \"to\": \"s\", \"link\": LINK}, {\"from\": \"b\", \"to\": \"s\", \"link\": LINK},"
                        + " {\"from\": \"c\", \"to\": \"s\", \"link\": LINK}, {\"from\": \"d\", \"to\": \"s\", \"link\": LINK}]}",
            })
    void network_eachShape_isReadRunAndWrittenAgain(String shape) throws IOException {
        Scenario scenario = read("{\"kind\": \"topology\", \"shape\": " + shape + "}");

        assertTrue(scenario.cluster().network() instanceof TopologyNetwork);
        assertEquals(scenario, ScenarioFile.read(file(ScenarioFile.write(scenario))));
        RunResult result = scenario.run();
        assertEquals(2, result.metrics().value("tasks.finished"));
        assertTrue(result.metrics().value("network.bytes") >= 2e9, "over two links at least");
    }

    @Test
    void network_everyField_isWrittenAgain() throws IOException {
        Scenario scenario =
                read("{\"kind\": \"topology\", \"routing\": \"shortest-path\", \"shape\": {\"kind\": \"switch\","
                        + " \"endpoints\": 4, \"link\": {\"bandwidth\": \"1 GB/s\", \"back\": \"2 GB/s\", \"latency\": \"1 us\","
                        + " \"picojoulesPerBit\": 10, \"usd\": 5}}, \"background\": [{\"link\": \"e0->t1-0\", \"bandwidth\": \"500 MB/s\"}],"
                        + " \"outages\": [{\"link\": \"e1->t1-0\", \"from\": \"1 s\", \"to\": \"2 s\"}]}");

        assertEquals(scenario, ScenarioFile.read(file(ScenarioFile.write(scenario))));
        RunResult result = scenario.run();
        double joules = result.metrics().value("energy.network");
        assertEquals(result.metrics().value("network.bytes") * 8 * 10e-12, joules, 1e-12);
        assertEquals(10, result.links().size(), "four devices and the frontend, there and back");
        assertTrue(result.report().sections().stream().anyMatch(Section.Diagram.class::isInstance));
        assertTrue(result.report().html().contains("e0-&gt;t1-0"), "the picture names its links");
    }

    @Test
    void network_mistakes_areAllTold() throws IOException {
        List<Problem> problems = problems(
                "{\"kind\": \"topology\", \"shape\": {\"kind\": \"links\", \"endpoints\": [\"a\", \"b\"],"
                        + " \"cables\": [{\"from\": \"a\", \"to\": \"b\", \"link\": {\"bandwidth\": \"0 B/s\", \"latency\": \"1 us\"}}]},"
                        + " \"routing\": \"ecpm\", \"outages\": [{\"link\": \"a->b\", \"from\": \"2 s\", \"to\": \"1 s\"}]}");

        assertEquals(
                List.of(
                        "$.cluster.network.shape.cables[0].link",
                        "$.cluster.network.routing",
                        "$.cluster.network.outages[0]"),
                problems.stream().map(Problem::path).toList());
        assertTrue(problems.get(1).hint().contains("ecmp"), problems.toString());
    }

    @Test
    void network_linkToNowhereAndNoRoute_areTold() throws IOException {
        List<Problem> nowhere =
                problems("{\"kind\": \"topology\", \"shape\": {\"kind\": \"links\", \"endpoints\": [\"a\", \"b\"],"
                        + " \"cables\": [{\"from\": \"a\", \"to\": \"x\", \"link\": " + LINK + "}]}}");
        assertTrue(nowhere.toString().contains("x is neither"), nowhere.toString());
        List<Problem> apart =
                problems("{\"kind\": \"topology\", \"shape\": {\"kind\": \"links\", \"endpoints\": [\"a\", \"b\"],"
                        + " \"cables\": []}}");
        assertTrue(apart.toString().contains("endpoint b must have a route to a"), apart.toString());
    }

    @Test
    void network_tooFewEndpoints_isToldBeforeTheRun() throws IOException {
        List<Problem> problems = problems(
                "{\"kind\": \"topology\", \"shape\": {\"kind\": \"ring\", \"endpoints\": 3, \"link\": " + LINK + "}}");

        assertTrue(problems.get(0).message().contains("4 devices"), problems.toString());
    }

    private List<Problem> problems(String network) {
        return assertThrows(ScenarioException.class, () -> read(network)).problems();
    }

    private Scenario read(String network) throws IOException {
        return ScenarioFile.read(file("""
                {
                  "motley": 1,
                  "cluster": {
                    "devices": [{"name": "l4", "count": 4, "device": "nvidia-l4-24gb"}],
                    "network": %s
                  },
                  "workloads": [{
                    "kind": "task-graph",
                    "scheduler": "round-robin",
                    "graph": {
                      "kind": "inline",
                      "tasks": [
                        {"kind": "recorded", "name": "a", "time": "1 ms"},
                        {"kind": "recorded", "name": "b", "time": "1 ms"}
                      ],
                      "edges": [{"from": "a", "to": "b", "volume": "2 GB"}]
                    }
                  }]
                }
                """.formatted(network.replace("LINK", LINK))));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("scenario.json"), text);
    }
}
