package org.motleysim.hardware.catalog;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** A device file cannot be read; it carries all reasons at once, in the order of the file. */
public final class CatalogException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<CatalogFault> faults;

    CatalogException(List<CatalogFault> faults) {
        super(faults.stream().map(CatalogFault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /** Returns all reasons; at least one. */
    public List<CatalogFault> faults() {
        return faults;
    }
}
