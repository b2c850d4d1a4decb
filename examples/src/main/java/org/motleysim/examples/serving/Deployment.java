package org.motleysim.examples.serving;

import java.util.HashMap;
import java.util.Map;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.model.Shard;
import org.motleysim.workloads.llm.step.Iteration;
import org.motleysim.workloads.llm.step.IterationResult;
import org.motleysim.workloads.llm.step.Operator;
import org.motleysim.workloads.llm.step.ReplicaMemory;
import org.motleysim.workloads.llm.step.StepCost;
import org.motleysim.workloads.llm.step.StepModel;

/**
 * One real deployment, what was measured of it, and what its iterations cost without any overhead.
 *
 * @param family model, system and engine
 * @param devices in all
 * @param concurrency requests in flight
 * @param promptTokens of each request
 * @param outputTokens of each request
 * @param ttftMillis measured mean
 * @param tpotMillis measured mean
 * @param decodeMillis an iteration in which all sequences of a replica decode at their mean context
 * @param promptMillis an iteration of one prompt
 * @param queuedPromptMillis the share of a prompt in an iteration of about 8,192 tokens of prompts
 * @param prefillQueue prompts that may wait at one replica that takes prompts
 * @param running requests in flight that the KV caches hold; the others wait
 * @param shared whether prompts and decodes share the devices
 * @param hopper whether the devices are of that generation
 */
