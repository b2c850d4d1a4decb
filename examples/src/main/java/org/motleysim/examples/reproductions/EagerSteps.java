package org.motleysim.examples.reproductions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.dispatch.Host;
import org.motleysim.hardware.dispatch.LaunchTimes;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.step.Iteration;
import org.motleysim.workloads.llm.step.Operator;
import org.motleysim.workloads.llm.step.StepCost;
import org.motleysim.workloads.llm.step.StepModel;

/**
 * Steps of a language model in an eager framework, which runs an operator as several kernels. What an operator takes on the device is
 * that of one kernel, so the traffic between its parts is left out; the host launches every part.
 */
final class EagerSteps {
    private final StepCost step;
    private final BoundCostModel cost;
    private final ModelSpec model;
    private final JsonNode kernels;

    /** @param kernels how many kernels an operator is, by its name; 1 for what is not named */
    EagerSteps(ModelSpec model, DeviceSpec device, JsonNode kernels) {
        this.model = model;
        this.kernels = kernels;
        this.step = (StepCost) StepModel.fusedKernels().bind(model, device, 1, CostModel.builtIn());
        this.cost = CostModel.builtIn().bind(device, OperatingPoint.nominal());
    }

    LaunchTimes prefill(int batch, int tokens, Host host) {
        Iteration iteration = Iteration.of(model);
        for (int i = 0; i < batch; i++) {
            iteration.prefill(tokens, 0, true);
        }
        return launched(iteration, host);
    }

    LaunchTimes decode(int batch, long contextTokens, Host host) {
        Iteration iteration = Iteration.of(model);
        iteration.decode(batch, contextTokens);
        return launched(iteration, host);
    }

    private LaunchTimes launched(Iteration iteration, Host host) {
        List<Operator> operators = step.operators(iteration);
        double seconds = 0;
        double launches = 0;
        for (Operator operator : operators) {
            seconds += operator.times() * cost.cost(operator.kernel()).seconds();
            launches += operator.times() * kernels.path(operator.name()).asDouble(1);
        }
        return LaunchTimes.ofEqual(host, launches, seconds);
    }
}
