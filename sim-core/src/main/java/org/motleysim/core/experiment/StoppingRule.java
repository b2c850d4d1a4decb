package org.motleysim.core.experiment;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * When an experiment has enough replications. All variants get equally many, so that each has its pair.
 *
 * <p>Antithetic replications come in pairs: such an experiment stops after whole pairs, and a rule with a target wants two of them.
 *
 * <p>A rule with a target looks at the 95% interval after each replication of all variants, and stops at the first at which no variant
 * misses the target. Looking after every replication stops a little too early on average; a larger {@code fewest} makes that small.
 *
 * @param metric whose mean must be known well; empty for a fixed number of replications
 * @param relativeHalfWidth how well: half the width of the interval as a share of the mean, above 0
 * @param fewest replications before the rule may stop, 2 or more, or 1 when there is no target
 * @param most replications after which it stops in any case
 * @param budget wall-clock time after which no further replication is begun; unlike the rest, not the same on every machine
 */
public record StoppingRule(
        Optional<String> metric, double relativeHalfWidth, int fewest, int most, Optional<Duration> budget) {
    /** @throws IllegalArgumentException if a number is out of its range */
    public StoppingRule {
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(budget, "budget");
        if (most < 1) {
            throw new IllegalArgumentException("most replications (" + most + ") must be 1 or more");
        }
        int least = metric.isPresent() ? 2 : 1;
        if (fewest < least || fewest > most) {
            throw new IllegalArgumentException(
                    "fewest replications (" + fewest + ") must be from " + least + " to the most (" + most + ")");
        }
        if (metric.isPresent() && !(relativeHalfWidth > 0 && relativeHalfWidth < 1)) {
            throw new IllegalArgumentException("relative half-width (" + relativeHalfWidth
                    + ") must be above 0 and below 1\nMaybe 0.05, for 5% of the mean.");
        }
        if (budget.isPresent() && (budget.get().isNegative() || budget.get().isZero())) {
            throw new IllegalArgumentException("budget (" + budget.get() + ") must be positive");
        }
    }

    /** Always that many replications. */
    public static StoppingRule replications(int number) {
        return new StoppingRule(Optional.empty(), 0, Math.max(1, number), number, Optional.empty());
    }

    /** Until the mean of the metric is known to that share of itself in every variant: 5 to 100 replications unless told. */
    public static StoppingRule relativeHalfWidth(String metric, double share) {
        return new StoppingRule(Optional.of(metric), share, 5, 100, Optional.empty());
    }

    /** The same rule with other bounds. */
    public StoppingRule between(int fewestReplications, int mostReplications) {
        return new StoppingRule(metric, relativeHalfWidth, fewestReplications, mostReplications, budget);
    }

    /** The same rule with a bound on wall-clock time. */
    public StoppingRule within(Duration time) {
        return new StoppingRule(metric, relativeHalfWidth, fewest, most, Optional.of(time));
    }

    /** Whether the mean of every variant is known well enough. */
    boolean reached(Tally tally, int variants, int replications) {
        if (metric.isEmpty() || replications < fewest) {
            return false;
        }
        for (int variant = 0; variant < variants; variant++) {
            Optional<Summary> summary = tally.summary(variant, metric.get(), Summary.USUAL_LEVEL);
            if (summary.isEmpty()
                    || !(summary.get().halfWidth()
                            <= relativeHalfWidth * Math.abs(summary.get().mean()))) {
                return false;
            }
        }
        return true;
    }
}
