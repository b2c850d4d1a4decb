package org.motleysim.core.experiment;

import java.util.Objects;
import java.util.Optional;
import org.motleysim.core.metric.MetricSet;

/**
 * One run of an experiment.
 *
 * @param run its number, from 0: all variants of replication 0, then all of replication 1, and so on
 * @param variant the number of its variant, from 0
 * @param name the name of its variant
 * @param replication the number of its replication, from 0
 * @param seed the seed it ran with
 * @param metrics what it measured; empty when it failed
 * @param failure why it failed; empty when it did not
 */
public record RunRecord(
        long run,
        int variant,
        String name,
        int replication,
        long seed,
        Optional<MetricSet> metrics,
        Optional<String> failure) {
    /** @throws IllegalArgumentException unless there is one of metrics and failure */
    public RunRecord {
        Objects.requireNonNull(name, "name");
        if (metrics.isPresent() == failure.isPresent()) {
            throw new IllegalArgumentException("a run must have either metrics or a failure");
        }
    }

    /** A failure in one line, with all that is needed to see it again. */
    @Override
    public String toString() {
        String who = "variant " + name + ", replication " + replication + ", seed " + seed + ": ";
        return who + failure.orElseGet(() -> metrics.orElseThrow().size() + " metrics");
    }
}
