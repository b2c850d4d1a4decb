package org.motleysim.bench.federated;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Flops;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.population.DeviceClass;
import org.motleysim.hardware.population.DeviceTable;
import org.motleysim.hardware.population.PopulationModel;
import org.motleysim.hardware.radio.RadioTechnology;
import org.motleysim.workloads.federated.Aggregation;
import org.motleysim.workloads.federated.FederatedJob;
import org.motleysim.workloads.federated.LocalWork;
import org.motleysim.workloads.federated.Payload;
import org.motleysim.workloads.federated.Radio;
import org.motleysim.workloads.federated.population.ClientPopulation;
import org.motleysim.workloads.federated.population.DataVolume;
import org.motleysim.workloads.federated.population.Renewal;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;

/**
 * Speed and memory of federated runs, with availability, latency, energy and staleness counted:
 *
 * <pre>
 * java -Xmx4g -cp ... org.motleysim.bench.federated.FederatedSpeed [10m] [100m] [sync]
 * </pre>
 *
 * <p>{@code 10m}: ten million clients, buffered asynchronous, 10,000 at once, 20 million completions. {@code 100m}: a hundred million clients, two
 * million completions. {@code sync}: 1,000 replications of 10,000 clients and 500 synchronous rounds of 100. Without an argument all of them. Besides
 * the wall clock, which other programs disturb, the processor time of the process is printed.
 */
public final class FederatedSpeed {
    private static final Cluster SERVER = Cluster.builder("server")
            .add(1, Catalog.builtIn().device("nvidia-a10g-24gb"))
            .build();

    private FederatedSpeed() {}

    /** Runs the cases that are named. */
    public static void main(String[] arguments) throws Exception {
        List<String> wanted = arguments.length == 0 ? List.of("10m", "100m", "sync") : List.of(arguments);
        System.out.printf(
                "%-44s %12s %9s %9s %12s %9s%n", "case", "completions", "wall s", "cpu s", "ns/complet.", "B/client");
        if (wanted.contains("10m")) {
            buffered("10M clients, buffered, 10k in flight", 10_000_000, 20_000_000);
        }
        if (wanted.contains("100m")) {
            buffered("100M clients, buffered, 10k in flight", 100_000_000, 2_000_000);
        }
        if (wanted.contains("sync")) {
            synchronous(1_000);
        }
    }

    private static PopulationModel phones() {
        // Shares and ratios of the speeds of FLASH's three tiers (Yang et al., WWW 2021); scale and links are round
        // numbers.
        return PopulationModel.of(DeviceTable.of(List.of(
                phone("low", 0.53153, 0.353e9, 4.0),
                phone("mid", 0.46398, 1.0e9, 4.5),
                phone("high", 0.00449, 1.74e9, 5.0))));
    }

    private static DeviceClass phone(String name, double share, double flopsPerSecond, double watts) {
        return new DeviceClass(
                name,
                share,
                FlopRate.of(flopsPerSecond),
                Bytes.gigabytes(4),
                Bandwidth.megabitsPerSecond(40),
                Bandwidth.megabitsPerSecond(25),
                Optional.of(Energy.joules(50_000)),
                Optional.empty(),
                Optional.of(Power.watts(watts)));
    }

    private static FederatedJob.Builder job(int clients) {
        ClientPopulation population = ClientPopulation.of(phones(), clients)
                .with(new DataVolume.Law(org.motleysim.core.random.Distribution.logNormal(30, 300)))
                .with(Renewal.exponential(3_600, 7_200));
        return FederatedJob.of(population)
                .work(new LocalWork.Training(Flops.giga(0.6), new LocalWork.Amount.Epochs(1, 20)))
                .payload(Payload.of(Bytes.megabytes(14), Bytes.megabytes(14)))
                .radio(Radio.of(RadioTechnology.builtIn("wifi")));
    }

    private static void buffered(String name, int clients, long completions) throws Exception {
        FederatedJob job = job(clients)
                .aggregation(Aggregation.Buffered.of(10_000, 1_000))
                .limit(FederatedJob.Limit.tasks(completions))
                .build();
        measure(name, () -> {
            RunResult result = Scenario.of(SERVER, job).seed(1).build().run();
            double done =
                    result.metrics().value("tasks.arrived") + result.metrics().value("tasks.lost.availability");
            return new double[] {done, result.metrics().value("clients.memory")};
        });
    }

    private static void synchronous(int replications) throws Exception {
        FederatedJob job = job(10_000)
                .aggregation(Aggregation.Synchronous.of(100))
                .limit(FederatedJob.Limit.versions(500))
                .build();
        Scenario scenario = Scenario.of(SERVER, job).build();
        measure(replications + " x 10k clients, 500 rounds of 100", () -> {
            double completions = IntStream.range(0, replications)
                    .parallel()
                    .mapToDouble(i -> Scenario.of(SERVER, job)
                            .seed(i)
                            .build()
                            .run()
                            .metrics()
                            .value("tasks.arrived"))
                    .sum();
            return new double[] {completions, scenario.run().metrics().value("clients.memory")};
        });
    }

    private static void measure(String name, Callable<double[]> body) throws Exception {
        long wall = System.nanoTime();
        long cpu = cpuNanos();
        double[] found = body.call();
        double wallSeconds = (System.nanoTime() - wall) * 1e-9;
        double cpuSeconds = (cpuNanos() - cpu) * 1e-9;
        System.out.printf(
                Locale.ROOT,
                "%-44s %12.0f %9.1f %9.1f %12.0f %9.1f%n",
                name,
                found[0],
                wallSeconds,
                cpuSeconds,
                cpuSeconds / found[0] * 1e9,
                found[1]);
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : System.nanoTime();
    }
}
