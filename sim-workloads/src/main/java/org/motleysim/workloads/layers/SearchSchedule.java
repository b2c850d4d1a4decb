package org.motleysim.workloads.layers;

/**
 * How long a differentiable architecture search trains: in each step the weights on one batch, and from some epoch on the choice of
 * operations on another (first order: each is one forward and one backward pass).
 *
 * @param images that weights are trained on in an epoch
 * @param batch images of a step
 * @param epochs in all
 * @param choosesFrom first epoch, from 0, in which the choice is trained too
 */
public record SearchSchedule(long images, int batch, int epochs, int choosesFrom) {
    private static final double DAY_SECONDS = 86_400;

    /** @throws IllegalArgumentException if there is nothing to train, or the choice begins outside the epochs */
    public SearchSchedule {
        if (images < 1 || batch < 1 || epochs < 1) {
            throw new IllegalArgumentException(
                    "images (" + images + "), batch (" + batch + ") and epochs (" + epochs + ") must be 1 or more");
        }
        if (choosesFrom < 0 || choosesFrom > epochs) {
            throw new IllegalArgumentException("choosesFrom (" + choosesFrom + ") must be 0 to " + epochs);
        }
    }

    /** Returns the steps of an epoch, the last of which may be short. */
    public long stepsPerEpoch() {
        return (images + batch - 1) / batch;
    }

    /** Returns the forward and backward passes of the whole search. */
    public long passes() {
        return stepsPerEpoch() * (epochs + (long) (epochs - choosesFrom));
    }

    /** Returns the days of all GPUs together. */
    public double gpuDays(double secondsPerPass, int gpus) {
        return passes() * secondsPerPass * gpus / DAY_SECONDS;
    }
}
