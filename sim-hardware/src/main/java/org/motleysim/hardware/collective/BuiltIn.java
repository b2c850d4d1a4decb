package org.motleysim.hardware.collective;

import static org.motleysim.hardware.collective.ShiftSchedule.log2Up;
import static org.motleysim.hardware.collective.Step.part;

import java.util.Arrays;
import java.util.List;
import org.motleysim.hardware.collective.Collective.AllGather;
import org.motleysim.hardware.collective.Collective.AllReduce;
import org.motleysim.hardware.collective.Collective.AllToAll;
import org.motleysim.hardware.collective.Collective.Barrier;
import org.motleysim.hardware.collective.Collective.Broadcast;
import org.motleysim.hardware.collective.Collective.PointToPoint;
import org.motleysim.hardware.collective.Collective.ReduceScatter;
import org.motleysim.hardware.collective.Collective.SendReceive;
import org.motleysim.hardware.collective.PhasedSchedule.Phase;
import org.motleysim.hardware.collective.TableAlgorithm.Condition;
import org.motleysim.hardware.collective.TableAlgorithm.Formula;

/** The algorithms without parameters. */
final class BuiltIn {
    /** What a pipelined tree cuts a buffer into: about the step of a channel in NCCL. */
    private static final long CHUNK_BYTES = 1 << 20;

    /** One part a step. Before the list, which needs it. */
    private static final Formula EXCHANGE =
            (c, p, net) -> isEven(c) ? net.time(p - 1.0, (p - 1) * share(c, p), 0) : Double.NaN;

    static final List<CollectiveAlgorithm> ALL = List.of(
            ring("ring", false),
            ring("two-way-ring", true),
            recursiveDoubling(),
            halvingDoubling(),
            bruck(),
            direct(),
            pairwise(),
            star(),
            reduceBroadcast(),
            new TreeAlgorithm("tree", 2, CHUNK_BYTES),
            new TreeAlgorithm("double-tree", 2, CHUNK_BYTES),
            new TreeAlgorithm("chain", 1, CHUNK_BYTES),
            binomial(),
            scatterGather(),
            inNetwork());

    private BuiltIn() {}

    /** All-reduce 2 (p - 1) (alpha + n/p beta) + (p - 1) n/p gamma; the others half of it. */
    private static CollectiveAlgorithm ring(String name, boolean twoWay) {
        TableAlgorithm.Builder ring = TableAlgorithm.named(name)
                .on(
                        AllReduce.class,
                        (c, p) -> new RingSchedule(p, part(c.bytes(), p), 2 * (p - 1), p - 1, twoWay),
                        (c, p, net) -> net.time(2.0 * (p - 1), 2 * (p - 1) * share(c, p), (p - 1) * share(c, p)))
                .on(
                        AllGather.class,
                        (c, p) -> new RingSchedule(p, part(c.bytes(), p), p - 1, 0, twoWay),
                        (c, p, net) -> net.time(p - 1.0, (p - 1) * share(c, p), 0))
                .on(
                        ReduceScatter.class,
                        (c, p) -> new RingSchedule(p, part(c.bytes(), p), p - 1, p - 1, twoWay),
                        (c, p, net) -> net.time(p - 1.0, (p - 1) * share(c, p), (p - 1) * share(c, p)));
        if (!twoWay) {
            ring.on(AllToAll.class, (c, p) -> exchange(c, p, ExchangeSchedule.Order.SHIFTED), EXCHANGE);
        }
        return ring.build();
    }

