package org.motleysim.hardware.memory;

import org.motleysim.hardware.device.MemoryTier;

/**
 * What has happened at a tier in a run so far.
 *
 * @param name of the tier in its map
 * @param spec what it is
 * @param moves movements that have arrived from or at it
 * @param bytesRead with rounding, those of movements under way included
 * @param bytesWritten likewise
 * @param utilization share of its bandwidth that was used, from 0 to 1: of its bus, or of the busier way
 * @param meanWaiting movements that waited for a place in its queue, over time
 * @param joules spent on reading and writing; zero when its energy is not known
 */
public record TierUse(
        String name,
        MemoryTier spec,
        long moves,
        double bytesRead,
        double bytesWritten,
        double utilization,
        double meanWaiting,
        double joules) {}
