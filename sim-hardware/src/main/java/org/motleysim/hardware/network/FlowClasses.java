package org.motleysim.hardware.network;

import java.util.Arrays;

/**
 * Flows that start together, sorted into classes of flows with equal rates at all times, so that a symmetric pattern over thousands of
 * devices costs what its few classes cost.
 *
 * <p>Colour refinement (Weisfeiler and Leman, 1968): flows begin with a colour by their bytes, links by their capacity; then each link is
 * told apart by the colours of the flows on it and each flow by those of the links it crosses, until nothing changes. The result is an
 * equitable partition: each link of a class carries equally many flows of each class. Progressive filling treats members of one class
 * alike, so one flow and one link stand for their class: {@link MaxMinFlows#startClass} on links of {@link #capacities} gives each flow
 * exactly the rate it would have had on its own. One slow link among many makes classes of its own, nothing more.
 *
 * <p>Time is linear in the lengths of all paths, times the rounds until nothing changes (a handful in regular patterns). Colours are
 * compared by 64-bit sums; that the partition found is equitable is then checked count by count. Immutable.
 */
public final class FlowClasses {
    private final int[] flowColor;
    private final int[] linkColor;
    private final double[] capacities; // by class of links
    private final int[] linkCount; // by class of links
    private final int[] flowCount; // by class of flows
    private final double[] bytes; // by class of flows
    private final long[] kinds; // by class of flows
    private final int[][] links; // by class of flows
    private final double[][] flowsOnLink;

    /**
     * Sorts flows that start at one time.
     *
     * @param bytesPerSecond capacity of each link, more than zero
     * @param paths the links that each flow crosses: distinct, at least one
     * @param bytesOf each flow, more than zero
     */
    public FlowClasses(double[] bytesPerSecond, int[][] paths, double[] bytesOf) {
        this(bytesPerSecond, paths, bytesOf, new long[paths.length]);
    }

    /**
     * Sorts flows, keeping kinds apart.
     *
     * @param kindOf each flow: flows of different kinds are never in one class; such as the latency after which they start
     * @see #FlowClasses(double[], int[][], double[])
     */
    public FlowClasses(double[] bytesPerSecond, int[][] paths, double[] bytesOf, long[] kindOf) {
        if (paths.length != bytesOf.length || paths.length != kindOf.length) {
            throw new IllegalArgumentException("bytesOf (" + bytesOf.length + " numbers) and kindOf (" + kindOf.length
                    + " numbers) must have one number for each of the " + paths.length + " paths");
        }
        boolean[] crossed = new boolean[bytesPerSecond.length];
        for (int[] path : paths) {
            for (int link : path) {
                crossed[link] = true;
            }
        }
        ColorIds ids = new ColorIds(Math.max(paths.length, bytesPerSecond.length));
        flowColor = new int[paths.length];
        linkColor = new int[bytesPerSecond.length];
        for (int i = 0; i < paths.length; i++) {
            flowColor[i] = ids.of(Double.doubleToLongBits(bytesOf[i]) ^ ColorIds.mix(kindOf[i]));
        }
        int flowColors = ids.restart();
        for (int i = 0; i < linkColor.length; i++) {
            linkColor[i] = crossed[i] ? ids.of(Double.doubleToLongBits(bytesPerSecond[i])) : -1;
        }
        int linkColors = ids.restart();
        int before;
        do {
            before = flowColors + linkColors;
            linkColors = refineLinks(paths, ids);
            flowColors = refineFlows(paths, ids);
        } while (flowColors + linkColors > before);

        linkCount = new int[linkColors];
        capacities = new double[linkColors];
        for (int i = 0; i < linkColor.length; i++) {
            if (crossed[i]) {
                linkCount[linkColor[i]]++;
                capacities[linkColor[i]] = bytesPerSecond[i];
            }
        }
        flowCount = new int[flowColors];
        bytes = new double[flowColors];
        kinds = new long[flowColors];
        links = new int[flowColors][];
        flowsOnLink = new double[flowColors][];
        for (int i = 0; i < paths.length; i++) {
            if (flowCount[flowColor[i]]++ == 0) {
                bytes[flowColor[i]] = bytesOf[i];
                kinds[flowColor[i]] = kindOf[i];
                links[flowColor[i]] = colorsOf(paths[i]);
            }
        }
        check(paths, bytesPerSecond, bytesOf, kindOf);
        for (int k = 0; k < flowColors; k++) {
            int[] distinct = Arrays.stream(links[k]).distinct().toArray();
            flowsOnLink[k] = new double[distinct.length];
            for (int i = 0; i < distinct.length; i++) {
                int color = distinct[i];
                long crossings =
                        Arrays.stream(links[k]).filter(other -> other == color).count();
                flowsOnLink[k][i] = (double) crossings * flowCount[k] / linkCount[color];
            }
            links[k] = distinct;
        }
    }

