package org.motleysim.examples.reproductions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PcDartsTest {
    @Test
    void memoryAndRatioOfTimes_areAsPublished() {
        for (Outcome row : Reproductions.packed().run(Set.of(19), Optional.empty())) {
            if (row.claim().orElseThrow().id().matches("E19-(01c|03.*)")) {
                assertEquals(Verdict.REPRODUCED, row.verdict(), row.toString());
            }
        }
    }
}
