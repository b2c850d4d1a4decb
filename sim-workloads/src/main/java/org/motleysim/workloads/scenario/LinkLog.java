package org.motleysim.workloads.scenario;

import java.io.IOException;
import java.util.List;
import org.motleysim.core.metric.Series;
import org.motleysim.hardware.network.LinkUse;
import org.motleysim.workloads.RowLog;

/**
 * What each link of the network has carried: a row per link and direction, {@code links.csv}.
 *
 * @param links in the order of the topology
 * @param curves what each carried over time, in bytes per second; empty when that was not remembered
 */
public record LinkLog(List<LinkUse> links, List<Series> curves) implements RowLog {
    /** Keeps its own copies of the lists. */
    public LinkLog {
        links = List.copyOf(links);
        curves = List.copyOf(curves);
    }

    @Override
    public String name() {
        return "links";
    }

    @Override
    public int size() {
        return links.size();
    }

    @Override
    public void writeCsv(Appendable out) throws IOException {
        out.append("link,from,to,bytes_per_second,bytes,utilization,energy_j\n");
        for (LinkUse link : links) {
            // Names of links have no comma and no quote: a topology made them, or the file's names, which are checked.
            out.append(link.name())
                    .append(',')
                    .append(link.from())
                    .append(',')
                    .append(link.to())
                    .append(',')
                    .append(String.valueOf(link.bytesPerSecond()))
                    .append(',')
                    .append(String.valueOf(link.bytes()))
                    .append(',')
                    .append(String.valueOf(link.utilization()))
                    .append(',')
                    .append(String.valueOf(link.joules()))
                    .append('\n');
        }
    }
}
