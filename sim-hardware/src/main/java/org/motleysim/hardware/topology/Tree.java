package org.motleysim.hardware.topology;

import java.util.Arrays;
import java.util.List;

/**
 * Switches over switches, one way up from each: NVLink domains inside nodes, nodes in racks, racks under one core. Oversubscription is
 * said by the bandwidth of the links up. Each link up stands for all cables of its switch together.
 *
 * @param levels from the endpoints up: the first says how many endpoints are under each switch of tier 1, and how they are connected to
 *     it; the next how many of those are under each switch of tier 2, and so on up to one switch
 */
public record Tree(List<Level> levels) implements TopologyShape {
    /**
     * One level.
     *
     * @param children how many under each switch, one or more
     * @param link from each child up
     */
    public record Level(int children, LinkSpec link) {
        /** @throws IllegalArgumentException if there are no children */
        public Level {
            Shapes.atLeast("children", children, 1);
        }
    }

    /** @throws IllegalArgumentException if there are no levels, or too many endpoints */
    public Tree {
        levels = List.copyOf(levels);
        if (levels.isEmpty()) {
            throw new IllegalArgumentException("levels (none) must be at least one");
        }
        Shapes.size(
                "endpoints", Shapes.product(levels.stream().map(Level::children).toList()));
    }

    /** Returns nodes of devices that a fast switch connects, with one link from each node to a switch between the nodes. */
    public static Tree ofNodes(int nodes, int devicesPerNode, LinkSpec inside, LinkSpec outside) {
        return new Tree(List.of(new Level(devicesPerNode, inside), new Level(nodes, outside)));
    }

    @Override
    public Topology build() {
        int count = (int) Shapes.product(levels.stream().map(Level::children).toList());
        int perNode = levels.get(0).children();
        Topology.Builder builder = Topology.builder();
        for (int i = 0; i < count; i++) {
            builder.add(new Vertex("e" + i, true, false, 0, i / perNode, i % perNode));
        }
        int[] below = new int[count];
        Arrays.setAll(below, i -> i);
        for (int tier = 1; tier <= levels.size(); tier++) {
            Level level = levels.get(tier - 1);
            int[] switches = new int[below.length / level.children()];
            for (int i = 0; i < switches.length; i++) {
                switches[i] = builder.addSwitch("t" + tier + "-" + i, tier);
                for (int j = 0; j < level.children(); j++) {
                    builder.connect(below[i * level.children() + j], switches[i], level.link());
                }
            }
            below = switches;
        }
        return builder.build();
    }
}
