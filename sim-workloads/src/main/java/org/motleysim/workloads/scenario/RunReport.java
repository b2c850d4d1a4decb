package org.motleysim.workloads.scenario;

import org.motleysim.core.report.Report;

/** Puts the result of a run in order for a reader. */
final class RunReport {
    private RunReport() {}

    static Report of(RunResult result) {
        return Report.builder(result.scenario().name()).build();
    }
}
