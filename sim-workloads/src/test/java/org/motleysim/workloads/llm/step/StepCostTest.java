package org.motleysim.workloads.llm.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cost.Cost;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.cost.RooflineCostModel;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.LinkSpec;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.dispatch.Host;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.model.Shard;

class StepCostTest {
    private static final double PEAK = 1e15;
    private static final double BANDWIDTH = 2e12;
    private static final double LINK = 450e9;
    private static final CostModel IDEAL = RooflineCostModel.peak();
    private static final DeviceSpec DEVICE = DeviceSpec.builder("test-gpu", DeviceKind.GPU)
            .peak(NumberFormat.BF16, new FlopRate(PEAK))
            .peak(NumberFormat.FP32, new FlopRate(PEAK / 2))
            .memory("HBM", Bytes.gibibytes(80), new Bandwidth(BANDWIDTH))
            .link(new LinkSpec("NVLink", new Bandwidth(LINK), Duration.ofNanos(0)))
            .tdp(Power.watts(700))
            .idle(Power.watts(70))
            .build();

    @Test
    void decode_atBatchOneOnAnIdealDevice_takesWeightsAndKvOverBandwidth() {
        ModelSpec model = ModelSpec.builtIn("llama-3-8b");
        IterationResult result = cost(model, 1, iteration -> iteration.decode(1_000));
        // All weights but the embedding table, of which one row is read; 1,000 tokens of keys and values read, one
        // written.
        double weights = 2.0 * (model.parameters() - 128_256L * 4_096 - 65L * 4_096);
        double keysAndValues = 131_072.0 * 1_001;
        assertEquals(weights + keysAndValues, result.bytes(), 1);
        // Activations add less than a thousandth.
        assertEquals((weights + keysAndValues) / BANDWIDTH, result.seconds(), 0.001 * result.seconds());
        assertTrue(result.seconds() > (weights + keysAndValues) / BANDWIDTH);
    }

    @Test
    void decode_atBatchOneOfAMixture_readsOnlyTheExpertsVisited() {
        ModelSpec model = ModelSpec.builtIn("mixtral-8x7b");
        IterationResult result = cost(model, 1, iteration -> iteration.decode(1));
        double weights = 2.0 * (model.activeParameters() - 32_000L * 4_096 - 65L * 4_096);
        assertEquals(weights + 131_072.0 * 2, result.bytes(), 1e-9 * weights);
    }

    @Test
    void decode_ofLatentAttention_readsTheLatentCacheOnce() {
        ModelSpec model = ModelSpec.builtIn("deepseek-v2-lite");
        double one = cost(model, 1, iteration -> iteration.decode(1)).bytes();
        double many = cost(model, 1, iteration -> iteration.decode(10_001)).bytes();
        assertEquals(10_000.0 * model.kvBytesPerToken(), many - one, 1);
    }

    @Test
    void prefill_ofALongPrompt_isTwoFlopsPerWeightPlusAttention() {
        ModelSpec model = ModelSpec.builtIn("llama-3-8b");
        IterationResult result = cost(model, 1, iteration -> iteration.prefill(4_096, 0, true));
        double inLayers = 2.0 * 4_096 * (model.parameters() - 2L * 128_256 * 4_096 - 65L * 4_096);
        double head = 2.0 * 128_256 * 4_096;
        double attention = 32 * 4.0 * 32 * 128 * (4_096.0 * 4_097 / 2);
        assertEquals(inLayers + head + attention, result.flops(), 1e-12 * result.flops());
        // At least the time of its flops at peak; memory-bound norms and activations add some.
        assertEquals(1, result.flops() / PEAK / result.seconds(), 0.2);
        assertTrue(result.flops() / PEAK < result.seconds());
    }

    @Test
    void prefill_inChunks_attendsToAsManyPairsAsInOne() {
        Iteration whole = Iteration.of(ModelSpec.builtIn("gemma-3-27b"));
        whole.prefill(5_000, 0, true);
        Iteration chunks = Iteration.of(ModelSpec.builtIn("gemma-3-27b"));
        long naive = 0;
        for (int cached = 0; cached < 5_000; cached += 500) {
            chunks.prefill(500, cached, cached == 4_500);
        }
        for (int i = 1; i <= 5_000; i++) {
            naive += Math.min(i, 1_024);
        }
        assertEquals(whole.prefillPairs(), chunks.prefillPairs());
        assertEquals(5_000L * 5_001 / 2, whole.prefillPairs());
        assertEquals(naive, whole.windowedPrefillPairs());
        assertEquals(naive, chunks.windowedPrefillPairs());
        assertEquals(1, chunks.sampled());
    }

