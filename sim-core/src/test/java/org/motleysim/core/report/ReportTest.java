package org.motleysim.core.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.core.report.Section.Bar;
import org.motleysim.core.report.Section.BarChart;
import org.motleysim.core.report.Section.CdfChart;
import org.motleysim.core.report.Section.Code;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Headline;
import org.motleysim.core.report.Section.LineChart;
import org.motleysim.core.report.Section.Marker;
import org.motleysim.core.report.Section.Table;
import org.motleysim.core.report.Section.Text;
import org.motleysim.core.report.Section.Tile;

class ReportTest {

    private static final String HOSTILE = "</script><img src=x onerror=\"alert(1)\"> & 'q' `b` {{title}}";

    @TempDir
    private Path temporary;

    @Test
    void text_ofATable_alignsNumbersToTheRightAndTextsToTheLeft() {
        var table = new Table(
                "Latency",
                List.of(Column.text("what"), Column.number("mean"), Column.number("p99")),
                List.of(
                        List.of(Cell.text("TTFT"), Cell.of(0.0412, "s"), Cell.of(1.5, "s")),
                        List.of(Cell.text("E2E, all"), Cell.of(12, "s"), Cell.absent())));
        var report = Report.builder("a run").add(table).closing("digest 1").build();
        assertEquals("""
                a run
                =====

                Latency
                  what         mean     p99
                  TTFT      41.2 ms  1.50 s
                  E2E, all     12 s       -

                digest 1
                """, report.text());
    }

    @Test
    void text_ofALongTable_saysHowManyRowsAreLeftOut() {
        var rows = IntStream.range(0, 1_030)
                .mapToObj(i -> List.of(Cell.text("row " + i)))
                .toList();
        var text = Report.builder("t")
                .add(new Table("long", List.of(Column.text("name")), rows))
                .build()
                .text();
        assertTrue(text.contains("row 23\n"), text);
        assertFalse(text.contains("row 24\n"), text);
        assertTrue(text.contains("... and 1,006 more rows"), text);
    }

