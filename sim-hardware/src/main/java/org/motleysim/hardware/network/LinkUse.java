package org.motleysim.hardware.network;

/**
 * What one link, one way, has carried in a run.
 *
 * @param name its name
 * @param from where it comes from
 * @param fromTier 0 for an endpoint, more further up
 * @param to where it leads to
 * @param toTier 0 for an endpoint, more further up
 * @param bytesPerSecond its capacity
 * @param bytes carried so far, without background traffic
 * @param utilization carried by what it could have carried so far, with background traffic, from 0 to 1
 * @param joules spent on the bytes carried
 */
public record LinkUse(
        String name,
        String from,
        int fromTier,
        String to,
        int toTier,
        double bytesPerSecond,
        double bytes,
        double utilization,
        double joules) {}
