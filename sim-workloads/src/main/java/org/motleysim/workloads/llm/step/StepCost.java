package org.motleysim.workloads.llm.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.Cost;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.dispatch.Host;
import org.motleysim.hardware.dispatch.LaunchTimes;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.model.Shard;

/**
 * The time and energy of an iteration as the sum of the kernels it runs, one after the other.
 *
 * <p>What is assumed:
 *
 * <ul>
 *   <li>All devices of a replica do the same at the same time; the iteration lasts as long as one of them takes.
 *   <li>Weights are read once per iteration, by the kernel that uses them. Of the experts of a layer only those are read that its tokens
 *       are expected to visit under uniform routing, E (1 - (1 - k/E)^T).
 *   <li>Each kernel reads its inputs from memory and writes its outputs there. Fused are: query, key and value projections; gate and up
 *       projections; residual sums with norms; activation with gating; attention (scores are never written).
 *   <li>Attention is one kernel per layer for all chunks of prompts and one for all decoding sequences. It is computed in the activation
 *       format; keys and values are read in theirs. Prompts read the keys and values of their chunk and of what is cached before it.
 *   <li>The head is computed for sampled tokens only.
 *   <li>Tensor parallelism sums activations twice per layer. The all-reduce goes over the device link ({@link DeviceSpec#deviceLink}: the
 *       peer link, or the host link where there is none), as a ring: 2 (p-1)/p of the message. Nothing overlaps with it.
 *   <li>Host time per iteration is a number given by the user, zero by default; see {@link StepModel#fusedKernels}. If a host launches the
 *       kernels ({@link StepModel#launchedBy}), they count as equal ones: the iteration takes what the host or the devices need, whichever
 *       is more.
 * </ul>
 *
 * <p>Everything that depends on the number of tokens, of samples or of decoding sequences alone is tabulated when it first occurs. An
 * iteration then costs three look-ups and at most five kernels of attention, whatever its size.
 */
public final class StepCost implements IterationCost {
    private final Shard shard;
    private final BoundCostModel kernels;
    private final double hostSeconds;
    private final @Nullable Host host;
    private final int fullLayers;
    private final int windowedLayers;
    private final Operators operators;
    private final AttentionKernels attention;
    private final long launchesPerToken;
    private final long launchesPerSample;
    private final long launchesPerDecode;
    private final CostTable perToken;
    private final CostTable perSample;
    private final CostTable perDecode;
    /** Seconds, dynamic joules, model flops and model bytes of one device, and the seconds by what they are bound by. */
    private final double[] total = new double[8];

    StepCost(Shard shard, DeviceSpec device, CostModel kernels, double hostSeconds, Optional<Host> host) {
        ModelSpec model = shard.model();
        this.shard = shard;
        this.kernels = kernels.bind(device, OperatingPoint.nominal());
        this.hostSeconds = hostSeconds;
        this.host = host.orElse(null);
        this.fullLayers = model.fullAttentionLayers();
        this.windowedLayers = model.layers() - fullLayers;
        this.operators = new Operators(shard, device);
        this.attention = new AttentionKernels(shard);
        this.launchesPerToken = count(operators::perToken);
        this.launchesPerSample = count(operators::perSample);
        this.launchesPerDecode = count(operators::perDecode);
        this.perToken = new CostTable(operators::perToken, this.kernels);
        this.perSample = new CostTable(operators::perSample, this.kernels);
        this.perDecode = new CostTable(operators::perDecode, this.kernels);
    }

    @Override
    public void cost(Iteration iteration, IterationResult result) {
        if (iteration.tokens() == 0) {
            throw new IllegalArgumentException("tokens of an iteration (0) must be at least 1");
        }
        Arrays.fill(total, 0);
        perToken.addTo(total, iteration.tokens());
        perSample.addTo(total, iteration.sampled());
        perDecode.addTo(total, iteration.decodes());
        if (iteration.prefillTokens() > 0) {
            addPrefill(iteration);
        }
        if (iteration.decodes() > 0) {
            add(fullLayers, decode(iteration), attention.cacheBytes(iteration.decodeContext()));
            if (windowedLayers > 0) {
                add(windowedLayers, windowedDecode(iteration), attention.cacheBytes(iteration.windowedDecodeContext()));
            }
        }
        int ranks = shard.ranks();
        double seconds = host == null
                ? total[0]
                : LaunchTimes.ofEqual(host, (double) launches(iteration), total[0])
                        .seconds();
        result.set(seconds + hostSeconds, total[1] * ranks, total[2] * ranks, total[3] * ranks);
        double forHost = seconds - total[0] + hostSeconds;
        result.setBounds(total[4], total[5], total[6] + forHost, total[7]);
    }

