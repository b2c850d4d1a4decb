package org.motleysim.hardware.cost;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.hardware.catalog.CpuLayouts;
import org.motleysim.hardware.catalog.EfficiencyCatalog;
import org.motleysim.hardware.device.CpuLayout;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.power.DynamicEnergy;
import org.motleysim.hardware.power.OperatingPoint;

/**
 * Kernels on a processor with several cores and memory nodes:
 *
 * <pre>
 * seconds(t) = max( flops / (t * reached * core rate),
 *                   bytes per thread / core bandwidth,      lines in flight * 64 / latency (Little's law)
 *                   bytes of a node / sustained bandwidth,
 *                   bytes over a link / link bandwidth )
 * seconds    = serial * seconds(1) + (1 - serial) * seconds(threads)      (Amdahl)
 * </pre>
 *
 * <p>Bytes written count twice on processors whose stores read the line first, unless stores stream. Which node a thread's bytes come from
 * is said by the {@link CpuPlacement}. Work whose bytes fit in the last-level cache is served from there if the caches are warm; they are
 * cold by default, since what a layer leaves behind is gone when its turn comes again. The model card is docs/models/cpu.md.
 *
 * <p>This is a bound of time like the roofline, but one that knows threads and nodes: overheads of software are not in it.
 */
public final class CpuCostModel implements CostModel {
    /**
     * Share of the peak bandwidth that memory sustains with many threads. McCalpin gives 75% to 85% for servers of all generations
     * ("Single-core memory bandwidth: latency, bandwidth, and concurrency", 2025); this is the middle.
     */
    public static final double SUSTAINED_BANDWIDTH = 0.80;

    private static final CpuCostModel BUILT_IN =
            new CpuCostModel(null, CpuPlacement.ALL_LOCAL, 0, SUSTAINED_BANDWIDTH, 1, false, false);

    private final @Nullable CpuLayout layout;
    private final CpuPlacement placement;
    private final double serial;
    private final double sustained;
    private final double reached;
    private final boolean streamingStores;
    private final boolean warm;

    private CpuCostModel(
            @Nullable CpuLayout layout,
            CpuPlacement placement,
            double serial,
            double sustained,
            double reached,
            boolean streamingStores,
            boolean warm) {
        this.layout = layout;
        this.placement = placement;
        this.serial = serial;
        this.sustained = sustained;
        this.reached = reached;
        this.streamingStores = streamingStores;
        this.warm = warm;
    }

    /** Returns the model with the layouts that come with Motley ({@link CpuLayouts}), on all cores. */
    public static CpuCostModel builtIn() {
        return BUILT_IN;
    }

    /** Returns the model of a processor that the user describes, whatever device it is asked about. */
    public static CpuCostModel of(CpuLayout layout) {
        return new CpuCostModel(layout, CpuPlacement.ALL_LOCAL, 0, SUSTAINED_BANDWIDTH, 1, false, false);
    }

    /** Returns the model with threads and data elsewhere. */
    public CpuCostModel placed(CpuPlacement placement) {
        return new CpuCostModel(layout, placement, serial, sustained, reached, streamingStores, warm);
    }

    /**
     * Returns the model with a share of each kernel that only one thread can do.
     *
     * @throws IllegalArgumentException if it is not in [0, 1]
     */
    public CpuCostModel serial(double share) {
        return new CpuCostModel(layout, placement, share("serial", share), sustained, reached, streamingStores, warm);
    }

    /**
     * Returns the model with another sustained share of the peak bandwidth, such as a measured one.
     *
     * @throws IllegalArgumentException if it is not in (0, 1]
     */
    public CpuCostModel sustained(double share) {
        return new CpuCostModel(
                layout, placement, serial, positiveShare("sustained", share), reached, streamingStores, warm);
    }

    /**
     * Returns the model with kernels that reach less than the peak of the vector units, such as those of a framework that was measured on
     * a like processor. Without it arithmetic is as fast as it can be.
     *
     * @throws IllegalArgumentException if it is not in (0, 1]
     */
    public CpuCostModel reaching(double shareOfVectorPeak) {
        return new CpuCostModel(
                layout,
                placement,
                serial,
                sustained,
                positiveShare("shareOfVectorPeak", shareOfVectorPeak),
                streamingStores,
                warm);
    }

    /** Returns the model with stores that bypass the caches, so that they read nothing. */
    public CpuCostModel streamingStores() {
        return new CpuCostModel(layout, placement, serial, sustained, reached, true, warm);
    }

    /** Returns the model with caches that still hold what fits into them. */
    public CpuCostModel warm() {
        return new CpuCostModel(layout, placement, serial, sustained, reached, streamingStores, true);
    }

    /** Returns the placement. */
    public CpuPlacement placement() {
        return placement;
    }

    /** Returns the serial share. */
    public double serial() {
        return serial;
    }

