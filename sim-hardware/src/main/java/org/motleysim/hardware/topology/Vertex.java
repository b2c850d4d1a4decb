package org.motleysim.hardware.topology;

/**
 * An endpoint or a switch of a topology.
 *
 * @param name of its own in the topology
 * @param endpoint whether it is an endpoint
 * @param relays whether it passes on what is meant for others; switches always do
 * @param tier 0 for endpoints, more for switches further up
 * @param node the computer that it is part of, from 0; {@link #NONE} where that does not matter
 * @param rail its place in the computer, from 0; {@link #NONE} where that does not matter
 */
public record Vertex(String name, boolean endpoint, boolean relays, int tier, int node, int rail) {
    /** No node, or no rail. */
    public static final int NONE = -1;
}
