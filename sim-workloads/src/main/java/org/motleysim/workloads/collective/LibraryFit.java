package org.motleysim.workloads.collective;

import org.motleysim.hardware.collective.CollectiveLibrary;

/**
 * A fitted library to compare with, as {@link CollectiveLibrary} has it.
 *
 * @param name such as {@code "nccl-h100"}
 * @param perNode devices of a node, one or more
 */
public record LibraryFit(String name, int perNode) {
    /** @throws IllegalArgumentException if there is no such library or the number is less than one */
    public LibraryFit {
        if (!CollectiveLibrary.names().contains(name)) {
            throw new IllegalArgumentException(
                    "library (" + name + ") must be one of " + String.join(", ", CollectiveLibrary.names()));
        }
        if (perNode < 1) {
            throw new IllegalArgumentException("perNode (" + perNode + ") must be one or more");
        }
    }
}