    /** Returns the number of classes of flows. */
    public int size() {
        return flowCount.length;
    }

    /** Returns the class of a flow, by its index in the paths. */
    public int classOf(int flow) {
        return flowColor[flow];
    }

    /** Returns how many flows are in a class. */
    public int flows(int flowClass) {
        return flowCount[flowClass];
    }

    /** Returns the bytes of each flow of a class. */
    public double bytes(int flowClass) {
        return bytes[flowClass];
    }

    /** Returns the kind of all flows of a class. */
    public long kind(int flowClass) {
        return kinds[flowClass];
    }

    /** Returns the links that a class crosses, as indexes of {@link #capacities}; for {@link MaxMinFlows#startClass}. */
    public int[] links(int flowClass) {
        return links[flowClass].clone();
    }

    /** Returns how many flows of a class cross each of its {@link #links}. */
    public double[] flowsOnLink(int flowClass) {
        return flowsOnLink[flowClass].clone();
    }

    /** Returns the capacity of one link of each class of links, in bytes per second. */
    public double[] capacities() {
        return capacities.clone();
    }

    /** Returns the class of a link; -1 when no flow crosses it. */
    public int classOfLink(int link) {
        return linkColor[link];
    }

    /** Returns how many links are in a class of links. */
    public int linksInClass(int linkClass) {
        return linkCount[linkClass];
    }

    private int refineLinks(int[][] paths, ColorIds ids) {
        long[] sums = new long[linkColor.length];
        for (int i = 0; i < paths.length; i++) {
            long mixed = ColorIds.mix(flowColor[i]);
            for (int link : paths[i]) {
                sums[link] += mixed;
            }
        }
        for (int i = 0; i < linkColor.length; i++) {
            if (linkColor[i] >= 0) {
                linkColor[i] = ids.of(sums[i] ^ ColorIds.mix(~linkColor[i]));
            }
        }
        return ids.restart();
    }

    private int refineFlows(int[][] paths, ColorIds ids) {
        for (int i = 0; i < paths.length; i++) {
            long sum = 0;
            for (int link : paths[i]) {
                sum += ColorIds.mix(linkColor[link]);
            }
            flowColor[i] = ids.of(sum ^ ColorIds.mix(~flowColor[i]));
        }
        return ids.restart();
    }

    private int[] colorsOf(int[] path) {
        int[] colors = new int[path.length];
        for (int i = 0; i < path.length; i++) {
            colors[i] = linkColor[path[i]];
        }
        Arrays.sort(colors);
        return colors;
    }

    /** That all flows of a class have the same bytes and cross the same classes, and that all links of a class carry the same. */
    private void check(int[][] paths, double[] bytesPerSecond, double[] bytesOf, long[] kindOf) {
        int[] degree = new int[linkColor.length + 1];
        for (int i = 0; i < paths.length; i++) {
            require(bytesOf[i] == bytes[flowColor[i]]
                    && kindOf[i] == kinds[flowColor[i]]
                    && Arrays.equals(colorsOf(paths[i]), links[flowColor[i]]));
            for (int link : paths[i]) {
                degree[link + 1]++;
            }
        }
        for (int i = 0; i < linkColor.length; i++) {
            degree[i + 1] += degree[i];
        }
        int[] on = new int[degree[linkColor.length]];
        int[] next = Arrays.copyOf(degree, linkColor.length);
        for (int i = 0; i < paths.length; i++) {
            for (int link : paths[i]) {
                on[next[link]++] = flowColor[i];
            }
        }
        int[] first = new int[linkCount.length]; // the link that stands for its class, plus one
        for (int i = 0; i < linkColor.length; i++) {
            if (linkColor[i] < 0) {
                continue;
            }
            Arrays.sort(on, degree[i], degree[i + 1]);
            if (first[linkColor[i]] == 0) {
                first[linkColor[i]] = i + 1;
            }
            int other = first[linkColor[i]] - 1;
            require(bytesPerSecond[i] == bytesPerSecond[other]
                    && Arrays.equals(on, degree[i], degree[i + 1], on, degree[other], degree[other + 1]));
        }
    }

    private static void require(boolean alike) {
        if (!alike) {
            throw new IllegalStateException("two colours had one 64-bit sum, which happens once in 2^64 times\n"
                    + "Maybe start these flows one by one.");
        }
    }
}
