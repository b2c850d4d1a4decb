package org.motleysim.workloads.federated.learning;

/** Parameters by class: its weights, then its bias. */
final class SoftmaxPass implements Model.Pass {
    private final int features;
    private final int classes;
    private final double[] probability;
    private boolean right;

    SoftmaxPass(int features, int classes) {
        this.features = features;
        this.classes = classes;
        this.probability = new double[classes];
    }

    @Override
    public double loss(double[] parameters, double[] samples, int from, int label) {
        for (int c = 0; c < classes; c++) {
            int row = c * (features + 1);
            double sum = parameters[row + features];
            for (int f = 0; f < features; f++) {
                sum += parameters[row + f] * samples[from + f];
            }
            probability[c] = sum;
        }
        right = argmax(probability, classes) == label;
        return normalise(probability, classes, label);
    }

    static int argmax(double[] values, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    /** Turns scores into probabilities, and returns the loss of the right class. */
    static double normalise(double[] scores, int count, int label) {
        double highest = scores[argmax(scores, count)];
        double mine = scores[label] - highest;
        double sum = 0;
        for (int c = 0; c < count; c++) {
            scores[c] = StrictMath.exp(scores[c] - highest);
            sum += scores[c];
        }
        for (int c = 0; c < count; c++) {
            scores[c] /= sum;
        }
        return StrictMath.log(sum) - mine;
    }

    @Override
    public double gradient(double[] parameters, double[] samples, int from, int label, double[] gradient) {
        double loss = loss(parameters, samples, from, label);
        for (int c = 0; c < classes; c++) {
            double error = probability[c] - (c == label ? 1 : 0);
            int row = c * (features + 1);
            for (int f = 0; f < features; f++) {
                gradient[row + f] += error * samples[from + f];
            }
            gradient[row + features] += error;
        }
        return loss;
    }

    @Override
    public boolean wasRight() {
        return right;
    }
}
