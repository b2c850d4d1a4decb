package org.motleysim.workloads.federated.learning;

import org.motleysim.core.random.RandomStream;

/** Local training of one task: minibatch stochastic gradient descent. A function of its arguments. */
final class LocalTrainer {
    /**
     * What came of it.
     *
     * @param base the model that was downloaded
     * @param local the model after training
     * @param utility samples times the root of the mean squared loss of those seen
     */
    @SuppressWarnings("ArrayRecordComponent") // shared, never changed
    record Update(double[] base, double[] local, double utility) {}

    private LocalTrainer() {}

    static Update train(
            Model model,
            int features,
            int classes,
            LearningData.Samples samples,
            double[] base,
            int steps,
            int batch,
            double rate,
            RandomStream draws) {
        double[] local = base.clone();
        double[] gradient = new double[local.length];
        int count = samples.labels().length;
        Model.Pass pass = model.pass(features, classes);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        int next = count; // the order is drawn anew for each time through
        double squares = 0;
        long seen = 0;
        for (int step = 0; step < steps; step++) {
            java.util.Arrays.fill(gradient, 0);
            if (next >= count) {
                shuffle(order, draws);
                next = 0;
            }
            int size = Math.min(batch, count - next);
            for (int i = 0; i < size; i++) {
                int sample = order[next + i];
                double loss =
                        pass.gradient(local, samples.features(), sample * features, samples.labels()[sample], gradient);
                squares += loss * loss;
            }
            next += size;
            seen += size;
            double scale = rate / size;
            for (int p = 0; p < local.length; p++) {
                local[p] -= scale * gradient[p];
            }
        }
        return new Update(base, local, count * Math.sqrt(squares / Math.max(1, seen)));
    }

    private static void shuffle(int[] order, RandomStream draws) {
        for (int i = order.length - 1; i > 0; i--) {
            int other = draws.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[other];
            order[other] = swap;
        }
    }
}
