package org.motleysim.hardware.catalog;

/**
 * How a busy device spends its TDP: {@code power / TDP = active + memory * (achieved / peak bandwidth) + compute * (achieved / peak
 * rate)}, at most 1.
 *
 * @param idle share drawn with nothing to do, where the datasheet does not say
 * @param active share drawn while any kernel runs, idle included
 * @param memory share added by streaming at peak bandwidth
 * @param compute share added by computing at peak rate
 * @param source where the numbers come from
 */
public record PowerShares(double idle, double active, double memory, double compute, String source) {
    /** @throws IllegalArgumentException if a share is not in [0, 2] or idle exceeds active */
    public PowerShares {
        share("idle", idle);
        share("active", active);
        share("memory", memory);
        share("compute", compute);
        if (idle > active) {
            throw new IllegalArgumentException("idle (" + idle + ") must not exceed active (" + active + ")");
        }
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value <= 2)) {
            throw new IllegalArgumentException(name + " (" + value + ") must be a share of the TDP in [0, 2]");
        }
    }
}
