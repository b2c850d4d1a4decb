package org.motleysim.workloads.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Section;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Table;
import org.motleysim.hardware.network.LinkUse;

/** What a run says of the links of its network: metrics, a table, and a picture. Nothing where a network has no links to speak of. */
final class NetworkReport {
    /** More points than this are not drawn: nobody could tell them apart. */
    private static final int MOST_POINTS = 400;

    private static final int MOST_LINES = 4_000;

    /** Rows of the table on the page; all links are in links.csv. */
    private static final int MOST_ROWS = 200;

    private final List<LinkUse> links;

    NetworkReport(List<LinkUse> links) {
        this.links = links;
    }

    static NetworkReport of(RunResult result) {
        return new NetworkReport(result.links());
    }

    void put(MetricSet.Builder metrics) {
        if (links.isEmpty()) {
            return;
        }
        double sum = 0;
        double most = 0;
        double bytes = 0;
        for (LinkUse link : links) {
            sum += link.utilization();
            most = Math.max(most, link.utilization());
            bytes += link.bytes();
        }
        metrics.put("network.links", (double) links.size(), "1");
        metrics.put("network.bytes", bytes, "B");
        metrics.put("network.utilization.mean", sum / links.size(), "1");
        metrics.put("network.utilization.max", most, "1");
    }

    /** The few numbers that the console shows, too. */
    Optional<Table> numbers() {
        return links.stream()
                .max(Comparator.comparingDouble(LinkUse::utilization))
                .map(busiest -> new Table(
                        "Network",
                        List.of(
                                Column.number("links"),
                                Column.number("mean utilisation"),
                                Column.text("busiest"),
                                Column.number("its utilisation"),
                                Column.number("energy")),
                        List.of(List.of(
                                Cell.of(links.size(), "1"),
                                Cell.share(links.stream()
                                        .mapToDouble(LinkUse::utilization)
                                        .average()
                                        .orElse(0)),
                                Cell.text(busiest.name()),
                                Cell.share(busiest.utilization()),
                                Cell.of(
                                        links.stream()
                                                .mapToDouble(LinkUse::joules)
                                                .sum(),
                                        "J")))));
    }

    List<Section> sections() {
        if (links.isEmpty()) {
            return List.of();
        }
        List<Section> sections = new ArrayList<>();
        picture().ifPresent(sections::add);
        sections.add(table());
        return sections;
    }

    private Table table() {
        List<LinkUse> busiest = links.stream()
                .sorted(Comparator.comparingDouble(LinkUse::utilization).reversed())
                .limit(MOST_ROWS)
                .toList();
        List<List<Cell>> rows = new ArrayList<>();
        for (LinkUse link : busiest) {
            rows.add(List.of(
                    Cell.text(link.name()),
                    Cell.of(link.bytesPerSecond(), "B/s"),
                    Cell.of(link.bytes(), "B"),
                    Cell.share(link.utilization()),
                    Cell.of(link.joules(), "J")));
        }
        return new Table(
                rows.size() < links.size()
                        ? "The " + rows.size() + " busiest of " + links.size() + " links"
                        : "Links, the busiest first",
                List.of(
                        Column.text("link"),
                        Column.number("bandwidth"),
                        Column.number("carried"),
                        Column.number("utilisation"),
                        Column.number("energy")),
                rows,
                true);
    }

    /** The whole network, or its switches alone when there are too many endpoints to be drawn. */
    private Optional<Section> picture() {
        return drawn(0).or(() -> drawn(1));
    }

    private Optional<Section> drawn(int lowestTier) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        List<Section.Point> points = new ArrayList<>();
        Map<Long, List<LinkUse>> between = new LinkedHashMap<>();
        for (LinkUse link : links) {
            if (link.fromTier() < lowestTier || link.toTier() < lowestTier) {
                continue;
            }
            int from = number(link.from(), link.fromTier(), numbers, points);
            int to = number(link.to(), link.toTier(), numbers, points);
            long pair = (long) Math.min(from, to) << 32 | Math.max(from, to);
            between.computeIfAbsent(pair, key -> new ArrayList<>()).add(link);
        }
        if (points.isEmpty() || points.size() > MOST_POINTS || between.size() > MOST_LINES) {
            return Optional.empty();
        }
        List<Section.Line> lines = new ArrayList<>();
        between.forEach((pair, members) -> {
            double most =
                    members.stream().mapToDouble(LinkUse::utilization).max().orElse(0);
            StringBuilder label = new StringBuilder();
            for (LinkUse link : members) {
                label.append(label.isEmpty() ? "" : ", ")
                        .append(link.name())
                        .append(' ')
                        .append(Cell.share(link.utilization()).display());
            }
            lines.add(new Section.Line((int) (pair >> 32), (int) (long) pair, most, label.toString()));
        });
        return Optional.of(new Section.Diagram(
                "Network",
                points,
                lines,
                (lowestTier == 0 ? "" : "Switches only. ")
                        + "The thicker and redder a cable, the busier it was on the mean, in"
                        + " its busier direction; point at it for numbers."));
    }

    private static int number(String name, int tier, Map<String, Integer> numbers, List<Section.Point> points) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        numbers.put(name, points.size());
        points.add(new Section.Point(name, tier));
        return points.size() - 1;
    }
}
