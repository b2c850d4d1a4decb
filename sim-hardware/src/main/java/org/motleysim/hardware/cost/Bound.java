package org.motleysim.hardware.cost;

import java.util.Locale;

/** What a kernel waits for most. */
public enum Bound {
    /** Arithmetic. */
    COMPUTE,
    /** Main memory. */
    MEMORY,
    /** Its launch: it is too small for the device. */
    LAUNCH,
    /** A link to other devices. */
    LINK,
    /** The model does not say. */
    UNKNOWN;

    /** Returns the name used in files, such as {@code "memory"}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
