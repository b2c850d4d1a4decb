package org.motleysim.examples;

import java.util.Arrays;
import java.util.Optional;
import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.workloads.graph.DispatchView;
import org.motleysim.workloads.graph.Dispatcher;
import org.motleysim.workloads.graph.Episode;
import org.motleysim.workloads.graph.GraphJob;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.schedule.Schedulers;

/**
 * Trains the weights of {@link LearnedScheduler} outside of the simulator, by the cross-entropy method: episodes with noisy durations, step by
 * step, the best tenth of the weights of a round make the next (Rubinstein and Kroese, "The cross-entropy method", 2004).
 */
public final class TrainScheduler {
    private static final int ROUNDS = 8;
    private static final int SAMPLES = 30;
    private static final int ELITE = 5;
    private static final int EPISODES = 3;

    private TrainScheduler() {}

    /** Prints mean makespans before and after, and that of HEFT. */
    public static void main(String[] arguments) {
        double[] weights = train(ROUNDS);
        System.out.printf("weights  %s%n", Arrays.toString(weights));
        System.out.printf("before   %.2f ms%n", 1_000 * meanMakespan(new double[] {0.5, 0.5, 0.5}, 1_000));
        System.out.printf("learned  %.2f ms%n", 1_000 * meanMakespan(weights, 1_000));
        System.out.printf("HEFT     %.2f ms%n", 1_000 * heft());
    }

    /** Returns the weights after some rounds. */
    static double[] train(int rounds) {
        RandomStream random = RandomStreams.of(1).stream("weights");
        double[] mean = {0.5, 0.5, 0.5};
        double[] deviation = {0.5, 0.5, 0.5};
        for (int round = 0; round < rounds; round++) {
            double[][] samples = new double[SAMPLES][];
            double[] makespan = new double[SAMPLES];
            for (int i = 0; i < SAMPLES; i++) {
                samples[i] = mean.clone();
                for (int k = 0; i > 0 && k < mean.length; k++) {
                    samples[i][k] = Math.max(0, mean[k] + deviation[k] * random.nextGaussian());
                }
                makespan[i] = meanMakespan(samples[i], round * EPISODES);
            }
            Integer[] order = new Integer[SAMPLES];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, (a, b) -> Double.compare(makespan[a], makespan[b]));
            for (int k = 0; k < mean.length; k++) {
                double sum = 0;
                double squares = 0;
                for (int i = 0; i < ELITE; i++) {
                    double weight = samples[order[i]][k];
                    sum += weight;
                    squares += weight * weight;
                }
                mean[k] = sum / ELITE;
                deviation[k] = Math.sqrt(Math.max(1e-4, squares / ELITE - mean[k] * mean[k]));
            }
        }
        return mean;
    }

    /** A learner outside would see the view, answer with a choice, and get the step as its reward. */
    static double meanMakespan(double[] weights, int firstSeed) {
        Dispatcher policy = LearnedScheduler.learned(weights[0], weights[1], weights[2]);
        Episode episode = Episode.of(noisy(), cluster());
        double sum = 0;
        for (int i = 0; i < EPISODES; i++) {
            double makespan = episode.reset(firstSeed + i).seconds();
            while (!episode.isDone()) {
                DispatchView view = episode.observe();
                Optional<Dispatcher.Choice> choice = policy.choose(view);
                makespan += episode.step(choice).seconds();
            }
            sum += makespan;
        }
        return sum / EPISODES;
    }

    private static double heft() {
        double sum = 0;
        for (int i = 0; i < EPISODES; i++) {
            sum += Scenario.of(
                            cluster(),
                            GraphJob.of(noisy().graph(), Schedulers.heft())
                                    .noise(noise())
                                    .build())
                    .seed(1_000 + i)
                    .build()
                    .run()
                    .metrics()
                    .value("makespan");
        }
        return sum / EPISODES;
    }

    private static Distribution noise() {
        return Distribution.uniform(0.7, 1.3);
    }

    private static GraphJob noisy() {
        GraphJob job = (GraphJob)
                LearnedScheduler.scenario(Schedulers.workStealing()).workloads().get(0);
        return GraphJob.of(job.graph(), job.scheduler()).noise(noise()).build();
    }

    private static Cluster cluster() {
        return LearnedScheduler.scenario(Schedulers.workStealing()).cluster();
    }
}
