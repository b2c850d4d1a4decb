package org.motleysim.core.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where the points and lines of a diagram stand on the page. */
record DiagramView(
        String title,
        String note,
        String summary,
        String width,
        String height,
        boolean moves,
        int last,
        String seconds,
        List<LineView> lines,
        List<PointView> points) {

    record LineView(
            String x1, String y1, String x2, String y2, String thickness, String percent, String label, String over) {}

    record PointView(String name, int tier, String x, String y, String textY, String radius, boolean named) {}

    private static final double WIDTH = 1_200;
    private static final double ROW = 130;
    private static final double MARGIN = 36;

    /** Closer than this, names would run into each other. */
    private static final double ROOM_FOR_A_NAME = 62;

    static DiagramView of(Section.Diagram diagram) {
        var tiers = new TreeMap<Integer, List<Integer>>();
        for (int i = 0; i < diagram.points().size(); i++) {
            tiers.computeIfAbsent(diagram.points().get(i).tier(), tier -> new ArrayList<>())
                    .add(i);
        }
        double height = tiers.size() == 1 ? WIDTH / 2 : ROW * (tiers.size() - 1) + 2 * MARGIN;
        double[] x = new double[diagram.points().size()];
        double[] y = new double[diagram.points().size()];
        double[] room = new double[diagram.points().size()];
        int row = 0;
        for (List<Integer> members : tiers.values()) {
            for (int i = 0; i < members.size(); i++) {
                int point = members.get(i);
                if (tiers.size() == 1) {
                    double angle = 2 * StrictMath.PI * i / members.size();
                    double radius = height / 2 - MARGIN;
                    x[point] = WIDTH / 2 + radius * StrictMath.sin(angle);
                    y[point] = height / 2 - radius * StrictMath.cos(angle);
                    room[point] = 2 * StrictMath.PI * radius / members.size();
                } else {
                    room[point] = (WIDTH - 2 * MARGIN) / members.size();
                    x[point] = MARGIN + room[point] * (i + 0.5);
                    y[point] = height - MARGIN - ROW * row;
                }
            }
            row++;
        }
        var lines = new ArrayList<LineView>();
        for (var line : diagram.lines()) {
            double share = Math.max(0, Math.min(1, line.share()));
            lines.add(new LineView(
                    number(x[line.from()]),
                    number(y[line.from()]),
                    number(x[line.to()]),
                    number(y[line.to()]),
                    number(1 + 5 * share),
                    number(100 * share),
                    line.label(),
                    line.over().stream()
                            .map(each -> Long.toString(Math.round(100 * Math.max(0, Math.min(1, each)))))
                            .collect(Collectors.joining(" "))));
        }
        var points = new ArrayList<PointView>();
        for (int i = 0; i < x.length; i++) {
            var point = diagram.points().get(i);
            double radius = Math.max(2, Math.min(9, room[i] / 3));
            points.add(new PointView(
                    point.name(),
                    Math.min(1, point.tier()),
                    number(x[i]),
                    number(y[i]),
                    number(tiers.size() > 1 && point.tier() > 0 ? y[i] - radius - 6 : y[i] + radius + 13),
                    number(radius),
                    room[i] >= ROOM_FOR_A_NAME));
        }
        return new DiagramView(
                diagram.title(),
                diagram.note(),
                diagram.points().size() + " points and " + diagram.lines().size() + " lines",
                number(WIDTH),
                number(height),
                !diagram.seconds().isEmpty(),
                diagram.seconds().size(),
                diagram.seconds().stream().map(each -> Double.toString(each)).collect(Collectors.joining(" ")),
                lines,
                points);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
