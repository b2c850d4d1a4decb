package org.motleysim.workloads.llm.optable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.name.NearestName;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.workloads.llm.model.GroupedAttention;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.step.IterationCost;
import org.motleysim.workloads.llm.step.StepModel;

/**
 * The operator tables of Vidur and its rule of composition (Agrawal et al., "Vidur: A Large-Scale Simulation Framework for LLM Inference",
 * MLSys 2024). Times are in milliseconds, of one layer on one device:
 *
 * <ul>
 *   <li>dense: {@code gpu, model, tp, tokens} and one column for each operator ({@code attn_pre_proj_ms} and so on)
 *   <li>attention: {@code phase, batch, prefill_chunk, kv_len, attention_ms, kv_save_ms}
 *   <li>collectives, for a split model: {@code node_type, collective, num_workers, devices_per_node, size_bytes, median_ms}
 * </ul>
 *
 * <p>An iteration is layers x (projections before and after attention, rotary embedding, KV cache write, decode attention, prefill attention,
 * two norms, feed-forward up, activation and down, residual sum), and two all-reduces of 0.02 ms more than the table says when split. There
 * is neither an embedding nor a head, and no host time.
 *
 * <ul>
 *   <li>Dense operators are asked at all tokens, rounded up to 8; the KV cache write at all tokens, its rows of prefill and decode alike.
 *   <li>Decode attention is asked at the number of sequences and their mean context, rounded up to 64.
 *   <li>Prefill attention is asked at the square root of the sum of the squared chunks and the sum of what is cached before them, rounded up
 *       to 64. Chunks are near to each other by their squares.
 *   <li>With grouped queries either takes a tenth more when there are several sequences.
 * </ul>
 *
 * <p>Vidur predicts by a random forest that is grown anew, without a seed, on each machine. {@link Interpolation#FOREST} is its average: dense
 * operators and the KV cache write are smeared over tokens, decode attention over the number of sequences, prefill attention over what is
 * cached; in their other size, which has coarser steps and therefore is split first by the trees, the nearest row counts.
 */
public final class VidurTables implements StepModel {
    private static final List<String> DENSE = List.of(
            "attn_pre_proj_ms",
            "attn_rope_ms",
            "attn_post_proj_ms",
            "input_layernorm_ms",
            "post_attention_layernorm_ms",
            "mlp_up_proj_ms",
            "mlp_act_ms",
            "mlp_down_proj_ms",
            "add_ms");

    /** What identifies the tables: two descriptions with the same are equal. */
    private record Source(
            Path denseFile,
            String gpu,
            String model,
            Path attentionFile,
            Optional<Path> collectivesFile,
            Optional<String> nodeType,
            Interpolation interpolation,
            Duration hostOverhead) {}

    private final Source source;

    private VidurTables(Source source) {
        this.source = source;
    }

    /**
     * Describes tables; they are read when a run begins.
     *
     * @param dense the table of dense operators
     * @param gpu the device in it
     * @param model the model in it
     * @param attention the table of attention of that model, device and number of devices
     */
    public static VidurTables of(Path dense, String gpu, String model, Path attention) {
        return new VidurTables(new Source(
                dense,
                gpu,
                model,
                attention,
                Optional.empty(),
                Optional.empty(),
                Interpolation.FOREST,
                Duration.ZERO));
    }

    /** Returns these tables with those of all-reduces on a type of node, for a model that is split over devices. */
    public VidurTables withCollectives(Path file, String nodeType) {
        return new VidurTables(new Source(
                source.denseFile,
                source.gpu,
                source.model,
                source.attentionFile,
                Optional.of(file),
                Optional.of(nodeType),
                source.interpolation,
                source.hostOverhead));
    }

    /** Returns these tables with another interpolation than that of a forest. */
    public VidurTables withInterpolation(Interpolation interpolation) {
        return new VidurTables(new Source(
                source.denseFile,
                source.gpu,
                source.model,
                source.attentionFile,
                source.collectivesFile,
                source.nodeType,
                interpolation,
                source.hostOverhead));
    }

    /** Returns these tables with time per iteration in which the devices wait for the engine; Vidur has none. */
    public VidurTables withHostOverhead(Duration overhead) {
        if (overhead.isNegative()) {
            throw new IllegalArgumentException("hostOverhead (" + overhead + ") must not be negative");
        }
        return new VidurTables(new Source(
                source.denseFile,
                source.gpu,
                source.model,
                source.attentionFile,
                source.collectivesFile,
                source.nodeType,
                source.interpolation,
                overhead));
    }

