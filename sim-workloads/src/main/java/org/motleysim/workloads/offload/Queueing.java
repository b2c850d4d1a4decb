package org.motleysim.workloads.offload;

/** How a server with more tasks than cores goes about them. */
public enum Queueing {
    /** All at once, the cores divided equally among them, one core for a task at most: exact processor sharing. */
    PROCESSOR_SHARING,
    /** One by one on each core, in the order in which they came. */
    FIFO
}
