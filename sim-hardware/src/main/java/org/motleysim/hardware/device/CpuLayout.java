package org.motleysim.hardware.device;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Durations;

/**
 * What a datasheet of a processor says beyond peaks: cores, vector units, clocks, memory nodes. Immutable. A blank stays blank, and a limit
 * that needs it does not bind.
 *
 * <pre>{@code
 * CpuLayout node = CpuLayout.builder(56, 1, Bandwidth.gigabytesPerSecond(307.2))
 *     .vectors(512, 2, 2.0e9)
 *     .build()
 *     .sockets(2, Bandwidth.gigabytesPerSecond(64));
 * }</pre>
 */
public final class CpuLayout {
    private static final double LINE_BYTES = 64;

    private final int cores;
    private final int nodes;
    private final Bandwidth nodeBandwidth;
    private final OptionalInt simdBits;
    private final int fmaUnits;
    private final OptionalDouble vectorHertz;
    private final @Nullable Bandwidth remoteBandwidth;
    private final @Nullable Duration localLatency;
    private final @Nullable Duration remoteLatency;
    private final OptionalInt linesInFlight;
    private final @Nullable Bytes lastLevelCache;
    private final @Nullable Duration cacheLatency;
    private final boolean writeAllocate;

    private CpuLayout(Builder from) {
        this.cores = from.cores;
        this.nodes = from.nodes;
        this.nodeBandwidth = from.nodeBandwidth;
        this.simdBits = from.simdBits;
        this.fmaUnits = from.fmaUnits;
        this.vectorHertz = from.vectorHertz;
        this.remoteBandwidth = from.remoteBandwidth;
        this.localLatency = from.localLatency;
        this.remoteLatency = from.remoteLatency;
        this.linesInFlight = from.linesInFlight;
        this.lastLevelCache = from.lastLevelCache;
        this.cacheLatency = from.cacheLatency;
        this.writeAllocate = from.writeAllocate;
    }

    /**
     * Starts a description.
     *
     * @param cores physical cores of all nodes
     * @param nodes memory nodes, which share the cores evenly
     * @param nodeBandwidth the vendor's peak of the memory of one node
     * @throws IllegalArgumentException if the cores cannot be shared evenly
     */
    public static Builder builder(int cores, int nodes, Bandwidth nodeBandwidth) {
        return new Builder(cores, nodes, nodeBandwidth);
    }

    /** Starts a description with everything this one says, to change some of it. */
    public Builder toBuilder() {
        Builder copy = new Builder(cores, nodes, nodeBandwidth);
        copy.simdBits = simdBits;
        copy.fmaUnits = fmaUnits;
        copy.vectorHertz = vectorHertz;
        copy.remoteBandwidth = remoteBandwidth;
        copy.localLatency = localLatency;
        copy.remoteLatency = remoteLatency;
        copy.linesInFlight = linesInFlight;
        copy.lastLevelCache = lastLevelCache;
        copy.cacheLatency = cacheLatency;
        copy.writeAllocate = writeAllocate;
        return copy;
    }

    /**
     * Returns several of these in one machine.
     *
     * @param count of sockets
     * @param link bytes a second into one node from the others, in one direction
     */
    public CpuLayout sockets(int count, Bandwidth link) {
        if (count < 1) {
            throw new IllegalArgumentException("count of sockets (" + count + ") must be at least 1");
        }
        Builder machine = toBuilder().remoteBandwidth(link);
        machine.cores = Math.multiplyExact(cores, count);
        machine.nodes = Math.multiplyExact(nodes, count);
        machine.lastLevelCache =
                lastLevelCache == null ? null : Bytes.of(Math.multiplyExact(lastLevelCache.value(), (long) count));
        return machine.build();
    }

    /** Returns the physical cores of all nodes. */
    public int cores() {
        return cores;
    }

    /** Returns the memory nodes. */
    public int nodes() {
        return nodes;
    }

