package org.motleysim.workloads.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.hardware.collective.Collective;
import org.motleysim.workloads.graph.DeviceStreams;
import org.motleysim.workloads.graph.GraphJob;
import org.motleysim.workloads.graph.Task;

/** Collectives, memory and streams of task graphs in scenario files. */
class GraphTasksFileTest {
    @TempDir
    private Path folder;

    private Scenario read(String reduce, String rules) throws IOException {
        return ScenarioFile.read(file("""
                {
                  "motley": 1,
                  "cluster": {
                    "devices": [{"name": "l4", "count": 2, "device": "nvidia-l4-24gb"}],
                    "network": {"kind": "fair-share", "bandwidth": "10 GB/s", "latency": "5 us"}
                  },
                  "workloads": [{
                    "kind": "task-graph",
                    "scheduler": "by-rank",
                    "rules": %s,
                    "graph": {
                      "kind": "inline",
                      "ranks": [["a"], ["b"]],
                      "tasks": [
                        {"kind": "recorded", "name": "a", "time": "1 s", "memory": "2 GB"},
                        {"kind": "recorded", "name": "b", "time": "1 s", "memory": "3 GB"},
                        %s
                      ],
                      "edges": [{"from": "a", "to": "r"}, {"from": "b", "to": "r"}]
                    }
                  }]
                }
                """.formatted(rules, reduce)));
    }

    private Path file(String text) throws IOException {
        Path file = folder.resolve("scenario.json");
        Files.writeString(file, text);
        return file;
    }

    @Test
    void collective_inAFile_isReadRunAndWrittenAgain() throws IOException {
        Scenario scenario = read(
                "{\"kind\": \"collective\", \"name\": \"r\", \"collective\": \"all-reduce\", \"size\": \"1 GB\","
                        + " \"algorithm\": \"recursive-doubling\", \"groups\": [\"l4\"]}",
                "{\"queue\": \"first-ready\", \"streams\": {\"count\": 3, \"occupancy\": 0.5}}");
        GraphJob job = (GraphJob) scenario.workloads().get(0);

        assertEquals(new DeviceStreams(3, 0.5), job.rules().streams());
        assertEquals(3_000_000_000L, job.graph().task(1).memory().value());
        assertEquals(
                new Collective.AllReduce(1_000_000_000),
                ((Task.Collective) job.graph().task(2)).operation());
        assertEquals(scenario, ScenarioFile.read(file(ScenarioFile.write(scenario))));
        // One exchange of 1 GB each way.
        assertEquals(1 + 5e-6 + 0.1, scenario.run().metrics().value("makespan"), 1e-8);
    }

    @Test
    void collective_withoutAlgorithm_isWrittenWithoutOne() throws IOException {
        Scenario scenario = read("{\"kind\": \"collective\", \"name\": \"r\", \"collective\": \"barrier\"}", "{}");

        String text = ScenarioFile.write(scenario);
        assertEquals(scenario, ScenarioFile.read(file(text)));
        assertTrue(!text.contains("algorithm"), text);
    }

    @Test
    void graph_severalFaults_areToldTogether() {
        ScenarioException refusal = assertThrows(
                ScenarioException.class,
                () -> read(
                        "{\"kind\": \"recorded\", \"name\": \"a\", \"time\": \"1 s\"},"
                                + " {\"kind\": \"recorded\", \"name\": \"rr\", \"time\": \"1 s\"}",
                        "{}"));
        String all = refusal.problems().toString();

        // The name a is used twice, and both edges lead to r, which is not there.
        assertTrue(all.contains("task (a) of graph graph must have a name of its own"), all);
        assertTrue(all.contains("edge a -> r: task (\"r\") must be in graph"), all);
        assertTrue(all.contains("edge b -> r: task (\"r\") must be in graph"), all);
        assertTrue(all.contains("Maybe \"rr\"."), all);
    }

    @Test
    void streams_withPreemption_areOneProblem() {
        ScenarioException refusal = assertThrows(
                ScenarioException.class,
                () -> read(
                        "{\"kind\": \"recorded\", \"name\": \"r\", \"time\": \"1 s\"}",
                        "{\"queue\": \"first-ready-preemptive\", \"streams\": {\"count\": 2}}"));

        assertEquals(1, refusal.problems().size());
        assertEquals("$.workloads[0].rules", refusal.problems().get(0).path());
    }
}
