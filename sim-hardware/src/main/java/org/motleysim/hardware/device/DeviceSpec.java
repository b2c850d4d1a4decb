package org.motleysim.hardware.device;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.MoneyRate;
import org.motleysim.core.quantity.Power;

/**
 * The datasheet of a device: peaks, memory, links, power, price. Immutable, with value equality; safe to share between threads.
 *
 * <p>What a datasheet does not say stays absent, and the model that needs it says so: there is no default and no zero.
 *
 * <pre>{@code
 * DeviceSpec mine = DeviceSpec.builder("my-npu", DeviceKind.NPU)
 *     .peak(NumberFormat.INT8, FlopRate.teraflopsPerSecond(40))
 *     .memory("LPDDR5", Bytes.gibibytes(16), Bandwidth.gigabytesPerSecond(68))
 *     .tdp(Power.watts(15))
 *     .idle(Power.watts(2))
 *     .build();
 * }</pre>
 */
public final class DeviceSpec {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");

    private final String name;
    private final String title;
    private final DeviceKind kind;
    private final String vendor;
    private final OptionalInt year;
    private final Map<NumberFormat, FlopRate> peaks;
    private final List<MemoryTier> memory;
    private final List<LinkSpec> links;
    private final @Nullable Power tdp;
    private final @Nullable Power idle;
    private final @Nullable MoneyRate pricePerHour;
    private final OptionalInt units;
    private final @Nullable Bytes lastLevelCache;
    private final String notes;
    private final Map<String, String> sources;
    private final int hash;

    private DeviceSpec(Builder from) {
        this.name = from.name;
        this.title = from.title;
        this.kind = from.kind;
        this.vendor = from.vendor;
        this.year = from.year;
        this.peaks = Collections.unmodifiableMap(new TreeMap<>(from.peaks));
        this.memory = List.copyOf(from.memory);
        this.links = List.copyOf(from.links);
        this.tdp = from.tdp;
        this.idle = from.idle;
        this.pricePerHour = from.pricePerHour;
        this.units = from.units;
        this.lastLevelCache = from.lastLevelCache;
        this.notes = from.notes;
        this.sources = Collections.unmodifiableMap(new TreeMap<>(from.sources));
        this.hash = Objects.hash(name, peaks, memory, links, tdp, idle, pricePerHour, units, lastLevelCache);
    }

    /**
     * Starts a description.
     *
     * @param name lower-case letters, digits, dots and hyphens, such as {@code "nvidia-h100-sxm-80gb"}
     * @throws IllegalArgumentException if the name is written otherwise
     */
    public static Builder builder(String name, DeviceKind kind) {
        return new Builder(name, kind);
    }

    /** Starts a description with everything this one says, to change some of it. */
    public Builder toBuilder() {
        Builder copy = new Builder(name, kind);
        copy.title = title;
        copy.vendor = vendor;
        copy.year = year;
        copy.peaks.putAll(peaks);
        copy.memory.addAll(memory);
        copy.links.addAll(links);
        copy.tdp = tdp;
        copy.idle = idle;
        copy.pricePerHour = pricePerHour;
        copy.units = units;
        copy.lastLevelCache = lastLevelCache;
        copy.notes = notes;
        copy.sources.putAll(sources);
        return copy;
    }

    /** Returns the unique name. */
    public String name() {
        return name;
    }

    /** Returns the name for people, such as {@code "NVIDIA H100 SXM5 80 GB"}. */
    public String title() {
        return title;
    }

    /** Returns the class of device. */
    public DeviceKind kind() {
        return kind;
    }

    /** Returns who makes it; empty when not said. */
    public String vendor() {
        return vendor;
    }

    /** Returns the year of release. */
    public OptionalInt year() {
        return year;
    }

    /** Returns the dense peak rate in a format; empty when the device has no multiplier for it or the datasheet does not say. */
    public Optional<FlopRate> peak(NumberFormat format) {
        return Optional.ofNullable(peaks.get(format));
    }

    /** Returns the dense peak rates that are known, in the order of the formats. */
    public Map<NumberFormat, FlopRate> peaks() {
        return peaks;
    }

    /**
     * Returns the format this device computes in when asked for {@code format}: itself or the first known one of {@link
     * NumberFormat#fallbacks}.
     */
    public Optional<NumberFormat> computeFormat(NumberFormat format) {
        if (peaks.containsKey(format)) {
            return Optional.of(format);
        }
        return format.fallbacks().stream().filter(peaks::containsKey).findFirst();
    }

    /** Returns whether this device multiplies the elements of a format as they are stored, so that nothing has to be widened. */
    public boolean isNative(NumberFormat format) {
        return peaks.containsKey(format) || peaks.containsKey(format.multiplier());
    }

