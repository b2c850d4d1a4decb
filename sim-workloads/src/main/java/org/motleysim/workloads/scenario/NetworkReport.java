package org.motleysim.workloads.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Section;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Table;
import org.motleysim.hardware.network.FairShareNetwork;
import org.motleysim.hardware.network.LevelledNetwork;
import org.motleysim.hardware.network.LinkUse;
import org.motleysim.hardware.network.MeteredNetwork;
import org.motleysim.hardware.network.NetworkModel;

/** What a run says of the links of its network: metrics, a table, and a picture. Nothing where a network has no links to speak of. */
final class NetworkReport {
    /** More points than this are not drawn: nobody could tell them apart. */
    private static final int MOST_POINTS = 400;

    private static final int MOST_LINES = 4_000;

    /** Rows of the table on the page; all links are in links.csv. */
    private static final int MOST_ROWS = 200;

    /** Curves in one chart. */
    private static final int MOST_CURVES = 8;

    private final List<LinkUse> links;
    private final List<Series> curves; // bytes per second over time, by link; may be empty

    NetworkReport(LinkLog log) {
        this.links = log.links();
        this.curves = log.curves();
    }

    static NetworkReport of(RunResult result) {
        return new NetworkReport(result.logs().stream()
                .filter(LinkLog.class::isInstance)
                .map(LinkLog.class::cast)
                .findFirst()
                .orElseGet(() -> new LinkLog(List.of(), List.of())));
    }

    /** Whether a network has ports and nothing between them: what its links carried is told, and is no part of what identifies a run. */
    static boolean isOfPorts(NetworkModel model) {
        return model instanceof MeteredNetwork metered
                ? isOfPorts(metered.network())
                : model instanceof FairShareNetwork || model instanceof LevelledNetwork;
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
                .filter(link -> link.utilization() > 0)
                .max(Comparator.comparingDouble(LinkUse::utilization))
                .map(this::numbers);
    }

    private Table numbers(LinkUse busiest) {
        double mean = links.stream().mapToDouble(LinkUse::utilization).average().orElse(0);
        double joules = links.stream().mapToDouble(LinkUse::joules).sum();
        List<Column> columns = new ArrayList<>(List.of(
                Column.number("links"),
                Column.number("mean utilisation"),
                Column.text("busiest"),
                Column.number("its utilisation")));
        List<Cell> cells = new ArrayList<>(List.of(
                Cell.of(links.size(), "1"),
                Cell.share(mean),
                Cell.text(busiest.name()),
                Cell.share(busiest.utilization())));
        if (joules > 0) {
            columns.add(Column.number("energy"));
            cells.add(Cell.of(joules, "J"));
        }
        return new Table("Network", columns, List.of(cells));
    }

    /** The page leaves a network out that nobody used. */
    List<Section> sections() {
        if (links.stream().noneMatch(link -> link.utilization() > 0)) {
            return List.of();
        }
        List<Section> sections = new ArrayList<>();
        picture().ifPresent(sections::add);
        if (!curves.isEmpty()) {
            sections.add(new Section.LineChart("Utilisation of the busiest links", "%", busiest()));
        }
        sections.add(table());
        return sections;
    }

    private List<Series> busiest() {
        return IntStream.range(0, links.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -links.get(i).utilization()))
                .limit(MOST_CURVES)
                .map(i -> new Series(links.get(i).name(), "1", curves.get(i).seconds(), shares(i)))
                .toList();
    }

    /** How busy a link was over time, from 0 to 1. */
    private double[] shares(int link) {
        double[] shares = curves.get(link).values();
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= links.get(link).bytesPerSecond();
        }
        return shares;
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
        Map<Long, List<Integer>> between = new LinkedHashMap<>();
        for (int i = 0; i < links.size(); i++) {
            LinkUse link = links.get(i);
            if (link.fromTier() < lowestTier || link.toTier() < lowestTier) {
                continue;
            }
            int from = number(link.from(), link.fromTier(), numbers, points);
            int to = number(link.to(), link.toTier(), numbers, points);
            long pair = (long) Math.min(from, to) << 32 | Math.max(from, to);
            between.computeIfAbsent(pair, key -> new ArrayList<>()).add(i);
        }
        if (points.isEmpty() || points.size() > MOST_POINTS || between.size() > MOST_LINES) {
            return Optional.empty();
        }
        List<Section.Line> lines = new ArrayList<>();
        between.forEach((pair, members) -> {
            double most = members.stream()
                    .mapToDouble(i -> links.get(i).utilization())
                    .max()
                    .orElse(0);
            StringBuilder label = new StringBuilder();
            for (int i : members) {
                label.append(label.isEmpty() ? "" : ", ")
                        .append(links.get(i).name())
                        .append(' ')
                        .append(Cell.share(links.get(i).utilization()).display());
            }
            lines.add(new Section.Line((int) (pair >> 32), (int) (long) pair, most, label.toString(), over(members)));
        });
        List<Double> seconds = curves.isEmpty()
                ? List.of()
                : Arrays.stream(curves.get(0).seconds()).boxed().toList();
        return Optional.of(new Section.Diagram(
                "Network",
                points,
                lines,
                (lowestTier == 0 ? "" : "Switches only. ")
                        + "The thicker and redder a cable, the busier it was, in its busier direction; point at it for the means.",
                seconds));
    }

    /** How busy the busiest of some links was at each instant. */
    private List<Double> over(List<Integer> members) {
        if (curves.isEmpty()) {
            return List.of();
        }
        double[] most = shares(members.get(0));
        for (int member : members) {
            double[] shares = shares(member);
            Arrays.setAll(most, i -> Math.max(most[i], shares[i]));
        }
        return Arrays.stream(most).boxed().toList();
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
