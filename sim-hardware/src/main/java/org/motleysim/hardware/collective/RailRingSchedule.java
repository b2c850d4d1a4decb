package org.motleysim.hardware.collective;

import java.util.Arrays;

/**
 * As many rings at once as a node has ranks, an equal share of the bytes each. All go through the nodes in the same order, but ring c
 * enters a node at its rank c and leaves it at the rank before, so that every rank's own port to other nodes carries one ring.
 *
 * @param nodes two or more
 * @param perNode ranks of a node, one or more
 * @param part bytes that a rank sends in a step in one ring
 * @param steps how often
 * @param reducing in how many of the first steps what came is added up
 */
record RailRingSchedule(int nodes, int perNode, long part, int steps, int reducing) implements CollectiveSchedule {
    @Override
    public void step(int rank, int step, Step into) {
        int node = rank / perNode;
        int local = rank - node * perNode;
        int nextNode = node + 1 == nodes ? 0 : node + 1;
        int neighbour = local + 1 == perNode ? 0 : local + 1;
        for (int ring = 0; ring < perNode; ring++) {
            // The ring that entered at the neighbour has been everywhere in this node and leaves.
            into.send((ring == neighbour ? nextNode : node) * perNode + neighbour, part);
        }
        into.receive(perNode);
        if (step < reducing) {
            into.reduce(part * perNode);
        }
    }

    @Override
    public boolean symmetric(int... levels) {
        return Arrays.equals(levels, new int[] {perNode, nodes});
    }
}
