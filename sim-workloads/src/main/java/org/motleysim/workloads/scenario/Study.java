package org.motleysim.workloads.scenario;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.motleysim.core.experiment.Constraint;
import org.motleysim.core.experiment.Experiment;
import org.motleysim.core.experiment.Morris;
import org.motleysim.core.experiment.Objective;
import org.motleysim.core.experiment.Seeding;
import org.motleysim.core.experiment.StoppingRule;
import org.motleysim.core.experiment.Trial;
import org.motleysim.core.experiment.Variant;
import org.motleysim.core.metric.Metric;
import org.motleysim.core.metric.MetricSet;

/**
 * Variants of a scenario that are run many times and compared. Read by {@link StudyFile}; in Java an {@link Experiment} over scenarios
 * says the same. Immutable.
 *
 * @param name what it is called in reports
 * @param description what it asks, for people; may be empty
 * @param axes the names of what is varied
 * @param variants the scenarios to compare, one or more
 * @param rule when there are enough replications
 * @param seeding how runs get their seeds
 * @param seed all seeds derive from it; those of the scenarios are not used
 * @param metrics the metrics to keep besides those {@link #named}; empty: all but those of single devices
 * @param compare the metrics to compare variants by
 * @param baseline what variants are compared with: the name of a variant, or {@code axis=level}, which stands for the variant that differs
 *     in that axis alone
 * @param pareto what is wanted, for the front; may be empty
 * @param constraints bounds on means; may be empty
 * @param morris the trajectories, when the design is one
 * @param search what is searched for, instead of running every variant equally often
 * @param identity all that determines the runs, as JSON: equal for equal studies
 */
public record Study(
        String name,
        String description,
        List<String> axes,
        List<Case> variants,
        StoppingRule rule,
        Seeding seeding,
        long seed,
        List<String> metrics,
        List<String> compare,
        String baseline,
        List<Objective> pareto,
        List<Constraint> constraints,
        Optional<Morris> morris,
        Optional<StudySearch> search,
        String identity) {
    static final String OF_ONE_DEVICE = "device.";

    /**
     * One variant.
     *
     * @param name its name, made of its levels
     * @param settings its level on each axis
     * @param scenario what is run
     */
    public record Case(String name, Map<String, String> settings, Scenario scenario) {
        /** Keeps its own copy, in order. */
        public Case {
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
            Objects.requireNonNull(scenario, "scenario");
        }

        private Trial trial(List<String> kept, Set<String> named) {
            return trial(scenario, kept, named);
        }

        private static Trial trial(Scenario scenario, List<String> kept, Set<String> named) {
            return seed -> {
                MetricSet all = scenario.withSeed(seed).run().metrics();
                var metrics = MetricSet.builder();
                for (Metric metric : all) {
                    boolean usual =
                            kept.isEmpty() ? !metric.name().startsWith(OF_ONE_DEVICE) : kept.contains(metric.name());
                    if (usual || named.contains(metric.name())) {
                        metrics.put(metric.name(), metric.value(), metric.unit());
                    }
                }
                return metrics.build();
            };
        }
    }

    /** Keeps its own copies of the lists. */
    public Study {
        axes = List.copyOf(axes);
        variants = List.copyOf(variants);
        metrics = List.copyOf(metrics);
        compare = List.copyOf(compare);
        pareto = List.copyOf(pareto);
        constraints = List.copyOf(constraints);
    }

    /** What each variant is compared with: from the name of a variant to that of its baseline; a baseline itself has none. */
    public Map<String, String> baselines() {
        Map<String, String> baselines = new LinkedHashMap<>();
        if (variants.stream().anyMatch(each -> each.name().equals(baseline))) {
            variants.forEach(each -> baselines.put(each.name(), baseline));
            baselines.remove(baseline);
            return baselines;
        }
        Map<Map<String, String>, String> bySettings = new HashMap<>();
        variants.forEach(each -> bySettings.putIfAbsent(each.settings(), each.name()));
        int equals = baseline.indexOf('=');
        for (Case each : variants) {
            Map<String, String> settings = new HashMap<>(each.settings());
            settings.put(baseline.substring(0, equals), baseline.substring(equals + 1));
            Optional.ofNullable(bySettings.get(settings))
                    .filter(name -> !settings.equals(each.settings()))
                    .ifPresent(name -> baselines.put(each.name(), name));
        }
        return baselines;
    }

    /** The metrics that the study asks about, in the order of the file: they must be measured, and are kept in any case. */
    public Set<String> named() {
        Set<String> names = new LinkedHashSet<>(compare);
        pareto.forEach(objective -> names.add(objective.metric()));
        constraints.forEach(constraint -> names.add(constraint.metric()));
        search.ifPresent(wanted -> names.add(wanted.metric()));
        rule.metric().ifPresent(names::add);
        return Collections.unmodifiableSet(names);
    }

    /** One run of a scenario of this study, with the metrics that the study keeps. */
    public Trial trial(Scenario scenario) {
        return Case.trial(scenario, metrics, named());
    }

    /** The experiment, to which threads and a watcher may still be added. */
    public Experiment.Builder experiment() {
        Set<String> named = named();
        var experiment =
                Experiment.named(name).stop(rule).seeding(seeding).seed(seed).wanted(named);
        for (Case each : variants) {
            experiment.variant(new Variant(each.name(), each.settings(), each.trial(metrics, named)));
        }
        return experiment;
    }
}