    @Test
    void text_ofAnyReport_isAsciiAndObeysNoControlCharacter() {
        var text = Report.builder("red \u001b[31m\nname\u0007")
                .add(everything(""))
                .build()
                .text();
        assertTrue(text.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 127)), text);
        assertTrue(text.startsWith("red ?[31m?name?\n"), text);
    }

    @Test
    void html_withHostileTexts_hasThemOnlyEscaped() {
        var builder = Report.builder(HOSTILE).subtitle(HOSTILE).closing(HOSTILE);
        everyKind(HOSTILE).forEach(builder::add);
        String html = builder.build().html();
        assertFalse(html.contains("<img"), "markup of the user");
        assertEquals(2, occurrences(html, "<script"), "script elements");
        assertEquals(2, occurrences(html, "</script"), "ends of script elements");
        assertTrue(html.contains("&lt;/script&gt;&lt;img src"), "escaped text");
        assertTrue(occurrences(html, "{{title}}") > 5, "texts are not templates");
    }

    @Test
    void html_ofAnyReport_runsOnlyTheScriptItNamesByHash() throws NoSuchAlgorithmException {
        String html = Report.builder("t").add(everything("x")).build().html();
        String script = html.substring(html.lastIndexOf("<script>") + 8, html.lastIndexOf("</script>"));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
        assertTrue(
                html.contains("script-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'"),
                "hash of script");
        assertTrue(script.contains("The MIT License"), "licence of the chart library");
        String markup = html.replace(script, "");
        assertFalse(Pattern.compile("(src|href)=\"(?!data:)").matcher(markup).find(), "outside resources");
        assertFalse(Pattern.compile("\\son[a-z]+=").matcher(markup).find(), "inline handlers");
    }

    @Test
    void html_ofAMetric_carriesItsFullValue() {
        var metrics = MetricSet.builder().put("ttft.p99", 0.1 + 0.2, "s").build();
        String html = Report.builder("t")
                .add(new Headline(new Tile("TTFT", Cell.of(metrics, "ttft.p99"))))
                .add(new Table("t", List.of(Column.number("p99")), List.of(List.of(Cell.of(metrics, "ttft.p99")))))
                .build()
                .html();
        String attributes = "data-metric=\"ttft.p99\" data-value=\"0.30000000000000004\" data-unit=\"s\"";
        assertEquals(2, occurrences(html, attributes), html);
        assertEquals(1, occurrences(html, ">300 ms</td>"), "in the table");
        assertEquals(1, occurrences(html, ">300 <small>ms</small></data>"), "in the tile");
    }

    @Test
    void html_twice_isTheSame() {
        assertEquals(
                Report.builder("t").add(everything("x")).build().html(),
                Report.builder("t").add(everything("x")).build().html());
    }

    @Test
    void html_ofManyLongSeries_staysSmallAndKeepsTheMean() throws IOException {
        int points = 50_000;
        double[] seconds = IntStream.range(0, points).mapToDouble(i -> i * 0.1).toArray();
        double[] values =
                IntStream.range(0, points).mapToDouble(i -> (i * 7919L) % 1_000).toArray();
        var series = IntStream.range(0, 64)
                .mapToObj(i -> new Series("device-" + i, "W", seconds, values))
                .toList();
        String html = Report.builder("t")
                .add(new LineChart("one", "W", series.subList(0, 1)))
                .add(new LineChart("many", "W", series))
                .build()
                .html();
        assertTrue(html.length() < 2_000_000, html.length() + " characters");
        JsonNode line = chartData(html).at("/charts/0/lines/0/values");
        assertTrue(line.size() <= ChartData.MOST_POINTS, line.size() + " points");
        assertEquals(Arrays.stream(values).average().orElseThrow(), mean(line), 1e-3);
        assertEquals(2, chartData(html).at("/axes").size(), "shared times are written once");
    }

    @Test
    void html_ofALongDistribution_keepsEndsAndTail() throws IOException {
        int points = 100_000;
        double[] values = IntStream.rangeClosed(1, points).asDoubleStream().toArray();
        double[] fractions = Arrays.stream(values).map(value -> value / points).toArray();
        String html = Report.builder("t")
                .add(new CdfChart("d", "s", List.of(new Cdf("x", "s", values, fractions)), List.of(), ""))
                .build()
                .html();
        JsonNode kept = chartData(html).at("/axes/0");
        JsonNode shares = chartData(html).at("/charts/0/lines/0/values");
        assertTrue(kept.size() <= ChartData.MOST_POINTS, kept.size() + " points");
        assertEquals(1, kept.get(0).asDouble());
        assertEquals(points, kept.get(kept.size() - 1).asDouble());
        for (double share : new double[] {0.25, 0.5, 0.99, 0.999, 0.9999}) {
            double nearest = IntStream.range(0, shares.size())
                    .mapToDouble(i -> Math.abs(shares.get(i).asDouble() - share))
                    .min()
                    .orElseThrow();
            assertTrue(nearest < 0.05 * (1 - share) + 1e-9, share + " is missed by " + nearest);
        }
    }

    @Test
    void html_withoutAnyNumber_isStillAPage() throws IOException {
        String html = Report.builder("nothing happened")
                .add(new LineChart("power", "W", List.of()))
                .add(new LineChart("gaps", "W", List.of(new Series("x", "W", new double[0], new double[0]))))
                .add(new CdfChart("ttft", "s", List.of(), List.of(new Marker("SLO", 0.5)), ""))
                .add(new BarChart("cost", List.of("a"), List.of(), ""))
                .build()
                .html();
        assertEquals(3, chartData(html).at("/charts").size());
    }

    /** 1E23 is the classic case: before JDK 19, Double.toString gave 9.999999999999999E22. */
    @Test
    void writeCsv_ofADouble_writesTheShortestFormOnEveryJvm() throws IOException {
        Path file = temporary.resolve("metrics.csv");
        var metrics =
                MetricSet.builder().put("big", Double.parseDouble("1E23"), "1").build();
        Report.builder("t").metrics(metrics).build().writeCsv(file);
        assertEquals("metric,value,unit\r\nbig,1.0E23,1\r\n", Files.readString(file));
    }

    @Test
    void writeCsv_ofNamesWithCommasAndQuotes_readsBack() throws IOException {
        var metrics = awkwardMetrics();
        Path file = temporary.resolve("metrics.csv");
        Report.builder("t").metrics(metrics).build().writeCsv(file);
        String text = Files.readString(file);
        assertTrue(text.startsWith("metric,value,unit\r\n"), text);
        assertTrue(text.contains("\"a,\"\"b\"\"\nc\",0.1,s\r\n"), text);
        try (var parser = CSVParser.parse(
                text,
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get())) {
            Map<String, Double> read = new TreeMap<>();
            parser.forEach(row -> read.put(row.get("metric"), Double.valueOf(row.get("value"))));
            assertEquals(new TreeMap<>(Map.of("a,\"b\"\nc", 0.1, "plain", 1e-300)), read);
        }
    }

    @Test
    void writeJsonLines_ofAwkwardNames_readsBackLineByLine() throws IOException {
        Path file = temporary.resolve("metrics.jsonl");
        Report.builder("t").metrics(awkwardMetrics()).build().writeJsonLines(file);
        var lines = Files.readAllLines(file);
        assertEquals(2, lines.size());
        var mapper = new ObjectMapper();
        assertEquals(
                mapper.readTree("{\"metric\":\"a,\\\"b\\\"\\nc\",\"value\":0.1,\"unit\":\"s\"}"),
                mapper.readTree(lines.get(0)));
        assertEquals(1e-300, mapper.readTree(lines.get(1)).get("value").doubleValue());
    }

    @Test
    void table_withARowOfAnotherLength_isRefused() {
        var columns = List.of(Column.text("a"), Column.text("b"));
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> new Table("t", columns, List.of(List.of(Cell.text("x")))));
        assertTrue(String.valueOf(refusal.getMessage()).contains("row (1 cells)"), refusal.getMessage());
    }

    @Test
    void bar_withANegativePart_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Bar("x", List.of(new Cell.Quantity("", -1, "J"))));
    }

    private static MetricSet awkwardMetrics() {
        return MetricSet.builder()
                .put("a,\"b\"\nc", 0.1, "s")
                .put("plain", 1e-300, "1")
                .build();
    }

    private static Section everything(String name) {
        return new Table(name, List.of(Column.text(name)), List.of(List.of(Cell.text(name))));
    }

    private static Stream<Section> everyKind(String text) {
        double[] two = {0, 1};
        return Stream.of(
                new Headline(text, List.of(new Tile(text, Cell.text(text), text))),
                new Headline(new Tile(text, new Cell.Quantity(text, 1, text), text)),
                new Table(text, List.of(Column.text(text)), List.of(List.of(Cell.text(text)))),
                new LineChart(text, text, List.of(new Series(text, text, two, two)), true, text),
                new CdfChart(text, text, List.of(new Cdf(text, text, two, two)), List.of(new Marker(text, 1)), text),
                new BarChart(
                        text, List.of(text), List.of(new Bar(text, List.of(new Cell.Quantity(text, 1, text)))), text),
                new Code(text, text, text),
                new Text(text, text));
    }

    private static JsonNode chartData(String html) throws IOException {
        var matcher = Pattern.compile("id=\"chart-data\">(.*?)</script>", Pattern.DOTALL)
                .matcher(html);
        assertTrue(matcher.find(), "chart data");
        return new ObjectMapper().readTree(matcher.group(1));
    }

    private static double mean(JsonNode values) {
        return IntStream.range(0, values.size())
                .mapToObj(i -> values.get(i).asDouble())
                .collect(Collectors.averagingDouble(value -> value));
    }

    private static int occurrences(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
