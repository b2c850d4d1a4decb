package org.motleysim.workloads.llm.step;

import java.time.Duration;
import java.util.Optional;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.dispatch.Host;
import org.motleysim.workloads.llm.model.ModelSpec;

/** How iterations are costed: a description without state, shared freely; {@link #bind} prepares it for one replica. */
@FunctionalInterface
public interface StepModel {
    /**
     * Prepares the costs of a model on {@code tensorParallel} devices of one kind.
     *
     * @throws IllegalArgumentException if the model cannot be split that way, or the devices lack a number that is needed
     */
    IterationCost bind(ModelSpec model, DeviceSpec device, int tensorParallel, CostModel kernels);

    /** Returns the built-in model, {@link StepCost}, without host time. */
    static StepModel fusedKernels() {
        return fusedKernels(Duration.ZERO);
    }

    /**
     * Returns the built-in model, {@link StepCost}.
     *
     * @param hostOverhead time per iteration in which the devices wait for the engine: scheduling, input preparation, sampling on the host.
     *     A fact of the engine, not of the hardware. The default is zero, which is the aim of engines that prepare the next iteration while
     *     this one runs (SGLang's overlap scheduler, vLLM's asynchronous scheduling); an older engine needs its measured value
     * @throws IllegalArgumentException if it is negative
     */
    static StepModel fusedKernels(Duration hostOverhead) {
        return new FusedKernels(hostOverhead, Optional.empty());
    }

    /**
     * Returns the built-in model with kernels that a host launches: an iteration ends no earlier than the host has launched all of its
     * kernels, so small batches are bound by the host (docs/models/dispatch.md). Without a host, launches are free, as with captured graphs.
     *
     * @param host one thread for each device, as serving engines have it
     * @param hostOverhead as above: what the host does between iterations
     * @throws IllegalArgumentException if the overhead is negative
     */
    static StepModel launchedBy(Host host, Duration hostOverhead) {
        return new FusedKernels(hostOverhead, Optional.of(host));
    }

    /** Returns the host that launches kernels; empty when launches are free. */
    default Optional<Host> host() {
        return Optional.empty();
    }

    /** Returns the time of the host between iterations. */
    default Duration hostOverhead() {
        return Duration.ZERO;
    }
}