    /** Counts the kernels that one device runs in an iteration. */
    public long launches(Iteration iteration) {
        long attentions = 0;
        if (iteration.prefillTokens() > 0) {
            attentions += fullLayers + windowedLayers + (attention.expands() ? fullLayers : 0);
        }
        if (iteration.decodes() > 0) {
            attentions += fullLayers + windowedLayers + launchesPerDecode;
        }
        return attentions + launchesPerToken + (iteration.sampled() > 0 ? launchesPerSample : 0);
    }

    private static long count(BiConsumer<Integer, OperatorSink> part) {
        var sum = new long[1];
        part.accept(1, (name, kernel, times, modelBytes) -> sum[0] += times);
        return sum[0];
    }

    private void addPrefill(Iteration iteration) {
        if (attention.expands()) {
            add(fullLayers, attention.expansion(iteration.prefillContext()), attention.expansionWeightBytes());
        }
        add(fullLayers, prefill(iteration), attention.cacheBytes(iteration.prefillContext()));
        if (windowedLayers > 0) {
            add(windowedLayers, windowedPrefill(iteration), attention.cacheBytes(iteration.windowedPrefillContext()));
        }
    }

    private void add(int times, Kernel kernel, double modelBytes) {
        Cost cost = kernels.cost(kernel);
        total[0] += times * cost.seconds();
        total[1] += times * cost.dynamicJoules();
        total[2] += times * kernel.flops();
        total[3] += times * modelBytes;
        int place = CostTable.place(kernels.bound(kernel, cost));
        if (place >= 0) {
            total[place] += times * cost.seconds();
        }
    }

    /**
     * Returns the kernels that one device runs in an iteration, in the order of a forward pass by kind: for inspection, and for models that
     * replace some of them. Their costs add up to that of the iteration, but for host time.
     */
    public List<Operator> operators(Iteration iteration) {
        List<Operator> list = new ArrayList<>();
        OperatorSink sink = (name, kernel, times, modelBytes) -> {
            if (times > 0) {
                list.add(new Operator(name, kernel, times, modelBytes));
            }
        };
        operators.perToken(iteration.tokens(), sink);
        if (iteration.prefillTokens() > 0) {
            long context = iteration.prefillContext();
            if (attention.expands()) {
                sink.add(
                        "latent expansion", attention.expansion(context), fullLayers, attention.expansionWeightBytes());
            }
            sink.add("prefill attention", prefill(iteration), fullLayers, attention.cacheBytes(context));
            sink.add(
                    "prefill attention, windowed",
                    windowedPrefill(iteration),
                    windowedLayers,
                    attention.cacheBytes(iteration.windowedPrefillContext()));
        }
        if (iteration.decodes() > 0) {
            operators.perDecode(iteration.decodes(), sink);
            sink.add(
                    "decode attention", decode(iteration), fullLayers, attention.cacheBytes(iteration.decodeContext()));
            sink.add(
                    "decode attention, windowed",
                    windowedDecode(iteration),
                    windowedLayers,
                    attention.cacheBytes(iteration.windowedDecodeContext()));
        }
        if (iteration.sampled() > 0) {
            operators.perSample(iteration.sampled(), sink);
        }
        return list;
    }

    private Kernel prefill(Iteration iteration) {
        return attention.prefill(
                iteration.prefillChunks(),
                iteration.prefillTokens(),
                iteration.prefillPairs(),
                iteration.prefillContext(),
                0);
    }

    private Kernel windowedPrefill(Iteration iteration) {
        return attention.prefill(
                iteration.prefillChunks(),
                iteration.prefillTokens(),
                iteration.windowedPrefillPairs(),
                iteration.windowedPrefillContext(),
                iteration.window());
    }

    private Kernel decode(Iteration iteration) {
        return attention.decode(iteration.decodes(), iteration.decodeContext(), 0);
    }

    private Kernel windowedDecode(Iteration iteration) {
        return attention.decode(iteration.decodes(), iteration.windowedDecodeContext(), iteration.window());
    }
}
