package org.motleysim.hardware.topology;

import java.util.List;

/**
 * A grid of any number of dimensions, each endpoint connected to the next in each; they pass on what is meant for others. Endpoints are
 * numbered with the last dimension running fastest.
 *
 * @param dimensions the lengths, each one or more, at least one of them two or more
 * @param torus whether the last of each line is connected to the first, where a line has three or more
 * @param link between neighbours, from the lower to the higher number, or from the last to the first
 */
public record Mesh(List<Integer> dimensions, boolean torus, LinkSpec link) implements TopologyShape {
    /** @throws IllegalArgumentException if there is no dimension, a length is below 1, or all are 1 */
    public Mesh {
        dimensions = List.copyOf(dimensions);
        for (int length : dimensions) {
            Shapes.atLeast("dimensions", length, 1);
        }
        if (dimensions.stream().allMatch(length -> length == 1)) {
            throw new IllegalArgumentException("dimensions (" + dimensions + ") must have one of 2 or more");
        }
        Shapes.size("endpoints", Shapes.product(dimensions));
    }

    @Override
    public Topology build() {
        int count = (int) Shapes.product(dimensions);
        Topology.Builder builder = Topology.builder();
        builder.endpoints(count, true);
        int stride = 1;
        for (int d = dimensions.size() - 1; d >= 0; d--) {
            int length = dimensions.get(d);
            for (int i = 0; i < count; i++) {
                int at = i / stride % length;
                if (at + 1 < length) {
                    builder.connect(i, i + stride, link);
                } else if (torus && length > 2) {
                    builder.connect(i, i - (length - 1) * stride, link);
                }
            }
            stride *= length;
        }
        return builder.build();
    }
}
