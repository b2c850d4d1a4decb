package org.motleysim.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.core.experiment.Experiment;
import org.motleysim.core.experiment.StoppingRule;
import org.motleysim.core.experiment.Variant;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.workloads.scenario.Study;
import org.motleysim.workloads.scenario.StudyFile;
import org.motleysim.workloads.study.StudyResult;

/** Opens the page of a real study in a real browser, filters it, and points at it. */
class StudyPageInBrowserTest {
    private static final Pattern CELL =
            Pattern.compile("data-variant=\"([0-9]+)\" data-metric=\"([^\"]+)\" data-value=\"([^\"]+)\"");

    /** What a person would do, at the end of the page; results go into attributes of the body. */
    private static final String PERSON = """
            <script>
            addEventListener("load", () => setTimeout(() => {
              const body = document.body;
              const point = document.getElementById("point");
              const chart = document.getElementById("scatter");
              chart.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
              body.dataset.key = point.textContent;
              const over = chart.querySelector(".u-over");
              const box = over.getBoundingClientRect();
              for (let x = 0; x < box.width; x += 5) for (let y = 0; y < box.height; y += 5)
                over.dispatchEvent(new MouseEvent("mousemove", { clientX: box.left + x, clientY: box.top + y }));
              body.dataset.tips = String(chart.querySelectorAll(".tip b").length);
              document.querySelectorAll("#variants th button")[1].click();
              body.dataset.sorted = [...document.querySelectorAll("#variants tbody tr")].map((r) => r.cells[2].dataset.value).join(" ");
              const filter = document.getElementById("filter");
              filter.value = "least-work";
              filter.dispatchEvent(new Event("input"));
              body.dataset.filtered = document.getElementById("count").textContent;
              filter.value = "";
              filter.dispatchEvent(new Event("input"));
              const handle = document.querySelector(".handle.low[data-lane='1']");
              handle.dispatchEvent(new KeyboardEvent("keydown", { key: "End" }));
              body.dataset.brushed = document.getElementById("count").textContent;
              body.dataset.bound = handle.getAttribute("aria-valuetext");
              document.getElementById("unbrush").click();
              body.dataset.cleared = document.getElementById("count").textContent;
              const lanes = document.querySelector("#lanes canvas");
              const place = lanes.getBoundingClientRect();
              for (let y = 0; y < place.height && !document.getElementById("line").textContent; y += 4)
                lanes.dispatchEvent(new PointerEvent("pointermove", { clientX: place.left + place.width / 2, clientY: place.top + y }));
              body.dataset.line = document.getElementById("line").textContent;
              const drawn = lanes.getContext("2d").getImageData(0, 0, lanes.width, lanes.height).data;
              let inked = 0;
              for (let i = 3; i < drawn.length; i += 4) inked += drawn[i] > 0 ? 1 : 0;
              body.dataset.inked = String(inked);
              const names = [...document.querySelectorAll("#variants tbody td:nth-child(2) button")];
              (names.find((b) => b.textContent.includes("routing=least-work, rate=40")) || names[0]).click();
              body.dataset.opened = document.getElementById("variant").dataset.open;
              body.dataset.curves = String(document.querySelectorAll("#example canvas").length);
              body.dataset.runs = [...document.querySelectorAll("#replications tbody tr")]
                .map((r) => r.cells[1].textContent + " " + r.cells[2].title.split(" ")[0]).join(";");
            }, 500));
            </script>
            """;

    @TempDir
    private Path temporary;

    @Test
    void page_inABrowser_showsTheNumbersAndAnswersToThePerson() throws IOException, InterruptedException {
        var browser = Chromium.find();
        assumeTrue(browser.isPresent(), "skipped: no Chromium found. Maybe install it, or name it in CHROMIUM.");
        StudyResult answer = answer();
        Path file = temporary.resolve("study.html");
        // The page runs no script but its own: the person of this test needs that rule lifted.
        String html = answer.html()
                .replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "")
                .replace("</body>", PERSON + "</body>");
        Files.writeString(file, html);
        Chromium.Page page = browser.orElseThrow().open(file, temporary);

