package org.motleysim.bench.offload;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Power;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.core.trace.TraceSink;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.hardware.radio.Contention;
import org.motleysim.hardware.radio.RadioPower;
import org.motleysim.hardware.radio.RadioTechnology;
import org.motleysim.workloads.BoundWorkload;
import org.motleysim.workloads.RunContext;
import org.motleysim.workloads.offload.Application;
import org.motleysim.workloads.offload.Backhaul;
import org.motleysim.workloads.offload.Cloud;
import org.motleysim.workloads.offload.EndDevices;
import org.motleysim.workloads.offload.OffloadJob;
import org.motleysim.workloads.offload.OffloadPolicies;
import org.motleysim.workloads.offload.Processor;
import org.motleysim.workloads.offload.Queueing;
import org.motleysim.workloads.offload.Site;
import org.motleysim.workloads.offload.Work;

/**
 * How fast offloading is simulated: 10,000 devices with Wi-Fi radios under 200 contended access points with servers of their own, and a
 * cloud; about 1.13 million tasks of exponential sizes, all of them offloaded, one in five to the cloud. Energy of radios, processors and
 * links is metered, and the conservation laws are checked at the end. The median of five runs after two to warm up; then the heap that a
 * run retains when half of its time is over, for each device.
 *
 * <pre>
 * mvn -q -DskipTests package
 * java -Xmx1g -XX:+UseSerialGC -cp sim-bench/target/benchmarks.jar org.motleysim.bench.offload.OffloadSpeed
 * </pre>
 */
public final class OffloadSpeed {
    private static final int DEVICES = 10_000;
    private static final int SITES = 200;
    private static final Duration HORIZON = Duration.ofSeconds(1_130);
    private static final int WARMUP_RUNS = 2;
    private static final int MEASURED_RUNS = 5;

    private OffloadSpeed() {}

    /** Runs it. */
    public static void main(String[] none) {
        for (int i = 0; i < WARMUP_RUNS; i++) {
            new Run().toEnd();
        }
        var rates = new double[MEASURED_RUNS];
        MetricSet metrics = MetricSet.builder().build();
        for (int i = 0; i < MEASURED_RUNS; i++) {
            long before = cpuNanos();
            metrics = new Run().toEnd();
            rates[i] = metrics.value("tasks.finished") / ((cpuNanos() - before) / 1e9);
        }
        Arrays.sort(rates);
        System.out.printf(
                Locale.ROOT,
                "%,d devices, %,.0f tasks offloaded, %.2f million tasks per CPU second (%.2f to %.2f), latency %.3f s, unstable %.0f%n",
                DEVICES,
                metrics.value("tasks.edge") + metrics.value("tasks.cloud"),
                rates[MEASURED_RUNS / 2] / 1e6,
                rates[0] / 1e6,
                rates[MEASURED_RUNS - 1] / 1e6,
                metrics.value("latency.mean"),
                metrics.value("unstable"));
        System.out.printf(Locale.ROOT, "%.0f bytes of heap per device%n", bytesPerDevice());
    }

    private static double bytesPerDevice() {
        OffloadJob job = job();
        long before = used();
        Run run = new Run(job);
        run.simulation.runUntil(SimTime.nanos(HORIZON) / 2);
        double bytes = (double) (used() - before) / DEVICES;
        // Keeps the run alive until its heap was measured.
        System.out.printf(Locale.ROOT, "%,d tasks in half of the time; ", run.bound.completed());
        return bytes;
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static final class Run {
        private final Simulation simulation = new Simulation();
        private final BoundWorkload bound;

        Run() {
            this(job());
        }

        Run(OffloadJob job) {
            Cluster cluster = Cluster.builder("none")
                    .add(1, Catalog.builtIn().device("raspberry-pi-5-4gb"))
                    .price(PriceModel.free())
                    .build();
            bound = job.bind(new RunContext(
                    simulation,
                    cluster.bind(simulation),
                    RandomStreams.of(1),
                    TraceSink.none(),
                    0,
                    SimTime.nanos(HORIZON)));
            bound.start();
        }

        MetricSet toEnd() {
            simulation.runUntil(SimTime.nanos(HORIZON));
            MetricSet.Builder metrics = MetricSet.builder();
            bound.finish(metrics);
            if (!bound.conservation().stream().allMatch(law -> law.holds())) {
                throw new IllegalStateException("conservation is violated: " + bound.conservation());
            }
            return metrics.build();
        }
    }

    private static OffloadJob job() {
        Application application = new Application(
                "recognition",
                1,
                Duration.ofSeconds(10),
                Duration.ofDays(365),
                Duration.ZERO,
                Bytes.kilobytes(150),
                Bytes.kilobytes(25),
                new Work.Instructions(400),
                Application.Sizes.EXPONENTIAL,
                0.2,
                Optional.of(Duration.ofSeconds(1)));
        List<Site> sites = new ArrayList<>();
        for (int i = 0; i < SITES; i++) {
            sites.add(Site.of(
                            "site-" + i,
                            RadioTechnology.builtIn("wifi"),
                            Processor.mips(4, 1000, Power.watts(100), Power.watts(250)))
                    .contended(Contention.wlan()));
        }
        return OffloadJob.builder("edge")
                .applications(List.of(application))
                .classes(List.of(EndDevices.of(
                        "phone",
                        DEVICES,
                        Processor.mips(1, 500, Power.watts(0.2), Power.watts(5)),
                        RadioPower.builtIn("wifi"))))
                .sites(sites)
                .backhaul(Backhaul.of(Bandwidth.gigabitsPerSecond(1), Duration.ofMillis(10)))
                .cloud(new Cloud(
                        Processor.mips(800, 10_000, Power.ZERO, Power.watts(5776)),
                        Queueing.PROCESSOR_SHARING,
                        Backhaul.of(Bandwidth.gigabitsPerSecond(1), Duration.ofMillis(60))))
                .policy(OffloadPolicies.Named.CLOUD_SHARE)
                .build();
    }
}
