package org.motleysim.workloads.llm.step;

import java.time.Duration;
import java.util.Optional;
import org.motleysim.core.engine.SimTime;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.dispatch.Host;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.model.Shard;

record FusedKernels(Duration hostOverhead, Optional<Host> host) implements StepModel {
    FusedKernels {
        if (hostOverhead.isNegative()) {
            throw new IllegalArgumentException("hostOverhead (" + hostOverhead + ") must not be negative");
        }
    }

    @Override
    public StepCost bind(ModelSpec model, DeviceSpec device, int tensorParallel, CostModel kernels) {
        double hostSeconds = SimTime.seconds(SimTime.nanos(hostOverhead));
        return new StepCost(new Shard(model, tensorParallel), device, kernels, hostSeconds, host);
    }
}
