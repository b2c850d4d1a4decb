package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.collective.AlgorithmChoice;
import org.motleysim.hardware.collective.AlgorithmChoice.Always;
import org.motleysim.hardware.collective.AlgorithmChoice.BySize;
import org.motleysim.hardware.collective.AlgorithmChoice.LowestEstimate;
import org.motleysim.hardware.collective.Algorithms;
import org.motleysim.hardware.collective.AlphaBeta;
import org.motleysim.hardware.collective.CollectiveAlgorithm;
import org.motleysim.hardware.collective.HierarchicalAlgorithm;
import org.motleysim.hardware.collective.RailRing;
import org.motleysim.hardware.collective.TreeAlgorithm;

/** How a collective is done: an algorithm by name or with its parameters. */
final class AlgorithmCodec implements Codec<CollectiveAlgorithm> {
    private static final Bytes CHUNK = Bytes.mebibytes(1);

    static final ScalarCodec<Bytes> BYTES = ScalarCodec.quantity(
            "a number of bytes", "1 MB", Bytes.units(), Bytes::parse, Bytes::toString, bytes -> bytes.value() + " B");

    /** One level of a hierarchical algorithm. */
    private record Level(int size, CollectiveAlgorithm algorithm) {}

    private static final RecordCodec<Level> LEVEL = RecordCodec.of("a level of an algorithm", fields -> {
        var size = fields.required("size", ScalarCodec.integer(1), Level::size, "Ranks of a group");
        var algorithm = fields.required(
                "algorithm", Codec.later(AlgorithmCodec::new), Level::algorithm, "What the groups of this level do");
        return given -> new Level(given.get(size), given.get(algorithm));
    });

    private static final RecordCodec<BySize.Row> ROW = RecordCodec.of("a row of sizes", fields -> {
        var upTo = fields.required(
                "upTo", BYTES, row -> Bytes.of(row.upToBytes()), "The largest size that this row is for");
        var algorithm = fields.required(
                "algorithm", Codec.later(AlgorithmCodec::new), BySize.Row::algorithm, "What does it up to that size");
        return given -> new BySize.Row(given.get(upTo).value(), given.get(algorithm));
    });

    /** Algorithms, and tables of sizes. */
    static final Codec<AlgorithmChoice> CHOICE = choices("an algorithm or what picks one")
            .kind("by-size", BySize.class, RecordCodec.of("a table of sizes", fields -> {
                var rows = fields.required(
                        "rows",
                        new ListCodec<>(ROW, 1),
                        BySize::rows,
                        "Smallest size first; the last is for all above");
                return given -> new BySize(given.get(rows));
            }))
            .kind("lowest-estimate", LowestEstimate.class, RecordCodec.of("the lowest estimate", fields -> {
                var bandwidth = fields.required(
                        "bandwidth",
                        ScalarCodec.BANDWIDTH,
                        choice -> Bandwidth.of(1 / choice.network().beta()),
                        "Of a port, for the formulas");
                var latency = fields.required(
                        "latency",
                        ScalarCodec.DURATION,
                        choice ->
                                Duration.ofNanos(SimTime.nanos(choice.network().alpha())),
                        "Of a transfer, for the formulas");
                return given -> new LowestEstimate(
                        AlphaBeta.of(given.get(bandwidth), given.get(latency)), Algorithms.onHosts());
            }))
            .build();

    private static final Codec<AlgorithmChoice> SINGLE =
            choices("an algorithm of a collective").build();

    private static ChoiceCodec.Builder<AlgorithmChoice> choices(String noun) {
        var choices = ChoiceCodec.<AlgorithmChoice>of(noun);
        for (CollectiveAlgorithm algorithm : Algorithms.all()) {
            if (algorithm instanceof TreeAlgorithm tree) {
                choices.kind(tree.name(), Always.class, value -> isTree(value, tree.name()), tree(tree));
            } else {
                choices.value(algorithm.name(), new Always(algorithm));
            }
        }
        choices.kind(
                "rail-ring",
                Always.class,
                value -> value.algorithm() instanceof RailRing,
                RecordCodec.of("a ring per port", fields -> {
                    var perNode = fields.required(
                            "perNode",
                            ScalarCodec.integer(1),
                            value -> ((RailRing) value.algorithm()).perNode(),
                            "Ranks of a node");
                    return given -> new Always(new RailRing(given.get(perNode)));
                }));
        choices.kind(
                "hierarchical",
                Always.class,
                value -> value.algorithm() instanceof HierarchicalAlgorithm,
                RecordCodec.of("an algorithm per level", fields -> {
                    var levels = fields.required(
                            "levels",
                            new ListCodec<>(LEVEL, 1),
                            AlgorithmCodec::levels,
                            "Lowest first; the product of the sizes is the number of ranks");
                    return given -> new Always(Algorithms.hierarchical(
                            given.get(levels).stream().map(Level::size).toList(),
                            given.get(levels).stream().map(Level::algorithm).toList()));
                }));
        return choices;
    }

    private static boolean isTree(Always value, String name) {
        return value.algorithm() instanceof TreeAlgorithm tree && tree.name().equals(name);
    }

    private static RecordCodec<Always> tree(TreeAlgorithm usual) {
        return RecordCodec.of("a " + usual.name(), fields -> {
            var arity = fields.optional(
                    "arity",
                    ScalarCodec.integer(1),
                    usual.arity(),
                    value -> ((TreeAlgorithm) value.algorithm()).arity(),
                    "Ranks below a rank; " + usual.arity() + " by default");
            var chunk = fields.optional(
                    "chunk",
                    BYTES,
                    CHUNK,
                    value -> Bytes.of(((TreeAlgorithm) value.algorithm()).chunkBytes()),
                    "The largest piece that is sent at once; " + CHUNK + " by default");
            return given -> new Always(new TreeAlgorithm(
                    usual.name(),
                    given.find(arity).orElse(usual.arity()),
                    given.find(chunk).orElse(CHUNK).value()));
        });
    }

    private static List<Level> levels(Always value) {
        HierarchicalAlgorithm algorithm = (HierarchicalAlgorithm) value.algorithm();
        List<Level> levels = new ArrayList<>();
        for (int i = 0; i < algorithm.sizes().size(); i++) {
            levels.add(
                    new Level(algorithm.sizes().get(i), algorithm.algorithms().get(i)));
        }
        return levels;
    }

    @Override
    public Optional<CollectiveAlgorithm> read(Node node, Reading reading) {
        return SINGLE.read(node, reading).map(choice -> ((Always) choice).algorithm());
    }

    @Override
    public JsonNode write(CollectiveAlgorithm value) {
        return SINGLE.write(new Always(value));
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        return SINGLE.schema(definitions);
    }
}
