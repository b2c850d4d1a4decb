package org.motleysim.hardware.fault;

/**
 * Bits that flip: upsets come as a Poisson process at the rate of all bits, most are masked, the harmful rest is either detected because
 * it falls into what is protected, so that the step is computed again, or corrupts the result in silence. Protection takes time and energy
 * all the while.
 *
 * @param fitPerMegabit raw upsets per megabit in 1e9 hours (FIT/Mbit, 1 Mbit = 1e6 bit), zero or more
 * @param megabits bits that are exposed, in 1e6, zero or more
 * @param maskedShare upsets that change nothing, from 0 to 1 (one minus the architectural vulnerability factor)
 * @param protectedShare share of the exposed bits that are protected, from 0 to 1
 * @param timeOverhead more time that the protection takes, as a share: 0.02 is 2 percent
 * @param energyOverhead more dynamic energy that the protection takes, as a share
 */
public record SoftErrors(
        double fitPerMegabit,
        double megabits,
        double maskedShare,
        double protectedShare,
        double timeOverhead,
        double energyOverhead) {
    private static final double SECONDS_PER_FIT = 1e9 * 3_600;

    /** What an upset does. */
    public enum Effect {
        /** Nothing. */
        MASKED,
        /** It is noticed, and what was being computed is computed again. */
        DETECTED,
        /** The result is wrong and nobody knows. */
        SILENT
    }

    /** @throws IllegalArgumentException if a number is out of its range */
    public SoftErrors {
        Checks.notNegative("fitPerMegabit", fitPerMegabit);
        Checks.notNegative("megabits", megabits);
        Checks.share("maskedShare", maskedShare);
        Checks.share("protectedShare", protectedShare);
        Checks.notNegative("timeOverhead", timeOverhead);
        Checks.notNegative("energyOverhead", energyOverhead);
    }

    /** Returns upsets of any kind per second. */
    public double upsetsPerSecond() {
        return fitPerMegabit * megabits / SECONDS_PER_FIT;
    }

    /** Returns silent corruptions in 1e9 hours (FIT): what a safety target is compared with. */
    public double silentFit() {
        return fitPerMegabit * megabits * (1 - maskedShare) * (1 - protectedShare);
    }

    /** Returns what an upset does, for a uniform number from [0, 1). */
    public Effect effect(double uniform) {
        if (uniform < maskedShare) {
            return Effect.MASKED;
        }
        return uniform < maskedShare + (1 - maskedShare) * protectedShare ? Effect.DETECTED : Effect.SILENT;
    }
}
