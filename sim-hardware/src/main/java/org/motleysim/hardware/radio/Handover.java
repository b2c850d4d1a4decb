package org.motleysim.hardware.radio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.motleysim.core.engine.SimTime;

/**
 * When a station changes its cell. It measures at regular times, and changes to the nearest cell when that is nearer than its own by the
 * hysteresis (with antennas of equal power this is event A3 of 3GPP TS 36.331, in metres instead of decibels). During the interruption
 * nothing is sent or received.
 *
 * @param report time between two measurements, more than zero; rates follow the distance at these times, too
 * @param hysteresisMetres zero or more
 * @param interruption from the change until the new cell carries data, zero or more
 */
public record Handover(Duration report, double hysteresisMetres, Duration interruption) {
    /** @throws IllegalArgumentException if a number is out of its range */
    public Handover {
        if (report.isNegative() || report.isZero() || interruption.isNegative() || !(hysteresisMetres >= 0)) {
            throw new IllegalArgumentException("report (" + report + ") must be more than zero, hysteresisMetres ("
                    + hysteresisMetres + ") and interruption (" + interruption + ") zero or more");
        }
    }

    /**
     * From when a station belongs to a cell.
     *
     * @param fromNanos when it changes to the cell
     * @param usableNanos when that carries its data
     * @param cell index of the cell
     */
    public record Attachment(long fromNanos, long usableNanos, int cell) {}

    /** Returns the cells of a journey, first to last. The first cell is usable at once. */
    public List<Attachment> along(Journey journey, Sites sites) {
        List<Attachment> attachments = new ArrayList<>();
        int cell = sites.nearest(journey.at(0));
        attachments.add(new Attachment(0, 0, cell));
        long end = SimTime.nanos(journey.endSeconds());
        // One report after the end sees where the station stays.
        for (long at = report.toNanos(); journey.moves() && at < end + report.toNanos(); at += report.toNanos()) {
            Position here = journey.at(SimTime.seconds(at));
            int nearest = sites.nearest(here);
            if (nearest != cell && sites.metres(nearest, here) + hysteresisMetres < sites.metres(cell, here)) {
                cell = nearest;
                attachments.add(new Attachment(at, at + interruption.toNanos(), cell));
            }
        }
        return List.copyOf(attachments);
    }
}
