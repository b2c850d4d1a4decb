package org.motleysim.examples.reproductions;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.motleysim.core.metric.Series;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.workloads.federated.FederatedJob;
import org.motleysim.workloads.federated.learning.Model;
import org.motleysim.workloads.federated.learning.RealLearning;
import org.motleysim.workloads.federated.learning.SyntheticData;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;

/**
 * A federated run until a small model is right about so many test samples of ten classes, or for so many tasks. The data are
 * the same for all reproductions, chosen once: 32 features, separation 3, Dirichlet 0.3, learning rate 0.03.
 *
 * @param seconds until the target, or until it was given up
 * @param staleness mean, in versions
 * @param reached whether the target was reached
 * @param accuracy over time
 */
record FederatedTrial(double seconds, double staleness, boolean reached, Series accuracy) {
    static FederatedTrial run(
            FederatedJob.Builder job, double target, long mostTasks, int testedEvery, Model model, long seed) {
        var learning = new RealLearning(
                model, new SyntheticData(10, 32, 3, 0.3, 500), 0.03, testedEvery, OptionalDouble.of(target), 1);
        var server = Cluster.builder("server")
                .add(1, Catalog.builtIn().device("nvidia-a10g-24gb"))
                .build();
        RunResult result = Scenario.of(
                        server,
                        job.learning(learning)
                                .limit(new FederatedJob.Limit(OptionalLong.empty(), OptionalLong.of(mostTasks), true))
                                .build())
                .seed(seed)
                .build()
                .run();
        return new FederatedTrial(
                result.metrics().value("time.job"),
                result.metrics().value("staleness.mean"),
                result.metrics().find("learning.time_to_target").isPresent(),
                result.series().stream()
                        .filter(curve -> curve.name().equals("learning.accuracy"))
                        .findFirst()
                        .orElseThrow());
    }

    /** When an accuracy was first reached; infinite if it was not. */
    double secondsTo(double wanted) {
        double[] values = accuracy.values();
        for (int i = 0; i < values.length; i++) {
            if (values[i] >= wanted) {
                return accuracy.seconds()[i];
            }
        }
        return Double.POSITIVE_INFINITY;
    }
}
