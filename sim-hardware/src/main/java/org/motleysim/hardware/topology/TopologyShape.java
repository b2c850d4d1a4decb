package org.motleysim.hardware.topology;

import java.util.List;
import org.motleysim.hardware.network.NetworkModel;

/** The form of a network, from which a {@link Topology} is built. Descriptions with value equality. */
public sealed interface TopologyShape
        permits TopologyShape.Star,
                TopologyShape.Ring,
                TopologyShape.FullyConnected,
                TopologyShape.Switched,
                Mesh,
                Tree,
                FatTree,
                RailOptimised,
                MultiPlane,
                Dragonfly,
                SlimFly,
                CustomLinks {
    /** Builds it. */
    Topology build();

    /** Returns a network of this form, with equal-cost multi-path routing, nothing else on it and no failures. */
    default NetworkModel network() {
        return TopologyNetwork.of(this);
    }

    /**
     * Endpoint 0 in the middle, which passes on what the others send to each other.
     *
     * @param endpoints how many, two or more, with the one in the middle
     * @param link from each of the others to the middle
     */
    record Star(int endpoints, LinkSpec link) implements TopologyShape {
        /** @throws IllegalArgumentException if there are too few endpoints */
        public Star {
            Shapes.atLeast("endpoints", endpoints, 2);
        }

        @Override
        public Topology build() {
            Topology.Builder builder = Topology.builder();
            builder.endpoints(endpoints, true);
            for (int i = 1; i < endpoints; i++) {
                builder.connect(i, 0, link);
            }
            return builder.build();
        }
    }

    /**
     * Each endpoint connected to the next, the last to the first; they pass on what is meant for others.
     *
     * @param endpoints how many, three or more
     * @param link from each to the next
     */
    record Ring(int endpoints, LinkSpec link) implements TopologyShape {
        /** @throws IllegalArgumentException if there are too few endpoints */
        public Ring {
            Shapes.atLeast("endpoints", endpoints, 3);
        }

        @Override
        public Topology build() {
            return new Mesh(List.of(endpoints), true, link).build();
        }
    }

    /**
     * A cable between each two endpoints.
     *
     * @param endpoints how many, two or more
     * @param link of each pair
     */
    record FullyConnected(int endpoints, LinkSpec link) implements TopologyShape {
        /** @throws IllegalArgumentException if there are too few endpoints */
        public FullyConnected {
            Shapes.atLeast("endpoints", endpoints, 2);
        }

        @Override
        public Topology build() {
            Topology.Builder builder = Topology.builder();
            builder.endpoints(endpoints, true);
            for (int i = 0; i < endpoints; i++) {
                for (int j = i + 1; j < endpoints; j++) {
                    builder.connect(i, j, link);
                }
            }
            return builder.build();
        }
    }

    /**
     * All endpoints on one switch that never is the bottleneck.
     *
     * @param endpoints how many, one or more
     * @param link from each to the switch
     */
    record Switched(int endpoints, LinkSpec link) implements TopologyShape {
        /** @throws IllegalArgumentException if there are too few endpoints */
        public Switched {
            Shapes.atLeast("endpoints", endpoints, 1);
        }

        @Override
        public Topology build() {
            return new Tree(List.of(new Tree.Level(endpoints, link))).build();
        }
    }
}
