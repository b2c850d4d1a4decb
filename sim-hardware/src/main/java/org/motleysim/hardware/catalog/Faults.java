package org.motleysim.hardware.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects what is wrong with device files, so that a reader hears all of it at once. */
final class Faults {
    private final List<CatalogFault> found = new ArrayList<>();

    /** Returns what the step gives, or empty after noting why it cannot. */
    <T> Optional<T> attempt(Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (JsonFieldException e) {
            found.add(e.fault());
            return Optional.empty();
        }
    }

    void add(JsonFieldException e) {
        found.add(e.fault());
    }

    int count() {
        return found.size();
    }

    /** @throws CatalogException if anything was noted */
    void end() {
        if (!found.isEmpty()) {
            throw new CatalogException(found);
        }
    }
}
