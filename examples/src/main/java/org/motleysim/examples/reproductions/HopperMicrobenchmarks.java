package org.motleysim.examples.reproductions;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.motleysim.hardware.catalog.EfficiencyCatalog;
import org.motleysim.hardware.cost.Cost;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.cost.RooflineCostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.Shape;
import org.motleysim.hardware.dispatch.Host;
import org.motleysim.hardware.power.DynamicEnergy;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.workloads.llm.model.FeedForward;
import org.motleysim.workloads.llm.model.GroupedAttention;
import org.motleysim.workloads.llm.model.ModelSpec;

/** Paper 22, Luo et al.: Dissecting the Nvidia Hopper GPU (arXiv:2402.13499): streams, tensor cores, and eager language models. */
final class HopperMicrobenchmarks implements Reproduction {
    private static final double STREAM_BYTES = 4e9;
    private static final double LOOP_FLOPS = 1e15;
    private static final List<String> FORMATS = List.of("fp32", "bf16", "fp8");

    @Override
    public String folder() {
        return "22-hopper-microbenchmarks";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        JsonNode gpus = inputs.fact("gpus");
        String hopper = gpus.get("H800").asText();
        for (String name : List.of("H800", "A100", "RTX4090")) {
            predictions.value(
                    "22-2-" + name, 100 * stream(inputs, gpus.get(name).asText()));
        }
        Kernel fp8 = loop(NumberFormat.FP8);
        double seconds = RooflineCostModel.peak()
                .bind(NetworkTimes.device(inputs, hopper), OperatingPoint.nominal())
                .cost(fp8)
                .seconds();
        predictions.value("22-4", fp8.flops() / seconds / 1e12, "the peak: zeros do not make it throttle");
        List<Double> shares = inputs.numbers("shareOfPeak");
        for (String other : List.of("A100", "RTX4090")) {
            double better = flopsPerJoule(inputs, hopper)
                    / flopsPerJoule(inputs, gpus.get(other).asText());
            predictions.band(
                    "22-5-" + other,
                    better * shares.get(0),
                    better * shares.get(1),
                    "synchronous or asynchronous instructions of H800 are not stated");
        }
        language(inputs, predictions, "22-8", hopper, ModelSpec.builtIn("llama-2-7b"));
        language(inputs, predictions, "22-9", gpus.get("RTX4090").asText(), openLlama3b());
    }

    /** Share of the bandwidth that a copy much larger than the caches reaches. */
    private static double stream(Inputs inputs, String device) {
        DeviceSpec spec = NetworkTimes.device(inputs, device);
        Kernel copy = Kernel.copy(STREAM_BYTES);
        double seconds = CostModel.builtIn()
                .bind(spec, OperatingPoint.nominal())
                .cost(copy)
                .seconds();
        return copy.bytes() / seconds / spec.mainMemory().bandwidth().bytesPerSecond();
    }

    /** Flops for each joule of a loop of tensor instructions at the peak. */
    private static double flopsPerJoule(Inputs inputs, String device) {
        DeviceSpec spec = NetworkTimes.device(inputs, device);
        Kernel loop = loop(NumberFormat.FP16);
        Cost cost =
                RooflineCostModel.peak().bind(spec, OperatingPoint.nominal()).cost(loop);
        double idle = DynamicEnergy.idleWatts(spec, EfficiencyCatalog.builtIn().power(spec.kind()));
        return loop.flops() / (cost.dynamicJoules() + idle * cost.seconds());
    }

    /** Products of registers with registers: arithmetic and no traffic. */
    private static Kernel loop(NumberFormat format) {
        return new Kernel(KernelFamily.GEMM, format, LOOP_FLOPS, 0, 0, Shape.NONE);
    }

    /** Tokens a second of an eager framework, read and written together, in three formats. */
    private static void language(Inputs inputs, Predictions predictions, String claim, String device, ModelSpec model) {
        for (int i = 0; i < FORMATS.size(); i++) {
            double fast = tokenRate(inputs, device, model, FORMATS.get(i), 0);
            double slow = tokenRate(inputs, device, model, FORMATS.get(i), 1);
            predictions.band(
                    claim + "-" + FORMATS.get(i),
                    slow,
                    fast,
                    "an eager framework that takes 5 to 25 us of the host a kernel");
        }
        double bf16 = tokenRate(inputs, device, model, "bf16", 1);
        double fp8 = tokenRate(inputs, device, model, "fp8", 1);
        predictions.holds(claim + "-flat", fp8 <= 1.05 * bf16, "with the slow host, which bounds every format");
    }

    private static double tokenRate(Inputs inputs, String device, ModelSpec model, String format, int host) {
        int batch = inputs.count("batch");
        int prompt = inputs.count("promptTokens");
        int output = inputs.count("outputTokens");
        ModelSpec stored = model.withWeightFormat(format(format));
        var steps = new EagerSteps(stored, NetworkTimes.device(inputs, device), inputs.fact("eagerKernels"));
        long nanos = Math.round(1e3 * inputs.numbers("hostMicrosPerKernel").get(host));
        Host thread = Host.of(Duration.ofNanos(nanos));
        double seconds = steps.prefill(batch, prompt, thread).seconds()
                + (output - 1)
                        * steps.decode(batch, (long) batch * (prompt + output / 2), thread)
                                .seconds();
        return batch * (prompt + output) / seconds;
    }

    private static NumberFormat format(String label) {
        return switch (label) {
            case "fp32" -> NumberFormat.FP32;
            case "fp8" -> NumberFormat.FP8;
            default -> NumberFormat.BF16;
        };
    }

    /** As config.json of openlm-research/open_llama_3b says. */
    private static ModelSpec openLlama3b() {
        ModelSpec large = ModelSpec.builtIn("llama-2-7b");
        return new ModelSpec(
                "open-llama-3b",
                26,
                3200,
                large.vocabulary(),
                2048,
                false,
                new GroupedAttention(32, 32, 100, false, false, false),
                new FeedForward(8640, true, false, Optional.empty()),
                large.norms(),
                Optional.empty(),
                large.weightFormat(),
                large.activationFormat(),
                large.kvFormat());
    }
}
