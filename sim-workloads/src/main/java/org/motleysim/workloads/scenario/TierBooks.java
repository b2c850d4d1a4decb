package org.motleysim.workloads.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Table;
import org.motleysim.hardware.cluster.BoundCluster;
import org.motleysim.hardware.cluster.HostTiers;
import org.motleysim.hardware.memory.Mover;
import org.motleysim.hardware.memory.TierUse;
import org.motleysim.workloads.Balance;

/** What moved between memory tiers in a run: metrics of each tier and link that was used, the law they obey, and their table. */
final class TierBooks {
    private static final String TIER = "tier.";
    private static final String LINK = "link.";
    private static final String USED = ".utilization";

    private TierBooks() {}

    static List<Balance> put(MetricSet.Builder metrics, BoundCluster cluster) {
        Optional<HostTiers> tiers = cluster.hostTiers();
        if (tiers.isEmpty()) {
            return List.of();
        }
        Mover mover = tiers.get().mover();
        double read = 0;
        double written = 0;
        for (int i = 0; i < mover.map().tiers().size(); i++) {
            TierUse use = mover.tier(i);
            read += use.bytesRead();
            written += use.bytesWritten();
            if (use.bytesRead() + use.bytesWritten() == 0) {
                continue;
            }
            String name = TIER + word(use.name());
            metrics.put(name + ".bytes_read", use.bytesRead(), "B");
            metrics.put(name + ".bytes_written", use.bytesWritten(), "B");
            metrics.put(name + USED, use.utilization(), "1");
            if (use.spec().queues()) {
                metrics.put(name + ".waiting.mean", use.meanWaiting(), "1");
            }
            if (use.spec().energyPerByte().isPresent()) {
                metrics.put(name + ".energy", use.joules(), "J");
            }
        }
        for (int i = 0; i < mover.map().links().size(); i++) {
            double bytes = mover.bytesCrossed(i);
            if (bytes > 0) {
                String name = LINK + word(mover.map().links().get(i).name());
                metrics.put(name + ".bytes", bytes, "B");
                metrics.put(name + USED, mover.utilization(i), "1");
            }
        }
        return List.of(
                Balance.exact("bytes moved", mover.bytesAsked(), mover.bytesArrived() + mover.bytesUnderWay()),
                Balance.sums("bytes read and written", "B", read, written));
    }

    /** The table of tiers and links, those of a group's devices in one row; empty when nothing moved. */
    static Optional<Table> table(MetricSet metrics) {
        Map<String, List<String>> rowsByName = new LinkedHashMap<>();
        metrics.names().stream()
                .filter(name -> (name.startsWith(TIER) || name.startsWith(LINK)) && name.endsWith(USED))
                .map(name -> name.substring(0, name.length() - USED.length()))
                .forEach(name -> rowsByName
                        .computeIfAbsent(rowOf(name), row -> new ArrayList<>())
                        .add(name));
        if (rowsByName.isEmpty()) {
            return Optional.empty();
        }
        List<List<Cell>> rows = new ArrayList<>();
        rowsByName.forEach((row, names) -> {
            boolean link = row.startsWith(LINK);
            double used = sum(metrics, names, USED) / names.size();
            rows.add(List.of(
                    Cell.text(row.substring(row.indexOf('.') + 1)),
                    Cell.of(names.size(), "1"),
                    Cell.of(sum(metrics, names, link ? ".bytes" : ".bytes_read"), "B"),
                    link ? Cell.absent() : Cell.of(sum(metrics, names, ".bytes_written"), "B"),
                    new Cell.Quantity("", used, "1", true)));
        });
        return Optional.of(new Table(
                "Memory tiers and the links between them",
                List.of(
                        Column.text(""),
                        Column.number("used"),
                        Column.number("read or carried"),
                        Column.number("written"),
                        Column.number("utilisation, mean")),
                rows));
    }

    /** Devices of a group are as good as equal here; hosts have rows of their own. */
    private static String rowOf(String name) {
        return name.contains("-host-") ? name : name.replaceFirst("-[0-9]+[.]", "-*.");
    }

    private static double sum(MetricSet metrics, List<String> names, String part) {
        return names.stream().mapToDouble(name -> metrics.value(name + part)).sum();
    }

    private static String word(String name) {
        return name.replace(' ', '-');
    }
}
