package org.motleysim.workloads.federated.learning;

/** Parameters by hidden unit (its weights, then its bias), then by class (its weights, then its bias). */
final class MlpPass implements Model.Pass {
    private final int features;
    private final int hidden;
    private final int classes;
    private final int second;
    private final double[] active;
    private final double[] back;
    private final double[] probability;
    private boolean right;

    MlpPass(int features, int hidden, int classes) {
        this.features = features;
        this.hidden = hidden;
        this.classes = classes;
        this.second = (features + 1) * hidden;
        this.active = new double[hidden];
        this.back = new double[hidden];
        this.probability = new double[classes];
    }

    @Override
    public double loss(double[] parameters, double[] samples, int from, int label) {
        for (int h = 0; h < hidden; h++) {
            int row = h * (features + 1);
            double sum = parameters[row + features];
            for (int f = 0; f < features; f++) {
                sum += parameters[row + f] * samples[from + f];
            }
            active[h] = Math.max(0, sum);
        }
        for (int c = 0; c < classes; c++) {
            int row = second + c * (hidden + 1);
            double sum = parameters[row + hidden];
            for (int h = 0; h < hidden; h++) {
                sum += parameters[row + h] * active[h];
            }
            probability[c] = sum;
        }
        right = SoftmaxPass.argmax(probability, classes) == label;
        return SoftmaxPass.normalise(probability, classes, label);
    }

    @Override
    public double gradient(double[] parameters, double[] samples, int from, int label, double[] gradient) {
        double loss = loss(parameters, samples, from, label);
        java.util.Arrays.fill(back, 0);
        for (int c = 0; c < classes; c++) {
            double error = probability[c] - (c == label ? 1 : 0);
            int row = second + c * (hidden + 1);
            for (int h = 0; h < hidden; h++) {
                gradient[row + h] += error * active[h];
                back[h] += error * parameters[row + h];
            }
            gradient[row + hidden] += error;
        }
        for (int h = 0; h < hidden; h++) {
            if (active[h] > 0) {
                int row = h * (features + 1);
                for (int f = 0; f < features; f++) {
                    gradient[row + f] += back[h] * samples[from + f];
                }
                gradient[row + features] += back[h];
            }
        }
        return loss;
    }

    @Override
    public boolean wasRight() {
        return right;
    }
}
