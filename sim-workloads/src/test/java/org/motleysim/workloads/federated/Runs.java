package org.motleysim.workloads.federated;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.population.DeviceClass;
import org.motleysim.hardware.population.DeviceTable;
import org.motleysim.hardware.population.PopulationModel;
import org.motleysim.workloads.federated.population.ClientPopulation;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;

/** Short ways to describe and run federated jobs. */
final class Runs {
    static final Cluster SERVER = Cluster.builder("server")
            .add(1, Catalog.builtIn().device("nvidia-a10g-24gb"))
            .build();

    private Runs() {}

    static DeviceClass device(String name, double flopsPerSecond, double bytesPerSecond) {
        return new DeviceClass(
                name,
                1,
                FlopRate.of(flopsPerSecond),
                Bytes.gigabytes(4),
                Bandwidth.of(bytesPerSecond),
                Bandwidth.of(bytesPerSecond),
                Optional.of(Energy.joules(50_000)),
                Optional.empty(),
                Optional.of(Power.watts(4)));
    }

    static PopulationModel devices(DeviceClass... classes) {
        return PopulationModel.of(DeviceTable.of(List.of(classes)));
    }

    /** Clients of one kind: 1 GFLOP/s, 1 MB/s each way. */
    static ClientPopulation clients(int count) {
        return ClientPopulation.of(devices(device("phone", 1e9, 1e6)), count);
    }

    static FederatedJob.Builder timed(int count, Distribution seconds) {
        return FederatedJob.of(clients(count)).work(new LocalWork.Timed(seconds));
    }

    static RunResult run(FederatedJob job, long seed) {
        return Scenario.of(SERVER, job).seed(seed).build().run();
    }

    static RunResult run(FederatedJob job, long seed, Duration horizon) {
        return Scenario.of(SERVER, job).seed(seed).horizon(horizon).build().run();
    }

    static double value(RunResult result, String metric) {
        return result.metrics().value(metric);
    }

    static RoundLog rounds(RunResult result) {
        return result.logs().stream()
                .filter(RoundLog.class::isInstance)
                .map(RoundLog.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
