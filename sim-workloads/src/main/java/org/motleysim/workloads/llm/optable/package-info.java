/**
 * Measured operator tables as the cost of an iteration: the tables of other simulators and profilers, read from CSV files, with their own
 * rule of composition, so that schedulers are compared on equal costs.
 *
 * <p>Start at {@link org.motleysim.workloads.llm.optable.LayerProfile} (per-layer latencies, as LLMServingSim 2.0 profiles them) or
 * {@link org.motleysim.workloads.llm.optable.VidurTables} (the tables of Vidur). Tables of single kernels by shape, which need no rule of
 * composition, are a cost model of devices ({@code org.motleysim.hardware.calibration}).
 */
@NullMarked
package org.motleysim.workloads.llm.optable;

import org.jspecify.annotations.NullMarked;
