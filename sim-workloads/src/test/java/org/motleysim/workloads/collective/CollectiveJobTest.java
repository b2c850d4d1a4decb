package org.motleysim.workloads.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.collective.Algorithms;
import org.motleysim.hardware.collective.Collective;
import org.motleysim.hardware.collective.Overlap;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.scenario.ScenarioException;
import org.motleysim.workloads.scenario.ScenarioFile;

class CollectiveJobTest {
    private static final String FILE = """
            {
              "motley": 1,
              "seed": 5,
              "cluster": {
                "devices": [{"name": "h100", "count": 8, "device": "nvidia-h100-sxm-80gb"}],
                "network": {"kind": "levels", "levels": [
                  {"size": 4, "bandwidth": "400 GB/s", "latency": "1 us"},
                  {"size": 2, "bandwidth": "50 GB/s", "latency": "5 us"}]}
              },
              "workloads": [{
                "kind": "collective",
                "collective": COLLECTIVE,
                "algorithms": ALGORITHMS,
                "sizes": ["1 MB", "4 MB"]
              }]
            }
            """;

    private static Cluster cluster() {
        return Cluster.builder("8")
                .add("h100", 8, Catalog.builtIn().device("nvidia-h100-sxm-80gb"))
                .network(NetworkModel.fairShare(Bandwidth.gigabytesPerSecond(1), Duration.ofNanos(5_000)))
                .build();
    }

    private static CollectiveJob.Builder ring() {
        return CollectiveJob.of(new Collective.AllReduce(0))
                .algorithm(Algorithms.named("ring"))
                .sizes(Bytes.megabytes(8));
    }

    private static RunResult run(CollectiveJob job) {
        return Scenario.of(cluster(), job).seed(5).build().run();
    }

    private static List<CollectiveLog.Row> rows(RunResult result) {
        return ((CollectiveLog) result.logs().get(0)).rows();
    }

    @Test
    void run_ring_takesTheFormulaAndReportsBothBandwidths() {
        CollectiveLog.Row row = rows(run(ring().build())).get(0);
        double seconds = 14 * (5e-6 + 1e-3);
        assertEquals(seconds, row.seconds(), 1e-12);
        assertEquals(seconds, row.formulaSeconds(), 1e-12);
        assertEquals(8e6 / seconds, row.algorithmBandwidth(), 1);
        assertEquals(8e6 / seconds * 14 / 8, row.busBandwidth(), 1);
    }

    @Test
    void run_teams_eachAmongItsNeighbours() {
        CollectiveLog.Row row = rows(run(ring().teams(2).build())).get(0);
        assertEquals(4, row.ranks());
        assertEquals(6 * (5e-6 + 2e-3), row.seconds(), 1e-12);
    }

    @Test
    void run_sentAsMxfp4_movesItsBytes() {
        CollectiveLog.Row row =
                rows(run(ring().sentAs(NumberFormat.MXFP4).build())).get(0);
        assertEquals(1_062_500, row.sent().bytes());
        assertEquals(8_000_000, row.size());
    }

    @Test
    void run_lateDevices_takesLongerAndTheSameEachTime() {
        CollectiveJob job =
                ring().repetitions(3).lateness(Distribution.exponential(0.001)).build();
        List<CollectiveLog.Row> once = rows(run(job));
        assertEquals(once, rows(run(job)));
        assertEquals(3, once.size());
        for (CollectiveLog.Row row : once) {
            assertTrue(row.seconds() > 14 * (5e-6 + 1e-3), row.toString());
        }
    }

    @Test
    void run_besideCompute_exposesTheRest() {
        RunResult result = run(ring().beside(new Computing(Duration.ofMillis(10), new Overlap(0.1, 0.05)))
                .build());
        double alone = 14 * (5e-6 + 1e-3);
        // 10 ms of compute take 11 ms; in those, 11 / 1.05 ms of communication are done.
        assertEquals(alone - 11e-3 / 1.05, result.metrics().value("communication.exposed"), 1e-9);
    }

    @Test
    void file_everyKindOfAlgorithm_readsAsItIsWritten() {
        String algorithms = """
                ["ring", "two-way-ring", "double-tree", "halving-doubling", {"kind": "tree", "arity": 3},
                 {"kind": "rail-ring", "perNode": 4},
                 {"kind": "hierarchical", "levels": [{"size": 4, "algorithm": "direct"}, {"size": 2, "algorithm": "ring"}]},
                 {"kind": "by-size", "rows": [{"upTo": "2 MB", "algorithm": "recursive-doubling"}, {"upTo": "1 GB", "algorithm": "ring"}]},
                 {"kind": "lowest-estimate", "bandwidth": "50 GB/s", "latency": "5 us"}]
                """;
        Scenario scenario = ScenarioFile.parse(
                FILE.replace("COLLECTIVE", "\"all-reduce\"").replace("ALGORITHMS", algorithms), Path.of("."));
        assertEquals(scenario, ScenarioFile.parse(ScenarioFile.write(scenario), Path.of(".")));
        RunResult result = scenario.run();
        List<CollectiveLog.Row> rows = rows(result);
        assertEquals(18, rows.size());
        assertEquals("recursive-doubling", rows.get(14).algorithm());
        assertEquals("ring", rows.get(15).algorithm());
        assertTrue(result.report().sections().stream()
                .anyMatch(section -> section.title().startsWith("all-reduce over 8 ranks")));
    }

