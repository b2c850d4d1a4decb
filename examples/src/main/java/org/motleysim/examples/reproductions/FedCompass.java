package org.motleysim.examples.reproductions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Flops;
import org.motleysim.hardware.population.DeviceClass;
import org.motleysim.hardware.population.DeviceTable;
import org.motleysim.hardware.population.PopulationModel;
import org.motleysim.hardware.population.Selection;
import org.motleysim.workloads.federated.Aggregation;
import org.motleysim.workloads.federated.FederatedJob;
import org.motleysim.workloads.federated.LocalWork;
import org.motleysim.workloads.federated.Payload;
import org.motleysim.workloads.federated.learning.Model;
import org.motleysim.workloads.federated.learning.StalenessWeight;
import org.motleysim.workloads.federated.population.ClientPopulation;
import org.motleysim.workloads.federated.population.DataVolume;

/** Paper 17, Li et al.: FedCompass (ICLR 2024), against the three schedulers of its published code. */
final class FedCompass implements Reproduction {
    private static final int MOST_TASKS = 300;

    @Override
    public String folder() {
        return "17-fedcompass";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        StalenessWeight weight = StalenessWeight.polynomial(inputs.number("stalenessExponent"));
        List<Double> targets = inputs.numbers("targets");
        double last = targets.get(targets.size() - 1);
        var runs =
                new ArrayList<List<FederatedTrial>>(); // by number of clients: compass, average, asynchronous, buffered
        for (double number : inputs.numbers("clients")) {
            int clients = (int) number;
            List<Aggregation> ways = List.of(
                    new Aggregation.Compass(
                            inputs.count("minSteps"),
                            inputs.count("maxSteps"),
                            inputs.number("latestTimeFactor"),
                            inputs.number("speedMomentum"),
                            1,
                            weight),
                    Aggregation.Synchronous.of(clients),
                    new Aggregation.Asynchronous(clients, inputs.number("alpha"), weight),
                    new Aggregation.Buffered(clients, inputs.count("bufferOfFedBuff"), 1, weight, OptionalInt.empty()));
            runs.add(ways.stream()
                    .map(way ->
                            FederatedTrial.run(job(inputs, clients, way), last, MOST_TASKS, 1, new Model.Softmax(), 1))
                    .toList());
        }
        sooner(predictions, "E17-01", runs, targets, 1);
        sooner(predictions, "E17-03", runs, targets, 2);
        sooner(predictions, "E17-04", runs, targets, 3);
        double own = runs.stream()
                .mapToDouble(each -> each.get(0).staleness())
                .average()
                .orElse(Double.NaN);
        double other = runs.stream()
                .mapToDouble(each -> each.get(2).staleness())
                .average()
                .orElse(Double.NaN);
        predictions.holds(
                "E17-05",
                own < other,
                String.format(Locale.ROOT, "mean staleness %.2f against %.2f versions", own, other));
    }

    /** Whether it holds, for each target and number of clients; which of them the paper means is not known. */
    private static void sooner(
            Predictions predictions, String claim, List<List<FederatedTrial>> runs, List<Double> targets, int other) {
        int holds = 0;
        int cases = 0;
        var notes = new ArrayList<String>();
        for (double target : targets) {
            for (List<FederatedTrial> run : runs) {
                double own = run.get(0).secondsTo(target);
                double against = run.get(other).secondsTo(target);
                if (own == Double.POSITIVE_INFINITY && against == Double.POSITIVE_INFINITY) {
                    continue; // neither came there
                }
                cases++;
                holds += own < against ? 1 : 0;
                notes.add(String.format(
                        Locale.ROOT,
                        "%.0f%%: %s",
                        100 * target,
                        against == Double.POSITIVE_INFINITY
                                ? "the other never"
                                : own == Double.POSITIVE_INFINITY
                                        ? "itself never"
                                        : String.format(Locale.ROOT, "%.2f times", against / own)));
            }
        }
        String reason = "holds in " + holds + " of " + cases
                + " cases (target, clients) with softmax regression on synthetic data, runs of " + MOST_TASKS
                + " tasks, which the fastest clients use up: "
                + String.join("; ", notes);
        predictions.band(claim, holds == cases ? 1 : 0, holds > 0 ? 1 : 0, reason);
    }

    private static FederatedJob.Builder job(Inputs inputs, int clients, Aggregation aggregation) {
        var classes = new ArrayList<DeviceClass>();
        for (int i = 0; i < clients; i++) {
            double secondsPerStep = -StrictMath.log1p(-(i + 0.5) / clients);
            double flopsPerStep = 3 * 2 * inputs.number("macs") * inputs.count("batch");
            classes.add(new DeviceClass(
                    "client " + i,
                    1,
                    FlopRate.of(flopsPerStep / secondsPerStep),
                    Bytes.gigabytes(16),
                    Bandwidth.megabytesPerSecond(100),
                    Bandwidth.megabytesPerSecond(100),
                    Optional.empty()));
        }
        var devices = PopulationModel.of(DeviceTable.of(classes)).withSelection(Selection.QUOTAS);
        Bytes model = Bytes.of(4L * inputs.count("parameters"));
        return FederatedJob.of(ClientPopulation.of(devices, clients).with(DataVolume.constant(400)))
                .work(new LocalWork.Training(
                        Flops.of(2 * inputs.number("macs")),
                        new LocalWork.Amount.Steps(inputs.count("stepsOfOthers"), inputs.count("batch"))))
                .payload(Payload.of(model, model))
                .aggregation(aggregation);
    }
}
