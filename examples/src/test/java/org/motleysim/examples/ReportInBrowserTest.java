package org.motleysim.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.core.report.OutputFolder;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.Slo;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.scenario.ResultFiles;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.scenario.ScenarioFile;

/** Opens the report of a real run in a real browser. */
class ReportInBrowserTest {
    private static final Pattern NUMBER = Pattern.compile("data-metric=\"([^\"]+)\" data-value=\"([^\"]+)\"");
    private static final Pattern CANVAS = Pattern.compile("<canvas width=\"[1-9][0-9]*\" height=\"[1-9][0-9]*\"");

    @TempDir
    private Path temporary;

    @Test
    void report_inABrowser_drawsItsChartsAndShowsTheNumbersOfTheRun() throws IOException, InterruptedException {
        Chromium.Page page = open(mixedServing());
        JsonNode metrics = new ObjectMapper()
                .readTree(temporary.resolve("result.json").toFile())
                .path("metrics");
        assertEquals(List.of(), page.console(), "console");
        assertEquals(
                count("data-chart=", page.dom()),
                CANVAS.matcher(page.dom()).results().count(),
                "charts drawn");
        assertTrue(count("data-chart=", page.dom()) >= 10, "charts on the page");
        Map<String, Double> shown = new LinkedHashMap<>();
        NUMBER.matcher(page.dom()).results().forEach(m -> shown.put(m.group(1), Double.valueOf(m.group(2))));
        for (String name : List.of(
                "ttft.p99",
                "tpot.p50",
                "goodput",
                "energy.total",
                "cost.per_million_tokens",
                "device.h100-0.bound.memory",
                "device.a10g-5.bound.waiting")) {
            assertTrue(shown.containsKey(name), name + " on the page");
        }
        shown.forEach((name, value) ->
                assertEquals(metrics.path(name).path("value").doubleValue(), value, name + " as in result.json"));
        assertTrue(
                page.dom().contains("aria-label=\"Gantt chart: Iterations of each replica"), "timeline of iterations");
        assertTrue(page.dom().contains("Power per device"), "power over time");
        assertTrue(page.dom().contains("Fields that differ from their defaults"), "what was set");
        assertTrue(page.dom().contains("workloads[0].routing"), "a field that was set");
        assertTrue(Files.size(temporary.resolve("report.html")) < 1_000_000, "the page stays small");
        assertTrue(page.dom().contains("&quot;least-work&quot;") || page.dom().contains("\"least-work\""), "scenario");
    }

    @Test
    void report_ofTaskGraphs_drawsItsGanttChart() throws IOException, InterruptedException {
        Chromium.Page page =
                open(ScenarioFile.read(Path.of("scenarios", "task-graph.json")).run());

        assertEquals(List.of(), page.console(), "console");
        assertEquals(
                count("data-chart=", page.dom()),
                CANVAS.matcher(page.dom()).results().count(),
                "charts drawn");
        assertTrue(page.dom().contains("aria-label=\"Gantt chart: What ran where. 6 bars in 3 rows\""), "Gantt chart");
        assertTrue(page.dom().contains("Framed: critical path"), "legend");
    }

    @Test
    void report_ofAHostileName_showsItAsText() throws IOException, InterruptedException {
        Chromium.Page page = open(run("</script><img src=x onerror=\"console.error('obeyed')\">"));
        assertEquals(List.of(), page.console(), "console");
        assertFalse(page.dom().contains("<img"), "markup of the user");
        assertTrue(page.dom().contains("<h1>&lt;/script&gt;&lt;img"), "name shown");
    }

    private Chromium.Page open(RunResult result) throws IOException, InterruptedException {
        var browser = Chromium.find();
        assumeTrue(browser.isPresent(), "skipped: no Chromium found. Maybe install it, or name it in CHROMIUM.");
        try (var files = OutputFolder.open(temporary)) {
            ResultFiles.stage(result, files);
            files.commit();
        }
        return browser.orElseThrow().open(temporary.resolve("report.html"), temporary);
    }

    /** The main example, shorter: its waits span five decades, which a chart must be able to draw. */
    private static RunResult mixedServing() {
        var shorter = Map.of("warmup", "10 s", "horizon", "2 min");
        return ScenarioFile.read(Path.of("scenarios", "mixed-serving.json"), shorter)
                .run();
    }

    private static RunResult run(String name) {
        Cluster cluster = Cluster.builder("mixed")
                .add("h100", 1, Catalog.builtIn().device("nvidia-h100-sxm-80gb"))
                .add("a10g", 2, Catalog.builtIn().device("nvidia-a10g-24gb"))
                .build();
        var chat = LlmServing.of(ModelSpec.builtIn("llama-3-8b"))
                .arrivals(Arrivals.poisson(10))
                .lengths(RequestLengths.logNormal(400, 4_000, 150, 900))
                .slo(new Slo(Duration.ofMillis(500), Duration.ofMillis(50)))
                .build();
        return Scenario.of(cluster, chat)
                .name(name)
                .seed(7)
                .horizon(Duration.ofSeconds(60))
                .build()
                .run();
    }

    private static long count(String part, String text) {
        return text.split(Pattern.quote(part), -1).length - 1L;
    }
}
