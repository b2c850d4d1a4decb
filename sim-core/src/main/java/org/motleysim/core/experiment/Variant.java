package org.motleysim.core.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One of the systems that are compared.
 *
 * @param name what it is called, unique within its experiment
 * @param settings its level on each axis, in order; empty when it stands for itself
 * @param trial how it is run
 */
public record Variant(String name, Map<String, String> settings, Trial trial) {
    /** @throws IllegalArgumentException if the name is blank */
    public Variant {
        if (name.isBlank()) {
            throw new IllegalArgumentException("variant name (\"" + name + "\") must not be blank");
        }
        Objects.requireNonNull(trial, "trial");
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** A variant on no axis. */
    public static Variant of(String name, Trial trial) {
        return new Variant(name, Map.of(), trial);
    }
}