    /** Returns the memory tiers, the main memory first. */
    public List<MemoryTier> memory() {
        return memory;
    }

    /**
     * Returns the memory that weights and activations live in.
     *
     * @throws IllegalArgumentException if the datasheet lists none
     */
    public MemoryTier mainMemory() {
        if (memory.isEmpty()) {
            throw missing("memory", "models of memory and time");
        }
        return memory.get(0);
    }

    /**
     * Returns the capacity of the main memory.
     *
     * @throws IllegalArgumentException if the datasheet does not say, naming the device and the blank
     */
    public Bytes memoryCapacity() {
        MemoryTier main = mainMemory();
        return main.knownCapacity()
                .orElseThrow(() -> missing("memory." + main.name() + ".capacity", "models of memory"));
    }

    /**
     * Returns the peak bandwidth of the main memory.
     *
     * @throws IllegalArgumentException if the datasheet does not say, naming the device and the blank
     */
    public Bandwidth memoryBandwidth() {
        MemoryTier main = mainMemory();
        return main.knownBandwidth()
                .orElseThrow(() -> missing("memory." + main.name() + ".bandwidth", "models of time"));
    }

    /**
     * Returns the latency of a port, one way.
     *
     * @throws IllegalArgumentException if nobody published it, naming the device and the blank
     */
    public Duration linkLatency(LinkSpec link) {
        return link.knownLatency()
                .orElseThrow(() -> missing("links." + link.name() + ".latency", "models of transfers"));
    }

    /** Returns the ports. */
    public List<LinkSpec> links() {
        return links;
    }

    /** Returns the port to the other devices of a node: the peer link, else the host link (PCIe). */
    public Optional<LinkSpec> deviceLink() {
        return links.stream()
                .filter(link -> link.role() == LinkSpec.Role.PEER)
                .findFirst()
                .or(() -> links.stream()
                        .filter(link -> link.role() == LinkSpec.Role.HOST)
                        .findFirst());
    }

    /** Returns the power the device is built to sustain. */
    public Optional<Power> tdp() {
        return Optional.ofNullable(tdp);
    }

    /** Returns the power with nothing to do. */
    public Optional<Power> idle() {
        return Optional.ofNullable(idle);
    }

    /** Returns the on-demand rent of one device. */
    public Optional<MoneyRate> pricePerHour() {
        return Optional.ofNullable(pricePerHour);
    }

    /** Returns the multiprocessors of a GPU or the cores of a CPU: the parts that work is divided among. */
    public OptionalInt units() {
        return units;
    }

    /** Returns the size of the cache in front of the main memory. */
    public Optional<Bytes> lastLevelCache() {
        return Optional.ofNullable(lastLevelCache);
    }

    /** Returns what a reader of the numbers should know, for people; empty when there is nothing. */
    public String notes() {
        return notes;
    }

    /** Returns where each number comes from, by path, such as {@code "peak.bf16"}; sorted by path. */
    public Map<String, String> sources() {
        return sources;
    }

    /** Returns the error of a model that needs something this datasheet leaves blank. */
    public IllegalArgumentException missing(String what, String neededBy) {
        return new IllegalArgumentException("device (" + name + ") has no " + what + ", which " + neededBy
                + " need\nMaybe add it with DeviceSpec.toBuilder() or in your own device file.");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DeviceSpec that
                && hash == that.hash
                && name.equals(that.name)
                && title.equals(that.title)
                && kind == that.kind
                && vendor.equals(that.vendor)
                && year.equals(that.year)
                && peaks.equals(that.peaks)
                && memory.equals(that.memory)
                && links.equals(that.links)
                && Objects.equals(tdp, that.tdp)
                && Objects.equals(idle, that.idle)
                && Objects.equals(pricePerHour, that.pricePerHour)
                && units.equals(that.units)
                && Objects.equals(lastLevelCache, that.lastLevelCache)
                && notes.equals(that.notes)
                && sources.equals(that.sources);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return name;
    }

    /** Collects a datasheet; not safe for use by two threads. */
    public static final class Builder {
        private final String name;
        private final DeviceKind kind;
        private String title;
        private String vendor = "";
        private OptionalInt year = OptionalInt.empty();
        private final Map<NumberFormat, FlopRate> peaks = new TreeMap<>();
        private final List<MemoryTier> memory = new ArrayList<>();
        private final List<LinkSpec> links = new ArrayList<>();
        private @Nullable Power tdp;
        private @Nullable Power idle;
        private @Nullable MoneyRate pricePerHour;
        private OptionalInt units = OptionalInt.empty();
        private @Nullable Bytes lastLevelCache;
        private String notes = "";
        private final Map<String, String> sources = new TreeMap<>();

