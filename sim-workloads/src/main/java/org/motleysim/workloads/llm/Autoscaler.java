package org.motleysim.workloads.llm;

import java.time.Duration;

/**
 * Starts replicas when many requests are in flight and stops them when few are, by concurrency, as the Knative Pod Autoscaler and the
 * Horizontal Pod Autoscaler of Kubernetes do: every {@code interval}, so many are wanted that each has {@code targetOutstanding} requests.
 *
 * <p>A replica that is started is rented and draws idle power at once; it takes requests after {@code startUp}, and after its weights are
 * loaded if the service says from where. A replica that is stopped takes no more requests, finishes those it has, and is given back: it
 * costs and draws nothing. It is stopped only when it was not wanted for {@code scaleDownDelay}, so that short lulls stop nobody.
 *
 * @param minReplicas never fewer, at least 1; they are there from the start
 * @param maxReplicas never more, at least {@code minReplicas}
 * @param targetOutstanding requests in flight per replica, positive
 * @param interval between decisions, positive
 * @param startUp from the decision until a replica can load its weights or serve, not negative
 * @param scaleDownDelay for which fewer must have been enough, not negative; Kubernetes: 300 s
 */
public record Autoscaler(
        int minReplicas,
        int maxReplicas,
        double targetOutstanding,
        Duration interval,
        Duration startUp,
        Duration scaleDownDelay) {
    /** @throws IllegalArgumentException if a part is out of its range */
    public Autoscaler {
        if (minReplicas < 1) {
            throw new IllegalArgumentException("minReplicas (" + minReplicas + ") must be at least 1");
        }
        if (maxReplicas < minReplicas) {
            throw new IllegalArgumentException("maxReplicas (" + maxReplicas + ") must not be less than minReplicas ("
                    + minReplicas + ")\nMaybe exchange them.");
        }
        if (!(targetOutstanding > 0 && targetOutstanding < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "targetOutstanding (" + targetOutstanding + ") must be positive and finite");
        }
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("interval (" + interval + ") must be positive");
        }
        if (startUp.isNegative()) {
            throw new IllegalArgumentException("startUp (" + startUp + ") must not be negative");
        }
        if (scaleDownDelay.isNegative()) {
            throw new IllegalArgumentException("scaleDownDelay (" + scaleDownDelay + ") must not be negative");
        }
    }
}
