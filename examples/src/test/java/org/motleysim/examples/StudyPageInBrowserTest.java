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
              body.dataset.sorted = [...document.querySelectorAll("#variants tbody tr")].map((r) => r.cells[1].dataset.value).join(" ");
              const filter = document.getElementById("filter");
              filter.value = "least-work";
              filter.dispatchEvent(new Event("input"));
              body.dataset.filtered = document.getElementById("count").textContent;
              filter.value = "";
              filter.dispatchEvent(new Event("input"));
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
        // One scatter, two axes, one distribution.
        assertEquals(
                4,
                Pattern.compile("<canvas width=\"[1-9]")
                        .matcher(page.dom())
                        .results()
                        .count(),
                "charts");
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
                  "replications": 4,
                  "compare": ["ttft.p99", "goodput"],
                  "pareto": [{"metric": "ttft.p99", "aim": "low"}, {"metric": "goodput", "aim": "high"}]
                }
                """, Path.of("studies"));
        return new StudyResult(study, study.experiment().build().run());
    }
}
