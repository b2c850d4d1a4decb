package org.motleysim.workloads.llm.optable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.step.IterationCost;
import org.motleysim.workloads.llm.step.StepModel;

/**
 * The latencies of the layers of one model on one device, as profilers of serving engines measure them; the format is that of LLMServingSim
 * 2.0. Times are in microseconds, of one layer, on one of {@code tensorParallel} devices:
 *
 * <ul>
 *   <li>dense: {@code layer, tokens, time_us} with the layers {@code embedding}, {@code layernorm} (counted twice a layer),
 *       {@code qkv_proj}, {@code qk_norm}, {@code rotary_emb}, {@code o_proj}, {@code gate_up_proj}, {@code act_fn}, {@code down_proj} and
 *       {@code final_layernorm}
 *   <li>per sequence: {@code layer, sequences, time_us} with {@code lm_head} and {@code sampler}
 *   <li>attention: {@code prefill_chunk, kv_prefill, n_decode, kv_decode, time_us}, one kernel for a chunk of a prompt on so many cached
 *       tokens and for so many sequences that decode at so many tokens each
 *   <li>experts, for a mixture: {@code tokens, activated_experts, time_us}, the whole feed-forward block
 * </ul>
 *
 * <p>An iteration is embedding + layers x (all of the above, and two all-reduces when split) + final norm + head and sampler for the sampled
 * tokens. Between points of the tables straight lines are drawn. What the tables cannot say is taken so:
 *
 * <ul>
 *   <li>Several chunks count as one with as many pairs: c = sqrt(sum of squares), its cache k = (sum of chunk x cached) / c.
 *   <li>Sequences that decode count at their mean context.
 *   <li>The attention table has prefill and decode in one kernel and cannot be a grid in four sizes. Where both are there, time is
 *       prefill(c, k) + d(n, m), where d(n, m) is the median over the table of what its rows take beyond prefill(c, k).
 *   <li>Of the experts as many are active as tokens are expected to visit under even routing.
 *   <li>All-reduces, which the tables do not have, are those of the device's cost model, as in the built-in step model; so are energy, model
 *       flops and model bytes.
 * </ul>
 */
public final class LayerProfile implements StepModel {
    private final Path denseFile;
    private final Path perSequenceFile;
    private final Path attentionFile;
    private final Optional<Path> expertsFile;
    private final Duration hostOverhead;
    private final Map<String, Curve> dense;
    private final Map<String, Curve> perSequence;
    private final MixedAttention attention;
    private final @Nullable RaggedTable experts;

    private LayerProfile(
            Path denseFile,
            Path perSequenceFile,
            Path attentionFile,
            Optional<Path> expertsFile,
            Duration hostOverhead,
            Map<String, Curve> dense,
            Map<String, Curve> perSequence,
            MixedAttention attention,
            @Nullable RaggedTable experts) {
        if (hostOverhead.isNegative()) {
            throw new IllegalArgumentException("hostOverhead (" + hostOverhead + ") must not be negative");
        }
        this.denseFile = denseFile;
        this.perSequenceFile = perSequenceFile;
        this.attentionFile = attentionFile;
        this.expertsFile = expertsFile;
        this.hostOverhead = hostOverhead;
        this.dense = dense;
        this.perSequence = perSequence;
        this.attention = attention;
        this.experts = experts;
    }

    /**
     * Reads the tables of a model without experts.
     *
     * @throws IllegalArgumentException if a table is not as it should be, naming the file, line and column
     */
    public static LayerProfile read(Path dense, Path perSequence, Path attention) {
        return new LayerProfile(
                dense,
                perSequence,
                attention,
                Optional.empty(),
                Duration.ZERO,
                curves(dense, "tokens"),
                curves(perSequence, "sequences"),
                MixedAttention.read(attention),
                null);
    }

    /** Returns this profile with the table of a mixture of experts. */
    public LayerProfile withExperts(Path file) {
        SortedMap<Double, SortedMap<Double, Double>> points = new TreeMap<>();
        TableFile.read(
                file,
                row -> RaggedTable.put(
                        points, row.whole("tokens"), row.whole("activated_experts"), row.number("time_us") * 1e-6));
        return new LayerProfile(
                denseFile,
                perSequenceFile,
                attentionFile,
                Optional.of(file),
                hostOverhead,
                dense,
                perSequence,
                attention,
                new RaggedTable(points));
    }

