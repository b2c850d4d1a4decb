package org.motleysim.hardware.collective;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongFunction;
import org.motleysim.hardware.collective.Collective.AllGather;
import org.motleysim.hardware.collective.Collective.AllReduce;
import org.motleysim.hardware.collective.Collective.AllToAll;
import org.motleysim.hardware.collective.Collective.Barrier;
import org.motleysim.hardware.collective.Collective.Broadcast;
import org.motleysim.hardware.collective.Collective.ReduceScatter;
import org.motleysim.hardware.collective.PhasedSchedule.Phase;

/**
 * One algorithm per level. All-reduce: reduce-scatter upwards, so that a level moves 1/g of what the level below of g ranks a group
 * moves, all-reduce at the top, all-gather downwards (Cho et al., BlueConnect, MLSys 2019). Parts are rounded up at each level. The
 * formula takes every level to have the same ports.
 *
 * @param sizes ranks of a group at each level, lowest first
 * @param algorithms one per level
 */
public record HierarchicalAlgorithm(List<Integer> sizes, List<CollectiveAlgorithm> algorithms)
        implements CollectiveAlgorithm {
    /** One level's share of the work: a collective among groups of a level. */
    private record Part(int level, Collective collective, boolean leaders) {}

    /** @throws IllegalArgumentException if a number is out of its range */
    public HierarchicalAlgorithm {
        sizes = List.copyOf(sizes);
        algorithms = List.copyOf(algorithms);
        if (sizes.isEmpty()
                || sizes.size() != algorithms.size()
                || sizes.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException("sizes (" + sizes + ") and algorithms ("
                    + algorithms.stream().map(CollectiveAlgorithm::name).toList()
                    + ") must be one per level, and sizes one or more");
        }
    }

    @Override
    public String name() {
        return "hierarchical";
    }

    @Override
    public Optional<String> refusal(Collective collective, int ranks) {
        long product = sizes.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        if (product != ranks) {
            return Optional.of(
                    "ranks (" + ranks + ") must be the product of the group sizes " + sizes + " (" + product + ")");
        }
        if (collective instanceof AllToAll exchange && !(exchange.split() instanceof Split.Even)) {
            return Optional.of("algorithm (hierarchical) must have an even split");
        }
        List<Part> parts = parts(collective);
        if (parts.isEmpty()) {
            return Optional.of("algorithm (hierarchical) must be one that does " + collective.name() + "\nMaybe one of "
                    + Algorithms.namesFor(collective, ranks) + ".");
        }
        for (Part part : parts) {
            Optional<String> inner = algorithms.get(part.level).refusal(part.collective, sizes.get(part.level));
            if (inner.isPresent()) {
                return inner.map(text -> "level " + part.level + ": " + text);
            }
        }
        return Optional.empty();
    }

    @Override
    public CollectiveSchedule schedule(Collective collective, int ranks) {
        refusal(collective, ranks).ifPresent(text -> {
            throw new IllegalArgumentException(text);
        });
        List<Phase> phases = new ArrayList<>();
        for (Part part : parts(collective)) {
            int size = sizes.get(part.level);
            if (size > 1) {
                int stride = sizes.subList(0, part.level).stream().reduce(1, Math::multiplyExact);
                phases.add(new Phase(
                        algorithms.get(part.level).schedule(part.collective, size), size, stride, part.leaders));
            }
        }
        return new PhasedSchedule(phases);
    }

    @Override
    public OptionalDouble seconds(Collective collective, int ranks, AlphaBeta network) {
        refusal(collective, ranks).ifPresent(text -> {
            throw new IllegalArgumentException(text);
        });
        double sum = 0;
        for (Part part : parts(collective)) {
            OptionalDouble seconds =
                    algorithms.get(part.level).seconds(part.collective, sizes.get(part.level), network);
            if (seconds.isEmpty()) {
                return seconds;
            }
            sum += seconds.getAsDouble();
        }
        return OptionalDouble.of(sum);
    }

    private List<Part> parts(Collective collective) {
        int top = sizes.size() - 1;
        List<Part> parts = new ArrayList<>();
        long[] share = shares(collective.bytes());
        if (collective instanceof AllReduce) {
            up(parts, share, top, ReduceScatter::new);
            parts.add(new Part(top, new AllReduce(share[top]), false));
            down(parts, share, top, AllGather::new);
        } else if (collective instanceof ReduceScatter) {
            up(parts, share, top + 1, ReduceScatter::new);
        } else if (collective instanceof AllGather) {
            down(parts, share, top + 1, AllGather::new);
        } else if (collective instanceof AllToAll) {
            for (int level = 0; level <= top; level++) {
                parts.add(new Part(level, new AllToAll(collective.bytes()), false));
            }
        } else if (collective instanceof Broadcast) {
            for (int level = top; level >= 0; level--) {
                parts.add(new Part(level, collective, true));
            }
        } else if (collective instanceof Barrier) {
            for (int level = 0; level < 2 * top + 1; level++) {
                parts.add(new Part(Math.min(level, 2 * top - level), collective, false));
            }
        }
        return parts;
    }

    private static void up(List<Part> parts, long[] share, int end, LongFunction<Collective> kind) {
        for (int level = 0; level < end; level++) {
            parts.add(new Part(level, kind.apply(share[level]), false));
        }
    }

    private static void down(List<Part> parts, long[] share, int end, LongFunction<Collective> kind) {
        for (int level = end - 1; level >= 0; level--) {
            parts.add(new Part(level, kind.apply(share[level]), false));
        }
    }

    /** What a group of each level works on. */
    private long[] shares(long bytes) {
        long[] shares = new long[sizes.size()];
        shares[0] = bytes;
        for (int level = 1; level < shares.length; level++) {
            shares[level] = Step.part(shares[level - 1], sizes.get(level - 1));
        }
        return shares;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name());
        for (int level = 0; level < sizes.size(); level++) {
            text.append(level == 0 ? " " : ", ")
                    .append(sizes.get(level))
                    .append(" x ")
                    .append(algorithms.get(level));
        }
        return text.toString();
    }
}