    /** Returns the peak of the memory of one node. */
    public Bandwidth nodeBandwidth() {
        return nodeBandwidth;
    }

    /** Returns the width of a vector register, when known. */
    public OptionalInt simdBits() {
        return simdBits;
    }

    /** Returns the bytes a second into one node from the others, when known. */
    public Optional<Bandwidth> remoteBandwidth() {
        return Optional.ofNullable(remoteBandwidth);
    }

    /** Returns the size of the last-level caches of all nodes together, when known. */
    public Optional<Bytes> lastLevelCache() {
        return Optional.ofNullable(lastLevelCache);
    }

    /** Returns the fused multiply-add units of one core. */
    public int fmaUnits() {
        return fmaUnits;
    }

    /** Returns the clock while the vector units are busy, when known. */
    public OptionalDouble vectorHertz() {
        return vectorHertz;
    }

    /** Returns how long an access to the memory of the own node takes, when known. */
    public Optional<Duration> localLatency() {
        return Optional.ofNullable(localLatency);
    }

    /** Returns how long an access to the memory of another node takes, when known. */
    public Optional<Duration> remoteLatency() {
        return Optional.ofNullable(remoteLatency);
    }

    /** Returns the cache lines that one core can have under way, when known. */
    public OptionalInt linesInFlight() {
        return linesInFlight;
    }

    /** Returns how long an access to the last-level cache takes, when known. */
    public Optional<Duration> cacheLatency() {
        return Optional.ofNullable(cacheLatency);
    }

    /** Returns whether a store of a whole line reads it first, unless the store bypasses the caches. */
    public boolean writeAllocate() {
        return writeAllocate;
    }

    /**
     * Returns the operations that one core can do a second on elements of that width: a fused multiply-add on each lane of each unit is
     * two. Empty when the vector units or their clock are blank.
     */
    public OptionalDouble coreFlops(int bits) {
        return simdBits.isPresent() && vectorHertz.isPresent() && bits >= 32
                ? OptionalDouble.of(2.0 * fmaUnits * (simdBits.getAsInt() / (double) bits) * vectorHertz.getAsDouble())
                : OptionalDouble.empty();
    }

    /**
     * Returns the bytes a second that one core can have under way: lines in flight over latency (Little's law). Infinite when one of them
     * is blank.
     *
     * @param remoteShare of the accesses that go to other nodes
     */
    public double coreBytesPerSecond(double remoteShare) {
        if (linesInFlight.isEmpty() || localLatency == null) {
            return Double.POSITIVE_INFINITY;
        }
        double local = Durations.seconds(localLatency);
        double far = remoteLatency == null ? local : Durations.seconds(remoteLatency);
        return linesInFlight.getAsInt() * LINE_BYTES / ((1 - remoteShare) * local + remoteShare * far);
    }

    /** Returns the same for the last-level cache. */
    public double coreCacheBytesPerSecond() {
        return linesInFlight.isEmpty() || cacheLatency == null
                ? Double.POSITIVE_INFINITY
                : linesInFlight.getAsInt() * LINE_BYTES / Durations.seconds(cacheLatency);
    }

