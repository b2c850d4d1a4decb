package org.motleysim.hardware.collective;

import java.util.Optional;
import java.util.OptionalDouble;
import org.motleysim.hardware.collective.Collective.AllGather;
import org.motleysim.hardware.collective.Collective.AllReduce;
import org.motleysim.hardware.collective.Collective.ReduceScatter;

/**
 * Rings over nodes, one per port of a node. On equal ports everywhere it takes what one ring takes.
 *
 * @param perNode ranks of a node, one or more
 */
public record RailRing(int perNode) implements CollectiveAlgorithm {
    /** @throws IllegalArgumentException if a number is out of its range */
    public RailRing {
        if (perNode < 1) {
            throw new IllegalArgumentException("perNode (" + perNode + ") must be one or more");
        }
    }

    @Override
    public String name() {
        return "rail-ring";
    }

    @Override
    public Optional<String> refusal(Collective collective, int ranks) {
        if (ranks % perNode != 0) {
            return Optional.of(
                    "ranks (" + ranks + ") must be a multiple of the ranks of a node (" + perNode + ") for rail-ring");
        }
        return collective instanceof AllReduce || collective instanceof AllGather || collective instanceof ReduceScatter
                ? Optional.empty()
                : Optional.of("algorithm (rail-ring) must be one that does " + collective.name() + "\nMaybe one of "
                        + Algorithms.namesFor(collective, ranks) + ".");
    }

    @Override
    public CollectiveSchedule schedule(Collective collective, int ranks) {
        refusal(collective, ranks).ifPresent(text -> {
            throw new IllegalArgumentException(text);
        });
        int nodes = ranks / perNode;
        if (nodes == 1) {
            return Algorithms.named("ring").schedule(collective, ranks);
        }
        int steps = collective instanceof AllReduce ? 2 * (ranks - 1) : ranks - 1;
        int reducing = collective instanceof AllGather ? 0 : ranks - 1;
        long part = Step.part(collective.bytes(), (long) ranks * perNode);
        return new RailRingSchedule(nodes, perNode, part, steps, reducing);
    }

    @Override
    public OptionalDouble seconds(Collective collective, int ranks, AlphaBeta network) {
        schedule(collective, ranks);
        return Algorithms.named("ring").seconds(collective, ranks, network);
    }

    @Override
    public String toString() {
        return name() + " of " + perNode + " a node";
    }
}
