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
    FAIR,

    /**
     * The one with the fewest tokens to compute, a preempted one's output among them: shortest prefill first, after shortest-job-first of
     * Fu et al., "Efficient LLM Scheduling by Learning to Rank", NeurIPS 2024, with the length that is known. Long prompts can starve.
     */
    SHORTEST_PREFILL,

    /**
     * The tenant with the greatest weight first, within it first come, first served; as {@code --scheduling-policy priority} of vLLM 0.6 to
     * 0.19, where a request carries a number, except that nobody who runs is preempted for somebody who waits.
     */
    PRIORITY,

    /**
     * The one whose time to first token is due first: its arrival and what the objective of its tenant or of the service allows. Requests
     * without an objective come last.
     */
    EARLIEST_DEADLINE;

    /** The name in scenario files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
