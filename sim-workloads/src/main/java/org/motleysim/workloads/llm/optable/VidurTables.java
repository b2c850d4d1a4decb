package org.motleysim.workloads.llm.optable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
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
    /** Seconds of the dense operators of a layer by tokens, by the number of devices. */
    private final Map<Integer, SortedMap<Double, Double>> dense;

    private final VidurAttention.Rows attention;
    /** Seconds of an all-reduce by bytes, by the number of devices. */
    private final Map<Integer, SortedMap<Double, Double>> allReduces;

    private VidurTables(
            Source source,
            Map<Integer, SortedMap<Double, Double>> dense,
            VidurAttention.Rows attention,
            Map<Integer, SortedMap<Double, Double>> allReduces) {
        this.source = source;
        this.dense = dense;
        this.attention = attention;
        this.allReduces = allReduces;
    }

    /**
     * Reads tables.
     *
     * @param dense the table of dense operators
     * @param gpu the device in it
     * @param model the model in it
     * @param attention the table of attention of that model, device and number of devices
     * @throws IllegalArgumentException if a table is not as it should be, naming the file, line and column
     */
    public static VidurTables read(Path dense, String gpu, String model, Path attention) {
        Source source = new Source(
                dense, gpu, model, attention, Optional.empty(), Optional.empty(), Interpolation.FOREST, Duration.ZERO);
        return new VidurTables(source, denseRows(dense, gpu, model), VidurAttention.Rows.read(attention), Map.of());
    }

    /** Returns these tables with those of all-reduces on a type of node, for a model that is split over devices. */
    public VidurTables withCollectives(Path file, String nodeType) {
        return new VidurTables(
                new Source(
                        source.denseFile,
                        source.gpu,
                        source.model,
                        source.attentionFile,
                        Optional.of(file),
                        Optional.of(nodeType),
                        source.interpolation,
                        source.hostOverhead),
                dense,
                attention,
                allReduceRows(file, nodeType));
    }

    /** Returns these tables with another interpolation than that of a forest. */
    public VidurTables withInterpolation(Interpolation interpolation) {
        return with(interpolation, source.hostOverhead);
    }

    /** Returns these tables with time per iteration in which the devices wait for the engine; Vidur has none. */
    public VidurTables withHostOverhead(Duration overhead) {
        if (overhead.isNegative()) {
            throw new IllegalArgumentException("hostOverhead (" + overhead + ") must not be negative");
        }
        return with(source.interpolation, overhead);
    }

    private VidurTables with(Interpolation interpolation, Duration overhead) {
        Source changed = new Source(
                source.denseFile,
                source.gpu,
                source.model,
                source.attentionFile,
                source.collectivesFile,
                source.nodeType,
                interpolation,
                overhead);
        return new VidurTables(changed, dense, attention, allReduces);
    }

    @Override
    public IterationCost bind(ModelSpec model, DeviceSpec device, int tensorParallel, CostModel kernels) {
        boolean grouped = model.attention() instanceof GroupedAttention heads && heads.heads() > heads.keyValueHeads();
        return new VidurCost(
                model,
                tensorParallel,
                new Curve(dense(tensorParallel), source.interpolation),
                attention.by(source.interpolation),
                allReduces(tensorParallel),
                grouped,
                source.hostOverhead,
                new Books(model, device, tensorParallel, kernels));
    }

    private SortedMap<Double, Double> dense(int ranks) {
        SortedMap<Double, Double> rows = dense.get(ranks);
        if (rows == null) {
            throw new IllegalArgumentException("tensorParallel (" + ranks + ") must be one of those of "
                    + source.denseFile + ": " + dense.keySet());
        }
        return rows;
    }

    private Optional<Curve> allReduces(int ranks) {
        if (ranks == 1) {
            return Optional.empty();
        }
        SortedMap<Double, Double> rows = allReduces.get(ranks);
        if (rows == null) {
            throw new IllegalArgumentException("a model that is split over " + ranks
                    + " devices must have a table of their all-reduces"
                    + (allReduces.isEmpty()
                            ? "\nMaybe add \"collectives\": \"collectives_ms.csv\" and \"nodeType\"."
                            : "; the one given has " + allReduces.keySet() + " devices"));
        }
        return Optional.of(new Curve(rows, source.interpolation));
    }

    private static Map<Integer, SortedMap<Double, Double>> denseRows(Path file, String gpu, String model) {
        Map<Integer, SortedMap<Double, Double>> seconds = new TreeMap<>();
        Set<String> gpus = new LinkedHashSet<>();
        Set<String> models = new LinkedHashSet<>();
        TableFile.read(file, row -> {
            gpus.add(row.text("gpu"));
            models.add(row.text("model"));
            if (row.text("gpu").equals(gpu) && row.text("model").equals(model)) {
                double sum = 0;
                for (String operator : DENSE) {
                    sum += row.number(operator);
                }
                seconds.computeIfAbsent(row.whole("tp"), none -> new TreeMap<>())
                        .put((double) row.whole("tokens"), sum * 1e-3);
            }
        });
        if (!gpus.contains(gpu)) {
            throw unknown("gpu", gpu, gpus, file);
        }
        if (seconds.isEmpty()) {
            throw unknown("model", model, models, file);
        }
        return seconds;
    }

    private static Map<Integer, SortedMap<Double, Double>> allReduceRows(Path file, String nodeType) {
        Map<Integer, SortedMap<Double, Double>> seconds = new TreeMap<>();
        Set<String> nodes = new LinkedHashSet<>();
        TableFile.read(file, row -> {
            nodes.add(row.text("node_type"));
            if (row.text("node_type").equals(nodeType)
                    && row.text("collective").equals("all_reduce")
                    && row.whole("num_workers") == row.whole("devices_per_node")) {
                seconds.computeIfAbsent(row.whole("num_workers"), none -> new TreeMap<>())
                        .put(row.number("size_bytes"), row.number("median_ms") * 1e-3);
            }
        });
        if (seconds.isEmpty()) {
            throw unknown("nodeType", nodeType, nodes, file);
        }
        return seconds;
    }

    private static IllegalArgumentException unknown(String name, String value, Set<String> known, Path file) {
        return new IllegalArgumentException(name + " (\"" + value + "\") must be one of those of " + file + ": "
                + String.join(", ", known)
                + NearestName.of(value, known)
                        .map(near -> "\nMaybe \"" + near + "\".")
                        .orElse(""));
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