    @Test
    void tensorParallel_onAnIdealDevice_dividesTheWeightsAndAddsAllReduces() {
        ModelSpec model = ModelSpec.builtIn("llama-3-70b");
        double one = cost(model, 1, iteration -> iteration.decode(1)).seconds();
        IterationResult eight = cost(model, 8, iteration -> iteration.decode(1));
        double ring = 160 * 2.0 * 7 / 8 * 8_192 * 2 / LINK;
        assertEquals(one / 8 + ring, eight.seconds(), 0.01 * eight.seconds());
    }

    @Test
    void allReduce_withoutAPeerLink_goesOverTheHostLink() {
        LinkSpec pcie = new LinkSpec("PCIe", LinkSpec.Role.HOST, new Bandwidth(LINK / 10), Duration.ZERO);
        DeviceSpec.Builder builder = DeviceSpec.builder("no-peer", DeviceKind.GPU)
                .peak(NumberFormat.BF16, new FlopRate(PEAK))
                .peak(NumberFormat.FP32, new FlopRate(PEAK / 2))
                .memory("HBM", Bytes.gibibytes(80), new Bandwidth(BANDWIDTH))
                .tdp(Power.watts(700));
        ModelSpec model = ModelSpec.builtIn("llama-3-8b");
        double fast =
                cost(model, 2, iteration -> iteration.prefill(512, 0, false)).seconds();
        double slow = cost(
                        model,
                        builder.build().toBuilder().link(pcie).build(),
                        2,
                        iteration -> iteration.prefill(512, 0, false))
                .seconds();
        double message = 64 * 512.0 * 4_096 * 2;
        assertEquals(message * 9 / LINK, slow - fast, 1e-9 * slow);
        DeviceSpec alone = builder.build();
        assertThrows(
                IllegalArgumentException.class,
                () -> cost(model, alone, 2, iteration -> iteration.prefill(512, 0, false)));
    }

    @Test
    void hostOverhead_perIteration_isAdded() {
        ModelSpec model = ModelSpec.builtIn("llama-3-8b");
        IterationResult result = new IterationResult();
        Iteration iteration = Iteration.of(model);
        iteration.decode(10);
        StepModel.fusedKernels(Duration.ofMillis(5))
                .bind(model, DEVICE, 1, IDEAL)
                .cost(iteration, result);
        assertEquals(0.005 + cost(model, 1, i -> i.decode(10)).seconds(), result.seconds(), 1e-15);
    }

    @Test
    void host_slowerThanTheDevice_boundsSmallBatchesOnly() {
        ModelSpec model = ModelSpec.builtIn("llama-3-8b");
        Host host = Host.of(Duration.ofNanos(2_000)).perKernel(Duration.ofNanos(100_000));
        StepCost launched = (StepCost) StepModel.launchedBy(host, Duration.ZERO).bind(model, DEVICE, 1, IDEAL);
        IterationResult result = new IterationResult();
        Iteration small = Iteration.of(model);
        small.decode(10);
        long kernels =
                launched.operators(small).stream().mapToLong(Operator::times).sum();
        assertEquals(kernels, launched.launches(small));
        launched.cost(small, result);
        double device = cost(model, 1, i -> i.decode(10)).seconds();
        assertEquals(kernels * 100e-6 + device / kernels, result.seconds(), 1e-12);
        Iteration large = Iteration.of(model);
        large.prefill(8_192, 0, true);
        launched.cost(large, result);
        assertEquals(cost(model, 1, i -> i.prefill(8_192, 0, true)).seconds() + 100e-6, result.seconds(), 1e-12);
    }

    @Test
    void operators_onADeviceWithoutA32BitRate_sampleInTheActivationsFormat() {
        DeviceSpec tpu = Catalog.builtIn().device("google-tpu-v5e-16gb");
        StepCost step = (StepCost) StepModel.fusedKernels().bind(ModelSpec.builtIn("llama-2-7b"), tpu, 1, IDEAL);
        StepCost gpu = (StepCost) StepModel.fusedKernels().bind(ModelSpec.builtIn("llama-2-7b"), DEVICE, 1, IDEAL);
        Iteration iteration = Iteration.of(ModelSpec.builtIn("llama-2-7b"));
        iteration.decode(100);

        assertEquals(NumberFormat.FP16, sampling(step, iteration).format());
        assertEquals(NumberFormat.FP32, sampling(gpu, iteration).format());
    }

    private static Kernel sampling(StepCost step, Iteration iteration) {
        return step.operators(iteration).stream()
                .filter(operator -> operator.name().equals("sampling"))
                .findFirst()
                .orElseThrow()
                .kernel();
    }

