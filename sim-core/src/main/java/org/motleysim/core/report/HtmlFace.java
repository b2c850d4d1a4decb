package org.motleysim.core.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Assembles the page: {@code page.html} is the template, the style, the script and the chart library are put into it as
 * they are, so that the file stands alone.
 *
 * <p>Texts of the user cannot become markup or script: the template engine escapes them, chart data travel as JSON
 * without a single {@code <}, and the page's content security policy runs no script but the one whose hash it names.
 */
final class HtmlFace {

    /** What the template sees of the whole. */
    private record Page(
            String title,
            String subtitle,
            List<Map<String, Object>> blocks,
            List<String> closing,
            String style,
            String script,
            String scriptHash,
            String data) {}

    private record TileView(String label, CellView cell, String note) {}

    /** A cell; {@code figure} and {@code measure} are what it displays, cut before the unit: a tile sets them apart. */
    private record CellView(
            String display,
            String figure,
            String measure,
            boolean number,
            String align,
            String metric,
            String value,
            String unit) {

        static CellView of(Cell cell, String align) {
            String display = cell.display();
            if (cell instanceof Cell.Quantity number) {
                int cut = display.lastIndexOf(' ') < 0 ? display.length() : display.lastIndexOf(' ');
                return new CellView(
                        display,
                        display.substring(0, cut),
                        display.substring(cut).strip(),
                        true,
                        align,
                        number.metric(),
                        MetricsFace.shortest(number.value()),
                        number.unit());
            }
            return new CellView(display, display, "", false, align, "", "", "");
        }
    }

    private record TableView(
            String title, boolean headed, List<ColumnView> columns, List<List<CellView>> rows, boolean folded) {}

    private record ColumnView(String name, String align) {}

    private record ChartView(int number, String title, String note, String summary, boolean wide) {}

    private record BarsView(String title, String note, List<KeyView> keys, List<BarView> bars) {}

    private record KeyView(String name, int color) {}

    private record BarView(String label, String total, List<PartView> parts) {}

    private record PartView(String name, int color, String width, CellView cell) {}

    /** Tables longer than this are folded. */
    private static final int ROWS_OPEN = 40;

    private final ChartData charts = new ChartData();

    private HtmlFace() {}

    static String render(Report report) {
        return new HtmlFace().page(report);
    }

    private String page(Report report) {
        var blocks = new ArrayList<Map<String, Object>>();
        for (var section : report.sections()) {
            blocks.add(block(section));
        }
        String script = script("report.js");
        var page = new Page(
                report.title(),
                report.subtitle(),
                blocks,
                report.closing(),
                resource("uplot/uPlot.min.css") + "\n" + resource("report.css"),
                script,
                sha256(script),
                charts.json());
        Template template =
                Mustache.compiler().emptyStringIsFalse(true).zeroIsFalse(true).compile(resource("page.html"));
        return template.execute(page);
    }

    /** Each section under the name by which the template tells the kinds apart. */
    private Map<String, Object> block(Section section) {
        if (section instanceof Section.Headline headline) {
            var tiles = headline.tiles().stream()
                    .map(tile -> new TileView(tile.label(), CellView.of(tile.value(), ""), tile.note()))
                    .toList();
            return Map.of("headline", Map.of("title", headline.title(), "tiles", tiles));
        } else if (section instanceof Section.Table table) {
            return Map.of("table", tableView(table));
        } else if (section instanceof Section.LineChart chart) {
            return Map.of(
                    "chart",
                    new ChartView(charts.add(chart), chart.title(), chart.note(), ChartData.summary(chart), false));
        } else if (section instanceof Section.CdfChart chart) {
            return Map.of(
                    "chart",
                    new ChartView(charts.add(chart), chart.title(), chart.note(), ChartData.summary(chart), false));
        } else if (section instanceof Section.GanttChart chart) {
            return Map.of(
                    "chart",
                    new ChartView(charts.add(chart), chart.title(), chart.note(), ChartData.summary(chart), true));
        } else if (section instanceof Section.BarChart chart) {
            return Map.of("bars", barsView(chart));
        } else if (section instanceof Section.Diagram diagram) {
            return Map.of("diagram", DiagramView.of(diagram));
        } else if (section instanceof Section.Code code) {
            return Map.of("code", code);
        }
        return Map.of("text", section);
    }

    private static TableView tableView(Section.Table table) {
        var alignments = table.columns().stream()
                .map(column -> column.align().name().toLowerCase(Locale.ROOT))
                .toList();
        var columns = table.columns().stream()
                .map(column ->
                        new ColumnView(column.name(), column.align().name().toLowerCase(Locale.ROOT)))
                .toList();
        var rows = new ArrayList<List<CellView>>();
        for (var row : table.rows()) {
            var cells = new ArrayList<CellView>();
            for (int i = 0; i < row.size(); i++) {
                cells.add(CellView.of(row.get(i), alignments.get(i)));
            }
            rows.add(cells);
        }
        return new TableView(table.title(), table.headed(), columns, rows, rows.size() > ROWS_OPEN);
    }

    /** The longest bar is as wide as the card; a part's width is its share of that. */
    private static BarsView barsView(Section.BarChart chart) {
        double longest =
                chart.bars().stream().mapToDouble(Section.Bar::total).max().orElse(0);
        var keys = new ArrayList<KeyView>();
        for (int i = 0; i < chart.parts().size(); i++) {
            keys.add(new KeyView(chart.parts().get(i), i));
        }
        var bars = new ArrayList<BarView>();
        for (var bar : chart.bars()) {
            var parts = new ArrayList<PartView>();
            for (int i = 0; i < bar.values().size(); i++) {
                var value = bar.values().get(i);
                double share = longest > 0 ? value.value() / longest * 100 : 0;
                parts.add(new PartView(
                        chart.parts().get(i), i, String.format(Locale.ROOT, "%.3f", share), CellView.of(value, "")));
            }
            String unit = bar.values().isEmpty() ? "1" : bar.values().get(0).unit();
            boolean shares = bar.values().stream().allMatch(Cell.Quantity::percent);
            // Shares that add up to a whole say so, whatever their sum lacks in its last digits.
            double sum = shares ? Math.rint(bar.total() * 1e9) / 1e9 : bar.total();
            String total = shares ? Figures.percent(sum) : Figures.quantity(sum, unit);
            bars.add(new BarView(bar.label(), total, parts));
        }
        return new BarsView(chart.title(), chart.note(), chart.parts().size() > 1 ? keys : List.of(), bars);
    }

    /** The chart library with its licence, what charts share, and the script of one kind of page. */
    static String script(String own) {
        String license = "/*\n" + resource("uplot/LICENSE") + "*/\n";
        return inert(license + resource("uplot/uPlot.iife.min.js") + "\n" + resource("charts.js") + resource(own));
    }

    /** Inside a script element only this would end it; in JavaScript the backslash changes nothing. */
    private static String inert(String script) {
        return script.replace("</script", "<\\/script").replace("<!--", "<\\!--");
    }

    static String sha256(String script) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String resource(String name) {
        try (var in = Objects.requireNonNull(HtmlFace.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