    /** Returns the share of the vector units' peak that kernels reach. */
    public double reached() {
        return reached;
    }

    /** Returns the share of the peak bandwidth that memory sustains. */
    public double sustained() {
        return sustained;
    }

    /** Returns whether stores bypass the caches. */
    public boolean hasStreamingStores() {
        return streamingStores;
    }

    /** Returns whether caches are warm. */
    public boolean isWarm() {
        return warm;
    }

    /** Returns whether this model can answer for the device: its layout is known. */
    public boolean knows(DeviceSpec spec) {
        return layout != null || CpuLayouts.builtIn().find(spec.name()).isPresent();
    }

    @Override
    public Cost cost(Kernel kernel, DeviceSpec spec, OperatingPoint point) {
        return bind(spec, point).cost(kernel);
    }

    /** @throws IllegalArgumentException if the layout of the device is unknown, or it has fewer cores than threads were asked for */
    @Override
    public BoundCostModel bind(DeviceSpec spec, OperatingPoint point) {
        CpuLayout of = layout == null
                ? CpuLayouts.builtIn()
                        .find(spec.name())
                        .orElseThrow(() -> spec.missing("layout of cores and memory nodes", "the CPU model"))
                : layout;
        return new OnDevice(of, spec, point);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CpuCostModel that
                && Objects.equals(layout, that.layout)
                && placement.equals(that.placement)
                && serial == that.serial
                && sustained == that.sustained
                && reached == that.reached
                && streamingStores == that.streamingStores
                && warm == that.warm;
    }

    @Override
    public int hashCode() {
        return Objects.hash(layout, placement, serial);
    }

    @Override
    public String toString() {
        return "CPU";
    }

