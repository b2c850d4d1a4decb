package org.motleysim.hardware.collective;

import java.util.Optional;
import java.util.OptionalDouble;
import org.motleysim.hardware.collective.Collective.AllReduce;
import org.motleysim.hardware.collective.Collective.Broadcast;

/**
 * All-reduce and broadcast over one tree or two, chunk behind chunk.
 *
 * @param name {@code "double-tree"} for two
 * @param arity ranks below a rank, one or more
 * @param chunkBytes the largest chunk, one or more
 */
public record TreeAlgorithm(String name, int arity, long chunkBytes) implements CollectiveAlgorithm {
    /** @throws IllegalArgumentException if a number is out of its range */
    public TreeAlgorithm {
        if (arity < 1 || chunkBytes < 1) {
            throw new IllegalArgumentException(
                    "arity (" + arity + ") and chunkBytes (" + chunkBytes + ") must be one or more");
        }
    }

    @Override
    public Optional<String> refusal(Collective collective, int ranks) {
        return collective instanceof AllReduce || (collective instanceof Broadcast && !isDouble())
                ? Optional.empty()
                : Optional.of("algorithm (" + name + ") must be one that does " + collective.name());
    }

    @Override
    public CollectiveSchedule schedule(Collective collective, int ranks) {
        return trees(collective, ranks);
    }

    private TreeSchedule trees(Collective collective, int ranks) {
        refusal(collective, ranks).ifPresent(text -> {
            throw new IllegalArgumentException(text);
        });
        long bytes = isDouble() ? Step.part(collective.bytes(), 2) : collective.bytes();
        int chunks = chunks(bytes);
        Tree[] trees = isDouble() ? Tree.both(ranks) : new Tree[] {Tree.heap(ranks, arity)};
        return new TreeSchedule(trees, Step.part(bytes, chunks), chunks, collective instanceof AllReduce);
    }

    /** With one chunk the way up is over before the way down begins; with several both load a port at once. */
    @Override
    public OptionalDouble seconds(Collective collective, int ranks, AlphaBeta network) {
        TreeSchedule schedule = trees(collective, ranks);
        long bytes = isDouble() ? Step.part(collective.bytes(), 2) : collective.bytes();
        int chunks = chunks(bytes);
        boolean both = collective instanceof AllReduce;
        double most = Math.min(arity, Math.max(0, ranks - 1));
        double load = isDouble() ? most + 2 : both && chunks > 1 ? most + 1 : most;
        double each = network.alpha() + load * ((double) bytes / chunks) * network.beta();
        double sums = both ? (schedule.height() + chunks - 1) * most * ((double) bytes / chunks) * network.gamma() : 0;
        return OptionalDouble.of(schedule.steps() * each + sums);
    }

    private boolean isDouble() {
        return name.equals("double-tree");
    }

    private int chunks(long bytes) {
        return Math.toIntExact(Math.max(1, Step.part(bytes, chunkBytes)));
    }

    @Override
    public String toString() {
        return name.equals("tree") && arity != 2 ? name + " of arity " + arity : name;
    }
}
