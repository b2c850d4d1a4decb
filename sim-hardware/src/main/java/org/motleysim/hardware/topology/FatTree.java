package org.motleysim.hardware.topology;

/**
 * A folded Clos network of equal switches (Leiserson, 1985; Al-Fares et al., SIGCOMM 2008). Of the ports of a leaf switch, a share
 * goes down to endpoints and the rest up, one cable to each switch above.
 *
 * @param tiers of switches, two or three
 * @param radix ports of a switch, even
 * @param oversubscription ports down by ports up of a leaf, 1 for none; it must divide the radix into whole ports
 * @param host from an endpoint to its leaf
 * @param up from a switch to one above
 */
public record FatTree(int tiers, int radix, double oversubscription, LinkSpec host, LinkSpec up)
        implements TopologyShape {
    /** @throws IllegalArgumentException if the ports cannot be divided like this */
    public FatTree {
        if (tiers != 2 && tiers != 3) {
            throw new IllegalArgumentException("tiers (" + tiers + ") must be 2 or 3\nMaybe use a tree for one tier.");
        }
        if (radix < 2 || radix % 2 != 0) {
            throw new IllegalArgumentException("radix (" + radix + ") must be even and at least 2");
        }
        double down = radix * oversubscription / (1 + oversubscription);
        if (!(oversubscription > 0) || Math.abs(down - Math.rint(down)) > 1e-9 || down < 1 || down > radix - 1) {
            throw new IllegalArgumentException("oversubscription (" + oversubscription + ") must divide the " + radix
                    + " ports of a leaf into whole numbers down and up\nMaybe 1, 3 or 7.");
        }
        long leaves = tiers == 2 ? radix : (long) radix * radix / 2;
        Shapes.size("endpoints", leaves * (long) Math.rint(down));
    }

    /** Returns the ports of a leaf that go down to endpoints. */
    public int down() {
        return (int) Math.rint(radix * oversubscription / (1 + oversubscription));
    }

    @Override
    public Topology build() {
        int down = down();
        int aboves = radix - down; // switches above each leaf
        int half = radix / 2;
        int pods = tiers == 2 ? 1 : radix;
        int leavesPerPod = tiers == 2 ? radix : half;
        Topology.Builder builder = Topology.builder();
        for (int i = 0; i < pods * leavesPerPod * down; i++) {
            builder.add(new Vertex("e" + i, true, false, 0, Vertex.NONE, Vertex.NONE));
        }
        int endpoint = 0;
        int[] aggregation = new int[pods * aboves];
        for (int pod = 0; pod < pods; pod++) {
            int[] leaves = new int[leavesPerPod];
            for (int i = 0; i < leavesPerPod; i++) {
                leaves[i] = builder.addSwitch("leaf-" + (pod * leavesPerPod + i), 1);
                for (int j = 0; j < down; j++) {
                    builder.connect(endpoint++, leaves[i], host);
                }
            }
            for (int i = 0; i < aboves; i++) {
                int above = builder.addSwitch((tiers == 2 ? "spine-" : "aggregation-") + (pod * aboves + i), 2);
                aggregation[pod * aboves + i] = above;
                for (int leaf : leaves) {
                    builder.connect(leaf, above, up);
                }
            }
        }
        // Core i * half + j is above the i-th aggregation switch of each pod.
        for (int core = 0; tiers == 3 && core < aboves * half; core++) {
            int above = builder.addSwitch("core-" + core, 3);
            for (int pod = 0; pod < pods; pod++) {
                builder.connect(aggregation[pod * aboves + core / half], above, up);
            }
        }
        return builder.build();
    }
}