        private Builder(String name, DeviceKind kind) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("name of a device (\"" + name
                        + "\") must be lower-case letters and digits, joined by single hyphens or dots"
                        + "\nMaybe \"my-device-16gb\".");
            }
            this.name = name;
            this.kind = kind;
            this.title = name;
        }

        /** Sets the name for people; the default is the unique name. */
        public Builder title(String title) {
            this.title = title;
            return this;
        }

        /** Sets who makes it. */
        public Builder vendor(String vendor) {
            this.vendor = vendor;
            return this;
        }

        /**
         * Sets the year of release.
         *
         * @throws IllegalArgumentException if it is not between 1940 and 2100
         */
        public Builder year(int year) {
            if (year < 1940 || year > 2100) {
                throw new IllegalArgumentException("year (" + year + ") must be between 1940 and 2100");
            }
            this.year = OptionalInt.of(year);
            return this;
        }

        /**
         * Sets the dense peak rate in a format (without structured sparsity; a multiply-add is two).
         *
         * @throws IllegalArgumentException if it is zero
         */
        public Builder peak(NumberFormat format, FlopRate rate) {
            if (rate.flopsPerSecond() == 0) {
                throw new IllegalArgumentException(
                        "peak in " + format.label() + " (" + rate
                                + ") must be more than zero\nMaybe leave it out: a format without a peak falls back to a wider one.");
            }
            peaks.put(format, rate);
            return this;
        }

        /**
         * Adds a memory tier; the first is the main memory.
         *
         * @throws IllegalArgumentException if capacity or bandwidth is zero, or the name is taken
         */
        public Builder memory(MemoryTier tier) {
            if (memory.stream().anyMatch(other -> other.name().equals(tier.name()))) {
                throw new IllegalArgumentException(
                        "memory (" + tier.name() + ") must have a name of its own in " + name);
            }
            memory.add(tier);
            return this;
        }

        /** Adds a memory tier; the first is the main memory. */
        public Builder memory(String tierName, Bytes capacity, Bandwidth bandwidth) {
            return memory(new MemoryTier(tierName, capacity, bandwidth));
        }

        /** Adds a port. */
        public Builder link(LinkSpec link) {
            links.add(link);
            return this;
        }

        /**
         * Sets the power the device is built to sustain.
         *
         * @throws IllegalArgumentException if it is zero
         */
        public Builder tdp(Power tdp) {
            if (tdp.watts() == 0) {
                throw new IllegalArgumentException("tdp of " + name + " (" + tdp + ") must be more than zero");
            }
            this.tdp = tdp;
            return this;
        }

        /** Sets the power with nothing to do. */
        public Builder idle(Power idle) {
            this.idle = idle;
            return this;
        }

        /** Sets the on-demand rent of one device, such as {@code MoneyRate.usdPerHour(3.99)}. */
        public Builder pricePerHour(MoneyRate price) {
            this.pricePerHour = price;
            return this;
        }

        /**
         * Sets the multiprocessors of a GPU or the cores of a CPU.
         *
         * @throws IllegalArgumentException if there are none, or more than ten million
         */
        public Builder units(int units) {
            if (units < 1 || units > 10_000_000) {
                throw new IllegalArgumentException("units (" + units + ") must be between 1 and 10000000");
            }
            this.units = OptionalInt.of(units);
            return this;
        }

        /** Sets the size of the cache in front of the main memory. */
        public Builder lastLevelCache(Bytes size) {
            this.lastLevelCache = size;
            return this;
        }

        /** Sets what a reader of the numbers should know, such as what a vendor's figure counts. */
        public Builder notes(String notes) {
            this.notes = notes;
            return this;
        }

        /** Notes where the number at a path, such as {@code "peak.bf16"} or {@code "tdp"}, comes from. */
        public Builder source(String path, String source) {
            sources.put(path, source);
            return this;
        }

        /**
         * Returns the description.
         *
         * @throws IllegalArgumentException if the idle power exceeds the TDP
         */
        public DeviceSpec build() {
            if (tdp != null && idle != null && idle.watts() > tdp.watts()) {
                throw new IllegalArgumentException(
                        "idle of " + name + " (" + idle + ") must not exceed its tdp (" + tdp + ")");
            }
            return new DeviceSpec(this);
        }
    }

    /** Returns the known formats as text, for messages. */
    public String knownFormats() {
        return peaks.isEmpty()
                ? "none"
                : peaks.keySet().stream().map(NumberFormat::label).collect(Collectors.joining(", "));
    }
}
