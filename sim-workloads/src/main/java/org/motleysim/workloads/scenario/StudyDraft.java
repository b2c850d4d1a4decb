package org.motleysim.workloads.scenario;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.motleysim.core.experiment.Axis;
import org.motleysim.core.experiment.Constraint;
import org.motleysim.core.experiment.Objective;
import org.motleysim.core.experiment.Seeding;
import org.motleysim.core.experiment.StoppingRule;

/** A study file as it stands, before its variants are made. */
record StudyDraft(
        Optional<String> name,
        String description,
        Node scenario,
        Map<String, Node> set,
        List<Vary> vary,
        StudyDesign design,
        Optional<Integer> replications,
        Optional<StoppingRule> stop,
        Seeding seeding,
        long seed,
        List<String> metrics,
        List<String> compare,
        Optional<String> baseline,
        List<Objective> pareto,
        List<Constraint> constraints,
        Optional<SearchDraft> search) {

    /** One axis: the values are empty when it is a range. */
    record Vary(String path, Axis axis, List<Node> values) {
        Vary {
            values = List.copyOf(values);
        }

        /** What is put at the path for a level. */
        Optional<Node> value(String level) {
            int index = axis.levels().indexOf(level);
            return values.isEmpty() ? Optional.empty() : Optional.of(values.get(index));
        }
    }

    /** The metrics that are asked about. */
    Set<String> named() {
        Set<String> names = new LinkedHashSet<>(compare);
        pareto.forEach(objective -> names.add(objective.metric()));
        constraints.forEach(constraint -> names.add(constraint.metric()));
        search.ifPresent(wanted -> names.add(wanted.metric()));
        stop.flatMap(StoppingRule::metric).ifPresent(names::add);
        return names;
    }

    /** @throws IllegalArgumentException if something stands beside a search that has no meaning there */
    void checkSearch() {
        if (search.isEmpty()) {
            return;
        }
        if (stop.isPresent() || !pareto.isEmpty() || !constraints.isEmpty() || seeding != Seeding.COMMON) {
            throw new IllegalArgumentException("search (" + search.get().kind()
                    + ") must not stand beside stop, pareto, constraints or seeds\nMaybe \"replications\" alone.");
        }
        if (search.get() instanceof SearchDraft.Halving && vary.isEmpty()) {
            throw new IllegalArgumentException(
                    "search (successive-halving) must have two or more variants to choose from"
                            + "\nMaybe add \"vary\".");
        }
    }

    /** When there are enough replications, however it is said. */
    StoppingRule rule() {
        StoppingRule rule = anyRule();
        if (seeding == Seeding.ANTITHETIC && rule.most() % 2 != 0) {
            throw new IllegalArgumentException("replications (" + rule.most()
                    + ") must be even: antithetic ones come in pairs\nMaybe " + (rule.most() + 1) + ".");
        }
        return rule;
    }

    private StoppingRule anyRule() {
        if (stop.isEmpty()) {
            return StoppingRule.replications(replications.orElse(10));
        }
        if (replications.isPresent()) {
            throw new IllegalArgumentException("replications (" + replications.get()
                    + ") must not stand beside stop\nMaybe \"most\" in stop, and no replications.");
        }
        return stop.get();
    }
}