    /** All-reduce log p (alpha + n beta + n gamma), and two steps more if p is no power of two; all-gather log p alpha + (p - 1) n/p beta. */
    private static CollectiveAlgorithm recursiveDoubling() {
        return TableAlgorithm.named("recursive-doubling")
                .on(
                        AllReduce.class,
                        (c, p) -> {
                            int[] masks = masks(p);
                            long[] sizes = new long[masks.length];
                            Arrays.fill(sizes, c.bytes());
                            return new HypercubeSchedule(p, masks, sizes, masks.length, c.bytes());
                        },
                        (c, p, net) -> {
                            int exchanges = masks(p).length;
                            int extra = Integer.bitCount(p) == 1 ? 0 : 1;
                            double n = c.bytes();
                            return net.time(
                                    exchanges + 2 * extra, (exchanges + 2 * extra) * n, (exchanges + extra) * n);
                        })
                .on(
                        AllGather.class,
                        Condition.POWER_OF_TWO,
                        (c, p) -> {
                            int[] masks = masks(p);
                            long[] sizes = new long[masks.length];
                            for (int i = 0; i < sizes.length; i++) {
                                sizes[i] = part(c.bytes(), p) * masks[i];
                            }
                            return new HypercubeSchedule(p, masks, sizes, 0, 0);
                        },
                        (c, p, net) -> net.time(log2Up(p), (p - 1) * share(c, p), 0))
                .on(
                        Barrier.class,
                        Condition.POWER_OF_TWO,
                        (c, p) -> {
                            int[] masks = masks(p);
                            return new HypercubeSchedule(p, masks, new long[masks.length], 0, 0);
                        },
                        (c, p, net) -> net.time(log2Up(p), 0, 0))
                .build();
    }

    /**
     * Rabenseifner: halve while adding up, double while sharing: 2 log q alpha + 2 (q - 1)/q n beta + (q - 1)/q n gamma over the largest
     * power of two q, and 2 (alpha + n beta) + n gamma more if that is not p.
     */
    private static CollectiveAlgorithm halvingDoubling() {
        return TableAlgorithm.named("halving-doubling")
                .on(
                        AllReduce.class,
                        (c, p) -> {
                            int[] up = masks(p);
                            int[] masks = new int[2 * up.length];
                            long[] sizes = new long[2 * up.length];
                            for (int i = 0; i < up.length; i++) {
                                int back = masks.length - 1 - i;
                                masks[i] = up[i];
                                masks[back] = up[i];
                                sizes[i] = part(c.bytes(), 2L << i);
                                sizes[back] = sizes[i];
                            }
                            return new HypercubeSchedule(p, masks, sizes, up.length, c.bytes());
                        },
                        (c, p, net) -> {
                            int q = Integer.highestOneBit(p);
                            int extra = q == p ? 0 : 1;
                            double n = c.bytes();
                            double most = (q - 1.0) / q * n;
                            return net.time(2.0 * log2Up(q) + 2 * extra, 2 * most + 2 * extra * n, most + extra * n);
                        })
                .on(
                        ReduceScatter.class,
                        Condition.POWER_OF_TWO,
                        (c, p) -> {
                            int[] masks = masks(p);
                            long[] sizes = new long[masks.length];
                            for (int i = 0; i < masks.length; i++) {
                                sizes[i] = part(c.bytes(), 2L << i);
                            }
                            return new HypercubeSchedule(p, masks, sizes, masks.length, 0);
                        },
                        (c, p, net) -> net.time(log2Up(p), (p - 1) * share(c, p), (p - 1) * share(c, p)))
                .build();
    }

