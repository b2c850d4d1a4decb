package org.motleysim.hardware.collective;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.motleysim.core.name.NearestName;

/**
 * The algorithms that come with Motley. In the formulas p is the number of ranks, n the bytes, and log is to base 2, rounded up. The
 * classic ones are compared in Thakur, Rabenseifner and Gropp, Optimization of collective communication operations in MPICH, IJHPCA 19(1),
 * 2005; trees in two colours are from Sanders, Speck and Traff, Parallel Computing 35(12), 2009.
 */
public final class Algorithms {
    private Algorithms() {}

    /**
     * Returns an algorithm by its name.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static CollectiveAlgorithm named(String name) {
        for (CollectiveAlgorithm algorithm : all()) {
            if (algorithm.name().equals(name)) {
                return algorithm;
            }
        }
        List<String> names = all().stream().map(CollectiveAlgorithm::name).toList();
        throw new IllegalArgumentException("algorithm (\"" + name + "\") must be one of " + String.join(", ", names)
                + NearestName.of(name, names)
                        .map(nearest -> "\nMaybe \"" + nearest + "\".")
                        .orElse(""));
    }

    /** Returns those that need no parameter, classic ones first. */
    public static List<CollectiveAlgorithm> all() {
        return BuiltIn.ALL;
    }

    /** Returns the same without what needs switches that add up. */
    public static List<CollectiveAlgorithm> onHosts() {
        return all().stream()
                .filter(algorithm -> !algorithm.name().equals("in-network"))
                .toList();
    }

    /** Returns those that can do a collective over so many ranks. */
    public static List<CollectiveAlgorithm> fitting(Collective collective, int ranks) {
        List<CollectiveAlgorithm> fitting = new ArrayList<>();
        for (CollectiveAlgorithm algorithm : all()) {
            boolean does = algorithm instanceof TableAlgorithm table
                    ? table.does(collective, ranks)
                    : algorithm.refusal(collective, ranks).isEmpty();
            if (does) {
                fitting.add(algorithm);
            }
        }
        return fitting;
    }

    static String namesFor(Collective collective, int ranks) {
        return String.join(
                ", ",
                fitting(collective, ranks).stream()
                        .map(CollectiveAlgorithm::name)
                        .toList());
    }

    /**
     * Returns an all-reduce or broadcast over a tree in which a rank has so many below it, chunk behind chunk. The formula is exact for one
     * chunk in a full tree and for a chain, else an estimate.
     *
     * @param arity one or more
     * @param chunkBytes the largest chunk, one or more
     */
    public static CollectiveAlgorithm tree(int arity, long chunkBytes) {
        return new TreeAlgorithm("tree", arity, chunkBytes);
    }

    /**
     * Returns two trees at once, half of the bytes over each; who has ranks below it in the one has none in the other, so that no port
     * carries more than twice the bytes. The formula is an estimate.
     *
     * @param chunkBytes the largest chunk, one or more
     */
    public static CollectiveAlgorithm doubleTree(long chunkBytes) {
        return new TreeAlgorithm("double-tree", 2, chunkBytes);
    }

    /**
     * Returns rings over all ranks of nodes that have a port to other nodes per rank: as many rings as a node has ranks, each leaving it
     * through another port. Ranks of a node are neighbours.
     *
     * @param perNode ranks of a node, one or more
     */
    public static CollectiveAlgorithm railRing(int perNode) {
        return new RailRing(perNode);
    }

    /**
     * Returns an algorithm for each level of a network: reduce-scatter upwards from the first level, all-reduce at the last, all-gather
     * downwards, and likewise for the other collectives.
     *
     * @param sizes ranks of a group at each level, lowest first; ranks of a group of the first level are neighbours
     * @param algorithms one per level
     * @throws IllegalArgumentException if the lists are empty or differ in length
     */
    public static CollectiveAlgorithm hierarchical(List<Integer> sizes, List<CollectiveAlgorithm> algorithms) {
        return new HierarchicalAlgorithm(sizes, algorithms);
    }

    /** Returns an algorithm without closed form, of one's own. */
    public static CollectiveAlgorithm of(String name, BiFunction<Collective, Integer, CollectiveSchedule> schedule) {
        return new CollectiveAlgorithm() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Optional<String> refusal(Collective collective, int ranks) {
                return Optional.empty();
            }

            @Override
            public CollectiveSchedule schedule(Collective collective, int ranks) {
                return schedule.apply(collective, ranks);
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }
}
