package org.motleysim.workloads.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RadioFileTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\": \"radio\", \"technology\": \"wifi\"}",
                "{\"kind\": \"radio\", \"technology\": \"lte\", \"contention\": \"wlan\","
                        + " \"fading\": {\"hertz\": 20000000, \"meanSnr\": 10}}",
                "{\"kind\": \"radio\", \"technology\": {\"kind\": \"custom\", \"bandwidth\": \"10 Mbit/s\", \"latency\": \"1 ms\","
                        + " \"sendNanojoulesPerBit\": 50}, \"contention\": {\"kind\": \"table\", \"points\":"
                        + " [{\"stations\": 1, \"kilobitsPerSecondEach\": 9000}, {\"stations\": 2, \"kilobitsPerSecondEach\": 4000}]}}",
                """
                {
                  "kind": "cellular",
                  "cells": {"kind": "listed", "cells": [{"name": "a", "x": 0, "y": 0}, {"name": "b", "x": 100, "y": 0}]},
                  "reach": {"kind": "log-distance", "hertz": 1e6, "snrAtReference": 1000, "referenceMetres": 10, "exponent": 3,
                    "rayleigh": true},
                  "handover": {"report": "200 ms", "hysteresisMetres": 5, "interruption": "50 ms"},
                  "latency": "10 ms",
                  "sendNanojoulesPerBit": 400,
                  "backhaul": {"bandwidth": "1 Gbit/s", "latency": "1 ms"},
                  "journeys": [{"kind": "points", "points": [{"time": "0 s", "x": 0, "y": 5}, {"time": "20 s", "x": 100, "y": 5}]}]
                }
                """,
                "{\"kind\": \"cellular\", \"cells\": {\"kind\": \"listed\", \"cells\": [{\"name\": \"a\", \"x\": 0, \"y\": 0}]},"
                        + " \"reach\": {\"kind\": \"rings\", \"rings\": [{\"upToMetres\": 50, \"bandwidth\": \"10 Mbit/s\"}]},"
                        + " \"handover\": {\"report\": \"1 s\", \"interruption\": \"0 s\"}, \"latency\": \"1 ms\","
                        + " \"sendNanojoulesPerBit\": 5, \"journeys\": [{\"kind\": \"points\", \"points\":"
                        + " [{\"time\": \"0 s\", \"x\": 1, \"y\": 1}]}]}",
            })
    void network_radio_isReadRunAndWrittenAgain(String network) throws IOException {
        Scenario scenario = read(network);

        assertEquals(scenario, ScenarioFile.read(file(ScenarioFile.write(scenario))));
        RunResult result = scenario.run();
        assertEquals(2, result.metrics().value("tasks.finished"));
        assertTrue(result.metrics().value("energy.network") > 0);
        assertEquals(result.digest(), scenario.run().digest());
    }

    @Test
    void network_unknownTechnology_isToldWithTheNearest() {
        ScenarioException refusal =
                assertThrows(ScenarioException.class, () -> read("{\"kind\": \"radio\", \"technology\": \"wify\"}"));

        assertEquals("$.cluster.network.technology", refusal.problems().get(0).path());
        assertTrue(refusal.problems().get(0).hint().contains("wifi"));
    }

    private Scenario read(String network) throws IOException {
        return ScenarioFile.read(file("""
                {
                  "motley": 1,
                  "cluster": {
                    "devices": [{"name": "l4", "count": 2, "device": "nvidia-l4-24gb"}],
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
                      "edges": [{"from": "a", "to": "b", "volume": "1 MB"}]
                    }
                  }]
                }
                """.formatted(network)));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("scenario.json"), text);
    }
}
