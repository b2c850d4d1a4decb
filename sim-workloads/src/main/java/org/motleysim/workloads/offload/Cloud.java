package org.motleysim.workloads.offload;

/**
 * A data centre behind a wide-area network.
 *
 * @param server that computes
 * @param queueing of the server
 * @param link to all sites together
 */
public record Cloud(Processor server, Queueing queueing, Backhaul link) {}