    /** Returns this profile with time per iteration in which the device waits for the engine. */
    public LayerProfile withHostOverhead(Duration overhead) {
        return new LayerProfile(
                denseFile,
                perSequenceFile,
                attentionFile,
                expertsFile,
                overhead,
                dense,
                perSequence,
                attention,
                experts);
    }

    private static Map<String, Curve> curves(Path file, String size) {
        Map<String, TreeMap<Double, Double>> points = new TreeMap<>();
        TableFile.read(file, row -> points.computeIfAbsent(row.text("layer"), none -> new TreeMap<>())
                .put((double) row.whole(size), row.number("time_us") * 1e-6));
        Map<String, Curve> curves = new TreeMap<>();
        points.forEach((layer, known) -> curves.put(layer, new Curve(known, Interpolation.LINEAR)));
        return curves;
    }

    @Override
    public IterationCost bind(ModelSpec model, DeviceSpec device, int tensorParallel, CostModel kernels) {
        boolean mixture = model.feedForward().experts().isPresent();
        if (mixture && experts == null) {
            throw new IllegalArgumentException("model (" + model.name()
                    + ") has experts, so there must be a table of them" + "\nMaybe add \"experts\": \"..._moe.csv\".");
        }
        int denseLayers = model.feedForward().denseLayers(model.layers());
        List<LayerProfileCost.Part> parts = new ArrayList<>();
        parts.add(part("embedding", 1));
        parts.add(part("layernorm", 2 * model.layers()));
        parts.add(part("qkv_proj", model.layers()));
        parts.add(part("rotary_emb", model.layers()));
        parts.add(part("o_proj", model.layers()));
        parts.add(part("final_layernorm", 1));
        if (dense.containsKey("qk_norm")) {
            parts.add(part("qk_norm", model.layers()));
        }
        if (denseLayers > 0) {
            parts.add(part("gate_up_proj", denseLayers));
            parts.add(part("act_fn", denseLayers));
            parts.add(part("down_proj", denseLayers));
        }
        return new LayerProfileCost(
                model,
                tensorParallel,
                parts,
                List.of(perSequence("lm_head"), perSequence("sampler")),
                attention,
                experts,
                hostOverhead,
                new Books(model, device, tensorParallel, kernels));
    }

    private LayerProfileCost.Part part(String layer, int times) {
        return new LayerProfileCost.Part(known(dense, layer, denseFile), times);
    }

    private Curve perSequence(String layer) {
        return known(perSequence, layer, perSequenceFile);
    }

    private static Curve known(Map<String, Curve> curves, String layer, Path file) {
        Curve curve = curves.get(layer);
        if (curve == null) {
            throw new IllegalArgumentException("table (" + file + ") must have the layer \"" + layer + "\"; it has "
                    + String.join(", ", curves.keySet()));
        }
        return curve;
    }

    /**
     * How well prefill and decode, taken apart, add up to the rows of the attention table that have both.
     *
     * @return the median of |sum / row - 1|; NaN without such rows
     */
    public double attentionResidual() {
        return attention.residual();
    }

    @Override
    public Duration hostOverhead() {
        return hostOverhead;
    }

    /** Returns the table of dense layers. */
    public Path denseFile() {
        return denseFile;
    }

    /** Returns the table of layers by sequences. */
    public Path perSequenceFile() {
        return perSequenceFile;
    }

    /** Returns the table of attention. */
    public Path attentionFile() {
        return attentionFile;
    }

    /** Returns the table of experts, if there is one. */
    public Optional<Path> expertsFile() {
        return expertsFile;
    }

    private List<Object> parts() {
        return List.of(denseFile, perSequenceFile, attentionFile, expertsFile, hostOverhead);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LayerProfile that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    @Override
    public String toString() {
        return "LayerProfile[" + denseFile + "]";
    }
}
