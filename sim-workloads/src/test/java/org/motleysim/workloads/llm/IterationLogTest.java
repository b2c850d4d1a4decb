package org.motleysim.workloads.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.core.report.Section.GanttChart;

class IterationLogTest {
    private static final List<IterationLog.Kind> KINDS =
            List.of(IterationLog.Kind.PREFILL, IterationLog.Kind.MIXED, IterationLog.Kind.DECODE);

    @Test
    void few_standOneByOne() throws IOException {
        var log = new IterationLog("chat", List.of("a", "b"));
        log.add(0, IterationLog.Kind.PREFILL, 0, 1_000);
        log.add(1, IterationLog.Kind.DECODE, 500, 700);
        log.add(0, IterationLog.Kind.DECODE, 1_000, 3_000);
        var csv = new StringBuilder();
        log.writeCsv(csv);

        assertEquals("""
                replica,start_s,end_s,prefill_s,mixed_s,decode_s
                0,0.000000000,0.000001000,0.000001000,0.000000000,0.000000000
                0,0.000001000,0.000003000,0.000000000,0.000000000,0.000002000
                1,0.000000500,0.000000700,0.000000000,0.000000000,0.000000200
                """, csv.toString());
        assertEquals(3, log.chart("x").spans().size());
    }

    /** However many there are: few rows, slices that tell all starts apart that they should, and not a nanosecond of busy time lost. */
    @Test
    void many_standTogether_andLoseNoBusyTime() {
        RandomStream stream = RandomStreams.of(11).stream("iterations");
        var log = new IterationLog("chat", List.of("a", "b", "c"));
        long[] now = new long[3];
        long[] busy = new long[3];
        List<TreeSet<Long>> starts = List.of(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        for (int i = 0; i < 200_000; i++) {
            int replica = stream.nextInt(3);
            long start = now[replica] + (long) stream.nextExponential(1_000_000);
            long end = start + 1 + (long) stream.nextExponential(5_000_000);
            log.add(replica, KINDS.get(stream.nextInt(3)), start, end);
            starts.get(replica).add(start);
            busy[replica] += end - start;
            now[replica] = end;
        }
        int rows = 0;
        for (int replica = 0; replica < 3; replica++) {
            assertEquals(busy[replica], log.busyNanos(replica));
            rows += (int) starts.get(replica).stream()
                    .map(start -> start / log.sliceNanos())
                    .distinct()
                    .count();
        }
        assertEquals(rows, log.size());
        assertTrue(log.size() <= 4_000 && log.size() > 1_500, log.size() + " rows");
        GanttChart chart = log.chart("x");
        assertTrue(chart.spans().size() <= GanttChart.MOST_SPANS);
        double drawn =
                chart.spans().stream().mapToDouble(span -> span.seconds()).sum();
        assertEquals((busy[0] + busy[1] + busy[2]) / 1e9, drawn, 1e-6);
    }
}
