package org.motleysim.workloads.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.workloads.Problem;

/** Federated learning from scenario files. */
class FederatedFileTest {
    private static final String FLEET = """
            {"classes": [{"name": "phone", "speed": "1 GFLOP/s", "memory": "4 GB", "linkDown": "1 MB/s", "linkUp": "1 MB/s",
                          "battery": "40 kJ", "busyPower": "3 W"}], "count": 60}""";

    @TempDir
    private Path folder;

    private Scenario read(String clients, String more) throws IOException {
        return ScenarioFile.parse("""
                {"motley": 1,
                 "cluster": {"devices": [{"name": "server", "count": 1, "device": "nvidia-l4-24gb"}]},
                 "workloads": [{"kind": "federated",
                   "clients": %s,
                   "work": {"kind": "training", "forward": "10 MFLOP", "amount": {"kind": "epochs", "epochs": 1, "batch": 5}},
                   "payload": {"down": "1 MB", "up": "1 MB"},
                   "limit": {"versions": 4}
                   %s}]}
                """.formatted(clients, more), folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\": \"synchronous\", \"participants\": 5, \"invited\": 8, \"deadline\": \"5 min\", \"quorum\": 2}",
                "{\"kind\": \"asynchronous\", \"concurrency\": 5, \"mixing\": 0.5, \"weight\": {\"kind\": \"hinge\", \"a\": 1, \"b\": 4}}",
                "{\"kind\": \"buffered\", \"concurrency\": 6, \"buffer\": 3, \"weight\": \"constant\", \"maxStaleness\": 10}",
                "{\"kind\": \"compass\", \"minSteps\": 2, \"maxSteps\": 9, \"lambda\": 1.4}",
                "{\"kind\": \"tiered\", \"tiers\": 3, \"participants\": 4}",
                "{\"kind\": \"hierarchical\", \"edges\": 4, \"participants\": 3, \"edgeRounds\": 2, \"backhaul\": \"10 MB/s\"}",
                "\"gossip\""
            })
    void aggregation_eachKind_isReadRunAndWrittenAgain(String aggregation) throws IOException {
        Files.writeString(
                folder.resolve("hours.csv"), "client,active,inactive,finish_time\na,0,4000,5000\nb,100,5000,5000\n");
        Scenario scenario = read("""
                {"fleet": %s, "samples": {"kind": "histogram", "bins": [{"samples": 10, "clients": 2}, {"samples": 20, "clients": 1}]},
                 "availability": {"kind": "trace", "file": "hours.csv", "format": "fedscale"},
                 "battery": {"charger": "10 W", "standby": "0.1 W", "minimumShare": 0.1}, "dropout": 0.05,
                 "clockAheadSeconds": {"kind": "uniform", "low": -100, "high": 100}}""".formatted(FLEET), """
                , "aggregation": %s, "selection": {"kind": "least-often", "pool": 3},
                  "radio": {"technology": "lte", "base": "1.288 W", "tail": "1 W", "tailTime": "11 s"},
                  "server": {"ingress": "100 MB/s", "latency": "10 ms"},
                  "learning": {"kind": "real", "model": {"kind": "mlp", "hidden": 6},
                    "data": {"kind": "synthetic", "classes": 3, "features": 4, "separation": 3, "alpha": 0.5, "testSamples": 100},
                    "learningRate": 0.1}""".formatted(aggregation));

        assertEquals(scenario, ScenarioFile.parse(ScenarioFile.write(scenario), folder));
        RunResult result = scenario.run();
        assertEquals(
                4, result.metrics().value("rounds.versions") + result.metrics().value("rounds.failed"));
        assertEquals(result.digest(), scenario.run().digest());
        String page = result.report().html();
        assertTrue(
                page.contains("Rounds") && page.contains("left out") && page.contains("Accuracy on the test samples"));
    }

    @Test
    void problems_allOfThem_areToldAtOnceWithTheirPlaces() {
        ScenarioException refusal = assertThrows(ScenarioException.class, () -> read("""
                        {"fleet": %s, "availability": {"kind": "dayurnal"}, "dropout": 1.5,
                         "samples": {"kind": "dirichlet", "samples": 100, "alpha": 0}}""".formatted(FLEET), """
                        , "aggregation": {"kind": "synchronous", "participants": 10, "invited": 5},
                          "selection": "randum", "learning": {"kind": "real", "model": "softmax"}"""));
        List<String> paths = refusal.problems().stream().map(Problem::path).toList();
        assertTrue(
                paths.containsAll(List.of(
                        "$.workloads[0].clients.availability.kind",
                        "$.workloads[0].clients.dropout",
                        "$.workloads[0].clients.samples.alpha",
                        "$.workloads[0].aggregation",
                        "$.workloads[0].selection",
                        "$.workloads[0].learning")),
                paths.toString());
        assertTrue(
                refusal.problems().stream().anyMatch(problem -> problem.hint().contains("diurnal")),
                refusal.getMessage());
        assertTrue(refusal.problems().stream()
                .anyMatch(problem -> problem.message().contains("invited (5) must be at least the participants (10)")));
    }

