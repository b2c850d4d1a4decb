package org.motleysim.hardware.population;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.IndexedDraws;
import org.motleysim.core.random.RandomStreams;

/**
 * A fleet that was drawn: what each of its devices is, by its index.
 *
 * <p>Kept as a structure of arrays: for each device the row of the table it came from (1, 2 or 4 bytes, by the number of rows) and a
 * {@code float} for each attribute with jitter, so at most 32 bytes a device; everything else is looked up in the table. What device i is
 * depends on the seed and on i alone (with quotas: and on the size of the fleet). Read-only; may be shared between threads.
 */
public final class Population {
    private final DeviceTable table;
    private final int size;
    private final byte @Nullable [] byteRows;
    private final char @Nullable [] charRows;
    private final int @Nullable [] intRows;
    private final Map<Attribute, float[]> factors = new EnumMap<>(Attribute.class);

    Population(PopulationModel model, int size, RandomStreams streams) {
        if (size < 1) {
            throw new IllegalArgumentException("size (" + size + ") of a population must be at least 1");
        }
        this.table = model.table();
        this.size = size;
        this.byteRows = table.rows() <= 1 << Byte.SIZE ? new byte[size] : null;
        this.charRows = byteRows == null && table.rows() <= 1 << Character.SIZE ? new char[size] : null;
        this.intRows = byteRows == null && charRows == null ? new int[size] : null;
        RowChoice choice = RowChoice.of(table, model.selection(), size, streams);
        for (int device = 0; device < size; device++) {
            put(device, choice.row(device));
        }
        model.jitter().forEach((attribute, law) -> {
            if (table.has(attribute)) { // what no row has needs no room
                factors.put(attribute, factors(law, size, streams.draws("population/jitter/" + attribute.column())));
            }
        });
    }

    private static float[] factors(Distribution law, int size, IndexedDraws draws) {
        float[] factors = new float[size];
        for (int device = 0; device < size; device++) {
            factors[device] = (float) law.quantile(draws.open(device));
        }
        return factors;
    }

    private void put(int device, int row) {
        if (byteRows != null) {
            byteRows[device] = (byte) row;
        } else if (charRows != null) {
            charRows[device] = (char) row;
        } else {
            Objects.requireNonNull(intRows)[device] = row;
        }
    }

    /** Number of devices. */
    public int size() {
        return size;
    }

    /** The table that rows refer to. */
    public DeviceTable table() {
        return table;
    }

    /** Returns the row of the table that a device came from. */
    public int row(int device) {
        if (byteRows != null) {
            return byteRows[device] & 0xFF;
        }
        return charRows != null ? charRows[device] : Objects.requireNonNull(intRows)[device];
    }

    /** Returns the class of a device, an index into {@link DeviceTable#classes()}. */
    public int deviceClass(int device) {
        return table.deviceClass(row(device));
    }

    /** Returns the compute rate of a device, in flop/s. */
    public double speed(int device) {
        return value(Attribute.SPEED, device);
    }

    /** Returns the memory of a device, in bytes. */
    public double memory(int device) {
        return value(Attribute.MEMORY, device);
    }

    /** Returns what a device receives, in bytes per second. */
    public double linkDown(int device) {
        return value(Attribute.LINK_DOWN, device);
    }

    /** Returns what a device sends, in bytes per second. */
    public double linkUp(int device) {
        return value(Attribute.LINK_UP, device);
    }

    /** Returns the energy of the full battery of a device, in joules; infinite at the mains. */
    public double battery(int device) {
        return value(Attribute.BATTERY, device);
    }

    /** Returns a number of a device. */
    public double value(Attribute attribute, int device) {
        double own = table.value(attribute, row(device));
        float[] jitter = factors.get(attribute);
        return jitter == null ? own : own * jitter[device];
    }

    /** Returns the bytes of the arrays that grow with the number of devices. */
    public long arrayBytes() {
        long bytesEach = byteRows != null ? Byte.BYTES : charRows != null ? Character.BYTES : Integer.BYTES;
        bytesEach += (long) factors.size() * Float.BYTES;
        return bytesEach * size;
    }

    @Override
    public String toString() {
        return "Population[" + size + " devices of " + table.classes().size() + " classes]";
    }
}