    private List<Object> parts() {
        return List.of(
                cores,
                nodes,
                nodeBandwidth,
                simdBits,
                fmaUnits,
                vectorHertz,
                remoteBandwidth(),
                localLatency(),
                remoteLatency(),
                linesInFlight,
                lastLevelCache(),
                cacheLatency(),
                writeAllocate);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CpuLayout that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    @Override
    public String toString() {
        return cores + " cores on " + nodes + " memory nodes of " + nodeBandwidth;
    }

    /** Collects the parts of a {@link CpuLayout}. */
    public static final class Builder {
        private int cores;
        private int nodes;
        private final Bandwidth nodeBandwidth;
        private OptionalInt simdBits = OptionalInt.empty();
        private int fmaUnits = 1;
        private OptionalDouble vectorHertz = OptionalDouble.empty();
        private @Nullable Bandwidth remoteBandwidth;
        private @Nullable Duration localLatency;
        private @Nullable Duration remoteLatency;
        private OptionalInt linesInFlight = OptionalInt.empty();
        private @Nullable Bytes lastLevelCache;
        private @Nullable Duration cacheLatency;
        private boolean writeAllocate = true;

        private Builder(int cores, int nodes, Bandwidth nodeBandwidth) {
            if (cores < 1) {
                throw new IllegalArgumentException("cores (" + cores + ") must be at least 1");
            }
            if (nodes < 1 || cores % nodes != 0) {
                throw new IllegalArgumentException("nodes (" + nodes + ") must share the " + cores
                        + " cores evenly\nMaybe cores are those of all nodes together.");
            }
            if (nodeBandwidth.bytesPerSecond() == 0) {
                throw new IllegalArgumentException("nodeBandwidth (" + nodeBandwidth + ") must be more than zero");
            }
            this.cores = cores;
            this.nodes = nodes;
            this.nodeBandwidth = nodeBandwidth;
        }

        /**
         * Says what the vector units are.
         *
         * @param bits of a register, such as 512
         * @param units that multiply and add, in each core
         * @param hertz sustained while they are busy, which is often less than the clock of scalar code
         */
        public Builder vectors(int bits, int units, double hertz) {
            if (bits < 32 || Integer.bitCount(bits) != 1) {
                throw new IllegalArgumentException("bits (" + bits + ") must be a power of two, 32 or more");
            }
            if (units < 1) {
                throw new IllegalArgumentException("units (" + units + ") must be at least 1");
            }
            if (!(hertz >= 1e6 && hertz <= 1e11)) {
                throw new IllegalArgumentException(
                        "hertz (" + hertz + ") must be 1e6 to 1e11\nMaybe it is in MHz or GHz: 2.0e9 is 2 GHz.");
            }
            this.simdBits = OptionalInt.of(bits);
            this.fmaUnits = units;
            this.vectorHertz = OptionalDouble.of(hertz);
            return this;
        }

        /** Says how many bytes a second one node gets from the others, in one direction. */
        public Builder remoteBandwidth(Bandwidth bandwidth) {
            if (bandwidth.bytesPerSecond() == 0) {
                throw new IllegalArgumentException("remoteBandwidth (" + bandwidth + ") must be more than zero");
            }
            this.remoteBandwidth = bandwidth;
            return this;
        }

        /**
         * Says how long one access takes on an idle machine.
         *
         * @param local to the memory of its own node
         * @param remote to that of another, not less
         */
        public Builder latency(Duration local, Duration remote) {
            if (local.isNegative() || local.isZero() || remote.compareTo(local) < 0) {
                throw new IllegalArgumentException(
                        "latency (" + local + ", " + remote + ") must be more than zero and not less to other nodes");
            }
            this.localLatency = local;
            this.remoteLatency = remote;
            return this;
        }

        /** Says how many cache lines one core can have under way: its fill buffers, or those of its second cache with prefetching. */
        public Builder linesInFlight(int lines) {
            if (lines < 1) {
                throw new IllegalArgumentException("linesInFlight (" + lines + ") must be at least 1");
            }
            this.linesInFlight = OptionalInt.of(lines);
            return this;
        }

        /** Says how large the last-level caches are together, and how long an access takes. */
        public Builder lastLevelCache(Bytes size, Duration latency) {
            lastLevelCache(size);
            this.cacheLatency = latency;
            return this;
        }

        /** The same with unknown latency: traffic that fits costs nothing but its arithmetic. */
        public Builder lastLevelCache(Bytes size) {
            this.lastLevelCache = size;
            return this;
        }

        /** Says that stores of whole lines never read them first, as on processors that detect streams of stores. */
        public Builder noWriteAllocate() {
            this.writeAllocate = false;
            return this;
        }

        /** Makes the description. */
        public CpuLayout build() {
            return new CpuLayout(this);
        }
    }
}