    /**
     * Distances that double (Bruck et al. 1997): all-gather log p alpha + (p - 1) n/p beta; all-to-all log p steps that each carry the
     * parts whose distance has that bit; barrier log p alpha.
     */
    private static CollectiveAlgorithm bruck() {
        return TableAlgorithm.named("bruck")
                .on(
                        AllGather.class,
                        (c, p) -> {
                            int[] distances = ShiftSchedule.doubling(p);
                            long[] sizes = new long[distances.length];
                            for (int i = 0; i < sizes.length; i++) {
                                sizes[i] = part(c.bytes(), p) * Math.min(distances[i], p - distances[i]);
                            }
                            return new ShiftSchedule(p, distances, sizes);
                        },
                        (c, p, net) -> net.time(log2Up(p), (p - 1) * share(c, p), 0))
                .on(
                        AllToAll.class,
                        (c, p) -> isEven(c) ? "" : "the split must be even",
                        (c, p) -> {
                            int[] distances = ShiftSchedule.doubling(p);
                            long[] sizes = new long[distances.length];
                            for (int i = 0; i < sizes.length; i++) {
                                sizes[i] = part(c.bytes(), p) * withBit(distances[i], p);
                            }
                            return new ShiftSchedule(p, distances, sizes);
                        },
                        (c, p, net) -> {
                            double bytes = 0;
                            for (int distance : ShiftSchedule.doubling(p)) {
                                bytes += withBit(distance, p) * share(c, p);
                            }
                            return net.time(log2Up(p), bytes, 0);
                        })
                .on(
                        Barrier.class,
                        (c, p) -> new ShiftSchedule(p, ShiftSchedule.doubling(p), new long[log2Up(p)]),
                        (c, p, net) -> net.time(log2Up(p), 0, 0))
                .build();
    }

    /** Everyone to everyone at once: alpha + (p - 1) n/p beta, and for all-reduce twice that. */
    private static CollectiveAlgorithm direct() {
        return TableAlgorithm.named("direct")
                .on(
                        AllReduce.class,
                        (c, p) -> new DirectSchedule(p, part(c.bytes(), p), true, true),
                        (c, p, net) -> net.time(2, 2 * (p - 1) * share(c, p), (p - 1) * share(c, p)))
                .on(
                        AllGather.class,
                        (c, p) -> new DirectSchedule(p, part(c.bytes(), p), false, true),
                        (c, p, net) -> net.time(1, (p - 1) * share(c, p), 0))
                .on(
                        ReduceScatter.class,
                        (c, p) -> new DirectSchedule(p, part(c.bytes(), p), true, false),
                        (c, p, net) -> net.time(1, (p - 1) * share(c, p), (p - 1) * share(c, p)))
                .on(
                        AllToAll.class,
                        (c, p) -> exchange(c, p, ExchangeSchedule.Order.AT_ONCE),
                        (c, p, net) -> isEven(c) ? net.time(1, (p - 1) * share(c, p), 0) : Double.NaN)
                .on(
                        Broadcast.class,
                        (c, p) -> new StarSchedule(p, c.bytes(), false, true),
                        (c, p, net) -> net.time(1, (p - 1.0) * c.bytes(), 0))
                .on(Barrier.class, (c, p) -> new DirectSchedule(p, 0, false, true), (c, p, net) -> net.time(1, 0, 0))
                .on(
                        SendReceive.class,
                        (c, p) -> new RingSchedule(p, c.bytes(), 1, 0, false),
                        (c, p, net) -> net.time(1, (double) c.bytes(), 0))
                .on(
                        PointToPoint.class,
                        (c, p) -> Math.max(((PointToPoint) c).from(), ((PointToPoint) c).to()) < p
                                ? ""
                                : "from and to must be less than the number of ranks (" + p + ")",
                        (c, p) -> new PairSchedule(((PointToPoint) c).from(), ((PointToPoint) c).to(), c.bytes()),
                        (c, p, net) -> ((PointToPoint) c).from() == ((PointToPoint) c).to()
                                ? 0
                                : net.time(1, (double) c.bytes(), 0))
                .build();
    }

    /** One partner a step: (p - 1) (alpha + n/p beta). */
    private static CollectiveAlgorithm pairwise() {
        return TableAlgorithm.named("pairwise")
                .on(
                        AllToAll.class,
                        (c, p) -> exchange(
                                c,
                                p,
                                Integer.bitCount(p) == 1
                                        ? ExchangeSchedule.Order.PAIRED
                                        : ExchangeSchedule.Order.SHIFTED),
                        EXCHANGE)
                .build();
    }