    @Test
    void file_everyCollective_runs() {
        for (String each : List.of(
                "\"all-reduce\"",
                "\"all-gather\"",
                "\"reduce-scatter\"",
                "\"broadcast\"",
                "\"all-to-all\"",
                "{\"kind\": \"all-to-all\", \"split\": {\"kind\": \"zipf\", \"exponent\": 0.8}}",
                "\"barrier\"",
                "{\"kind\": \"point-to-point\", \"from\": 0, \"to\": 7}",
                "\"send-receive\"")) {
            Scenario scenario = ScenarioFile.parse(
                    FILE.replace("COLLECTIVE", each).replace("ALGORITHMS", "[\"direct\"]"), Path.of("."));
            assertEquals(scenario, ScenarioFile.parse(ScenarioFile.write(scenario), Path.of(".")), each);
            assertTrue(rows(scenario.run()).get(0).seconds() > 0, each);
        }
    }

    @Test
    void run_stridedBuffers_paysForEveryCopyOrForOneKernel() {
        Strided copies = new Strided(Bytes.of(64), Bytes.of(512), Optional.of(Duration.ofNanos(5_000)));
        Strided kernel = new Strided(Bytes.of(64), Bytes.of(512), Optional.empty());
        double plain = rows(run(ring().build())).get(0).seconds();
        double copied = rows(run(ring().layout(copies).build())).get(0).seconds();
        double packed = rows(run(ring().layout(kernel).build())).get(0).seconds();
        // 8 MB in blocks of 64 bytes, together and apart again.
        assertEquals(plain + 2 * 125_000 * 5e-6, copied, 1e-9);
        assertTrue(packed > plain && packed < plain + 100e-6, packed + " s");
    }

    @Test
    void file_oneRankForAll_isTheRunOfEveryTransfer() {
        String hierarchical = """
                [{"kind": "hierarchical", "levels": [{"size": 4, "algorithm": "ring"}, {"size": 2, "algorithm": "ring"}]}]
                """;
        String every = FILE.replace("COLLECTIVE", "\"all-reduce\"").replace("ALGORITHMS", hierarchical);
        String one = every.replace(
                "\"sizes\"",
                "\"oneRankForAll\": true, \"library\": {\"name\": \"nccl-h100\", \"perNode\": 4}, \"sizes\"");
        Scenario scenario = ScenarioFile.parse(one, Path.of("."));
        assertEquals(scenario, ScenarioFile.parse(ScenarioFile.write(scenario), Path.of(".")));
        assertEquals(
                rows(ScenarioFile.parse(every, Path.of(".")).run()).stream()
                        .map(CollectiveLog.Row::seconds)
                        .toList(),
                rows(scenario.run()).stream().map(CollectiveLog.Row::seconds).toList());
        assertTrue(scenario.run().report().text().contains("nccl-h100"));
    }

    @Test
    void file_oneRankForAllWhereRanksDiffer_isRefused() {
        String ring = FILE.replace("COLLECTIVE", "\"all-reduce\"").replace("ALGORITHMS", "[\"ring\"]");
        ScenarioException refused = assertThrows(
                ScenarioException.class,
                () -> ScenarioFile.parse(
                        ring.replace("\"sizes\"", "\"oneRankForAll\": true, \"sizes\""), Path.of(".")));
        assertEquals("$.workloads[0].algorithms[0]", refused.problems().get(0).path());
    }

    @Test
    void file_algorithmsThatCannot_areAllNamed() {
        ScenarioException refused = assertThrows(
                ScenarioException.class,
                () -> ScenarioFile.parse(
                        FILE.replace("COLLECTIVE", "\"all-gather\"")
                                .replace(
                                        "ALGORITHMS",
                                        "[\"ring\", \"star\", {\"kind\": \"rail-ring\", \"perNode\": 3}]"),
                        Path.of(".")));
        List<String> paths = refused.problems().stream().map(Problem::path).toList();
        assertEquals(List.of("$.workloads[0].algorithms[1]", "$.workloads[0].algorithms[2]"), paths);
    }

    @Test
    void build_withoutAlgorithmOrSize_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> CollectiveJob.of(new Collective.AllReduce(0))
                .build());
        assertThrows(IllegalArgumentException.class, () -> ring().teams(0));
    }
}