    @Override
    public IterationCost bind(ModelSpec model, DeviceSpec device, int tensorParallel, CostModel kernels) {
        boolean grouped = model.attention() instanceof GroupedAttention heads && heads.heads() > heads.keyValueHeads();
        return new VidurCost(
                model,
                tensorParallel,
                dense(tensorParallel),
                attention(),
                tensorParallel > 1 ? Optional.of(allReduces(tensorParallel)) : Optional.empty(),
                grouped,
                source.hostOverhead,
                new Books(model, device, tensorParallel, kernels));
    }

    private Curve dense(int ranks) {
        TreeMap<Double, Double> seconds = new TreeMap<>();
        Set<String> names = new LinkedHashSet<>();
        TableFile.read(source.denseFile, row -> {
            names.add(row.text("model"));
            if (row.text("gpu").equals(source.gpu)
                    && row.text("model").equals(source.model)
                    && row.whole("tp") == ranks) {
                double sum = 0;
                for (String operator : DENSE) {
                    sum += row.number(operator);
                }
                seconds.put((double) row.whole("tokens"), sum * 1e-3);
            }
        });
        if (seconds.isEmpty()) {
            throw new IllegalArgumentException("table (" + source.denseFile + ") must have rows of gpu \"" + source.gpu
                    + "\", model \"" + source.model + "\", tp " + ranks + "\n"
                    + NearestName.of(source.model, names)
                            .filter(near -> !near.equals(source.model))
                            .map(near -> "Maybe \"" + near + "\".")
                            .orElse("Maybe another gpu or number of devices."));
        }
        return new Curve(seconds, source.interpolation);
    }

    private VidurAttention attention() {
        VidurAttention.Builder table = new VidurAttention.Builder(source.interpolation);
        TableFile.read(source.attentionFile, row -> {
            int chunk = row.whole("prefill_chunk");
            int batch = row.whole("batch");
            double attention = row.number("attention_ms") * 1e-3;
            double write = row.number("kv_save_ms") * 1e-3;
            table.row(chunk, batch, row.whole("kv_len"), attention, write);
        });
        return table.build(source.attentionFile);
    }

    /** Seconds by bytes. */
    private Curve allReduces(int ranks) {
        Path file = source.collectivesFile.orElseThrow(() -> new IllegalArgumentException(
                "a model that is split over " + ranks + " devices must have a table of collectives"
                        + "\nMaybe add \"collectives\": \"collectives_ms.csv\" and \"nodeType\"."));
        String node = source.nodeType.orElseThrow();
        TreeMap<Double, Double> seconds = new TreeMap<>();
        Set<String> nodes = new LinkedHashSet<>();
        TableFile.read(file, row -> {
            nodes.add(row.text("node_type"));
            if (row.text("node_type").equals(node)
                    && row.text("collective").equals("all_reduce")
                    && row.whole("num_workers") == ranks
                    && row.whole("devices_per_node") == ranks) {
                seconds.put(row.number("size_bytes"), row.number("median_ms") * 1e-3);
            }
        });
        if (seconds.isEmpty()) {
            throw new IllegalArgumentException("table (" + file + ") must have all_reduce of " + ranks
                    + " devices of one node of type \"" + node + "\"; types are " + String.join(", ", nodes));
        }
        return new Curve(seconds, source.interpolation);
    }

    @Override
    public Duration hostOverhead() {
        return source.hostOverhead;
    }

    /** Returns the table of dense operators. */
    public Path denseFile() {
        return source.denseFile;
    }

    /** Returns the device in the dense table. */
    public String gpu() {
        return source.gpu;
    }

    /** Returns the model in the dense table. */
    public String model() {
        return source.model;
    }

    /** Returns the table of attention. */
    public Path attentionFile() {
        return source.attentionFile;
    }

    /** Returns the table of collectives, if there is one. */
    public Optional<Path> collectivesFile() {
        return source.collectivesFile;
    }

    /** Returns the type of node in the table of collectives, if there is one. */
    public Optional<String> nodeType() {
        return source.nodeType;
    }

    /** Returns what is assumed between the rows. */
    public Interpolation interpolation() {
        return source.interpolation;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VidurTables that && source.equals(that.source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    @Override
    public String toString() {
        return "VidurTables[" + source.model + " on " + source.gpu + "]";
    }
}
