package org.motleysim.examples.reproductions;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Flops;
import org.motleysim.hardware.population.DeviceClass;
import org.motleysim.hardware.population.DeviceTable;
import org.motleysim.hardware.population.PopulationModel;
import org.motleysim.workloads.federated.Aggregation;
import org.motleysim.workloads.federated.ClientSelection;
import org.motleysim.workloads.federated.FederatedJob;
import org.motleysim.workloads.federated.LocalWork;
import org.motleysim.workloads.federated.Payload;
import org.motleysim.workloads.federated.Selections;
import org.motleysim.workloads.federated.Server;
import org.motleysim.workloads.federated.learning.Model;
import org.motleysim.workloads.federated.learning.StalenessWeight;
import org.motleysim.workloads.federated.population.ClientPopulation;
import org.motleysim.workloads.federated.population.DataVolume;

/**
 * Paper 2, staleness, with the published bands of its neighbours: FedBuff against synchronous rounds, Oort against random selection. Phones,
 * links and data volumes are measured ones of FLASH and FedScale; what is learnt is a network of 32 hidden units on synthetic data, since theirs are not here.
 */
final class StaleUpdates implements Reproduction {
    private static final int SEEDS = 1;
    private static final int MOST_TASKS = 20_000;

    @Override
    public String folder() {
        return "02-staleness";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        int concurrency = inputs.count("concurrency");
        int participants = (int) Math.round(concurrency / 1.3);
        int buffer = concurrency / 10;
        Aggregation rounds = synchronous(participants, concurrency);
        Aggregation buffered = Aggregation.Buffered.of(concurrency, buffer);
        Aggregation asynchronous = new Aggregation.Asynchronous(concurrency, 0.6, StalenessWeight.polynomial(0.5));
        ClientSelection random = new Selections.Random();
        ClientSelection oort = new Selections.Utility(0.9, 0.98, 0.2, 60, 2);

        List<FederatedTrial> waiting = trials(inputs, rounds, random, 1);
        List<FederatedTrial> buffers = trials(inputs, buffered, random, 1);
        ratio(predictions, "FedBuff-1", waiting, buffers);
        ratio(predictions, "FedBuff-2", trials(inputs, asynchronous, random, buffer), buffers);
        List<FederatedTrial> chosen = trials(inputs, rounds, oort, 1);
        ratio(predictions, "Oort-1", waiting, chosen);
        ratio(predictions, "Oort-2", waiting, chosen);

        predictions.value(
                "E02-03",
                extraOfClients(inputs, buffered),
                "bytes of a task with and without a second of server work for each version");
    }

    private static Aggregation synchronous(int participants, int invited) {
        return new Aggregation.Synchronous(participants, invited, Optional.empty(), 1);
    }

    private static List<FederatedTrial> trials(
            Inputs inputs, Aggregation aggregation, ClientSelection selection, int testedEvery) {
        var trials = new ArrayList<FederatedTrial>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            trials.add(FederatedTrial.run(
                    job(inputs, aggregation).selection(selection),
                    inputs.number("target"),
                    MOST_TASKS,
                    testedEvery,
                    new Model.Mlp(32),
                    seed));
        }
        return trials;
    }

    private static void ratio(
            Predictions predictions, String claim, List<FederatedTrial> slow, List<FederatedTrial> fast) {
        double logs = 0;
        int reached = 0;
        for (int i = 0; i < slow.size(); i++) {
            logs += StrictMath.log(slow.get(i).seconds() / fast.get(i).seconds());
            reached += slow.get(i).reached() && fast.get(i).reached() ? 1 : 0;
        }
        if (reached < slow.size()) {
            predictions.notAttempted(
                    claim,
                    "only " + reached + " of " + slow.size() + " runs came to the target within " + MOST_TASKS
                            + " tasks");
            return;
        }
        // No verdict: what is learnt is our choice, and the ratio hangs on it.
        predictions.notAttempted(
                claim,
                String.format(
                        Locale.ROOT,
                        "their data and models are not here; it is %.2f with a network of 32 hidden units on synthetic data and one seed, and"
                                + " much less with softmax regression",
                        StrictMath.exp(logs / slow.size())));
    }

    /** How much more a task costs a client when the server works a second on each version, relative. */
    private static double extraOfClients(Inputs inputs, Aggregation aggregation) {
        Server busy = new Server(
                Optional.of(FlopRate.gigaflopsPerSecond(1)),
                Flops.giga(0.1),
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO);
        double[] bytes = new double[2];
        for (int i = 0; i < 2; i++) {
            var job = job(inputs, aggregation).limit(FederatedJob.Limit.tasks(2_000));
            var server = org.motleysim.hardware.cluster.Cluster.builder("server")
                    .add(1, org.motleysim.hardware.catalog.Catalog.builtIn().device("nvidia-a10g-24gb"))
                    .build();
            var result = org.motleysim.workloads.scenario.Scenario.of(server, (i == 0 ? job : job.server(busy)).build())
                    .seed(1)
                    .build()
                    .run();
            bytes[i] = result.metrics().value("bytes.up.received")
                    / result.metrics().value("tasks.arrived");
        }
        return bytes[1] / bytes[0] - 1;
    }

    private static FederatedJob.Builder job(Inputs inputs, Aggregation aggregation) {
        double flopsPerBatch = 3 * inputs.number("forward") * inputs.count("batch");
        var phones = new ArrayList<DeviceClass>();
        for (JsonNode tier : inputs.items("tiers")) {
            double milliseconds = tier.get(1).doubleValue();
            phones.add(device(
                    "tier of " + milliseconds + " ms",
                    tier.get(0).doubleValue(),
                    flopsPerBatch / milliseconds * 1_000,
                    1,
                    1));
        }
        var links = new ArrayList<DeviceClass>();
        List<Double> down = inputs.numbers("linksDown");
        List<Double> up = inputs.numbers("linksUp");
        for (int i = 0; i < down.size(); i++) {
            links.add(device("user " + i, 1, 1, 1_000 * down.get(i), 1_000 * up.get(i)));
        }
        var bins = new ArrayList<DataVolume.Histogram.Bin>();
        for (JsonNode bin : inputs.items("samples")) {
            bins.add(new DataVolume.Histogram.Bin(
                    bin.get(0).intValue(), bin.get(1).doubleValue()));
        }
        Bytes model = Bytes.of((long) inputs.number("modelBytes"));
        return FederatedJob.of(ClientPopulation.of(table(phones), inputs.count("clients"))
                        .withLinks(table(links))
                        .with(new DataVolume.Histogram(bins)))
                .work(new LocalWork.Training(
                        Flops.of(inputs.number("forward")), new LocalWork.Amount.Epochs(1, inputs.count("batch"))))
                .payload(Payload.of(model, model))
                .aggregation(aggregation);
    }

    private static PopulationModel table(List<DeviceClass> classes) {
        return PopulationModel.of(DeviceTable.of(classes));
    }

    private static DeviceClass device(String name, double share, double flopsPerSecond, double down, double up) {
        return new DeviceClass(
                name,
                share,
                FlopRate.of(flopsPerSecond),
                Bytes.gigabytes(4),
                Bandwidth.of(down),
                Bandwidth.of(up),
                Optional.empty());
    }
}
