package org.motleysim.workloads.federated;

import java.util.Optional;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.radio.Contention;

/**
 * Radio cells that clients share: client i is in cell {@code i mod count}, and a cell's medium is shared max-min fairly by all who send and
 * receive in it, none faster than its own link.
 *
 * @param count of cells, one or more
 * @param bandwidth of a medium
 * @param contention what so many active clients get together, instead of the bandwidth
 */
public record Cells(int count, Bandwidth bandwidth, Optional<Contention> contention) {
    /** @throws IllegalArgumentException if there is no cell, or no bandwidth */
    public Cells {
        if (count < 1 || bandwidth.bytesPerSecond() == 0) {
            throw new IllegalArgumentException(
                    "cells (" + count + ") must be at least 1, and their bandwidth (" + bandwidth + ") above zero");
        }
    }

    double bytesPerSecond(int active) {
        return contention
                .map(table -> table.bytesPerSecond(Math.max(1, active)))
                .orElse(bandwidth.bytesPerSecond());
    }
}
