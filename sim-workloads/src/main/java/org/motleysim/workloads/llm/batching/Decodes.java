package org.motleysim.workloads.llm.batching;

/** The part that policies with preemption share: one token for everybody who decodes, at the expense of the latest. */
final class Decodes {
    private Decodes() {}

    /**
     * Plans one token for each decoding sequence, earliest first, within the token limit; who finds no KV block evicts the sequence let
     * in last, at worst itself.
     */
    static void planAll(BatchPlan next) {
        for (int i = 0; i < next.running() && next.tokensLeft() > 0; i++) {
            if (next.prefillLeft(i) == 0) {
                while (!next.decode(i)) {
                    next.preemptLast();
                    if (i == next.running()) {
                        return;
                    }
                }
            }
        }
    }
}
