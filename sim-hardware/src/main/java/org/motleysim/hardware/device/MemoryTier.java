package org.motleysim.hardware.device;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Durations;
import org.motleysim.core.quantity.Energy;

/**
 * One level of memory, of a device or of its host. What the datasheet leaves blank is empty here, and asking for it with
 * {@link #capacity()} or {@link #bandwidth()} is an error that names the blank.
 *
 * <pre>{@code
 * MemoryTier ssd = MemoryTier.builder("scratch", MemoryKind.NVME, Bytes.terabytes(1), Bandwidth.gigabytesPerSecond(3.4))
 *     .writeBandwidth(Bandwidth.gigabytesPerSecond(2.5))
 *     .latency(Duration.ofNanos(65_000))
 *     .granularity(Bytes.kibibytes(4))
 *     .operation(Bytes.kibibytes(128))
 *     .queueDepth(33)
 *     .build();
 * }</pre>
 *
 * <p>With q operations of s bytes outstanding, each of which takes the latency L and its transfer, a tier delivers at most
 * {@link #reachable} = min(bandwidth, q s / (L + s / bandwidth)) (Little, "A proof for the queuing formula L = lambda W", Operations
 * Research 9(3), 1961).
 *
 * @param name such as {@code "HBM3"}
 * @param kind what it is made of
 * @param knownCapacity bytes a program can address, more than zero; empty when not published
 * @param knownBandwidth the vendor's peak of reading, more than zero; empty when not published
 * @param writeBandwidth the peak of writing, more than zero, where writes go their own way; empty for a bus that reads and writes share
 * @param latency from asking for the first byte to its arrival, zero or more
 * @param granularity bytes of the smallest access, to a multiple of which all accesses are rounded up, more than zero
 * @param operation bytes that one operation of a long movement asks for, at least the granularity
 * @param queueDepth operations that may be outstanding, 1 or more; {@link #UNLIMITED} when they are no limit
 * @param energyPerByte read or written, if known
 */
