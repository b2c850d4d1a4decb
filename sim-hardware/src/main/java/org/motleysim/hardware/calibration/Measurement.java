package org.motleysim.hardware.calibration;

import org.motleysim.hardware.device.Kernel;

/**
 * One measured kernel.
 *
 * @param table the file it comes from, without folder and ending, such as {@code "gemm_vllm"}
 * @param asked what ran, and on what
 * @param seconds what it took, more than zero
 */
public record Measurement(String table, TableKernel asked, double seconds) {
    /** @throws IllegalArgumentException if the time is not a finite number more than zero */
    public Measurement {
        if (!(seconds > 0) || seconds == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("seconds (" + seconds + ") must be a finite number, more than zero");
        }
    }

    /** Returns the machine's name in the table, such as {@code "h100_sxm"}. */
    public String system() {
        return asked.system();
    }

    /** Returns whose kernel it is, such as {@code "vllm"}; see {@link TableKernel#framework()}. */
    public String framework() {
        return asked.framework();
    }

    /** Returns the format as the table writes it, such as {@code "fp8_block"}. */
    public String dtype() {
        return asked.dtype();
    }

    /** Returns the kernel's own name where one family has several, such as {@code "softmax"}. */
    public String operation() {
        return asked.operation();
    }

    /** Returns the demand. */
    public Kernel kernel() {
        return asked.kernel();
    }

    /** Returns what is held out whole when a fit is judged. */
    public String shape() {
        return asked.shape();
    }
}
