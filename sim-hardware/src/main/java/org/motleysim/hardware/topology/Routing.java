package org.motleysim.hardware.topology;

/** Which of the shortest paths, counted in links, a transfer takes. One pair of endpoints always has one path while all links are up. */
public enum Routing {
    /** The first one, by the order of the links: all pairs that can share a link do. */
    SHORTEST_PATH,
    /**
     * Equal-cost multi-path: at each switch one of the next links, chosen by a hash of the two endpoints and the switch (Hopps, RFC 2992,
     * 2000). Hashes collide, as they do in real networks.
     */
    ECMP,
    /**
     * First within the computer to the device with the receiver's place in its own computer, then along that rail; ECMP on each part
     * (the way of NCCL's PXN). Where endpoints have no rail it is ECMP.
     */
    RAIL_AWARE
}
