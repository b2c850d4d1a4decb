package org.motleysim.examples.serving;

import java.util.ArrayList;
import java.util.List;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.CalibratedCostModel;
import org.motleysim.hardware.cost.Cost;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.Shape;
import org.motleysim.hardware.power.OperatingPoint;

/**
 * The fastest of the measured kernels that an engine has for a product, as engines choose when they start. SGLang, whose own products are
 * not in the fits, takes those of the others, as it does in truth (FlashInfer, DeepGEMM, TensorRT-LLM). Where no kernel was measured the
 * roofline answers. All-reduces are the engine's own where they were measured, or those of NCCL.
 */
final class FastestKernels implements CostModel {
    private final List<CalibratedCostModel> models = new ArrayList<>();
    private final String engine;
    private final EngineAllReduces allReduces;

    FastestKernels(String engine, String flavour, EngineAllReduces allReduces) {
        this.engine = engine;
        this.allReduces = allReduces;
        for (String framework : engine.equals("sglang") ? List.of("vllm", "trtllm", "sglang") : List.of(engine)) {
            models.add(CalibratedCostModel.builtIn().kernelsOf(framework));
            models.add(CalibratedCostModel.builtIn().kernelsOf(framework, flavour));
        }
    }

    @Override
    public Cost cost(Kernel kernel, DeviceSpec spec, OperatingPoint point) {
        return bind(spec, point).cost(kernel);
    }

    @Override
    public BoundCostModel bind(DeviceSpec spec, OperatingPoint point) {
        List<BoundCostModel> bound =
                models.stream().map(model -> model.bind(spec, point)).toList();
        String system = spec.name().contains("b200") ? "b200_sxm" : "h100_sxm";
        return kernel -> {
            if (kernel.shape() instanceof Shape.Message message) {
                double own = allReduces.seconds(system, engine, message);
                Cost nccl = bound.get(0).cost(kernel);
                return own < nccl.seconds() ? new Cost(own, nccl.dynamicJoules()) : nccl;
            }
            Cost best = bound.get(0).cost(kernel);
            for (BoundCostModel model : bound.subList(1, bound.size())) {
                Cost cost = model.cost(kernel);
                if (cost.seconds() < best.seconds()
                        && !model.explain(kernel).model().startsWith("roofline")) {
                    best = cost;
                }
            }
            return best;
        };
    }
}
