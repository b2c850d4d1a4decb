package org.motleysim.workloads.llm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.motleysim.workloads.Balance;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;

/** Runs random services, and checks what holds for each of them. */
final class CheckedRun {

    private CheckedRun() {}

    /** Runs a scenario; {@code where} names it when it fails, breaks a conservation law or holds more KV blocks than there are. */
    static RunResult of(Scenario scenario, String where) {
        RunResult result;
        try {
            result = scenario.run();
        } catch (RuntimeException e) {
            throw new AssertionError(where + ": " + scenario, e);
        }
        assertTrue(result.conservation().stream().allMatch(Balance::holds), where);
        result.metrics().find("kv.occupancy.max").ifPresent(most -> assertTrue(most.value() <= 1, where));
        return result;
    }
}
