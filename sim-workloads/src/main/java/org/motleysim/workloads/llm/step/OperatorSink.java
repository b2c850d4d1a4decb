package org.motleysim.workloads.llm.step;

import org.motleysim.hardware.device.Kernel;

/** Receives the kernels of an iteration. */
@FunctionalInterface
interface OperatorSink {
    /** Adds a kernel that runs so many times; see {@link Operator}. */
    void add(String name, Kernel kernel, int times, double modelBytes);
}
