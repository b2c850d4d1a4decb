package org.motleysim.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Flops;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.population.DeviceClass;
import org.motleysim.hardware.population.DeviceTable;
import org.motleysim.hardware.population.PopulationModel;
import org.motleysim.hardware.population.Selection;
import org.motleysim.workloads.federated.Aggregation;
import org.motleysim.workloads.federated.FederatedJob;
import org.motleysim.workloads.federated.LocalWork;
import org.motleysim.workloads.federated.Payload;
import org.motleysim.workloads.federated.Server;
import org.motleysim.workloads.federated.learning.Model;
import org.motleysim.workloads.federated.learning.RealLearning;
import org.motleysim.workloads.federated.learning.StalenessWeight;
import org.motleysim.workloads.federated.learning.SyntheticData;
import org.motleysim.workloads.federated.population.ClientPopulation;
import org.motleysim.workloads.federated.population.DataVolume;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;

/**
 * Eight hospitals with four kinds of GPU train together: synchronous rounds wait for the slowest, FedCompass lets groups arrive together. The
 * numbers of steps and the momentum are those of FedCompass's published example; speeds are a fifth of the datasheets', and data are synthetic.
 */
public final class FederatedHospitals {
    private FederatedHospitals() {}

    /** Runs both and prints the time to 70% accuracy and what the slowest and fastest do. */
    public static void main(String[] arguments) throws IOException {
        for (Scenario scenario : List.of(compass(), synchronous())) {
            RunResult result = scenario.run();
            System.out.printf(
                    "%-28s %6.1f s to 70%% accuracy, a task waits or works %5.1f s, staleness %.2f%n",
                    scenario.name(),
                    result.metrics().value("learning.time_to_target"),
                    result.metrics().value("tasks.time.mean"),
                    result.metrics().value("staleness.mean"));
            result.report().writeHtml(Path.of("out", scenario.name() + ".html"));
        }
    }

    static Scenario compass() {
        return scenario(
                "federated-hospitals",
                "Eight hospitals with unlike GPUs train together: FedCompass gives each as many steps as let groups arrive together",
                new Aggregation.Compass(20, 100, 1.5, 0.9, 1, StalenessWeight.polynomial(0.5)));
    }

    static Scenario synchronous() {
        return scenario(
                "federated-hospitals-sync", "The same hospitals in synchronous rounds", Aggregation.Synchronous.of(8));
    }

    private static Scenario scenario(String name, String description, Aggregation aggregation) {
        var hospitals = PopulationModel.of(DeviceTable.of(List.of(
                        silo("t4", 3.2, 70), silo("rtx-3090", 14, 350), silo("a100", 60, 400), silo("h100", 150, 700))))
                .withSelection(Selection.QUOTAS);
        var job = FederatedJob.of(ClientPopulation.of(hospitals, 8).with(new DataVolume.Dirichlet(16_000, 1)))
                .name("hospitals")
                .work(new LocalWork.Training(Flops.giga(3.64), new LocalWork.Amount.Steps(100, 64)))
                .payload(Payload.of(Bytes.kilobytes(46_800), Bytes.kilobytes(46_800)))
                .server(new Server(
                        Optional.empty(), Flops.ZERO, Optional.empty(), Optional.empty(), Duration.ofMillis(10)))
                .aggregation(aggregation)
                .learning(RealLearning.of(new Model.Softmax(), new SyntheticData(8, 24, 2.5, 0.5, 1_000), 0.02)
                        .until(0.7))
                .limit(FederatedJob.Limit.versions(60))
                .build();
        var server = Cluster.builder("1x server")
                .add(new DeviceGroup("server", 1, Catalog.builtIn().device("nvidia-a10g-24gb")))
                .build();
        return Scenario.of(server, job)
                .name(name)
                .description(description)
                .seed(3)
                .build();
    }

    private static DeviceClass silo(String name, double teraflops, double watts) {
        return new DeviceClass(
                name,
                1,
                FlopRate.teraflopsPerSecond(teraflops),
                Bytes.gigabytes(24),
                Bandwidth.megabytesPerSecond(50),
                Bandwidth.megabytesPerSecond(20),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Power.watts(watts)));
    }
}
