package org.motleysim.workloads.llm.step;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.cost.RooflineCostModel;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.LinkSpec;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.workloads.llm.model.ModelSpec;

/**
 * The price of an iteration against a graph of single operators that is written out here, layer by layer, from the formulas of the model: it
 * shares no line with the code that makes kernels. The device is ideal: an operator takes its arithmetic at peak or its traffic at the
 * bandwidth, whichever is more.
 */
class OperatorByOperatorTest {
    private static final double PEAK = 1e15;
    private static final double BANDWIDTH = 2e12;
    private static final double LINK = 450e9;
    private static final DeviceSpec DEVICE = DeviceSpec.builder("test-gpu", DeviceKind.GPU)
            .peak(NumberFormat.BF16, new FlopRate(PEAK))
            .peak(NumberFormat.FP32, new FlopRate(PEAK / 2))
            .memory("HBM", Bytes.gibibytes(80), new Bandwidth(BANDWIDTH))
            .link(new LinkSpec("NVLink", new Bandwidth(LINK), Duration.ZERO))
            .tdp(Power.watts(700))
            .build();

    /** What config.json of the model says. */
    private record Config(
            int layers,
            int hidden,
            int heads,
            int keyValueHeads,
            int headDim,
            int width,
            int vocabulary,
            int experts,
            int visited) {
        static Config of(String name) {
            return switch (name) {
                case "llama-3.1-8b" -> new Config(32, 4_096, 32, 8, 128, 14_336, 128_256, 0, 0);
                case "llama-3-70b" -> new Config(80, 8_192, 64, 8, 128, 28_672, 128_256, 0, 0);
                case "mixtral-8x7b" -> new Config(32, 4_096, 32, 8, 128, 14_336, 32_000, 8, 2);
                default -> throw new IllegalArgumentException(name);
            };
        }
    }

    /** Adds up operators one by one. */
    private static final class Graph {
        private final Config config;
        private final int ranks;
        private double seconds;

        Graph(Config config, int ranks) {
            this.config = config;
            this.ranks = ranks;
        }

        private void operator(double flops, double bytes) {
            seconds += Math.max(flops / PEAK, bytes / BANDWIDTH);
        }

        /** C[m,n] = A[m,k] B[k,n] in 16 bits. */
        private void product(double m, double n, double k) {
            operator(2 * m * n * k, 2 * (m * k + k * n + m * n));
        }

        private void allReduce(double bytes) {
            seconds += 2.0 * (ranks - 1) / ranks * bytes / LINK;
        }

        double seconds(int[][] chunks, int[] contexts) {
            int prompts = 0;
            int sampled = contexts.length;
            for (int[] chunk : chunks) {
                prompts += chunk[0];
                sampled += chunk[2];
            }
            int tokens = prompts + contexts.length;
            double hidden = config.hidden;
            double heads = (double) config.heads / ranks;
            double pairsOfHeads = Math.max(1.0, (double) config.keyValueHeads / ranks);
            double queries = heads * config.headDim;
            double keysAndValues = 2 * pairsOfHeads * config.headDim;
            operator(0, 2 * 2 * tokens * hidden); // rows of the embedding table, read and written
            for (int layer = 0; layer < config.layers; layer++) {
                residualAndNorm(tokens);
                product(tokens, queries + keysAndValues, hidden);
                operator(
                        6 * tokens * (queries + keysAndValues / 2),
                        2 * 2 * tokens * (queries + keysAndValues / 2)); // rotary
                operator(0, 2 * 2 * tokens * keysAndValues); // into the KV cache
                prefillAttention(chunks, queries, keysAndValues);
                decodeAttention(contexts, queries, keysAndValues);
                product(tokens, hidden, queries);
                allReduce(2 * tokens * hidden);
                residualAndNorm(tokens);
                if (config.experts == 0) {
                    dense(tokens);
                } else {
                    experts(tokens);
                }
                allReduce(2 * tokens * hidden);
            }
            residualAndNorm(tokens);
            double vocabulary = Math.ceil((double) config.vocabulary / ranks);
            product(sampled, vocabulary, hidden);
            if (ranks > 1) {
                seconds += (ranks - 1.0) / ranks * 2 * sampled * vocabulary * ranks / LINK; // gathers the logits
            }
            operator(0, 2 * 4.0 * sampled * vocabulary * ranks); // sampling in 32 bits
            return seconds;
        }

