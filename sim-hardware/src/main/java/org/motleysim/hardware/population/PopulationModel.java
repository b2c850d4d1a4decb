package org.motleysim.hardware.population;

import java.util.EnumMap;
import java.util.Map;
import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.RandomStreams;

/**
 * How a fleet is drawn. Immutable, with value equality; shared freely.
 *
 * <pre>{@code
 * Population phones = PopulationModel.of(DeviceTable.read(Path.of("phones.csv")))
 *         .withJitter(Attribute.SPEED, Distribution.logNormalMuSigma(0, 0.1))
 *         .draw(10_000_000, RandomStreams.of(7));
 * }</pre>
 *
 * @param table what devices may be
 * @param selection how rows are given to devices; {@link Selection#SAMPLED} unless told
 * @param jitter what numbers of a device are multiplied with, each device by itself; for the attributes that have it
 */
public record PopulationModel(DeviceTable table, Selection selection, Map<Attribute, Distribution> jitter) {
    /** @throws IllegalArgumentException if a jitter can be zero or less */
    public PopulationModel {
        Map<Attribute, Distribution> own = new EnumMap<>(Attribute.class);
        own.putAll(jitter);
        own.forEach((attribute, factor) -> {
            if (!(factor.quantile(0x1p-53) > 0)) {
                throw new IllegalArgumentException("jitter (" + factor + ") of " + attribute.column()
                        + " must be above zero\nMaybe a log-normal with median 1, or truncate it.");
            }
        });
        jitter = java.util.Collections.unmodifiableMap(own);
    }

    /** Returns devices that draw their rows, without jitter. */
    public static PopulationModel of(DeviceTable table) {
        return new PopulationModel(table, Selection.SAMPLED, Map.of());
    }

    /** Returns this model with rows given out in that way. */
    public PopulationModel withSelection(Selection way) {
        return new PopulationModel(table, way, jitter);
    }

    /** Returns this model with numbers of a device multiplied with random factors. */
    public PopulationModel withJitter(Attribute attribute, Distribution factor) {
        Map<Attribute, Distribution> more = new EnumMap<>(Attribute.class);
        more.putAll(jitter);
        more.put(attribute, factor);
        return new PopulationModel(table, selection, more);
    }

    /**
     * Draws a fleet. The same model, size and seed give the same fleet; with {@link Selection#SAMPLED} a larger fleet begins with the
     * smaller one.
     *
     * @param size devices, at least 1
     * @param streams the randomness; its streams {@code population/...} are used
     */
    public Population draw(int size, RandomStreams streams) {
        return new Population(this, size, streams);
    }
}
