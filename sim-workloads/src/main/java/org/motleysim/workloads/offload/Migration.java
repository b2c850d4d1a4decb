package org.motleysim.workloads.offload;

import java.time.Duration;
import org.motleysim.core.quantity.Bytes;

/**
 * Whether the service of a device, which runs at one site, follows it to another: its state goes over the backhaul while the old site
 * still serves, then it is halted for the downtime. A device that has moved on in the meantime keeps it where it was heading.
 *
 * @param state that is sent at each move
 * @param downtime in which a task that arrives has to wait, zero or more
 */
public record Migration(Bytes state, Duration downtime) {
    /** @throws IllegalArgumentException if the downtime is negative */
    public Migration {
        if (downtime.isNegative()) {
            throw new IllegalArgumentException("downtime (" + downtime + ") must be zero or more");
        }
    }
}
