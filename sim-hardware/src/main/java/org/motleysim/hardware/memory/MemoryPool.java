package org.motleysim.hardware.memory;

import java.util.Optional;
import org.motleysim.core.quantity.Bytes;

/**
 * A capacity that is reserved and released in bytes. What does not fit is refused with the arithmetic in the message; ask {@link
 * #refusal} beforehand to report it as a problem instead.
 *
 * <p>Used by one thread.
 */
public final class MemoryPool {
    private final String name;
    private final long capacity;
    private long reserved;
    private long peak;

    /** Creates an empty pool; the name appears in messages. */
    public MemoryPool(String name, Bytes capacity) {
        this.name = name;
        this.capacity = capacity.value();
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns all bytes of the pool. */
    public long capacityBytes() {
        return capacity;
    }

    /** Returns the bytes that are taken. */
    public long reservedBytes() {
        return reserved;
    }

    /** Returns the bytes that are not taken. */
    public long freeBytes() {
        return capacity - reserved;
    }

    /** Returns the most bytes that were ever taken at once. */
    public long peakBytes() {
        return peak;
    }

    /** Returns whether that many bytes can be reserved now. */
    public boolean fits(long bytes) {
        return bytes <= capacity - reserved;
    }

    /**
     * Returns why that many bytes cannot be reserved now, with the arithmetic; empty when they can.
     *
     * @param purpose what for, such as {@code "weights of llama-3-8b"}
     */
    public Optional<String> refusal(long bytes, String purpose) {
        notNegative(bytes);
        if (fits(bytes)) {
            return Optional.empty();
        }
        Bytes free = Bytes.of(capacity - reserved);
        return Optional.of(purpose + " (" + Bytes.of(bytes) + ") must fit in the memory of " + name + ": "
                + Bytes.of(capacity) + " - " + Bytes.of(reserved) + " reserved = " + free + " free, "
                + Bytes.of(bytes - free.value()) + " short");
    }

    /**
     * Takes bytes.
     *
     * @throws IllegalArgumentException if they do not fit, with the arithmetic; nothing is taken then
     */
    public void reserve(long bytes, String purpose) {
        Optional<String> refusal = refusal(bytes, purpose);
        if (refusal.isPresent()) {
            throw new IllegalArgumentException(refusal.get()
                    + "\nMaybe use more devices, a device with more memory, or a narrower number format.");
        }
        reserved += bytes;
        peak = Math.max(peak, reserved);
    }

    /**
     * Gives bytes back.
     *
     * @throws IllegalArgumentException if more are given back than were taken
     */
    public void release(long bytes) {
        notNegative(bytes);
        if (bytes > reserved) {
            throw new IllegalArgumentException("bytes to release (" + bytes + ") must not exceed the " + reserved
                    + " reserved in the memory of " + name);
        }
        reserved -= bytes;
    }

    private static void notNegative(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes (" + bytes + ") must be zero or more");
        }
    }
}
