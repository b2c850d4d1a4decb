package org.motleysim.hardware.fault;

import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.RandomStream;

/**
 * Devices that are slow for good: each is one with some probability, and takes that many times as long for everything.
 *
 * @param share of the devices that are slow, from 0 to 1
 * @param slowdown how many times as long a slow device takes; at least 1
 */
public record Straggling(double share, Distribution slowdown) {
    /** @throws IllegalArgumentException if the share is out of range or a slow device could be faster than the others */
    public Straggling {
        Checks.share("share", share);
        if (!(slowdown.quantile(0) >= 1)) {
            throw new IllegalArgumentException("slowdown (" + slowdown + ") must be at least 1" + "\nMaybe "
                    + "truncate it; 1.3 means 30 percent longer.");
        }
    }

    /** Draws how many times as long a device takes; 1 for most. Always takes two numbers from the stream. */
    public double draw(RandomStream stream) {
        boolean slow = stream.nextDouble() < share;
        double factor = slowdown.sample(stream);
        return slow ? factor : 1;
    }
}
