package org.motleysim.workloads.llm.streamed;

import java.util.ArrayList;
import java.util.List;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Section;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Headline;
import org.motleysim.core.report.Section.Table;
import org.motleysim.core.report.Section.Tile;

/** What a report says of streamed layers: how fast, and what it waited for. All numbers are metrics of the run. */
public final class StreamedReport {
    private final StreamedLayers workload;
    private final String prefix;
    private final MetricSet metrics;

    /**
     * Starts the report of a workload.
     *
     * @param prefix what stands before the names of its metrics: empty, or its name and a dot
     */
    public StreamedReport(StreamedLayers workload, String prefix, MetricSet metrics) {
        this.workload = workload;
        this.prefix = prefix;
        this.metrics = metrics;
    }

    /** The numbers for the console and the top of the page. */
    public List<Section> numbers() {
        Headline headline = new Headline(
                prefix.isEmpty() ? "" : workload.name(),
                List.of(
                        new Tile("Time per token", metric("tpot.mean"), "after the first"),
                        new Tile("Throughput", metric("throughput.output_tokens"), "output tokens"),
                        new Tile("Time to first token", metric("ttft.mean"), ""),
                        new Tile("Stalled", Cell.share(metrics, prefix + "stall.share"), "of the time of the devices"),
                        new Tile("Energy", metric("energy.per_output_token"), "per output token")));
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(row("computing", "compute.seconds"));
        for (String tier : workload.from()) {
            rows.add(row("waiting for " + tier, "stall." + tier + ".seconds"));
        }
        rows.add(row("bytes streamed", "bytes.streamed"));
        rows.add(row("layers on the device", "layers.resident"));
        rows.add(row("layers streamed", "layers.streamed"));
        rows.add(row("output tokens", "tokens.output"));
        String title = "Where the time went, all devices";
        return List.of(
                headline,
                new Table(
                        prefix.isEmpty() ? title : workload.name() + ": " + title,
                        List.of(Column.text(""), Column.number("")),
                        rows));
    }

    private List<Cell> row(String words, String name) {
        return List.of(Cell.text(words), metric(name));
    }

    private Cell metric(String name) {
        return Cell.of(metrics, prefix + name);
    }
}
