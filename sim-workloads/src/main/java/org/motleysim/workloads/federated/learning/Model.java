package org.motleysim.workloads.federated.learning;

/** A small classifier that can be trained within a run. Its parameters are one array of doubles. */
public sealed interface Model {
    /** Returns the number of parameters for samples of so many features in so many classes. */
    int parameters(int features, int classes);

    /** Returns a trainer: room for one forward and backward pass. Not thread-safe. */
    Pass pass(int features, int classes);

    /** Returns the parameter at which training starts, from a uniform number between 0 and 1. */
    double initial(int index, int features, int classes, double chance);

    /** A forward and backward pass of one sample. */
    interface Pass {
        /**
         * Adds the gradient of the loss of a sample to an array.
         *
         * @param parameters of the model
         * @param samples features of samples, one after another
         * @param from where the features of this one begin
         * @param label its class
         * @param gradient added to
         * @return the loss: minus the logarithm of the probability of the right class
         */
        double gradient(double[] parameters, double[] samples, int from, int label, double[] gradient);

        /** Returns the loss of a sample, and remembers whether the right class was the most likely. */
        double loss(double[] parameters, double[] samples, int from, int label);

        /** Returns whether the last sample's right class was the most likely. */
        boolean wasRight();
    }

    /** Multinomial logistic regression: a weight for each feature and class, and a bias for each class. Starts at zero. */
    record Softmax() implements Model {
        @Override
        public int parameters(int features, int classes) {
            return (features + 1) * classes;
        }

        @Override
        public double initial(int index, int features, int classes, double chance) {
            return 0;
        }

        @Override
        public Pass pass(int features, int classes) {
            return new SoftmaxPass(features, classes);
        }
    }

    /**
     * One hidden layer of rectified linear units, and a softmax. Weights start uniform within {@code sqrt(6 / inputs)} (He et al., 2015),
     * biases at zero.
     *
     * @param hidden units, one or more
     */
    record Mlp(int hidden) implements Model {
        /** @throws IllegalArgumentException if there is no unit */
        public Mlp {
            if (hidden < 1) {
                throw new IllegalArgumentException("hidden (" + hidden + ") must be at least 1");
            }
        }

        @Override
        public int parameters(int features, int classes) {
            return (features + 1) * hidden + (hidden + 1) * classes;
        }

        @Override
        public double initial(int index, int features, int classes, double chance) {
            boolean first = index < (features + 1) * hidden;
            int inputs = first ? features : hidden;
            int within = first ? index : index - (features + 1) * hidden;
            boolean bias = within % (inputs + 1) == inputs;
            return bias ? 0 : (2 * chance - 1) * Math.sqrt(6.0 / inputs);
        }

        @Override
        public Pass pass(int features, int classes) {
            return new MlpPass(features, hidden, classes);
        }
    }
}