        assertEquals(List.of(), page.console(), "console");
        Matcher cells = CELL.matcher(page.dom());
        int seen = 0;
        while (cells.find()) {
            double mean = answer.result()
                    .summary(Integer.parseInt(cells.group(1)), cells.group(2))
                    .orElseThrow()
                    .mean();
            assertEquals(mean, Double.parseDouble(cells.group(3)), cells.group(2));
            seen++;
        }
        assertEquals(answer.study().variants().size() * answer.metrics().size(), seen, "numbers on the page");
        assertTrue(attribute("key", page).contains("routing="), "arrow key: " + attribute("key", page));
        assertTrue(Integer.parseInt(attribute("tips", page)) >= 4, "pointing at the scatter chart");
        double last = Double.NEGATIVE_INFINITY;
        for (String value : attribute("sorted", page).split(" ")) {
            assertTrue(Double.parseDouble(value) >= last, "sorted by the first metric");
            last = Double.parseDouble(value);
        }
        assertEquals("2 of 4 variants", attribute("filtered", page));
        assertTrue(page.dom().contains(answer.differences().get(0).sentence()), "what was found");
        assertEquals("2 of 4 variants", attribute("brushed", page));
        assertEquals("40 /s", attribute("bound", page));
        assertEquals("4 variants", attribute("cleared", page));
        assertTrue(attribute("line", page).contains("routing="), "a line pointed at: " + attribute("line", page));
        assertTrue(Integer.parseInt(attribute("inked", page)) > 2_000, "lines of all axes are drawn");
        assertSingleRuns(answer, page);
        // One scatter, two axes, one distribution, and the curves of one run.
        assertEquals(
                4 + Integer.parseInt(attribute("curves", page)),
                Pattern.compile("<canvas width=\"[1-9]")
                        .matcher(page.dom())
                        .results()
                        .count(),
                "charts");
    }

    /** The variant that was opened: its curves, and seed and first metric of each of its replications. */
    private static void assertSingleRuns(StudyResult answer, Chromium.Page page) {
        int variant = Integer.parseInt(attribute("opened", page));
        assertEquals(
                "routing=least-work, rate=40 /s",
                answer.study().variants().get(variant).name());
        assertTrue(Integer.parseInt(attribute("curves", page)) >= 8, "curves of one run");
        var experiment = answer.study().experiment().build();
        double[] values = answer.result().values(variant, "ttft.p99");
        String[] rows = attribute("runs", page).split(";");
        assertEquals(values.length, rows.length);
        for (int r = 0; r < rows.length; r++) {
            assertEquals(experiment.seed(variant, r) + " " + values[r], rows[r]);
        }
    }

    /** Ten thousand runs of made-up numbers, which cost nothing: the page must stay small, be drawn whole, and answer. */
    @Test
    void page_ofTenThousandRuns_staysUsable() throws IOException, InterruptedException {
        var browser = Chromium.find();
        assumeTrue(browser.isPresent(), "skipped: no Chromium found. Maybe install it, or name it in CHROMIUM.");
        Study study = StudyFile.parse("""
                {
                  "motleyStudy": 1,
                  "scenario": "../scenarios/mixed-serving.json",
                  "vary": [
                    {"path": "workloads[0].arrivals.rate", "name": "rate", "from": 5, "to": 40, "unit": "/s"},
                    {"path": "workloads[0].batching.maxSequences", "name": "sequences", "from": 8, "to": 256, "whole": true},
                    {"path": "workloads[0].routing", "values": ["round-robin", "least-work"]}
                  ],
                  "design": {"kind": "sobol", "points": 1024},
                  "replications": 10,
                  "compare": ["a", "b", "c", "d"],
                  "pareto": [{"metric": "a", "aim": "low"}, {"metric": "b", "aim": "high"}]
                }
                """, Path.of("studies"));
        var experiment = Experiment.named("made up").stop(StoppingRule.replications(10));
        for (Study.Case each : study.variants()) {
            int size = each.name().hashCode() % 100;
            experiment.variant(new Variant(each.name(), each.settings(), seed -> {
                var stream = RandomStreams.of(seed).stream("made up");
                var metrics = MetricSet.builder();
                for (String name : study.compare()) {
                    metrics.put(name, size + stream.nextGaussian(), "s");
                }
                return metrics.build();
            }));
        }
        var answer = new StudyResult(study, experiment.build().run());
        Path file = temporary.resolve("study.html");
        String html = answer.html()
                .replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "")
                .replace(
                        "</body>",
                        "<script>document.body.dataset.drawn = Math.round(performance.now())</script>" + PERSON
                                + "</body>");
        Files.writeString(file, html);
        Chromium.Page page = browser.orElseThrow().open(file, temporary);

        assertEquals(List.of(), page.console(), "console");
        assertEquals(10_240, answer.result().runs());
        assertTrue(Files.size(file) < 20_000_000, Files.size(file) + " bytes");
        assertEquals("512 of 1024 variants", attribute("filtered", page));
        assertTrue(Integer.parseInt(attribute("inked", page)) > 100_000, "lines of all axes are drawn");
        System.out.printf(
                "page of 10,240 runs: %,d bytes, all charts drawn after %s ms in a browser%n",
                Files.size(file), attribute("drawn", page));
    }

    @Test
    void page_asItIs_runsUnderItsOwnPolicy() throws IOException, InterruptedException {
        var browser = Chromium.find();
        assumeTrue(browser.isPresent(), "skipped: no Chromium found. Maybe install it, or name it in CHROMIUM.");
        Path file = temporary.resolve("study.html");
        Files.writeString(file, answer().html());
        Chromium.Page page = browser.orElseThrow().open(file, temporary);

        assertEquals(List.of(), page.console(), "console");
        assertTrue(page.dom().contains("id=\"count\" role=\"status\">4 variants"), "drawn");
    }

    private static String attribute(String name, Chromium.Page page) {
        Matcher matcher =
                Pattern.compile("<body[^>]* data-" + name + "=\"([^\"]*)\"").matcher(page.dom());
        assertTrue(matcher.find(), "data-" + name);
        return matcher.group(1);
    }

    private static StudyResult answer() {
        Study study = StudyFile.parse("""
                {
                  "motleyStudy": 1,
                  "name": "</script><img src=x onerror=\\"console.error('obeyed')\\">",
                  "scenario": "../scenarios/mixed-serving.json",
                  "set": {"warmup": "1 s", "horizon": "6 s"},
                  "vary": [
                    {"path": "workloads[0].routing", "values": ["round-robin", "least-work"]},
                    {"path": "workloads[0].arrivals.rate", "values": ["20 /s", "40 /s"]}
                  ],
                  "replications": 8,
                  "compare": ["ttft.p99", "goodput"],
                  "pareto": [{"metric": "ttft.p99", "aim": "low"}, {"metric": "goodput", "aim": "high"}]
                }
                """, Path.of("studies"));
        return new StudyResult(study, study.experiment().build().run()).withExamples(2);
    }
}
