package org.motleysim.hardware.fault;

import java.util.Optional;

/**
 * What goes wrong with the devices of a group. Immutable, with value equality.
 *
 * <pre>{@code
 * Faults faults = Faults.none()
 *     .withOutages(Outages.renewal(Distribution.exponential(36_000), Distribution.exponential(1_800)))
 *     .withStragglers(new Straggling(0.05, Distribution.uniform(1.1, 1.5)));
 * }</pre>
 *
 * @param outages failure and repair
 * @param stragglers devices that are slow for good
 * @param slowPhases devices that are slow now and then
 * @param softErrors bits that flip
 */
public record Faults(
        Optional<Outages> outages,
        Optional<Straggling> stragglers,
        Optional<SlowPhases> slowPhases,
        Optional<SoftErrors> softErrors) {
    private static final Faults NONE =
            new Faults(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Returns devices that never fail: the default of a group. */
    public static Faults none() {
        return NONE;
    }

    /** Returns whether nothing goes wrong. */
    public boolean isNone() {
        return equals(NONE);
    }

    /** Returns these faults with failure and repair. */
    public Faults withOutages(Outages value) {
        return new Faults(Optional.of(value), stragglers, slowPhases, softErrors);
    }

    /** Returns these faults with devices that are slow for good. */
    public Faults withStragglers(Straggling value) {
        return new Faults(outages, Optional.of(value), slowPhases, softErrors);
    }

    /** Returns these faults with devices that are slow now and then. */
    public Faults withSlowPhases(SlowPhases value) {
        return new Faults(outages, stragglers, Optional.of(value), softErrors);
    }

    /** Returns these faults with bits that flip. */
    public Faults withSoftErrors(SoftErrors value) {
        return new Faults(outages, stragglers, slowPhases, Optional.of(value));
    }
}
