package org.motleysim.workloads.federated.learning;

import org.motleysim.core.random.RandomStreams;
import org.motleysim.workloads.federated.population.Clients;

/**
 * A stand-in for learning: how far a run has come, counted in full rounds. <b>It is not an accuracy</b>, and no data or model is behind it.
 *
 * <p>A new version of the model that is made of updates with weights {@code w} (their staleness weights) adds
 *
 * <pre>
 * n / (n + half),   n = sum of the weights
 * </pre>
 *
 * so that many participants have diminishing returns, {@code half} of them are worth half a round, and a stale update counts less. A run with
 * n fresh participants a round needs {@code target (1 + half / n)} rounds. The form is that of the parallelism curves of McMahan et al.
 * (AISTATS 2017, table 2), where more clients a round save ever fewer rounds; the two numbers are the user's.
 *
 * @param target progress at which the run ends, in full rounds; above zero
 * @param half participants that are worth half a round; zero or more
 */
public record ConvergenceProxy(double target, double half) implements Learning {
    /** @throws IllegalArgumentException if a number is out of range */
    public ConvergenceProxy {
        if (!(target > 0 && target < Double.POSITIVE_INFINITY && half >= 0 && half < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "target (" + target + ") must be above zero, and half (" + half + ") zero or more");
        }
    }

    @Override
    public Run bind(Clients clients, int slots, int models, int batch, RandomStreams streams) {
        return new ProxyRun(this, models);
    }
}
