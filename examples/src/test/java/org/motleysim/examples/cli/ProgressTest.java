package org.motleysim.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long MILLI = 1_000_000;
    private static final String CLEAR = "\r\u001b[K";

    private final StringWriter out = new StringWriter();
    private long now = 5_000 * MILLI;

    private Progress progress(boolean watched) {
        return new Progress(new PrintWriter(out), watched, () -> now);
    }

    @Test
    void at_nobodyWatches_isSilent() {
        Progress progress = progress(false);
        now += 10_000 * MILLI;
        progress.at(60, 0.5, 1_000);
        progress.close();

        assertEquals("", out.toString());
    }

    @Test
    void at_oftenerThanFiveTimesASecond_showsTheFirstOfEach() {
        Progress progress = progress(true);
        now += 100 * MILLI;
        progress.at(1, 0.1, 1);
        now += 100 * MILLI;
        progress.at(2, 0.2, 2);
        now += 199 * MILLI;
        progress.at(3, 0.3, 3);

        assertEquals(CLEAR + " 20%  2 s simulated, 2 done, 1 s left", out.toString());
    }

    @Test
    void at_aQuarterAfterThirtySeconds_hasNinetyLeft_andCloseClearsTheLine() {
        Progress progress = progress(true);
        now += 30_000 * MILLI;
        progress.at(1_800, 0.25, 12_345);
        progress.close();

        assertEquals(CLEAR + " 25%  1,800 s simulated, 12,345 done, 90 s left" + CLEAR, out.toString());
    }

    @Test
    void at_theVeryBeginning_orWithoutAnEnd_promisesNoTime() {
        Progress progress = progress(true);
        now += 1_000 * MILLI;
        progress.at(1, 0.001, 1);
        now += 1_000 * MILLI;
        progress.at(2, Double.NaN, 7);

        assertEquals(
                CLEAR + "  0%  1 s simulated, 1 done, unknown time left" + CLEAR + "2 s simulated, 7 done",
                out.toString());
    }
}