    @ParameterizedTest
    @CsvSource({
        "llama-3-8b, 1",
        "llama-3-70b, 4",
        "mixtral-8x7b, 2",
        "gemma-3-27b, 1",
        "deepseek-v2-lite, 1",
        "deepseek-v3, 8",
        "bloom-176b, 8",
    })
    void operators_ofRandomIterations_addUpToTheFastPath(String name, int ranks) {
        long seed = 11;
        Random random = new Random(seed);
        ModelSpec model = ModelSpec.builtIn(name).withWeightFormat(NumberFormat.BF16);
        StepCost step = (StepCost) StepModel.fusedKernels().bind(model, DEVICE, ranks, IDEAL);
        Iteration iteration = Iteration.of(model);
        IterationResult result = new IterationResult();
        for (int round = 0; round < 50; round++) {
            fill(iteration, random);
            step.cost(iteration, result);
            double seconds = 0;
            double joules = 0;
            double flops = 0;
            double bytes = 0;
            for (Operator operator : step.operators(iteration)) {
                Cost cost = IDEAL.cost(operator.kernel(), DEVICE, OperatingPoint.nominal());
                seconds += operator.times() * cost.seconds();
                joules += ranks * operator.times() * cost.dynamicJoules();
                flops += ranks * operator.times() * operator.modelFlops();
                bytes += ranks * operator.times() * operator.modelBytes();
            }
            assertEquals(seconds, result.seconds(), 1e-9 * seconds, "seed " + seed);
            assertEquals(joules, result.dynamicJoules(), 1e-9 * joules, "seed " + seed);
            assertEquals(flops, result.flops(), 1e-9 * flops, "seed " + seed);
            assertEquals(bytes, result.bytes(), 1e-9 * bytes, "seed " + seed);
        }
    }

    @Test
    void cost_beyondTheTable_continuesIt() {
        ModelSpec model = ModelSpec.builtIn("llama-3-8b");
        double kept = cost(model, 1, iteration -> iteration.prefill(131_072, 0, false))
                .flops();
        double beyond = cost(model, 1, iteration -> iteration.prefill(131_073, 0, false))
                .flops();
        double perToken = 2.0 * (model.parameters() - 2L * 128_256 * 4_096 - 65L * 4_096);
        assertEquals(perToken + 32 * 4.0 * 32 * 128 * 131_073, beyond - kept, 1e-9 * kept);
    }

    @Test
    void cost_ofNothing_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> cost(ModelSpec.builtIn("llama-3-8b"), 1, iteration -> {}));
    }

    @Test
    void memory_ofLlama3OnAnA100_isWhatIsLeftOfNineTenths() {
        Shard shard = new Shard(ModelSpec.builtIn("llama-3-8b"), 1);
        ReplicaMemory memory = ReplicaMemory.of(shard, DEVICE, 0.9, 0, 0);
        long free = 77_309_411_328L - 16_060_522_496L;
        assertEquals(free / 131_072, memory.kvTokens());
        assertTrue(memory.fits(467_000));
        assertTrue(ReplicaMemory.of(shard, DEVICE, 0.9, 8_192, 256).kvTokens() < memory.kvTokens());
    }

    @Test
    void memory_ofAModelTooLarge_saysHowMuchIsShort() {
        Shard shard = new Shard(ModelSpec.builtIn("llama-3-70b"), 1);
        ReplicaMemory memory = ReplicaMemory.of(shard, DEVICE, 0.9, 0, 0);
        assertEquals(0, memory.kvTokens());
        assertTrue(memory.arithmetic().contains("short"), memory.arithmetic());
        assertThrows(IllegalArgumentException.class, () -> ReplicaMemory.of(shard, DEVICE, 1.1, 0, 0));
    }

    private static void fill(Iteration iteration, Random random) {
        iteration.clear();
        for (int i = random.nextInt(4); i > 0; i--) {
            iteration.prefill(1 + random.nextInt(600), random.nextInt(5_000), random.nextBoolean());
        }
        for (int i = random.nextInt(100); i >= 0; i--) {
            iteration.decode(1 + random.nextInt(5_000));
        }
    }

    /** Fills an iteration. */
    @FunctionalInterface
    private interface Filling {
        void fill(Iteration iteration);
    }

    private static IterationResult cost(ModelSpec model, int ranks, Filling filling) {
        return cost(model, DEVICE, ranks, filling);
    }

    private static IterationResult cost(ModelSpec model, DeviceSpec device, int ranks, Filling filling) {
        Iteration iteration = Iteration.of(model);
        filling.fill(iteration);
        IterationResult result = new IterationResult();
        StepModel.fusedKernels().bind(model, device, ranks, IDEAL).cost(iteration, result);
        return result;
    }
}
