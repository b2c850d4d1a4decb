package org.motleysim.workloads.scenario;

import java.io.IOException;
import org.motleysim.core.metric.Series;
import org.motleysim.workloads.RowLog;

/**
 * What each link carried when: a row per link and span of time, {@code link-curves.csv}. Links that carried nothing are left out.
 *
 * @param links with their curves
 */
record LinkCurveLog(LinkLog links) implements RowLog {
    @Override
    public String name() {
        return "link-curves";
    }

    @Override
    public int size() {
        int rows = 0;
        for (int i = 0; i < links.curves().size(); i++) {
            rows += links.links().get(i).bytes() > 0 ? links.curves().get(i).size() : 0;
        }
        return rows;
    }

    @Override
    public void writeCsv(Appendable out) throws IOException {
        out.append("link,time_s,bytes_per_second,utilization\n");
        for (int i = 0; i < links.curves().size(); i++) {
            if (links.links().get(i).bytes() > 0) {
                write(links.curves().get(i), links.links().get(i).bytesPerSecond(), out);
            }
        }
    }

    private static void write(Series curve, double capacity, Appendable out) throws IOException {
        double[] seconds = curve.seconds();
        double[] rates = curve.values();
        for (int i = 0; i < rates.length; i++) {
            out.append(curve.name())
                    .append(',')
                    .append(String.valueOf(seconds[i]))
                    .append(',')
                    .append(String.valueOf(rates[i]))
                    .append(',')
                    .append(String.valueOf(rates[i] / capacity))
                    .append('\n');
        }
    }
}