public record MemoryTier(
        String name,
        MemoryKind kind,
        Optional<Bytes> knownCapacity,
        Optional<Bandwidth> knownBandwidth,
        Optional<Bandwidth> writeBandwidth,
        Duration latency,
        Bytes granularity,
        Bytes operation,
        int queueDepth,
        Optional<Energy> energyPerByte) {
    /** A queue that is never full. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** @throws IllegalArgumentException if the name is blank or a number is out of its range */
    public MemoryTier {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name of a memory tier (\"" + name + "\") must not be blank");
        }
        Objects.requireNonNull(kind, "kind");
        knownCapacity.ifPresent(bytes -> positive("capacity", name, bytes.value() > 0, bytes));
        knownBandwidth.ifPresent(rate -> positive("bandwidth", name, rate.bytesPerSecond() > 0, rate));
        writeBandwidth.ifPresent(rate -> positive("writeBandwidth", name, rate.bytesPerSecond() > 0, rate));
        positive("granularity", name, granularity.value() > 0, granularity);
        if (latency.isNegative()) {
            throw new IllegalArgumentException("latency of memory " + name + " (" + latency + ") must be zero or more");
        }
        if (operation.compareTo(granularity) < 0) {
            throw new IllegalArgumentException("operation of memory " + name + " (" + operation
                    + ") must be at least its granularity (" + granularity + ")");
        }
        if (queueDepth < 1) {
            throw new IllegalArgumentException(
                    "queueDepth of memory " + name + " (" + queueDepth + ") must be at least 1");
        }
    }

    /** A tier of which capacity and bandwidth are known and nothing else limits; its kind is what its name begins with. */
    public MemoryTier(String name, Bytes capacity, Bandwidth bandwidth) {
        this(
                name,
                MemoryKind.of(name),
                Optional.of(capacity),
                Optional.of(bandwidth),
                Optional.empty(),
                Duration.ZERO,
                Bytes.of(1),
                Bytes.of(1),
                UNLIMITED,
                Optional.empty());
    }

    /**
     * Starts a description: no latency, single bytes, a queue that is never full and one bus for reads and writes unless told.
     *
     * @throws IllegalArgumentException if the name is blank, or capacity or bandwidth is zero
     */
    public static Builder builder(String name, MemoryKind kind, Bytes capacity, Bandwidth bandwidth) {
        return builder(name, kind).capacity(capacity).bandwidth(bandwidth);
    }

    /** Starts a description of a tier that nothing is known of. */
    public static Builder builder(String name, MemoryKind kind) {
        return new Builder(name, kind);
    }

    /** Starts a description with everything this one says, to change some of it. */
    public Builder toBuilder() {
        Builder copy = new Builder(name, kind);
        copy.capacity = knownCapacity;
        copy.bandwidth = knownBandwidth;
        copy.writeBandwidth = writeBandwidth;
        copy.latency = latency;
        copy.granularity = granularity;
        copy.operation = operation;
        copy.queueDepth = queueDepth;
        copy.energyPerByte = energyPerByte;
        return copy;
    }

    /**
     * Returns so many of this tier side by side, data striped over them: channels of memory, drives of a RAID 0. Capacity, bandwidth and
     * queue are so many times as large; latency, granularity and operation stay those of one.
     *
     * @throws IllegalArgumentException if the count is less than one
     */
    public MemoryTier times(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count of memory " + name + " (" + count + ") must be at least 1");
        }
        return new MemoryTier(
                name,
                kind,
                knownCapacity.map(bytes -> bytes.times(count)),
                knownBandwidth.map(rate -> rate.times(count)),
                writeBandwidth.map(rate -> rate.times(count)),
                latency,
                granularity,
                operation,
                queueDepth == UNLIMITED ? UNLIMITED : Math.multiplyExact(queueDepth, count),
                energyPerByte);
    }

    /**
     * Returns the bytes a program can address.
     *
     * @throws IllegalArgumentException if the datasheet does not say; {@link DeviceSpec#memoryCapacity()} also names the device
     */
    public Bytes capacity() {
        return knownCapacity.orElseThrow(() -> blank("capacity"));
    }

    /**
     * Returns the vendor's peak of reading.
     *
     * @throws IllegalArgumentException if the datasheet does not say; {@link DeviceSpec#memoryBandwidth()} also names the device
     */
    public Bandwidth bandwidth() {
        return knownBandwidth.orElseThrow(() -> blank("bandwidth"));
    }

    private IllegalArgumentException blank(String what) {
        return new IllegalArgumentException(
                "memory (" + name + ") has no " + what + "\nMaybe add it in your own device file.");
    }

    /** Whether its queue limits what it delivers. */
    public boolean queues() {
        return queueDepth != UNLIMITED;
    }

    /** Returns the peak of writing: {@link #writeBandwidth}, or that of the shared bus. */
    public Bandwidth writing() {
        return writeBandwidth.orElseGet(this::bandwidth);
    }

    /** Returns the most that operations of that many bytes can read per second: the peak, or what the queue lets through. */
    public Bandwidth reachable(Bytes size) {
        Bandwidth peak = bandwidth();
        if (!queues()) {
            return peak;
        }
        double seconds = Durations.seconds(latency) + size.secondsAt(peak);
        return Bandwidth.of(Math.min(peak.bytesPerSecond(), queueDepth * (double) size.value() / seconds));
    }

    /** Returns the most that a long movement can read per second; see {@link #reachable(Bytes)}. */
    public Bandwidth reachable() {
        return reachable(operation);
    }

    private static void positive(String what, String name, boolean good, Object value) {
        if (!good) {
            throw new IllegalArgumentException(what + " of memory " + name + " (" + value + ") must be more than zero"
                    + "\nMaybe leave it out: what is not known stays blank.");
        }
    }

    /** Collects the parts of a tier; not safe for use by two threads. */
    public static final class Builder {
        private String name;
        private MemoryKind kind;
        private Optional<Bytes> capacity = Optional.empty();
        private Optional<Bandwidth> bandwidth = Optional.empty();
        private Optional<Bandwidth> writeBandwidth = Optional.empty();
        private Duration latency = Duration.ZERO;
        private Bytes granularity = Bytes.of(1);
        private @Nullable Bytes operation;
        private int queueDepth = UNLIMITED;
        private Optional<Energy> energyPerByte = Optional.empty();

        private Builder(String name, MemoryKind kind) {
            this.name = name;
            this.kind = kind;
        }

        /** Sets another name. */
        public Builder name(String text) {
            this.name = text;
            return this;
        }

        /** Sets another kind. */
        public Builder kind(MemoryKind material) {
            this.kind = material;
            return this;
        }

        /** Sets another capacity. */
        public Builder capacity(Bytes bytes) {
            this.capacity = Optional.of(bytes);
            return this;
        }

        /** Sets another peak of reading. */
        public Builder bandwidth(Bandwidth rate) {
            this.bandwidth = Optional.of(rate);
            return this;
        }

        /** Sets a capacity that may be blank. */
        public Builder knownCapacity(Optional<Bytes> bytes) {
            this.capacity = bytes;
            return this;
        }

        /** Sets a peak of reading that may be blank. */
        public Builder knownBandwidth(Optional<Bandwidth> rate) {
            this.bandwidth = rate;
            return this;
        }

        /** Sets the peak of writing, which then goes on beside reading. */
        public Builder writeBandwidth(Bandwidth rate) {
            this.writeBandwidth = Optional.of(rate);
            return this;
        }

        /** Sets the time from asking for the first byte to its arrival. */
        public Builder latency(Duration time) {
            this.latency = time;
            return this;
        }

        /** Sets the bytes of the smallest access: 64 B lines, 4 KiB sectors, 16 KiB pages. */
        public Builder granularity(Bytes bytes) {
            this.granularity = bytes;
            return this;
        }

        /** Sets the bytes that one operation of a long movement asks for; the granularity unless told. */
        public Builder operation(Bytes bytes) {
            this.operation = bytes;
            return this;
        }

        /** Sets the operations that may be outstanding. */
        public Builder queueDepth(int operations) {
            this.queueDepth = operations;
            return this;
        }

        /** Sets the energy of a byte read or written. */
        public Builder energyPerByte(Energy energy) {
            this.energyPerByte = Optional.of(energy);
            return this;
        }

        /**
         * Makes the tier.
         *
         * @throws IllegalArgumentException if a number is out of its range
         */
        public MemoryTier build() {
            return new MemoryTier(
                    name,
                    kind,
                    capacity,
                    bandwidth,
                    writeBandwidth,
                    latency,
                    granularity,
                    operation == null ? granularity : operation,
                    queueDepth,
                    energyPerByte);
        }
    }
}
