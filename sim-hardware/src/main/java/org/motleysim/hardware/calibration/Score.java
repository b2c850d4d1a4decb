package org.motleysim.hardware.calibration;

import java.util.OptionalDouble;
import org.motleysim.hardware.fitted.ErrorSummary;

/**
 * One line of a validation.
 *
 * @param suite what is scored, such as {@code "gemm"}; see docs/validation.md
 * @param device name in the catalogue
 * @param family of the kernels, or what else was predicted
 * @param format as the tables write it
 * @param errors of the predictions
 * @param goal largest error allowed; empty where none was set
 * @param judged the error that the goal is for
 */
public record Score(
        String suite,
        String device,
        String family,
        String format,
        ErrorSummary errors,
        OptionalDouble goal,
        Judged judged) {
    /** Which error a goal is for. */
    public enum Judged {
        /** The mean. */
        MAPE,
        /** The median. */
        MEDIAN
    }

    /** Whether the goal is met; true where there is none. */
    public boolean ok() {
        double error = judged == Judged.MAPE ? errors.mape() : errors.median();
        return goal.isEmpty() || error <= goal.getAsDouble();
    }
}