    @Test
    void problems_thatNeedTheWholeJob_areFoundBeforeTheRun() throws IOException {
        String limited = ScenarioFile.write(read(
                "{\"fleet\": " + FLEET + "}",
                ", \"aggregation\": {\"kind\": \"buffered\", \"concurrency\": 5, \"buffer\": 2}"));
        String endless = limited.replaceAll("(?s),\\s*\"limit\"\\s*:\\s*\\{[^}]*\\}", "");
        ScenarioException refusal = assertThrows(ScenarioException.class, () -> ScenarioFile.parse(endless, folder));
        assertTrue(
                String.valueOf(refusal.getMessage()).contains("must have a horizon or a limit"), refusal.getMessage());
    }

    @Test
    void data_ofTheUser_isLearntFrom() throws IOException {
        StringBuilder csv = new StringBuilder("client,label,x,y\n");
        for (int i = 0; i < 400; i++) {
            int label = i % 2;
            String client = i < 100 ? "test" : "c" + i % 60;
            csv.append(client)
                    .append(',')
                    .append(label)
                    .append(',')
                    .append(label * 2 - 1 + 0.01 * (i % 7))
                    .append(",1\n");
        }
        Files.writeString(folder.resolve("samples.csv"), csv);
        RunResult result = read("{\"fleet\": " + FLEET + "}", """
                        , "aggregation": {"kind": "synchronous", "participants": 20},
                          "learning": {"kind": "real", "model": "softmax", "data": {"kind": "table", "file": "samples.csv"},
                                       "learningRate": 0.5}""").run();
        assertEquals(1, result.metrics().value("learning.accuracy"));

        Files.writeString(folder.resolve("samples.csv"), "client,label,x\na,0,1\nb,-1,one\n");
        ScenarioException refusal =
                assertThrows(ScenarioException.class, () -> read("{\"fleet\": " + FLEET + "}", """
                        , "aggregation": {"kind": "synchronous", "participants": 20},
                          "learning": {"kind": "real", "model": "softmax", "data": {"kind": "table", "file": "samples.csv"},
                                       "learningRate": 0.5}"""));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains("line 3, x (one) must be a finite number"), message);
        assertTrue(message.contains("line 3, label (-1) must be a whole number"), message);
        assertTrue(message.contains("a client \"test\""), message);
    }

    @Test
    void tables_ofFlashAndFedScale_areReadThroughMappings() throws IOException {
        Files.writeString(folder.resolve("capacity.csv"), "client,ms_per_sample,kbps\n1,50,2000\n2,10,50000\n");
        Scenario scenario = read("""
                {"fleet": {"table": "capacity.csv", "columns": {
                   "speed": {"factor": 1e10, "dividedBy": ["ms_per_sample"]}, "memory": {"factor": 4e9},
                   "linkDown": {"columns": ["kbps"], "factor": 125}, "linkUp": {"columns": ["kbps"], "factor": 125},
                   "busyPower": {"factor": 4}}, "selection": "quotas", "count": 2}}""", ", \"aggregation\": {\"kind\": \"synchronous\", \"participants\": 2}");
        assertEquals(scenario, ScenarioFile.parse(ScenarioFile.write(scenario), folder));
        // The slow one: 3 x 10 MFLOP at 200 MFLOP/s, and 2 MB at 250 kB/s.
        assertEquals(4 * (0.15 + 8), scenario.run().metrics().value("time.job"), 1e-6);

        String data = System.getProperty("motley.data", System.getenv("MOTLEY_DATA"));
        Assumptions.assumeTrue(data != null, "skipped: set MOTLEY_DATA to the folder of measured data");
        Path edge = Path.of(data, "edge");
        Scenario flash = read(
                """
                {"fleet": {"table": "%s", "columns": {
                   "speed": {"factor": 1.0327e12, "dividedBy": ["mean_ms_per_batch"]}, "memory": {"factor": 4e9},
                   "linkDown": {"factor": 1e6}, "linkUp": {"factor": 1e6}, "busyPower": {"factor": 4},
                   "class": "device_tier", "weight": "tier_share", "whereColumn": "workload", "whereValue": "femnist_cnn"},
                   "count": 1000},
                 "links": {"table": "%s", "columns": {"speed": {"factor": 1}, "memory": {"factor": 1},
                   "linkDown": {"columns": ["down_mean_kBps"], "factor": 1000}, "linkUp": {"columns": ["up_mean_kBps"], "factor": 1000}}}}""".formatted(edge.resolve("flash_train_time_per_batch.csv"), edge.resolve("flash_network_speed.csv")),
                ", \"aggregation\": {\"kind\": \"synchronous\", \"participants\": 100}");
        RunResult result = flash.run();
        assertEquals(400, result.metrics().value("tasks.arrived"));
        Scenario phones = read(
                """
                {"fleet": {"table": "%s", "columns": {
                   "speed": {"columns": ["fp16_score"], "factor": 1e5}, "memory": {"columns": ["ram_gb"], "factor": 1e9},
                   "linkDown": {"factor": 1e6}, "linkUp": {"factor": 1e6}, "busyPower": {"factor": 4}, "class": "soc",
                   "skipUnusable": true}, "count": 500}}""".formatted(edge.resolve("ai_benchmark_devices.csv")),
                ", \"aggregation\": {\"kind\": \"buffered\", \"concurrency\": 50, \"buffer\": 10}");
        assertEquals(4, phones.run().metrics().value("rounds.versions"));
    }
}
