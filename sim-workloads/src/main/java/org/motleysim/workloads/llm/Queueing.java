package org.motleysim.workloads.llm;

import java.util.Locale;

/** In which order requests that wait at a replica are let in. */
public enum Queueing {
    /** First come, first served. */
    FCFS,

    /**
     * The first one of the tenant that has been served least, by its weight: the Virtual Token Counter of Sheng et al., "Fairness in Serving
     * Large Language Models", OSDI 2024, algorithm 2. A prompt token counts 1 when its request is let in, an output token 2; these are
     * counted when the sequence leaves, not one by one. A tenant that comes back after a pause starts level with the least served.
     */
    FAIR;

    /** The name in scenario files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