    private static double share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " (" + value + ") must be a share in [0, 1]");
        }
        return value;
    }

    private static double positiveShare(String name, double value) {
        if (value == 0) {
            throw new IllegalArgumentException(name + " (0) must be more than zero");
        }
        return share(name, value);
    }

    /** Threads on nodes, resolved: how long one byte and one flop take when spread over them. */
    private record Team(int threads, double secondsPerCoreByte, double secondsPerNodeByte, double secondsPerLinkByte) {
        double trafficSeconds(double bytes) {
            return bytes * Math.max(secondsPerCoreByte, Math.max(secondsPerNodeByte, secondsPerLinkByte));
        }
    }

    private final class OnDevice implements BoundCostModel {
        private final CpuLayout cpu;
        private final DeviceSpec spec;
        private final OperatingPoint point;
        private final @Nullable DynamicEnergy energy;
        private final Team all;
        private final Team one;
        private Widening widening;

        OnDevice(CpuLayout cpu, DeviceSpec spec, OperatingPoint point) {
            int threads = placement.threads() == 0 ? cpu.cores() : placement.threads();
            if (threads > cpu.cores()) {
                throw new IllegalArgumentException(
                        "threads (" + threads + ") must be at most the cores of " + spec.name() + ", " + cpu.cores());
            }
            this.cpu = cpu;
            this.spec = spec;
            this.point = point;
            this.energy = spec.tdp().isPresent()
                    ? new DynamicEnergy(spec, EfficiencyCatalog.builtIn().power(spec.kind()))
                    : null;
            this.widening = Widening.of(spec, NumberFormat.FP32, NumberFormat.FP32, NumberFormat.FP32);
            this.all = team(threads);
            this.one = team(1);
        }

        /** Finds the slowest core, node and link when each of {@code threads} does an equal part of the work. */
        private Team team(int threads) {
            int nodes = cpu.nodes();
            int perNode = cpu.cores() / nodes;
            var running = new int[nodes];
            for (int thread = 0; thread < threads; thread++) {
                running[placement.spread() == CpuPlacement.Spread.COMPACT ? thread / perNode : thread % nodes]++;
            }
            double node = cpu.nodeBandwidth().bytesPerSecond() * sustained;
            double link =
                    cpu.remoteBandwidth().map(known -> known.bytesPerSecond()).orElse(Double.POSITIVE_INFINITY);
            double slowestCore = 0;
            double slowestLink = 0;
            var load = new double[nodes];
            var sent = new double[nodes];
            for (int user = 0; user < nodes; user++) {
                double share = running[user] / (double) threads;
                double remote = 0;
                for (int home = 0; home < nodes; home++) {
                    double part =
                            switch (placement.pages()) {
                                case LOCAL -> home == user ? 1 : 0;
                                case INTERLEAVE -> 1.0 / nodes;
                                case FIRST_NODE -> home == 0 ? 1 : 0;
                            };
                    load[home] += share * part;
                    if (home != user) {
                        remote += part;
                        sent[home] += share * part;
                    }
                }
                if (running[user] > 0) {
                    slowestCore = Math.max(slowestCore, 1 / (threads * cpu.coreBytesPerSecond(remote)));
                    slowestLink = Math.max(slowestLink, share * remote / link);
                }
            }
            double slowestNode = 0;
            for (int home = 0; home < nodes; home++) {
                slowestNode = Math.max(slowestNode, load[home] / node);
                slowestLink = Math.max(slowestLink, sent[home] / link);
            }
            return new Team(threads, slowestCore, slowestNode, slowestLink);
        }

        @Override
        public Cost cost(Kernel kernel) {
            double seconds = serial * seconds(kernel, one) + (1 - serial) * seconds(kernel, all);
            return new Cost(seconds, joules(kernel, seconds));
        }

        private double seconds(Kernel kernel, Team team) {
            return Math.max(computeSeconds(kernel, team), trafficSeconds(kernel, team));
        }

        private double computeSeconds(Kernel kernel, Team team) {
            return kernel.flops() == 0
                    ? 0
                    : widening(kernel)
                            .together(
                                    kernel.flops() / (team.threads() * reached * coreRate(kernel.format())),
                                    widening(kernel).seconds(kernel)
                                            * cpu.cores()
                                            / (team.threads() * reached * point.clock()));
        }

        /** What reading narrow numbers costs the vector units of all cores. */
        private Widening widening(Kernel kernel) {
            NumberFormat stored = kernel.storedFormat();
            if (!widening.asked().equals(kernel.format()) || !widening.stored().equals(stored)) {
                NumberFormat computed = spec.computeFormat(kernel.format()).orElse(kernel.format());
                widening = Widening.of(spec, kernel.format(), stored, computed);
            }
            return widening;
        }

        private double trafficSeconds(Kernel kernel, Team team) {
            return fits(kernel)
                    ? kernel.bytes() / (team.threads() * cpu.coreCacheBytesPerSecond())
                    : team.trafficSeconds(bytes(kernel));
        }

        private double bytes(Kernel kernel) {
            boolean twice = cpu.writeAllocate() && !streamingStores;
            return kernel.bytesRead() + (twice ? 2 : 1) * kernel.bytesWritten();
        }

        private boolean fits(Kernel kernel) {
            return warm
                    && cpu.lastLevelCache()
                            .map(size -> kernel.bytes() <= size.value())
                            .orElse(false);
        }

        private double coreRate(NumberFormat format) {
            OptionalDouble vectors = cpu.coreFlops(format.elementBits());
            if (vectors.isPresent()) {
                return vectors.getAsDouble() * point.clock();
            }
            FlopRate peak = spec.computeFormat(format)
                    .flatMap(spec::peak)
                    .orElseThrow(() -> spec.missing(
                            "peak rate in " + format.label() + " or a format it falls back to (known: "
                                    + spec.knownFormats() + ")",
                            "models of time"));
            return peak.flopsPerSecond() / cpu.cores() * point.clock();
        }

        private double joules(Kernel kernel, double seconds) {
            if (energy == null) {
                throw spec.missing("tdp", "models of energy");
            }
            double compute = kernel.flops() == 0 ? 0 : kernel.flops() / (cpu.cores() * coreRate(kernel.format()));
            double traffic = bytes(kernel) / (cpu.nodes() * cpu.nodeBandwidth().bytesPerSecond());
            double widened = kernel.flops() == 0 ? 0 : widening(kernel).seconds(kernel);
            return energy.joules(seconds, compute * point.clock() + widened, traffic, point);
        }

        @Override
        public Bound bound(Kernel kernel, Cost cost) {
            double traffic = trafficSeconds(kernel, all);
            if (computeSeconds(kernel, all) >= traffic) {
                return Bound.COMPUTE;
            }
            return !fits(kernel) && bytes(kernel) * all.secondsPerLinkByte() == traffic ? Bound.LINK : Bound.MEMORY;
        }

        @Override
        public Estimate explain(Kernel kernel) {
            Cost cost = cost(kernel);
            double bytes = bytes(kernel);
            Bound bound = bound(kernel, cost);
            double atPeak = bound == Bound.COMPUTE
                    ? kernel.flops() / (cpu.cores() * coreRate(kernel.format()))
                    : bytes / (cpu.nodes() * cpu.nodeBandwidth().bytesPerSecond());
            String note = widening(kernel)
                            .note(kernel.flops() == 0 ? 0 : widening(kernel).seconds(kernel) / point.clock())
                    + all.threads() + " threads on " + cpu.nodes() + " memory nodes"
                    + (cpu.coreBytesPerSecond(0) == Double.POSITIVE_INFINITY
                            ? "; bandwidth of one core unknown, taken as unlimited"
                            : "");
            return new Estimate(
                    cost,
                    bound,
                    cost.seconds() > 0 ? atPeak / cost.seconds() : 0,
                    CpuCostModel.this.toString(),
                    OptionalDouble.empty(),
                    note);
        }
    }

    /** Returns the layout that was given, if any. */
    public Optional<CpuLayout> layout() {
        return Optional.ofNullable(layout);
    }
}
