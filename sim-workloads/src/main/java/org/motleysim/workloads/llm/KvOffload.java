package org.motleysim.workloads.llm;

import org.motleysim.core.quantity.Bytes;

/**
 * A lower tier for the prefix cache: what is evicted from the memory of the devices goes to a memory tier of their host, and comes back when
 * a request needs it. As the offloading connectors of vLLM and LMCache; docs/models/prefix-cache.md.
 *
 * @param tier of the host, by its name or kind, such as {@code "ddr"} or {@code "nvme"}
 * @param capacity that a replica may take of it
 */
public record KvOffload(String tier, Bytes capacity) {
    /** @throws IllegalArgumentException if the capacity is not positive */
    public KvOffload {
        if (capacity.value() < 1) {
            throw new IllegalArgumentException("capacity (" + capacity + ") must be positive");
        }
    }
}
