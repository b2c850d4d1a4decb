package org.motleysim.hardware.topology;

/**
 * Groups of switches that are all connected inside, and to the other groups by global cables that are spread evenly (Kim et al., ISCA
 * 2008). Routes are the shortest; the detours of adaptive routing are not modelled.
 *
 * @param groups how many, from 2 to {@code switchesPerGroup * globalPerSwitch + 1}
 * @param switchesPerGroup one or more
 * @param endpointsPerSwitch one or more
 * @param globalPerSwitch cables of a switch to other groups, one or more
 * @param host from an endpoint to its switch
 * @param local between switches of a group
 * @param global between groups
 */
public record Dragonfly(
        int groups,
        int switchesPerGroup,
        int endpointsPerSwitch,
        int globalPerSwitch,
        LinkSpec host,
        LinkSpec local,
        LinkSpec global)
        implements TopologyShape {
    /** @throws IllegalArgumentException if a count is out of range, or the global cables cannot be spread evenly */
    public Dragonfly {
        Shapes.atLeast("groups", groups, 2);
        Shapes.atLeast("switchesPerGroup", switchesPerGroup, 1);
        Shapes.atLeast("endpointsPerSwitch", endpointsPerSwitch, 1);
        Shapes.atLeast("globalPerSwitch", globalPerSwitch, 1);
        long cables = (long) switchesPerGroup * globalPerSwitch;
        if (groups > cables + 1) {
            throw new IllegalArgumentException("groups (" + groups + ") must be at most " + (cables + 1)
                    + ", one more than the global cables of a group");
        }
        if (cables % (groups - 1) % 2 != 0 && groups % 2 != 0) {
            throw new IllegalArgumentException("global cables of a group (" + cables + ") cannot be spread evenly over "
                    + (groups - 1) + " other groups\nMaybe an even number of groups, or of cables.");
        }
        Shapes.size("endpoints", (long) groups * switchesPerGroup * endpointsPerSwitch);
    }

    @Override
    public Topology build() {
        int switches = groups * switchesPerGroup;
        Topology.Builder builder = Topology.builder();
        builder.endpoints(switches * endpointsPerSwitch, false);
        int first = switches * endpointsPerSwitch;
        for (int i = 0; i < switches; i++) {
            builder.addSwitch("g" + i / switchesPerGroup + "-" + i % switchesPerGroup, 1);
            for (int j = 0; j < endpointsPerSwitch; j++) {
                builder.connect(i * endpointsPerSwitch + j, first + i, host);
            }
        }
        for (int i = 0; i < switches; i++) {
            for (int j = i + 1; j % switchesPerGroup != 0; j++) {
                builder.connect(first + i, first + j, local);
            }
        }
        // Port k of a group leads `distance` groups further; the group there has a port that leads back as far.
        int cables = switchesPerGroup * globalPerSwitch;
        int rounds = cables / (groups - 1);
        int rest = cables % (groups - 1);
        int[] used = new int[groups];
        for (int round = 0; round <= rounds; round++) {
            for (int distance = 1; 2 * distance <= groups; distance++) {
                boolean half = 2 * distance == groups;
                boolean within = round < rounds || (half ? rest % 2 != 0 : distance <= rest / 2);
                for (int group = 0; within && group < (half ? groups / 2 : groups); group++) {
                    int other = (group + distance) % groups;
                    int from = group * switchesPerGroup + used[group]++ / globalPerSwitch;
                    int to = other * switchesPerGroup + used[other]++ / globalPerSwitch;
                    builder.connect(first + from, first + to, global);
                }
            }
        }
        return builder.build();
    }
}
