package org.motleysim.hardware.topology;

import org.motleysim.hardware.price.NetworkBill;

/**
 * Nodes of devices that a fast switch connects, each device on a network plane of its own: the first devices of all nodes on the first
 * plane, and so on. Traffic between planes goes through a node, as in DeepSeek-V3's multi-plane fat tree (Zhao et al., ISCA 2025).
 *
 * @param devicesPerNode how many devices, and planes; one or more
 * @param inside from a device to the switch of its node
 * @param plane the form of each plane; its endpoints are the nodes
 */
public record MultiPlane(int devicesPerNode, LinkSpec inside, TopologyShape plane) implements TopologyShape {
    /** @throws IllegalArgumentException if there are no devices, or a plane is made of planes or rails */
    public MultiPlane {
        Shapes.atLeast("devicesPerNode", devicesPerNode, 1);
        if (plane instanceof MultiPlane || plane instanceof RailOptimised) {
            throw new IllegalArgumentException("plane (" + plane.getClass().getSimpleName()
                    + ") must not have nodes of its own\nMaybe a FatTree.");
        }
    }

    /** Returns the parts of all planes, without the switches inside nodes. */
    public NetworkBill bill() {
        return plane.build().bill().planes(devicesPerNode);
    }

    @Override
    public Topology build() {
        Topology one = plane.build();
        int nodes = one.endpoints();
        int own = one.vertices().size() - nodes;
        int count = Shapes.size("endpoints", (long) nodes * devicesPerNode);
        Topology.Builder builder = Topology.builder();
        for (int i = 0; i < count; i++) {
            builder.add(new Vertex("e" + i, true, true, 0, i / devicesPerNode, i % devicesPerNode));
        }
        for (int i = 0; i < nodes; i++) {
            int node = builder.addSwitch("node-" + i, 1);
            for (int j = 0; j < devicesPerNode; j++) {
                builder.connect(i * devicesPerNode + j, node, inside);
            }
        }
        for (int p = 0; p < devicesPerNode; p++) {
            int first = count + nodes + p * own;
            for (Vertex vertex : one.vertices().subList(nodes, one.vertices().size())) {
                builder.addSwitch("p" + p + "-" + vertex.name(), vertex.tier() + 1);
            }
            for (Link link : one.links()) {
                if (link.forward()) {
                    builder.connect(at(link.from(), nodes, p, first), at(link.to(), nodes, p, first), link.cable());
                }
            }
        }
        return builder.build();
    }

    private int at(int vertexOfPlane, int nodes, int planeNumber, int firstSwitch) {
        return vertexOfPlane < nodes
                ? vertexOfPlane * devicesPerNode + planeNumber
                : firstSwitch + vertexOfPlane - nodes;
    }
}
