package org.motleysim.workloads.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.hardware.radio.RayleighFading;

class LinkTraceTest {
    private static LinkTrace.Step step(double seconds, double bytesPerSecond) {
        return new LinkTrace.Step(Duration.ofNanos(Math.round(seconds * 1e9)), Bandwidth.of(bytesPerSecond));
    }

    /** 100 B/s for a second, nothing for a second, 50 B/s for a second, and again. */
    private static final LinkTrace STEPS =
            new LinkTrace(List.of(step(0, 100), step(1, 0), step(2, 50)), Duration.ofSeconds(3));

    @Test
    void end_acrossStepsAndRounds_byHand() {
        LinkTrace.Course course = STEPS.bind();
        assertEquals(500_000_000L, course.end(0, 50));
        assertEquals(1_000_000_000L, course.end(0, 100));
        assertEquals(2_500_000_000L, course.end(0, 125));
        assertEquals(2_500_000_000L, course.end(1_500_000_000L, 25));
        assertEquals(3_250_000_000L, course.end(500_000_000L, 125));
        // A round moves 150 bytes: 10 rounds and half a second.
        assertEquals(30_500_000_000L, course.end(0, 1550));
        assertEquals(7L, course.end(7, 0));
        assertEquals(50, STEPS.meanBytesPerSecond(), 1e-12);
    }

    @Test
    void end_ofRandomTransfers_isWhatSmallStepsAddUpTo() {
        RandomStream draws = RandomStreams.of(5).stream("steps");
        for (int trial = 0; trial < 50; trial++) {
            List<LinkTrace.Step> steps = new ArrayList<>();
            int count = 1 + draws.nextInt(6);
            for (int i = 0; i < count; i++) {
                steps.add(step(i, draws.nextInt(3) == 0 ? 0 : 1 + draws.nextInt(100)));
            }
            LinkTrace trace = new LinkTrace(steps, Duration.ofSeconds(count));
            if (trace.meanBytesPerSecond() == 0) {
                continue;
            }
            long start = draws.nextInt(1_000_000) * 7_000L;
            double bytes = 1 + draws.nextInt(500);
            LinkTrace.Course course = trace.bind();
            double moved = 0;
            long now = start;
            long small = 1_000_000;
            while (moved < bytes) {
                moved += course.bytesPerSecond(now + small / 2) * small * 1e-9;
                now += small;
            }
            assertEquals((double) now, (double) course.end(start, bytes), 3.0 * small, "trial " + trial);
        }
    }

    @Test
    void deadLink_neverEnds() {
        assertEquals(Long.MAX_VALUE, LinkTrace.constant(Bandwidth.ZERO).bind().end(5, 1));
    }

    @Test
    void fading_hasTheMeanOfItsLaw() {
        RayleighFading law = new RayleighFading(1e6, 10);
        LinkTrace trace = LinkTrace.fading(law, Duration.ofMillis(100), 20_000, 3);
        RandomStream draws = RandomStreams.of(4).stream("own");
        double mean = 0;
        for (int i = 0; i < 20_000; i++) {
            mean += law.bytesPerSecond(draws) / 20_000;
        }
        assertEquals(mean, trace.meanBytesPerSecond(), 0.02 * mean);
    }

    @Test
    void read_tableOfMegabits(@TempDir Path folder) throws IOException {
        Path csv = Files.writeString(folder.resolve("link.csv"), "seconds,mbps\n0,8\n2,16\n");
        LinkTrace trace = LinkTrace.read(csv);
        assertEquals(Duration.ofSeconds(4), trace.length());
        assertEquals(1.5e6, trace.meanBytesPerSecond(), 1e-6);
        Files.writeString(csv, "seconds,mbit\n0,8\n");
        Exception refused = assertThrows(IllegalArgumentException.class, () -> LinkTrace.read(csv));
        assertTrue(String.valueOf(refused.getMessage()).contains("mbps"));
    }
}
