package org.motleysim.workloads.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.motleysim.core.report.Section;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.Slo;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.request.RequestLengths;

class RunReportTest {
    private static final Pattern NUMBER = Pattern.compile("data-metric=\"([^\"]+)\" data-value=\"([^\"]+)\"");

    @Test
    void report_ofAServingRun_showsTheNumbersOfTheRun() {
        RunResult result = scenario(serving("chat", "h100"), "h100").run();
        String text = result.report().text();
        for (String words : new String[] {
            "time to first token (TTFT)",
            "SLO attainment",
            "Goodput",
            "per million tokens",
            "Machines",
            result.digestText()
        }) {
            assertTrue(text.contains(words), words + " in\n" + text);
        }
        assertTrue(text.lines().allMatch(line -> line.length() <= 120), text);
        int numbers = 0;
        var found = NUMBER.matcher(result.report().html());
        while (found.find()) {
            assertEquals(result.metrics().value(found.group(1)), Double.parseDouble(found.group(2)), found.group(1));
            numbers++;
        }
        assertTrue(numbers > 50, numbers + " numbers on the page");
    }

    @Test
    void report_ofTwoServices_tellsThemApart() {
        Cluster cluster = Cluster.builder("two")
                .add("h100", 1, Catalog.builtIn().device("nvidia-h100-sxm-80gb"))
                .add("a10g", 1, Catalog.builtIn().device("nvidia-a10g-24gb"))
                .build();
        RunResult result = Scenario.of(cluster, serving("chat", "h100"), serving("code", "a10g"))
                .horizon(Duration.ofSeconds(20))
                .build()
                .run();
        String text = result.report().text();
        assertTrue(text.contains("chat: Latency") && text.contains("code: Latency"), text);
        assertTrue(result.report().html().contains("data-metric=\"code.ttft.p99\""), "metrics keep their names");
    }

    @Test
    void report_ofARun_splitsEnergyAndCostWithoutRest() {
        RunResult result = scenario(serving("chat", "h100"), "h100").run();
        double[] totals = result.report().sections().stream()
                .filter(Section.BarChart.class::isInstance)
                .map(Section.BarChart.class::cast)
                .filter(chart -> !chart.bars().get(0).values().get(0).percent())
                .mapToDouble(chart ->
                        chart.bars().stream().mapToDouble(Section.Bar::total).sum())
                .toArray();
        assertEquals(2, totals.length);
        assertEquals(result.metrics().value("energy.total"), totals[0], 1e-9 * totals[0]);
        assertEquals(result.metrics().value("cost.total"), totals[1], 1e-9 * totals[1]);
    }

    private static LlmServing serving(String name, String group) {
        return LlmServing.of(ModelSpec.builtIn("llama-3-8b"))
                .name(name)
                .groups(group)
                .arrivals(Arrivals.poisson(4))
                .lengths(RequestLengths.fixed(200, 50))
                .slo(new Slo(Duration.ofMillis(500), Duration.ofMillis(50)))
                .build();
    }

    private static Scenario scenario(LlmServing serving, String group) {
        Cluster cluster = Cluster.builder("one")
                .add(group, 2, Catalog.builtIn().device("nvidia-h100-sxm-80gb"))
                .build();
        return Scenario.of(cluster, serving)
                .name("short")
                .seed(7)
                .horizon(Duration.ofSeconds(20))
                .build();
    }
}
