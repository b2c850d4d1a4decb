package org.motleysim.hardware.topology;

/**
 * Nodes of devices that a fast switch connects, and a switch for each rail: the devices with the same place in their nodes. The rails are
 * joined by spine switches, or not at all; then traffic between rails goes through a node ({@link Routing#RAIL_AWARE} does so always).
 *
 * @param nodes how many, one or more
 * @param devicesPerNode how many in each, one or more
 * @param inside from a device to the switch of its node
 * @param rail from a device to the switch of its rail
 * @param spines how many switches join the rails, zero or more
 * @param up from each rail to each spine
 */
public record RailOptimised(int nodes, int devicesPerNode, LinkSpec inside, LinkSpec rail, int spines, LinkSpec up)
        implements TopologyShape {
    /** @throws IllegalArgumentException if a count is too small or too large */
    public RailOptimised {
        Shapes.atLeast("nodes", nodes, 1);
        Shapes.atLeast("devicesPerNode", devicesPerNode, 1);
        Shapes.atLeast("spines", spines, 0);
        Shapes.size("endpoints", (long) nodes * devicesPerNode);
    }

    @Override
    public Topology build() {
        Topology.Builder builder = Topology.builder();
        for (int i = 0; i < nodes * devicesPerNode; i++) {
            // Without spines the devices are the only way from rail to rail.
            builder.add(new Vertex("e" + i, true, spines == 0, 0, i / devicesPerNode, i % devicesPerNode));
        }
        for (int i = 0; i < nodes; i++) {
            int node = builder.addSwitch("node-" + i, 1);
            for (int j = 0; j < devicesPerNode; j++) {
                builder.connect(i * devicesPerNode + j, node, inside);
            }
        }
        int[] rails = new int[devicesPerNode];
        for (int j = 0; j < devicesPerNode; j++) {
            rails[j] = builder.addSwitch("rail-" + j, 2);
            for (int i = 0; i < nodes; i++) {
                builder.connect(i * devicesPerNode + j, rails[j], rail);
            }
        }
        for (int s = 0; s < spines; s++) {
            int spine = builder.addSwitch("spine-" + s, 3);
            for (int each : rails) {
                builder.connect(each, spine, up);
            }
        }
        return builder.build();
    }
}
