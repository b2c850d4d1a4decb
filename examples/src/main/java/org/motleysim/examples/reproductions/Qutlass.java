package org.motleysim.examples.reproductions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.arithmetic.BlockFormat;
import org.motleysim.hardware.arithmetic.Element;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.Shape;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.workloads.llm.model.FeedForward;
import org.motleysim.workloads.llm.model.GroupedAttention;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.step.Iteration;
import org.motleysim.workloads.llm.step.Operator;
import org.motleysim.workloads.llm.step.StepCost;
import org.motleysim.workloads.llm.step.StepModel;
import org.motleysim.workloads.quantised.BlockProduct;

/** Paper 87, Egiazarian et al.: microscaling FP4 (arXiv:2509.23202): rates of products in FP4 and what they gain end to end. */
final class Qutlass implements Reproduction {
    private static final Element E2M1 = Element.floating(2, 1);
    private static final BlockFormat MXFP4 = new BlockFormat(E2M1, 8, 32);
    private static final BlockFormat NVFP4 = new BlockFormat(E2M1, 8, 16);
    private static final String UNMEASURED = "device never measured; class values of GPUs";

    @Override
    public String folder() {
        return "87-qutlass";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        layer(inputs, predictions, "B200", "87-1", "");
        layer(inputs, predictions, "RTX5090", "87-3", UNMEASURED);
        endToEnd(inputs, predictions);
    }

    /** Rates of one layer over its batches, and the most that FP4 gains. */
    private static void layer(Inputs inputs, Predictions predictions, String name, String most, String reason) {
        JsonNode fact = inputs.fact("layer" + name);
        BoundCostModel model = model(inputs, fact.get("device").asText());
        long n = fact.get("out").longValue();
        long k = fact.get("in").longValue();
        int side = fact.get("mxRotation").intValue();
        int nvSide = fact.get("nvRotation").intValue();
        double gain = 0;
        for (JsonNode rows : fact.get("batches")) {
            long m = rows.longValue();
            double teraflops = 2.0 * m * n * k / 1e12;
            double bf16 = model.cost(Kernel.gemm(m, n, k, NumberFormat.BF16)).seconds();
            BlockProduct mx = new BlockProduct(m, n, k, MXFP4, NumberFormat.FP4, side);
            BlockProduct nv = new BlockProduct(m, n, k, NVFP4, NumberFormat.FP4, nvSide);
            double actual = seconds(model, mx.kernels());
            gain = Math.max(gain, bf16 / actual);
            String id = "87-" + name + "-" + m;
            predictions.value(id + "-bf16", teraflops / bf16, reason);
            predictions.value(id + "-mxfp4", teraflops / actual, reason);
            predictions.value(id + "-nvfp4", teraflops / seconds(model, nv.kernels()), reason);
            predictions.value(id + "-ideal", teraflops / seconds(model, List.of(mx.product())), reason);
        }
        predictions.value(most, gain, reason);
    }

    private static void endToEnd(Inputs inputs, Predictions predictions) {
        double[] most = {0, 0};
        for (JsonNode row : inputs.items("prefills")) {
            ModelSpec spec = spec(row.get(1).asText());
            long tokens = row.get(2).longValue();
            long sequences = row.get(3).longValue();
            double fused = gain(inputs, spec, tokens, sequences, false);
            double eager = gain(inputs, spec, tokens, sequences, true);
            most[0] = Math.max(most[0], fused);
            most[1] = Math.max(most[1], eager);
            if (!row.get(0).asText().isEmpty()) {
                predictions.band(
                        row.get(0).asText(),
                        fused,
                        eager,
                        "norms and activations fused, or run one by one; launches of the host not counted; "
                                + UNMEASURED);
            }
        }
        predictions.band("87-4", most[0], most[1], "norms and activations fused, or run one by one; " + UNMEASURED);
    }

    /** Time of a prefill in BF16 over that with all linear layers in MXFP4. */
    private static double gain(Inputs inputs, ModelSpec spec, long tokens, long sequences, boolean eager) {
        String device = inputs.fact("layerRTX5090").get("device").asText();
        BoundCostModel model = model(inputs, device);
        Iteration iteration = Iteration.of(spec);
        for (long i = 0; i < sequences; i++) {
            iteration.prefill(tokens, 0, true);
        }
        StepCost step = (StepCost) StepModel.fusedKernels().bind(spec, spec(inputs, device), 1, CostModel.builtIn());
        int side = inputs.fact("layerRTX5090").get("mxRotation").intValue();
        double wide = 0;
        double narrow = 0;
        for (Operator operator : step.operators(iteration)) {
            Kernel kernel = operator.kernel();
            double seconds = model.cost(kernel).seconds() * operator.times();
            if (eager && kernel.family() == KernelFamily.NORM) {
                seconds *= inputs.number("eagerNormKernels");
            } else if (eager && kernel.family() == KernelFamily.ELEMENTWISE) {
                seconds *= inputs.number("eagerActivationKernels");
            }
            wide += seconds;
            boolean linear =
                    kernel.family() == KernelFamily.GEMM && !operator.name().equals("LM head");
            if (linear && kernel.shape() instanceof Shape.Product product) {
                var block = new BlockProduct(product.m(), product.n(), product.k(), MXFP4, NumberFormat.FP4, side);
                narrow += seconds(model, block.kernels()) * operator.times();
            } else {
                narrow += seconds;
            }
        }
        return wide / narrow;
    }

    private static double seconds(BoundCostModel model, List<Kernel> kernels) {
        return kernels.stream()
                .mapToDouble(kernel -> model.cost(kernel).seconds())
                .sum();
    }

    private static BoundCostModel model(Inputs inputs, String device) {
        return CostModel.builtIn().bind(spec(inputs, device), OperatingPoint.nominal());
    }

    private static DeviceSpec spec(Inputs inputs, String device) {
        DeviceSpec spec = NetworkTimes.device(inputs, device);
        return spec.tdp().isPresent()
                ? spec
                : spec.toBuilder().tdp(Power.watts(1)).idle(Power.watts(0)).build();
    }

    /** The 14 billion model differs from the 8 billion one in these numbers (config.json of Qwen/Qwen3-14B). */
    private static ModelSpec spec(String name) {
        ModelSpec small = ModelSpec.builtIn("qwen3-8b");
        return name.equals(small.name())
                ? small
                : new ModelSpec(
                        name,
                        40,
                        5120,
                        small.vocabulary(),
                        small.contextLimit(),
                        small.tiedEmbeddings(),
                        new GroupedAttention(40, 8, 128, false, false, true),
                        new FeedForward(17408, true, false, Optional.empty()),
                        small.norms(),
                        small.slidingWindow(),
                        small.weightFormat(),
                        small.activationFormat(),
                        small.kvFormat());
    }
}
