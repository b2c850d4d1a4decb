package org.motleysim.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Flops;
import org.motleysim.core.quantity.Power;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.population.Attribute;
import org.motleysim.hardware.population.DeviceClass;
import org.motleysim.hardware.population.DeviceTable;
import org.motleysim.hardware.population.PopulationModel;
import org.motleysim.hardware.power.ChargeWindows;
import org.motleysim.hardware.radio.RadioTechnology;
import org.motleysim.workloads.federated.Aggregation;
import org.motleysim.workloads.federated.FederatedJob;
import org.motleysim.workloads.federated.LocalWork;
import org.motleysim.workloads.federated.Payload;
import org.motleysim.workloads.federated.Radio;
import org.motleysim.workloads.federated.Server;
import org.motleysim.workloads.federated.learning.Model;
import org.motleysim.workloads.federated.learning.RealLearning;
import org.motleysim.workloads.federated.learning.SyntheticData;
import org.motleysim.workloads.federated.population.ClientBattery;
import org.motleysim.workloads.federated.population.ClientPopulation;
import org.motleysim.workloads.federated.population.ClockSkew;
import org.motleysim.workloads.federated.population.DataVolume;
import org.motleysim.workloads.federated.population.Renewal;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;

/**
 * Ten thousand phones learn together, in synchronous rounds and buffered asynchronously: how long until the model is good enough, what it costs in
 * energy, and who is left out.
 *
 * <p>The three classes are FLASH's (Yang et al., WWW 2021): 53% low, 46% mid and 0.4% high, which take 1,642, 588 and 179 ms for a batch of the
 * FEMNIST network. Its forward pass has 34.42 million operations; with ten samples a batch, which is LEAF's default, that makes 0.629, 1.757 and
 * 5.772 GFLOP/s. The model has 26.4 MB. Radio: Wi-Fi as measured by Huang et al. (MobiSys 2012). Links, batteries and powers are round numbers.
 */
public final class FederatedPhones {
    private FederatedPhones() {}

    /** Runs both, prints what differs and writes their pages. */
    public static void main(String[] arguments) throws IOException {
        for (Scenario scenario : List.of(synchronous(), buffered())) {
            RunResult result = scenario.run();
            System.out.printf(
                    "%-20s %6.1f min to 75%% accuracy, %5.1f kJ, %4.1f%% of it wasted, %3.0f%% of low and %3.0f%% of high phones left out%n",
                    scenario.name(),
                    result.metrics().value("learning.time_to_target") / 60,
                    result.metrics().value("clients.energy.total") / 1_000,
                    100
                            * result.metrics().value("clients.energy.wasted")
                            / result.metrics().value("clients.energy.total"),
                    100 * result.metrics().value("class.low.left_out"),
                    100 * result.metrics().value("class.high.left_out"));
            result.report().writeHtml(Path.of("out", scenario.name() + ".html"));
        }
    }

    static Scenario synchronous() {
        return scenario(
                "federated-sync",
                "Ten thousand phones in synchronous rounds: 130 are asked, 100 end a round, 10 minutes at most",
                new Aggregation.Synchronous(100, 130, Optional.of(Duration.ofMinutes(10)), 60));
    }

    static Scenario buffered() {
        return scenario(
                "federated-buffered",
                "The same ten thousand phones, buffered asynchronous: 130 at once, a version for each 26 updates",
                Aggregation.Buffered.of(130, 26));
    }

    private static Scenario scenario(String name, String description, Aggregation aggregation) {
        var clients = ClientPopulation.of(phones(), 10_000)
                .with(new DataVolume.Law(Distribution.logNormal(60, 400)))
                .with(Renewal.exponential(2_400, 7_200))
                .with(new ClientBattery(
                        Power.watts(10),
                        0.85,
                        ChargeWindows.daily(Duration.ZERO, Duration.ofHours(7)),
                        Distribution.uniform(0.3, 1),
                        0.2,
                        Power.watts(0.3)))
                .with(new ClockSkew(Distribution.uniform(-10_800, 10_800)))
                .withDropout(0.02);
        var learning = new RealLearning(
                new Model.Mlp(32), new SyntheticData(10, 32, 3, 0.3, 1_000), 0.03, 1, OptionalDouble.of(0.75), 1);
        var job = FederatedJob.of(clients)
                .name("phones")
                .work(new LocalWork.Training(Flops.of(34.42e6), new LocalWork.Amount.Epochs(1, 10)))
                .payload(Payload.of(Bytes.kilobytes(26_400), Bytes.kilobytes(26_400)))
                .server(new Server(
                        Optional.of(FlopRate.teraflopsPerSecond(1)),
                        Flops.of(13.2e6),
                        Optional.of(Bandwidth.gigabitsPerSecond(1)),
                        Optional.of(Bandwidth.gigabitsPerSecond(1)),
                        Duration.ofMillis(20)))
                .radio(new Radio(
                        RadioTechnology.builtIn("wifi"),
                        Power.milliwatts(132.86),
                        Power.milliwatts(120),
                        Duration.ofMillis(240)))
                .aggregation(aggregation)
                .learning(learning)
                .limit(FederatedJob.Limit.target(400))
                .build();
        var server = Cluster.builder("1x server")
                .add(new DeviceGroup("server", 1, Catalog.builtIn().device("nvidia-a10g-24gb")))
                .build();
        return Scenario.of(server, job)
                .name(name)
                .description(description)
                .seed(7)
                .build();
    }

    private static PopulationModel phones() {
        return PopulationModel.of(DeviceTable.of(List.of(
                        phone("low", 0.53153, 0.629, 3, 4, 2, 44_000, 3),
                        phone("mid", 0.46398, 1.757, 4, 6, 3, 55_000, 3.5),
                        phone("high", 0.00449, 5.772, 12, 8, 5, 59_000, 4.5))))
                .withJitter(Attribute.SPEED, Distribution.logNormalMuSigma(0, 0.1))
                .withJitter(Attribute.LINK_UP, Distribution.logNormalMuSigma(0, 0.5));
    }

    private static DeviceClass phone(
            String name,
            double share,
            double gigaflops,
            int gigabytes,
            double megabytesDown,
            double megabytesUp,
            double joules,
            double watts) {
        return new DeviceClass(
                name,
                share,
                FlopRate.gigaflopsPerSecond(gigaflops),
                Bytes.gigabytes(gigabytes),
                Bandwidth.megabytesPerSecond(megabytesDown),
                Bandwidth.megabytesPerSecond(megabytesUp),
                Optional.of(Energy.joules(joules)),
                Optional.empty(),
                Optional.of(Power.watts(watts)));
    }
}
