package org.motleysim.workloads.federated.learning;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.core.random.IndexedDraws;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.workloads.federated.population.Clients;

/**
 * The models of a run, and the updates that wait for their use. A model is an array that is never changed but replaced, so a task may keep the one it
 * started from for as long as it likes.
 */
final class TrainingRun implements Learning.Run {
    private final RealLearning learning;
    private final RandomStreams streams;
    private final LearningData.Source data;
    private final LearningData.Samples test;
    private final int features;
    private final int classes;
    private final int batch;
    private final double[][] models;
    private final @Nullable FutureTask<LocalTrainer.Update>[] tasks; // by slot
    private final double[] utility; // by slot
    private final List<List<LocalTrainer.Update>> waiting = new ArrayList<>();
    private final List<List<Double>> weights = new ArrayList<>();
    private final @Nullable ExecutorService threads;
    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> accuracies = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();
    private long begun;
    private double best;
    private double reachedSeconds = Double.NaN;
    private double reachedVersion = Double.NaN;
    private double[] tested = new double[0];

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    TrainingRun(RealLearning learning, Clients clients, int slots, int models, int batch, RandomStreams streams) {
        this.learning = learning;
        this.streams = streams;
        this.data = learning.data().bind(clients, streams);
        this.test = data.test();
        this.features = learning.data().features();
        this.classes = learning.data().classes();
        this.batch = batch;
        this.models = new double[models][];
        this.tasks = new FutureTask[slots];
        this.utility = new double[slots];
        double[] start = new double[learning.model().parameters(features, classes)];
        IndexedDraws draws = streams.draws("federated/learning/start");
        for (int i = 0; i < start.length; i++) {
            start[i] = learning.model().initial(i, features, classes, draws.open(i));
        }
        java.util.Arrays.fill(this.models, start);
        this.threads = learning.threads() == 1
                ? null
                : Executors.newFixedThreadPool(learning.threads(), body -> {
                    Thread thread = new Thread(body, "federated-learning");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    @Override
    public void begin(int slot, int client, int model, int steps) {
        double[] base = models[model];
        long number = begun++;
        FutureTask<LocalTrainer.Update> task = new FutureTask<>(() -> LocalTrainer.train(
                learning.model(),
                features,
                classes,
                data.of(client),
                base,
                steps,
                batch,
                learning.learningRate(),
                streams.stream("federated/learning/sgd", number)));
        tasks[slot] = task;
        if (threads != null) {
            threads.execute(task);
        }
    }

    @Override
    public void keep(int slot, int buffer, double weight, double worth) {
        FutureTask<LocalTrainer.Update> task = Objects.requireNonNull(tasks[slot]);
        tasks[slot] = null;
        if (threads == null) {
            task.run(); // only now: an update that is never used is never computed
        }
        LocalTrainer.Update update = get(task);
        utility[slot] = update.utility();
        while (waiting.size() <= buffer) {
            waiting.add(new ArrayList<>());
            weights.add(new ArrayList<>());
        }
        waiting.get(buffer).add(update);
        weights.get(buffer).add(weight);
    }

    private static LocalTrainer.Update get(Future<LocalTrainer.Update> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an update was computed", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an update could not be computed: " + e.getCause(), e);
        }
    }

    @Override
    public void forget(int slot) {
        FutureTask<LocalTrainer.Update> task = tasks[slot];
        if (task != null) {
            task.cancel(false);
            tasks[slot] = null;
        }
    }

    @Override
    public void average(int buffer, int model) {
        models[model] = mean(buffer);
        discard(buffer);
    }

    private double[] mean(int buffer) {
        List<LocalTrainer.Update> updates = waiting.get(buffer);
        double sum = 0;
        for (double weight : weights.get(buffer)) {
            sum += weight;
        }
        double[] mean = new double[models[0].length];
        for (int i = 0; i < updates.size(); i++) {
            addTo(mean, updates.get(i).local(), weights.get(buffer).get(i) / sum, i == 0);
        }
        return mean;
    }

    private static void addTo(double[] sum, double[] values, double factor, boolean first) {
        for (int p = 0; p < sum.length; p++) {
            sum[p] = first ? factor * values[p] : sum[p] + factor * values[p];
        }
    }

    @Override
    public void mix(int buffer, int model, double rate) {
        double[] mean = mean(buffer);
        double[] old = models[model];
        double[] mixed = new double[old.length];
        for (int p = 0; p < old.length; p++) {
            mixed[p] = rate == 1 ? mean[p] : (1 - rate) * old[p] + rate * mean[p];
        }
        models[model] = mixed;
        discard(buffer);
    }

    @Override
    public void add(int buffer, int model, double rate, double over) {
        List<LocalTrainer.Update> updates = waiting.get(buffer);
        double[] sum = models[model].clone();
        for (int i = 0; i < updates.size(); i++) {
            double factor = rate * weights.get(buffer).get(i) / over;
            double[] local = updates.get(i).local();
            double[] base = updates.get(i).base();
            for (int p = 0; p < sum.length; p++) {
                sum[p] += factor * (local[p] - base[p]);
            }
        }
        models[model] = sum;
        discard(buffer);
    }

    @Override
    public void discard(int buffer) {
        if (buffer < waiting.size()) {
            waiting.get(buffer).clear();
            weights.get(buffer).clear();
        }
    }

    @Override
    public void merge(int[] from, double[] share, int into) {
        double all = 0;
        for (double each : share) {
            all += each;
        }
        double[] sum = new double[models[into].length];
        for (int i = 0; i < from.length; i++) {
            addTo(sum, models[from[i]], share[i] / all, i == 0);
        }
        models[into] = sum;
    }

    @Override
    public void meet(int one, int other) {
        double[] mean = new double[models[one].length];
        for (int p = 0; p < mean.length; p++) {
            mean[p] = (models[one][p] + models[other][p]) / 2;
        }
        models[one] = mean;
        models[other] = mean;
    }

    @Override
    public void copy(int from, int to) {
        models[to] = models[from];
    }

    @Override
    public void version(long version, long nanos) {
        if (version % learning.evaluateEvery() == 0) {
            test(version, nanos);
        }
    }

    private void test(long version, long nanos) {
        tested = models[0];
        Model.Pass pass = learning.model().pass(features, classes);
        int right = 0;
        double loss = 0;
        int count = test.labels().length;
        for (int i = 0; i < count; i++) {
            loss += pass.loss(tested, test.features(), i * features, test.labels()[i]);
            right += pass.wasRight() ? 1 : 0;
        }
        double accuracy = (double) right / count;
        seconds.add(nanos * 1e-9);
        accuracies.add(accuracy);
        losses.add(loss / count);
        best = Math.max(best, accuracy);
        if (Double.isNaN(reachedSeconds)
                && learning.target().isPresent()
                && accuracy >= learning.target().getAsDouble()) {
            reachedSeconds = nanos * 1e-9;
            reachedVersion = (double) version;
        }
    }

    @Override
    public double utility(int slot) {
        return utility[slot];
    }

    @Override
    public boolean isDone() {
        return !Double.isNaN(reachedSeconds);
    }

    @Override
    public void finish(MetricSet.Builder metrics, long nanos) {
        if (tested != models[0]) {
            test(Long.MAX_VALUE, nanos);
        }
        int last = accuracies.size() - 1;
        metrics.put("learning.accuracy", accuracies.get(last), "1");
        metrics.put("learning.accuracy.best", best, "1");
        metrics.put("learning.loss", losses.get(last), "1");
        metrics.put("learning.time_to_target", reachedSeconds, "s");
        metrics.put("learning.versions_to_target", reachedVersion, "1");
        metrics.put("learning.updates", (double) begun, "1");
    }

    @Override
    public List<Series> series() {
        return List.of(curve("learning.accuracy", accuracies), curve("learning.loss", losses));
    }

    private Series curve(String name, List<Double> values) {
        return new Series(
                name,
                "1",
                seconds.stream().mapToDouble(Double::doubleValue).toArray(),
                values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdownNow();
        }
    }

    /** The parameters of a model, for tests. */
    double[] parameters(int model) {
        return models[model].clone();
    }
}
