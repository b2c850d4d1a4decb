package org.motleysim.workloads.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.motleysim.core.trace.TraceSink;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.cluster.Disturbance;
import org.motleysim.hardware.power.PowerSetup;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.Workload;

/**
 * Everything that determines a run: machines, what runs on them, for how long, and the seed. Immutable, with value equality; equal
 * scenarios give equal results, on every machine.
 *
 * <pre>{@code
 * RunResult result = Scenario.of(cluster, chat).seed(7).horizon(Duration.ofMinutes(30)).build().run();
 * }</pre>
 *
 * @param name what it is called in reports
 * @param description what it is for, for people; may be empty
 * @param cluster the machines
 * @param workloads what runs on them, each with its own name and its own device groups
 * @param seed the seed of all randomness
 * @param warmup at the beginning, left out of latencies and rates
 * @param horizon when the run stops; empty: when all work is done
 * @param timeline where to write a Chrome/Perfetto timeline; empty: nowhere
 */
public record Scenario(
        String name,
        String description,
        Cluster cluster,
        List<Workload> workloads,
        long seed,
        Duration warmup,
        Optional<Duration> horizon,
        Optional<Path> timeline) {
    /** Checks what does not depend on the machines; {@link #problems} tells the rest. */
    public Scenario {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(timeline, "timeline");
        workloads = List.copyOf(workloads);
        if (workloads.isEmpty()) {
            throw new IllegalArgumentException("workloads ([]) must not be empty");
        }
        if (warmup.isNegative()) {
            throw new IllegalArgumentException("warmup (" + warmup + ") must not be negative");
        }
        horizon.ifPresent(end -> {
            if (end.isNegative() || end.isZero()) {
                throw new IllegalArgumentException("horizon (" + end + ") must be positive");
            }
        });
    }

    /** Starts a scenario: seed 1, no warm-up, until all work is done. */
    public static Builder of(Cluster cluster, Workload... workloads) {
        return new Builder(cluster, List.of(workloads));
    }

    /** The same scenario with another seed. */
    public Scenario withSeed(long other) {
        return new Scenario(name, description, cluster, workloads, other, warmup, horizon, timeline);
    }

    /** The same scenario with its timeline written there. */
    public Scenario withTimeline(Path file) {
        return new Scenario(name, description, cluster, workloads, seed, warmup, horizon, Optional.of(file));
    }

    /** Everything that keeps the scenario from running, found without running it; empty when it can run. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        if (horizon.isPresent() && warmup.compareTo(horizon.get()) >= 0) {
            problems.add(new Problem(
                    "$.warmup",
                    "warmup (" + warmup + ") must be shorter than the horizon (" + horizon.get() + ")",
                    "Maybe measure longer, or warm up for less."));
        }
        Map<String, Problem> blanks = new LinkedHashMap<>();
        for (Problem blank : DatasheetBlanks.of(cluster)) {
            blanks.putIfAbsent(blank.message(), blank);
        }
        problems.addAll(blanks.values());
        for (int i = 0; horizon.isEmpty() && i < cluster.groups().size(); i++) {
            var battery = cluster.groups().get(i).power().flatMap(PowerSetup::battery);
            if (battery.isPresent()) {
                problems.add(new Problem(
                        "$.horizon",
                        "horizon must be set when there are batteries (group "
                                + cluster.groups().get(i).name() + "): they drain and charge for ever",
                        "Maybe \"24 h\"."));
            }
        }
        Map<String, String> names = new LinkedHashMap<>();
        Map<String, String> groups = new LinkedHashMap<>();
        for (int i = 0; i < workloads.size(); i++) {
            Workload workload = workloads.get(i);
            String path = "$.workloads[" + i + "]";
            String twin = names.putIfAbsent(workload.name(), path);
            if (twin != null) {
                problems.add(new Problem(
                        path + ".name",
                        "name (" + workload.name() + ") must be its own: " + twin + " has it too",
                        "Maybe give each workload a name."));
            }
            for (String group : workload.groups(cluster)) {
                String holder = groups.putIfAbsent(group, path);
                if (holder != null) {
                    problems.add(new Problem(
                            path + ".groups",
                            "group (" + group + ") must belong to one workload: " + holder + " occupies it too",
                            "Maybe split the cluster into groups and name the groups of each workload."));
                }
            }
            problems.addAll(disturbances(workload));
            for (Problem problem : workload.problems(cluster, horizon.isEmpty())) {
                if (blanks.putIfAbsent(problem.message(), problem) == null) {
                    problems.add(problem.under(path));
                }
            }
        }
        return problems;
    }

    /** What can happen to the devices of a workload that it cannot live with. */
    private List<Problem> disturbances(Workload workload) {
        List<Problem> problems = new ArrayList<>();
        Set<String> occupied = workload.groups(cluster);
        for (int i = 0; i < cluster.groups().size(); i++) {
            DeviceGroup group = cluster.groups().get(i);
            if (!occupied.contains(group.name())) {
                continue;
            }
            for (Disturbance disturbance : cluster.disturbances(group)) {
                if (!workload.endures().contains(disturbance)) {
                    problems.add(new Problem(
                            "$.cluster.devices[" + i + "]",
                            "group (" + group.name() + ") must not have " + disturbance.title()
                                    + " under a workload of kind " + workload.kind() + ", which does not model them",
                            "Maybe leave it out for this group; llm-serving models all of them."));
                }
            }
        }
        return problems;
    }

    /**
     * Runs the scenario on the calling thread.
     *
     * @throws ScenarioException when there are {@link #problems}
     */
    public RunResult run() {
        return run(RunProgress.NONE);
    }

    /**
     * Runs the scenario on the calling thread and tells how far it is; being told changes no result.
     *
     * @throws ScenarioException when there are {@link #problems}
     */
    public RunResult run(RunProgress progress) {
        try (TraceSink trace = timeline.isPresent() ? TraceSink.chrome(timeline.get()) : TraceSink.none()) {
            return run(progress, trace);
        } catch (IOException e) {
            throw new UncheckedIOException("timeline " + timeline.orElseThrow() + " cannot be written", e);
        }
    }

    /**
     * Runs the scenario on the calling thread with its timeline going to {@code trace}, which stays open, and not to the scenario's file.
     *
     * @throws ScenarioException when there are {@link #problems}
     */
    public RunResult run(RunProgress progress, TraceSink trace) {
        List<Problem> problems = problems();
        if (!problems.isEmpty()) {
            throw new ScenarioException(problems);
        }
        return new ScenarioRun(this, trace).run(progress);
    }

    /** Collects the parts of a scenario. */
    public static final class Builder {
        private final Cluster cluster;
        private final List<Workload> workloads;
        private String name = "scenario";
        private String description = "";
        private long seed = 1;
        private Duration warmup = Duration.ZERO;
        private Optional<Duration> horizon = Optional.empty();
        private Optional<Path> timeline = Optional.empty();

        private Builder(Cluster cluster, List<Workload> workloads) {
            this.cluster = cluster;
            this.workloads = workloads;
        }

        /** What it is called in reports. */
        public Builder name(String text) {
            this.name = text;
            return this;
        }

        /** What it is for, for people. */
        public Builder description(String text) {
            this.description = text;
            return this;
        }

        /** The seed of all randomness, any number; 1 unless told. */
        public Builder seed(long number) {
            this.seed = number;
            return this;
        }

        /** Time at the beginning that is left out of latencies and rates; none unless told. */
        public Builder warmup(Duration length) {
            this.warmup = length;
            return this;
        }

        /** When the run stops, positive; unless told, when all work is done. */
        public Builder horizon(Duration length) {
            this.horizon = Optional.of(length);
            return this;
        }

        /** Where to write a timeline that Chrome's tracing page and Perfetto open. */
        public Builder timeline(Path file) {
            this.timeline = Optional.of(file);
            return this;
        }

        /**
         * Makes the scenario.
         *
         * @throws IllegalArgumentException when a part is out of its range
         */
        public Scenario build() {
            return new Scenario(name, description, cluster, workloads, seed, warmup, horizon, timeline);
        }
    }
}
