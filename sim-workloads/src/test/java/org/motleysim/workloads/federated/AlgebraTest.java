package org.motleysim.workloads.federated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.motleysim.workloads.federated.Runs.run;
import static org.motleysim.workloads.federated.Runs.value;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.core.metric.Series;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Flops;
import org.motleysim.core.random.Distribution;
import org.motleysim.workloads.federated.learning.ConvergenceProxy;
import org.motleysim.workloads.federated.learning.Learning;
import org.motleysim.workloads.federated.learning.Model;
import org.motleysim.workloads.federated.learning.RealLearning;
import org.motleysim.workloads.federated.learning.StalenessWeight;
import org.motleysim.workloads.federated.learning.SyntheticData;
import org.motleysim.workloads.federated.population.ClientPopulation;
import org.motleysim.workloads.federated.population.DataVolume;
import org.motleysim.workloads.federated.population.Renewal;
import org.motleysim.workloads.scenario.RunResult;

/** Ways of aggregation that must come to the same, and learning that must not depend on threads. */
class AlgebraTest {
    private static final RealLearning SOFTMAX =
            RealLearning.of(new Model.Softmax(), new SyntheticData(5, 8, 3, 0.5, 500), 0.1);

    private static ClientPopulation clients(int count) {
        return ClientPopulation.of(Runs.devices(Runs.device("slow", 0.2e9, 1e6), Runs.device("fast", 1e9, 1e6)), count)
                .with(new DataVolume.Law(Distribution.uniform(10, 60)));
    }

    private static FederatedJob.Builder job(int count, Learning learning) {
        return FederatedJob.of(clients(count))
                .work(new LocalWork.Training(Flops.giga(0.05), new LocalWork.Amount.Epochs(1, 10)))
                .payload(Payload.of(Bytes.kilobytes(100), Bytes.kilobytes(100)))
                .learning(learning);
    }

    private static double[] curve(RunResult result, String name) {
        return result.series().stream()
                .filter(each -> each.name().equals(name))
                .map(Series::values)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void learning_anyNumberOfThreads_isTheSameBits(int threads) {
        for (Aggregation aggregation : List.of(
                new Aggregation.Synchronous(10, 13, Optional.of(Duration.ofSeconds(30)), 3),
                Aggregation.Buffered.of(20, 5),
                new Aggregation.Asynchronous(10, 0.6, StalenessWeight.polynomial(0.5)),
                new Aggregation.Tiered(3, 5),
                new Aggregation.Gossip())) {
            FederatedJob.Builder one = job(40, SOFTMAX).aggregation(aggregation).limit(FederatedJob.Limit.versions(12));
            RunResult alone = run(one.build(), 7);
            RunResult many = run(one.learning(SOFTMAX.on(threads)).build(), 7);

            assertEquals(alone.digest(), many.digest(), aggregation.toString());
            assertArrayEquals(curve(alone, "learning.loss"), curve(many, "learning.loss"), aggregation.toString());
        }
    }

    @Test
    void hierarchical_oneEdge_isFlat() {
        FederatedJob.Builder flat =
                job(40, SOFTMAX).aggregation(Aggregation.Synchronous.of(10)).limit(FederatedJob.Limit.versions(15));
        RunResult one = run(flat.build(), 3);
        RunResult edge = run(
                flat.aggregation(new Aggregation.Hierarchical(1, 10, 1, Optional.empty(), Duration.ZERO))
                        .build(),
                3);

        assertArrayEquals(curve(one, "learning.loss"), curve(edge, "learning.loss"));
        assertEquals(value(one, "time.job"), value(edge, "time.job"));
        assertEquals(value(one, "clients.energy.total"), value(edge, "clients.energy.total"));
    }

    @Test
    void learning_moreVersions_learnsAndReachesItsTarget() {
        RealLearning mlp = RealLearning.of(new Model.Mlp(16), new SyntheticData(5, 8, 4, 0.5, 1_000), 0.1)
                .until(0.8);
        RunResult result = run(
                job(60, mlp)
                        .aggregation(Aggregation.Synchronous.of(20))
                        .limit(FederatedJob.Limit.target(300))
                        .build(),
                1);

        double[] accuracy = curve(result, "learning.accuracy");
        assertTrue(accuracy[0] < 0.5, "untrained: " + accuracy[0]);
        assertTrue(value(result, "learning.accuracy") >= 0.8);
        assertEquals(value(result, "time.job"), value(result, "learning.time_to_target"), 1e-9);
    }

    @Test
    void proxy_freshUpdates_needsTargetTimesOnePlusHalfOverParticipants() {
        RunResult result = run(
                job(100, new ConvergenceProxy(30, 10))
                        .aggregation(Aggregation.Synchronous.of(20))
                        .limit(FederatedJob.Limit.target(10_000))
                        .build(),
                1);

        assertEquals(30 * (1 + 10.0 / 20), value(result, "rounds.versions"));
        assertTrue(result.metrics().find("learning.accuracy").isEmpty(), "a stand-in is never called accuracy");
    }

    @Test
    void selection_eachPolicy_doesWhatItSays() {
        ClientPopulation population = clients(400).with(Renewal.exponential(600, 600));
        double random = leftOut(population, new Selections.Random());
        double fastest = leftOut(population, new Selections.Fastest(3));
        double oort = leftOut(population, new Selections.Utility(0.9, 0.98, 0.2, 2, 2));
        assertTrue(fastest > random + 0.1, "the fastest leave out the slow: " + fastest + " against " + random);
        assertTrue(oort > random, "so does a utility that penalises the slow: " + oort);

        RunResult rare = runWith(population, new Selections.LeastOften(5));
        RunResult any = runWith(population, new Selections.Random());
        assertTrue(value(rare, "clients.fairness") > value(any, "clients.fairness"));

        RunResult cheap = runWith(population, new Selections.EnergyAware(4));
        assertTrue(
                value(cheap, "clients.energy.total") < 0.9 * value(any, "clients.energy.total"),
                "those that need less energy are asked");

        RunResult own = runWith(
                population,
                (candidates, wanted, chosen) -> candidates.best(3 * wanted, wanted, chosen, client -> client));
        assertTrue(value(own, "tasks.arrived") > 0);
    }

    private static RunResult runWith(ClientPopulation population, ClientSelection policy) {
        return run(
                FederatedJob.of(population)
                        .work(new LocalWork.Training(Flops.giga(0.05), new LocalWork.Amount.Epochs(1, 10)))
                        .aggregation(Aggregation.Synchronous.of(20))
                        .selection(policy)
                        .limit(FederatedJob.Limit.versions(60))
                        .build(),
                2);
    }

    /** The share of the slow in all participations, turned around. */
    private static double leftOut(ClientPopulation population, ClientSelection policy) {
        return value(runWith(population, policy), "class.fast.participations");
    }
}
