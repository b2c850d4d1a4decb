package org.motleysim.core.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The numbers that the charts of a page draw, thinned to what a screen can show.
 *
 * <p>A series keeps at most {@link #MOST_POINTS} points, fewer when a chart has many lines: neighbours are averaged in
 * groups of equal size, which keeps the area under the curve. A cumulative distribution keeps the points that a reader
 * can tell apart, and all decades of its tail. Values are rounded to six significant digits, the times that several
 * series share are written once. All of it depends on the data alone.
 */
final class ChartData {
    /** Doubles in their shortest form, the same on every JVM. */
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build()
            .writer();

    static final int MOST_POINTS = 2_000;
    private static final int MOST_POINTS_A_CHART = 12_000;
    private static final double SMALLEST_STEP = 1.0 / 500;
    private static final double TAIL_STEP = 0.97;
    private static final MathContext NINE_DIGITS = new MathContext(9, RoundingMode.HALF_EVEN);
    private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    @SuppressWarnings("ArrayRecordComponent") // made here, never compared
    private record Line(String name, int axis, double[] values) {}

    private record Mark(String label, double value) {}

    private record Chart(String kind, String unit, boolean stacked, List<Line> lines, List<Mark> marks) {}

    @SuppressWarnings("ArrayRecordComponent") // made here, never compared
    private record Gantt(
            String kind,
            List<String> rows,
            List<String> names,
            String marked,
            int[] row,
            int[] name,
            double[] start,
            double[] length,
            int[] mark) {}

    private final Map<DoubleBuffer, Integer> axes = new LinkedHashMap<>();
    private final List<Object> charts = new ArrayList<>();

    /** Adds a chart over time and returns its number on the page. */
    int add(Section.LineChart chart) {
        int limit = Math.min(
                MOST_POINTS,
                Math.max(50, MOST_POINTS_A_CHART / Math.max(1, chart.series().size())));
        var lines = new ArrayList<Line>();
        for (var series : chart.series()) {
            int group = Math.max(1, (series.values().length + limit - 1) / limit);
            lines.add(new Line(
                    series.name(), axis(means(series.seconds(), group)), rounded(means(series.values(), group))));
        }
        charts.add(new Chart("time", chart.unit(), chart.stacked(), lines, List.of()));
        return charts.size() - 1;
    }

    /** Adds a chart of distributions and returns its number on the page. */
    int add(Section.CdfChart chart) {
        var lines = new ArrayList<Line>();
        for (var cdf : chart.cdfs()) {
            int[] kept = distinguishable(cdf.fractions());
            lines.add(new Line(cdf.name(), axis(picked(cdf.values(), kept)), rounded(picked(cdf.fractions(), kept))));
        }
        var marks = chart.markers().stream()
                .map(marker -> new Mark(marker.label(), marker.value()))
                .toList();
        charts.add(new Chart("cdf", chart.unit(), false, lines, marks));
        return charts.size() - 1;
    }

    /** Adds a Gantt chart and returns its number on the page. Nine digits: zoomed in, neighbours must not overlap. */
    int add(Section.GanttChart chart) {
        int size = chart.spans().size();
        var names = new LinkedHashMap<String, Integer>();
        var gantt = new Gantt(
                "gantt",
                chart.rows(),
                new ArrayList<>(),
                chart.markedName(),
                new int[size],
                new int[size],
                new double[size],
                new double[size],
                new int[size]);
        for (int i = 0; i < size; i++) {
            Section.Span span = chart.spans().get(i);
            gantt.row[i] = span.row();
            gantt.name[i] = names.computeIfAbsent(span.name(), name -> {
                gantt.names.add(name);
                return gantt.names.size() - 1;
            });
            gantt.start[i] = rounded(span.startSeconds(), NINE_DIGITS);
            gantt.length[i] = rounded(span.seconds(), NINE_DIGITS);
            gantt.mark[i] = span.marked() ? 1 : 0;
        }
        charts.add(gantt);
        return charts.size() - 1;
    }

    /** Everything as one JSON object that may stand inside a script element: it has no {@code <}. */
    String json() {
        var content = new LinkedHashMap<String, Object>();
        content.put("axes", axes.keySet().stream().map(DoubleBuffer::array).toList());
        content.put("charts", charts);
        try {
            return WRITER.writeValueAsString(content).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("charts are plain records", e);
        }
    }

    /** What somebody who cannot see the chart is told of it. */
    static String summary(Section.LineChart chart) {
        String lines = chart.series().stream()
                .map(series -> series.name() + " " + range(series.values(), chart.unit()))
                .collect(Collectors.joining("; "));
        return "Chart over simulated time: " + chart.title() + ". " + lines;
    }

    /** What somebody who cannot see the chart is told of it. */
    static String summary(Section.CdfChart chart) {
        String lines = chart.cdfs().stream()
                .map(cdf -> cdf.name() + " " + range(cdf.values(), chart.unit()))
                .collect(Collectors.joining("; "));
        return "Cumulative distribution: " + chart.title() + ". " + lines;
    }

    /** What somebody who cannot see the chart is told of it. */
    static String summary(Section.GanttChart chart) {
        return "Gantt chart: " + chart.title() + ". " + chart.spans().size() + " bars in "
                + chart.rows().size() + " rows";
    }

    private static String range(double[] values, String unit) {
        var finite = Arrays.stream(values).filter(Double::isFinite).summaryStatistics();
        return finite.getCount() == 0
                ? "has no values"
                : "from " + Figures.quantity(finite.getMin(), unit) + " to " + Figures.quantity(finite.getMax(), unit);
    }

    private int axis(double[] positions) {
        return axes.computeIfAbsent(DoubleBuffer.wrap(rounded(positions)), key -> axes.size());
    }

    private static double[] means(double[] values, int group) {
        if (group == 1) {
            return values.clone();
        }
        double[] means = new double[(values.length + group - 1) / group];
        for (int i = 0; i < means.length; i++) {
            int end = Math.min(values.length, (i + 1) * group);
            means[i] = Arrays.stream(values, i * group, end).average().orElse(Double.NaN);
        }
        return means;
    }

    /** The points of a distribution whose step, or whose shrinking tail, is large enough to see. */
    private static int[] distinguishable(double[] fractions) {
        int[] kept = new int[fractions.length];
        int count = 0;
        for (int i = 0; i < fractions.length; i++) {
            double last = count == 0 ? Double.NEGATIVE_INFINITY : fractions[kept[count - 1]];
            boolean step = fractions[i] - last >= SMALLEST_STEP || 1 - fractions[i] <= TAIL_STEP * (1 - last);
            boolean tail = fractions[i] > 0.9;
            if (fractions[i] - last >= SMALLEST_STEP || (tail && step) || i == fractions.length - 1) {
                kept[count++] = i;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private static double[] picked(double[] values, int[] indices) {
        return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
    }

    private static double[] rounded(double[] values) {
        return Arrays.stream(values)
                .map(value -> Double.isFinite(value) ? rounded(value, SIX_DIGITS) : Double.NaN)
                .toArray();
    }

    private static double rounded(double value, MathContext digits) {
        return new BigDecimal(value).round(digits).doubleValue();
    }
}