        private void residualAndNorm(double tokens) {
            operator(9 * tokens * config.hidden, 4 * 2 * tokens * config.hidden);
        }

        private void prefillAttention(int[][] chunks, double queries, double keysAndValues) {
            double pairs = 0;
            double read = 0;
            double tokens = 0;
            for (int[] chunk : chunks) {
                for (int i = 1; i <= chunk[0]; i++) {
                    pairs += chunk[1] + i;
                }
                read += chunk[1] + chunk[0];
                tokens += chunk[0];
            }
            if (tokens > 0) {
                operator(4 * queries * pairs, 2 * (2 * tokens * queries + read * keysAndValues));
            }
        }

        private void decodeAttention(int[] contexts, double queries, double keysAndValues) {
            double read = 0;
            for (int context : contexts) {
                read += context;
            }
            if (contexts.length > 0) {
                operator(4 * queries * read, 2 * (2 * contexts.length * queries + read * keysAndValues));
            }
        }

        private void dense(double tokens) {
            double width = (double) config.width / ranks;
            product(tokens, 2 * width, config.hidden);
            operator(8 * tokens * width, 2 * 3 * tokens * width);
            product(tokens, config.hidden, width);
        }

        /** One fused operator: each visited expert's three matrices once, each visit's activations in and out. */
        private void experts(double tokens) {
            double width = (double) config.width / ranks;
            product(tokens, config.experts, config.hidden);
            double visits = tokens * config.visited;
            double distinct = config.experts * (1 - Math.pow(1 - (double) config.visited / config.experts, tokens));
            double weights = distinct * 3 * width * config.hidden;
            double activations = visits * (config.hidden + 2 * width + config.hidden + width);
            operator(2 * visits * 3 * width * config.hidden, 2 * (weights + activations));
        }
    }

    @ParameterizedTest
    @CsvSource({"llama-3.1-8b, 1", "llama-3.1-8b, 4", "llama-3-70b, 8", "mixtral-8x7b, 1", "mixtral-8x7b, 2"})
    void cost_ofRandomIterations_isThatOfTheGraphWithinAThousandth(String name, int ranks) {
        ModelSpec model = ModelSpec.builtIn(name);
        long seed = 20_261_125;
        Random random = new Random(seed);
        for (int run = 0; run < 50; run++) {
            int[][] chunks = new int[random.nextInt(4)][];
            for (int i = 0; i < chunks.length; i++) {
                chunks[i] = new int[] {1 + random.nextInt(1_500), random.nextInt(3_000), random.nextInt(2)};
            }
            int[] contexts = new int[random.nextInt(200) + (chunks.length == 0 ? 1 : 0)];
            for (int i = 0; i < contexts.length; i++) {
                contexts[i] = 1 + random.nextInt(4_000);
            }
            Iteration iteration = Iteration.of(model);
            for (int[] chunk : chunks) {
                iteration.prefill(chunk[0], chunk[1], chunk[2] == 1);
            }
            for (int context : contexts) {
                iteration.decode(context);
            }
            IterationResult result = new IterationResult();
            StepModel.fusedKernels()
                    .bind(model, DEVICE, ranks, RooflineCostModel.peak())
                    .cost(iteration, result);
            double graph = new Graph(Config.of(name), ranks).seconds(chunks, contexts);
            assertEquals(graph, result.seconds(), 1e-3 * graph, "seed " + seed + ", iteration " + run);
        }
    }
}
