package org.motleysim.workloads.federated;

import java.time.Duration;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.radio.RadioTechnology;

/**
 * What the radio of a client draws: while it sends or receives, {@code energy per bit x rate + base}, and for a while afterwards its tail
 * (Huang et al., "A close examination of performance and power characteristics of 4G LTE networks", MobiSys 2012, section 4). The two
 * transfers of a task have a tail each.
 *
 * @param technology energy per bit sent and received, and the latency
 * @param base power while something is sent or received, whatever the rate
 * @param tail power after a transfer
 * @param tailTime how long
 */
public record Radio(RadioTechnology technology, Power base, Power tail, Duration tailTime) {
    /** @throws IllegalArgumentException if the time is negative */
    public Radio {
        if (tailTime.isNegative()) {
            throw new IllegalArgumentException("tailTime (" + tailTime + ") must be zero or more");
        }
    }

    /** Returns a radio without base power and tail. */
    public static Radio of(RadioTechnology technology) {
        return new Radio(technology, Power.ZERO, Power.ZERO, Duration.ZERO);
    }
}