record Deployment(
        Family family,
        int devices,
        double concurrency,
        int promptTokens,
        int outputTokens,
        double ttftMillis,
        double tpotMillis,
        double decodeMillis,
        double promptMillis,
        double queuedPromptMillis,
        double prefillQueue,
        double running,
        boolean shared,
        boolean hopper) {
    private static final int PROMPT_BATCH = 8_192;
    private static final double MEMORY_SHARE = 0.9;

    /** What is fitted and judged as a whole. */
    record Family(String model, String system, String engine) implements Comparable<Family> {
        @Override
        public int compareTo(Family other) {
            return (model + '|' + system + '|' + engine)
                    .compareTo(other.model + '|' + other.system + '|' + other.engine);
        }
    }

    /** Requests per second and device, from both latencies, as a closed loop has them. */
    static double throughput(Deployment of, double ttftMillis, double tpotMillis) {
        return 1e3 * of.concurrency / of.devices / (ttftMillis + of.outputTokens * tpotMillis);
    }

    /** How a pool of devices is divided. */
    private record Layout(int attentionRanks, int dataParallel) {
        int devices() {
            return attentionRanks * dataParallel;
        }
    }

    /** Reads rows; costs of equal pools are worked out once. */
    static final class Reader {
        private final Map<String, Pool> pools = new HashMap<>();
        private final EngineAllReduces allReduces;

        Reader(EngineAllReduces allReduces) {
            this.allReduces = allReduces;
        }

        /**
         * Reads a row.
         *
         * @throws IllegalArgumentException if it cannot be attempted, saying why
         */
        Deployment read(Map<String, String> row) {
            boolean shared = text(row, "mode").equals("agg");
            if (!shared
                    && (text(row, "prefill_num_workers").isEmpty()
                            || text(row, "decode_num_workers").isEmpty())) {
                throw new IllegalArgumentException("how many workers its pools have is not told");
            }
            int prompt = count(row, "isl");
            int output = count(row, "osl");
            Layout decodes = layout(row, shared ? "" : "decode_");
            Layout prompts = shared ? decodes : layout(row, "prefill_");
            int decodeWorkers = shared ? 1 : count(row, "decode_num_workers");
            int promptWorkers = shared ? 1 : count(row, "prefill_num_workers");
            String batchColumn = shared ? "batch_size" : "decode_batch_size";
            double concurrency = text(row, "concurrency").isEmpty()
                    ? (double) Math.max(1, count(row, batchColumn)) * decodes.dataParallel * decodeWorkers
                    : Double.parseDouble(text(row, "concurrency"));
            Pool decoding = pool(row, decodes);
            Pool filling = pool(row, prompts);
            int copies = decodeWorkers * decodes.dataParallel;
            double running = Math.min(concurrency, Math.max(1, decoding.sequences(prompt + output)) * copies);
            int batch = (int) Math.max(1, Math.round(running / copies));
            int together = Math.max(1, PROMPT_BATCH / prompt);
            String system = text(row, "system");
            String path = text(row, "model_path");
            return new Deployment(
                    new Family(path.substring(path.indexOf('/') + 1), system, text(row, "backend")),
                    decodes.devices() * decodeWorkers + (shared ? 0 : prompts.devices() * promptWorkers),
                    concurrency,
                    prompt,
                    output,
                    Double.parseDouble(text(row, "ttft_ms")),
                    Double.parseDouble(text(row, "tpot_ms")),
                    decoding.millis(0, 0, batch, prompt + output / 2),
                    filling.millis(1, prompt, 0, 0),
                    filling.millis(together, prompt, 0, 0) / together / prompts.dataParallel,
                    running / promptWorkers,
                    running,
                    shared,
                    system.startsWith("h"));
        }

        private Pool pool(Map<String, String> row, Layout layout) {
            String engine = text(row, "backend");
            String path = text(row, "model_path");
            NumberFormat format = format(row, path);
            String flavour = flavour(row, path);
            String key =
                    String.join("|", engine, path, text(row, "system"), format.toString(), flavour, layout.toString());
            return pools.computeIfAbsent(
                    key,
                    none -> new Pool(
                            DeployedModels.of(path).withWeightFormat(format),
                            device(text(row, "system")),
                            new FastestKernels(engine, flavour, allReduces),
                            layout));
        }

        /** In some rows the width is multiplied by that of the experts; then the experts' own columns tell. */
        private static Layout layout(Map<String, String> row, String pool) {
            int ranks = Math.max(1, count(row, pool + "tp_size"));
            int copies = Math.max(1, count(row, pool + "attention_dp_size"));
            int split = Math.max(1, count(row, pool + "moe_tp_size"));
            int experts = Math.max(1, count(row, pool + "moe_ep_size"));
            if (split > 1 && split == experts && ranks * copies == split * experts) {
                return ranks == 1 ? new Layout(1, split) : new Layout(split, 1);
            }
            if (ranks == copies && ranks > 1 && experts == ranks * copies) {
                return new Layout(ranks, 1);
            }
            return new Layout(ranks, copies);
        }

        private static NumberFormat format(Map<String, String> row, String path) {
            String precision = text(row, "precision");
            String products = text(row, "gemm_quant_mode");
            if (path.contains("gpt-oss")) {
                return NumberFormat.MXFP4;
            }
            if (products.equals("nvfp4") || precision.equals("fp4")) {
                return NumberFormat.NVFP4;
            }
            if (products.startsWith("int4")) {
                return NumberFormat.INT4;
            }
            return products.startsWith("fp8") || precision.equals("fp8") ? NumberFormat.FP8 : NumberFormat.BF16;
        }

        private static String flavour(Map<String, String> row, String path) {
            if (path.contains("gpt-oss")) {
                return "w4a16_mxfp4";
            }
            return text(row, "moe_quant_mode").startsWith("int4") ? "int4_wo" : "fp8_block";
        }

        /** B300 and the coupled ones take the numbers of B200, whose kernels were measured. */
        private static DeviceSpec device(String system) {
            String name =
                    switch (system) {
                        case "h100_sxm" -> "nvidia-h100-sxm-80gb";
                        case "h200_sxm" -> "nvidia-h200-sxm-141gb";
                        default -> "nvidia-b200-sxm-180gb";
                    };
            return Catalog.builtIn().device(name);
        }

        private static String text(Map<String, String> row, String column) {
            return row.getOrDefault(column, "");
        }

        private static int count(Map<String, String> row, String column) {
            String text = text(row, column);
            return text.isEmpty() ? 0 : (int) Double.parseDouble(text);
        }
    }

    /** The iterations of a pool. With data-parallel attention each copy has its own sequences, and experts see those of all. */
    private static final class Pool {
        private final ModelSpec model;
        private final DeviceSpec device;
        private final Layout layout;
        private final StepCost narrow;
        private final StepCost wide;
        private final BoundCostModel kernels;

        Pool(ModelSpec model, DeviceSpec device, FastestKernels kernels, Layout layout) {
            this.model = model;
            this.device = device;
            this.layout = layout;
            this.kernels = kernels.bind(device, OperatingPoint.nominal());
            StepModel fused = StepModel.fusedKernels();
            // Kernels that widen weights as they read them were measured under the format in which they compute; only
            // experts are
            // stored so.
            boolean widened = model.weightFormat().equals(NumberFormat.MXFP4)
                    || model.weightFormat().equals(NumberFormat.INT4);
            ModelSpec priced = widened ? model.withWeightFormat(NumberFormat.BF16) : model;
            this.narrow = (StepCost) fused.bind(priced, device, layout.attentionRanks, kernels);
            this.wide = layout.dataParallel == 1
                    ? narrow
                    : (StepCost) fused.bind(priced, device, layout.devices(), kernels);
        }

        /** Sequences of so many tokens that one copy of the attention holds. */
        double sequences(int tokens) {
            ReplicaMemory memory =
                    ReplicaMemory.of(new Shard(model, layout.devices()), device, MEMORY_SHARE, PROMPT_BATCH, 256);
            long left = memory.usable().value()
                    - memory.weights().value()
                    - memory.activations().value();
            double bytes = new Shard(model, layout.attentionRanks).kvBytesPerToken();
            return Math.floor(left / bytes / tokens);
        }

        double millis(int prompts, int promptTokens, int decodes, int context) {
            Iteration own = iteration(prompts, promptTokens, decodes, context);
            if (layout.dataParallel == 1) {
                IterationResult result = new IterationResult();
                narrow.cost(own, result);
                return 1e3 * result.seconds();
            }
            int copies = layout.dataParallel;
            Iteration all = iteration(prompts * copies, promptTokens, decodes * copies, context);
            return 1e3 * (seconds(narrow, own, false) + seconds(wide, all, true));
        }

        private Iteration iteration(int prompts, int promptTokens, int decodes, int context) {
            Iteration iteration = Iteration.of(model);
            for (int i = 0; i < prompts; i++) {
                iteration.prefill(promptTokens, 0, true);
            }
            for (int i = 0; i < decodes; i++) {
                iteration.decode(context);
            }
            return iteration;
        }

        private double seconds(StepCost cost, Iteration iteration, boolean feedForward) {
            double sum = 0;
            for (Operator operator : cost.operators(iteration)) {
                if (ofFeedForward(operator.name()) == feedForward) {
                    sum += operator.times() * kernels.cost(operator.kernel()).seconds();
                }
            }
            return sum;
        }

        private static boolean ofFeedForward(String operator) {
            return operator.contains("experts")
                    || operator.equals("router")
                    || operator.equals("all-reduce")
                    || operator.startsWith("feed-forward");
        }
    }
}
