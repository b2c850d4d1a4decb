package org.motleysim.hardware.fault;

import java.util.List;
import org.motleysim.core.random.Distribution;

/**
 * When devices are out of order: drawn from distributions, or as recorded.
 *
 * <pre>{@code
 * Outages failures = Outages.renewal(Distribution.exponential(50 * 3_600), Distribution.logNormal(1_800, 4 * 3_600));
 * Outages seen = RecordedOutages.read(Path.of("outages.csv"));
 * }</pre>
 */
public sealed interface Outages permits RenewalOutages, RecordedOutages {
    /**
     * Returns outages in which a device works for a random time, then is repaired for a random time, and is as new afterwards.
     *
     * @param uptime seconds from a repair to the next failure
     * @param downtime seconds of a repair
     * @throws IllegalArgumentException if a time can be negative or is always zero
     */
    static Outages renewal(Distribution uptime, Distribution downtime) {
        return new RenewalOutages(uptime, downtime, RenewalOutages.UNLIMITED);
    }

    /**
     * Returns outages that were recorded.
     *
     * @throws IllegalArgumentException if two of one device overlap
     */
    static Outages recorded(List<Outage> outages) {
        return new RecordedOutages(outages);
    }
}
