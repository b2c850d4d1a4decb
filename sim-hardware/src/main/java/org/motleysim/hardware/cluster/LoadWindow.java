package org.motleysim.hardware.cluster;

/**
 * The share of the last whole period in which a device was busy. Periods follow one another from the start; nothing happens at their ends:
 * what was missed is caught up with in constant time, since between two calls the device was busy all the time or not at all.
 */
final class LoadWindow {
    private final long periodNanos;
    private long windowStart;
    private long since;
    private boolean busy;
    private long busyNanos; // within the present window, up to since
    private double last = 1;

    LoadWindow(long nowNanos, long periodNanos) {
        this.periodNanos = periodNanos;
        this.windowStart = nowNanos;
        this.since = nowNanos;
    }

    void set(long now, boolean isBusy) {
        advance(now);
        busy = isBusy;
    }

    double utilization(long now) {
        advance(now);
        return last;
    }

    private void advance(long now) {
        long whole = (now - windowStart) / periodNanos;
        if (whole > 0) {
            long boundary = windowStart + periodNanos;
            long within = busyNanos + (busy ? boundary - since : 0);
            last = whole == 1 ? (double) within / periodNanos : busy ? 1 : 0;
            windowStart += whole * periodNanos;
            since = windowStart;
            busyNanos = 0;
        }
        if (busy) {
            busyNanos += now - since;
        }
        since = now;
    }
}
