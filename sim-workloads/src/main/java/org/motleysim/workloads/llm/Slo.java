package org.motleysim.workloads.llm;

import java.time.Duration;

/**
 * A service level objective per request. A request meets it when both parts are met.
 *
 * @param ttft the longest acceptable time to first token, positive
 * @param tpot the longest acceptable time per output token after the first, positive
 */
public record Slo(Duration ttft, Duration tpot) {
    /** Checks the ranges. */
    public Slo {
        positive("ttft", ttft);
        positive("tpot", tpot);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " (" + value + ") must be positive");
        }
    }
}
