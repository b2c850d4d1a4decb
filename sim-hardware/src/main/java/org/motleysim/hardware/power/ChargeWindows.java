package org.motleysim.hardware.power;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.motleysim.core.engine.SimTime;

/**
 * When a battery is plugged in: from each start until before its end, once or every day.
 *
 * @param windows in order, not overlapping; empty for a battery that is never charged
 * @param daily whether they come back every 24 hours
 */
public record ChargeWindows(List<Window> windows, boolean daily) {
    private static final Duration DAY = Duration.ofDays(1);
    private static final long DAY_NANOS = DAY.toNanos();

    /**
     * Plugged in for a while.
     *
     * @param start since the start of the run, or of the day, zero or more
     * @param end after the start
     */
    public record Window(Duration start, Duration end) {
        /** @throws IllegalArgumentException if it ends before it begins, or begins before zero */
        public Window {
            if (start.isNegative() || end.compareTo(start) <= 0) {
                throw new IllegalArgumentException(
                        "charge window (" + start + " to " + end
                                + ") must start at zero or later and end after it starts\nMaybe two windows, one on each side of midnight.");
            }
        }
    }

    /** @throws IllegalArgumentException if windows overlap, or a daily one ends after the day */
    public ChargeWindows {
        List<Window> sorted = new ArrayList<>(windows);
        sorted.sort(Comparator.comparing(Window::start));
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).start().compareTo(sorted.get(i - 1).end()) < 0) {
                throw new IllegalArgumentException("charge windows (" + sorted.get(i - 1) + " and " + sorted.get(i)
                        + ") must not overlap\nMaybe join them.");
            }
        }
        if (daily && !sorted.isEmpty() && sorted.get(sorted.size() - 1).end().compareTo(DAY) > 0) {
            throw new IllegalArgumentException("daily charge window (" + sorted.get(sorted.size() - 1)
                    + ") must end by 24 h\nMaybe two windows, one on each side of midnight.");
        }
        windows = List.copyOf(sorted);
    }

    /** Returns none: the battery is never charged. */
    public static ChargeWindows never() {
        return new ChargeWindows(List.of(), false);
    }

    /** Returns one window every day. */
    public static ChargeWindows daily(Duration start, Duration end) {
        return new ChargeWindows(List.of(new Window(start, end)), true);
    }

    /** Returns one window. */
    public static ChargeWindows once(Duration start, Duration end) {
        return new ChargeWindows(List.of(new Window(start, end)), false);
    }

    /** Returns whether the battery is plugged in at a time. */
    public boolean isOpen(long nanos) {
        long time = daily ? Math.floorMod(nanos, DAY_NANOS) : nanos;
        for (Window window : windows) {
            if (time >= SimTime.nanos(window.start()) && time < SimTime.nanos(window.end())) {
                return true;
            }
        }
        return false;
    }

    /** Returns the first start or end after a time, {@link Long#MAX_VALUE} if there is none. */
    public long nextChange(long nanos) {
        if (windows.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long day = daily ? nanos - Math.floorMod(nanos, DAY_NANOS) : 0;
        for (Window window : windows) {
            if (day + SimTime.nanos(window.start()) > nanos) {
                return day + SimTime.nanos(window.start());
            }
            if (day + SimTime.nanos(window.end()) > nanos) {
                return day + SimTime.nanos(window.end());
            }
        }
        return daily ? day + DAY_NANOS + SimTime.nanos(windows.get(0).start()) : Long.MAX_VALUE;
    }
}