    /** Through rank 0: 2 alpha + 2 (p - 1) n beta + (p - 1) n gamma. */
    private static CollectiveAlgorithm star() {
        return TableAlgorithm.named("star")
                .on(
                        AllReduce.class,
                        (c, p) -> new StarSchedule(p, c.bytes(), true, true),
                        (c, p, net) -> net.time(2, 2.0 * (p - 1) * c.bytes(), (p - 1.0) * c.bytes()))
                .on(
                        Broadcast.class,
                        (c, p) -> new StarSchedule(p, c.bytes(), false, true),
                        (c, p, net) -> net.time(1, (p - 1.0) * c.bytes(), 0))
                .on(Barrier.class, (c, p) -> new StarSchedule(p, 0, true, true), (c, p, net) -> net.time(2, 0, 0))
                .build();
    }

    /** All to rank 0 at once, then a binomial broadcast: alpha + (p - 1) n (beta + gamma) + log p (alpha + n beta). */
    private static CollectiveAlgorithm reduceBroadcast() {
        return TableAlgorithm.named("reduce-broadcast")
                .on(
                        AllReduce.class,
                        (c, p) -> new PhasedSchedule(List.of(
                                new Phase(new StarSchedule(p, c.bytes(), true, false), p, 1),
                                new Phase(new BinomialSchedule(p, c.bytes(), false), p, 1))),
                        (c, p, net) ->
                                net.time(1 + log2Up(p), (p - 1.0 + log2Up(p)) * c.bytes(), (p - 1.0) * c.bytes()))
                .build();
    }

    /** Broadcast log p (alpha + n beta). */
    private static CollectiveAlgorithm binomial() {
        return TableAlgorithm.named("binomial")
                .on(
                        Broadcast.class,
                        (c, p) -> new BinomialSchedule(p, c.bytes(), false),
                        (c, p, net) -> net.time(log2Up(p), (double) log2Up(p) * c.bytes(), 0))
                .build();
    }

    /** Broadcast: a binomial scatter, then a ring: (log p + p - 1) alpha + 2 (p - 1) n/p beta; a bound if p is no power of two. */
    private static CollectiveAlgorithm scatterGather() {
        return TableAlgorithm.named("scatter-all-gather")
                .on(
                        Broadcast.class,
                        (c, p) -> new PhasedSchedule(List.of(
                                new Phase(new BinomialSchedule(p, part(c.bytes(), p), true), p, 1),
                                new Phase(new RingSchedule(p, part(c.bytes(), p), p - 1, 0, false), p, 1))),
                        (c, p, net) -> net.time(log2Up(p) + p - 1.0, 2.0 * (p - 1) * share(c, p), 0))
                .build();
    }

    /** All-reduce alpha + n beta; barrier alpha. */
    private static CollectiveAlgorithm inNetwork() {
        return TableAlgorithm.named("in-network")
                .on(
                        AllReduce.class,
                        (c, p) -> new InNetworkSchedule(p, c.bytes()),
                        (c, p, net) -> net.time(1, (double) c.bytes(), 0))
                .on(Barrier.class, (c, p) -> new InNetworkSchedule(p, 0), (c, p, net) -> net.time(1, 0, 0))
                .build();
    }

    private static ExchangeSchedule exchange(Collective collective, int ranks, ExchangeSchedule.Order order) {
        Split split = ((AllToAll) collective).split();
        return new ExchangeSchedule(ranks, split.parts(ranks, collective.bytes()), order, isEven(collective));
    }

    private static boolean isEven(Collective collective) {
        return ((AllToAll) collective).split() instanceof Split.Even;
    }

    private static double share(Collective collective, int ranks) {
        return (double) collective.bytes() / ranks;
    }

    /** Bits below the largest power of two that is not above the number of ranks. */
    private static int[] masks(int ranks) {
        return ShiftSchedule.doubling(Integer.highestOneBit(ranks));
    }

    /** How many of the distances 1 to ranks - 1 have this bit. */
    private static int withBit(int bit, int ranks) {
        return ranks / (2 * bit) * bit + Math.max(0, ranks % (2 * bit) - bit);
    }
}
