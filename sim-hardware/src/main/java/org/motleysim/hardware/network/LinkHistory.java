package org.motleysim.hardware.network;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.SimTime;

/**
 * What links carried when: bytes in equal spans of time, at most as many as a chart can show. When a run gets longer than they reach, two
 * spans become one. What is told is spread evenly over the time in which it moved, so that sums are exact and the place of a byte is known to
 * a span. A link that carries nothing takes no room.
 */
final class LinkHistory {
    static final int SPANS = 128;

    private final long startNanos;
    private final double[] @Nullable [] bytes; // by link and span
    private long spanNanos = 1;

    LinkHistory(int links, long startNanos) {
        this.bytes = new double[links][];
        this.startNanos = startNanos;
    }

    /** Adds what moved from one instant to a later one. */
    void add(int link, double moved, long fromNanos, long toNanos) {
        if (toNanos <= fromNanos || moved <= 0) {
            return;
        }
        reach(toNanos);
        double[] spans = bytes[link];
        if (spans == null) {
            spans = new double[SPANS];
            bytes[link] = spans;
        }
        long from = fromNanos - startNanos;
        long to = toNanos - startNanos;
        int first = (int) (from / spanNanos);
        int last = (int) ((to - 1) / spanNanos);
        if (first == last) {
            spans[first] += moved;
            return;
        }
        double perNano = moved / (to - from);
        spans[first] += perNano * ((first + 1) * spanNanos - from);
        for (int span = first + 1; span < last; span++) {
            spans[span] += perNano * spanNanos;
        }
        spans[last] += perNano * (to - last * spanNanos);
    }

    private void reach(long nanos) {
        while ((nanos - startNanos - 1) / spanNanos >= SPANS) {
            spanNanos *= 2;
            for (double[] spans : bytes) {
                if (spans != null) {
                    for (int i = 0; i < SPANS / 2; i++) {
                        spans[i] = spans[2 * i] + spans[2 * i + 1];
                    }
                    Arrays.fill(spans, SPANS / 2, SPANS, 0);
                }
            }
        }
    }

    /** The middle of each span up to now, in seconds. */
    double[] seconds(long now) {
        reach(Math.max(now, startNanos + 1));
        int count = (int) Math.min(SPANS, (now - startNanos + spanNanos - 1) / spanNanos);
        double[] seconds = new double[count];
        for (int i = 0; i < count; i++) {
            long from = startNanos + i * spanNanos;
            seconds[i] = (SimTime.seconds(from) + SimTime.seconds(Math.min(now, from + spanNanos))) / 2;
        }
        return seconds;
    }

    /** Bytes per second in each span up to now; the last may be shorter. */
    double[] rates(int link, long now) {
        int count = seconds(now).length;
        double[] rates = new double[count];
        double[] spans = bytes[link];
        for (int i = 0; i < count && spans != null; i++) {
            long from = startNanos + i * spanNanos;
            rates[i] = spans[i] / SimTime.seconds(Math.min(now, from + spanNanos) - from);
        }
        return rates;
    }
}
