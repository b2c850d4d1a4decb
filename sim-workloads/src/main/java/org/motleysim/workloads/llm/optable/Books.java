package org.motleysim.workloads.llm.optable;

import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.step.Iteration;
import org.motleysim.workloads.llm.step.IterationCost;
import org.motleysim.workloads.llm.step.IterationResult;
import org.motleysim.workloads.llm.step.StepModel;

/** What tables of times do not tell: the energy, flops and bytes of an iteration, as the built-in step model counts them, and all-reduces. */
final class Books {
    private final IterationCost fused;
    private final BoundCostModel kernels;
    private final double bytesPerToken;
    private final int ranks;

    Books(ModelSpec model, DeviceSpec device, int ranks, CostModel kernels) {
        this.fused = StepModel.fusedKernels().bind(model, device, ranks, kernels);
        this.kernels = kernels.bind(device, OperatingPoint.nominal());
        this.bytesPerToken = model.hidden() * model.activationFormat().bytesPerElement();
        this.ranks = ranks;
    }

    /** Writes what is known of the iteration, with this time. */
    void close(Iteration iteration, double seconds, IterationResult result) {
        fused.cost(iteration, result);
        result.set(seconds, result.dynamicJoules(), result.flops(), result.bytes());
    }

    /** Bytes of the activations of so many tokens. */
    double activationBytes(long tokens) {
        return tokens * bytesPerToken;
    }

    /** Seconds of one all-reduce of the activations of so many tokens. */
    double allReduceSeconds(long tokens) {
        return ranks == 1
                ? 0
                : kernels.cost(Kernel.allReduce(activationBytes(tokens), ranks)).seconds();
    }
}
