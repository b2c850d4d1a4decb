package org.motleysim.examples.reproductions;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.dispatch.Host;
import org.motleysim.hardware.dispatch.Hosts;
import org.motleysim.hardware.dispatch.LaunchTimes;
import org.motleysim.workloads.llm.model.FeedForward;
import org.motleysim.workloads.llm.model.GroupedAttention;
import org.motleysim.workloads.llm.model.ModelSpec;

/**
 * Paper 39, Vellaisamy et al.: Characterizing and Optimizing LLM Inference Workloads on CPU-GPU Coupled Architectures (ISPASS 2025): up to
 * which batch the host is the bound.
 */
final class CoupledHosts implements Reproduction {
    private static final String UNKNOWN =
            "128 or 512 tokens; an eager framework that takes 5 to 25 us of the host a kernel";
    private static final String GRACE = "; Grace runs it at a third of the speed to the same speed as a Xeon";

    @Override
    public String folder() {
        return "39-coupled-hosts";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        band(predictions, "39-3-A100", transitions(inputs, "a100"), UNKNOWN);
        band(predictions, "39-3-H100", transitions(inputs, "h100"), UNKNOWN);
        band(predictions, "39-3-GH200", transitions(inputs, "gh200"), UNKNOWN + GRACE);
        band(predictions, "39-2", ratios(inputs), UNKNOWN + GRACE);
        band(predictions, "39-1-H100", prefillRatios(inputs, "h100"), "128 or 512 tokens; bound by the GPU");
        band(predictions, "39-1-A100", prefillRatios(inputs, "a100"), "128 or 512 tokens; bound by the GPU");
    }

    /** First batch, doubled from one, at which the GPU has more to do than the host, in every corner of what is unknown. */
    private static List<Double> transitions(Inputs inputs, String platform) {
        var all = new ArrayList<Double>();
        EagerSteps steps = steps(inputs, platform, encoder());
        for (double tokens : inputs.numbers("tokens")) {
            for (Host host : hosts(inputs, platform)) {
                all.add(transition(steps, (int) tokens, host));
            }
        }
        return all;
    }

    /** Each corner of GH200 over the same corner of H100. */
    private static List<Double> ratios(Inputs inputs) {
        var all = new ArrayList<Double>();
        EagerSteps close = steps(inputs, "gh200", encoder());
        EagerSteps loose = steps(inputs, "h100", encoder());
        List<Double> speeds = inputs.numbers("graceThread");
        for (double tokens : inputs.numbers("tokens")) {
            for (Host host : hosts(inputs, "h100")) {
                for (double speed : speeds) {
                    all.add(transition(close, (int) tokens, host.threadSpeed(speed))
                            / transition(loose, (int) tokens, host));
                }
            }
        }
        return all;
    }

    private static double transition(EagerSteps steps, int tokens, Host host) {
        int batch = 1;
        while (steps.prefill(batch, tokens, host).hostBound() && batch < 1 << 12) {
            batch *= 2;
        }
        return batch;
    }

    private static List<Double> prefillRatios(Inputs inputs, String platform) {
        ModelSpec model = llama1b();
        EagerSteps close = steps(inputs, "gh200", model);
        EagerSteps loose = steps(inputs, platform, model);
        int batch = inputs.count("largeBatch");
        var all = new ArrayList<Double>();
        for (double tokens : inputs.numbers("tokens")) {
            for (Host host : hosts(inputs, platform)) {
                LaunchTimes other = loose.prefill(batch, (int) tokens, host);
                if (!other.hostBound()) {
                    all.add(other.deviceSeconds()
                            / close.prefill(batch, (int) tokens, host).deviceSeconds());
                }
            }
        }
        return all;
    }

    /** The measured launch latency, and a framework on top: fast and slow, on a slow and a fast processor. */
    private static List<Host> hosts(Inputs inputs, String platform) {
        JsonNode setting = inputs.fact("platforms").path(platform);
        Host launches = Hosts.find(setting.path("host").asText()).orElseThrow();
        List<Double> speeds = setting.path("grace").asBoolean() ? inputs.numbers("graceThread") : List.of(1.0);
        var hosts = new ArrayList<Host>();
        for (double micros : inputs.numbers("hostMicrosPerKernel")) {
            for (double speed : speeds) {
                hosts.add(launches.perKernel(Duration.ofNanos(Math.round(1e3 * micros)))
                        .threadSpeed(speed));
            }
        }
        return hosts;
    }

    private static EagerSteps steps(Inputs inputs, String platform, ModelSpec model) {
        String gpu = inputs.fact("platforms").path(platform).path("gpu").asText();
        String kernels = model.name().startsWith("bert") ? "encoderKernels" : "eagerKernels";
        return new EagerSteps(model, NetworkTimes.device(inputs, gpu), inputs.fact(kernels));
    }

    private static void band(Predictions predictions, String claim, List<Double> values, String unknown) {
        predictions.band(
                claim,
                values.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                values.stream().mapToDouble(Double::doubleValue).max().orElseThrow(),
                unknown);
    }

    /** BERT-base as a model whose every token sees those before it; what it sees beyond is left out. */
    private static ModelSpec encoder() {
        ModelSpec shape = ModelSpec.builtIn("llama-2-7b");
        return new ModelSpec(
                "bert-base",
                12,
                768,
                30_522,
                512,
                true,
                new GroupedAttention(12, 12, 64, true, true, false),
                new FeedForward(3_072, false, true, Optional.empty()),
                shape.norms(),
                Optional.empty(),
                NumberFormat.BF16,
                NumberFormat.BF16,
                NumberFormat.BF16);
    }

    /** As config.json of meta-llama/Llama-3.2-1B says. */
    private static ModelSpec llama1b() {
        ModelSpec large = ModelSpec.builtIn("llama-3-8b");
        return new ModelSpec(
                "llama-3.2-1b",
                16,
                2_048,
                128_256,
                131_072,
                true,
                new GroupedAttention(32, 8, 64, false, false, false),
                new FeedForward(8_192, true, false, Optional.empty()),
                large.norms(),
                Optional.empty(),
                NumberFormat.BF16,
                NumberFormat.BF16,
                NumberFormat.BF16);
    }
}
