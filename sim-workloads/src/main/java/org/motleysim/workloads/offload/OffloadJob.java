package org.motleysim.workloads.offload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.power.CarbonIntensity;
import org.motleysim.workloads.BoundWorkload;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.RunContext;
import org.motleysim.workloads.Workload;

/**
 * Devices that offload tasks to edge sites and a cloud. It brings its own machines, and leaves those of the cluster alone: its energy is not
 * part of theirs.
 *
 * <pre>{@code
 * OffloadJob job = OffloadJob.builder("campus")
 *     .applications(List.of(recognition))
 *     .classes(List.of(EndDevices.of("phones", 1_000, phone, RadioPower.builtIn("wifi"))))
 *     .sites(List.of(Site.of("lab", RadioTechnology.builtIn("wifi"), server)))
 *     .policy(OffloadPolicies.weighted(0.5))
 *     .build();
 * }</pre>
 *
 * @param name of the workload
 * @param applications what tasks there are; each device runs one, drawn by their shares
 * @param classes of devices
 * @param sites with access points and servers
 * @param backhaul between sites, one for all of them; absent where there is one site
 * @param cloud behind the sites; absent for none
 * @param policy where tasks run
 * @param handover time without radio at a change of site
 * @param migration how services follow their devices; absent where every site serves everybody
 * @param carbon what a kilowatt-hour emits; absent when not counted
 */
public record OffloadJob(
        String name,
        List<Application> applications,
        List<EndDevices> classes,
        List<Site> sites,
        Optional<Backhaul> backhaul,
        Optional<Cloud> cloud,
        OffloadPolicy policy,
        Duration handover,
        Optional<Migration> migration,
        Optional<CarbonIntensity> carbon)
        implements Workload {
    /** @throws IllegalArgumentException if a list is empty, two things have one name, no application has a share, or handover is negative */
    public OffloadJob {
        applications = List.copyOf(applications);
        classes = List.copyOf(classes);
        sites = List.copyOf(sites);
        if (applications.isEmpty() || classes.isEmpty() || sites.isEmpty()) {
            throw new IllegalArgumentException(
                    "applications, classes and sites of " + name + " must be one or more of each");
        }
        unique("applications", applications.stream().map(Application::name).toList());
        unique("classes", classes.stream().map(EndDevices::name).toList());
        unique("sites", sites.stream().map(Site::name).toList());
        if (applications.stream().allMatch(application -> application.share() == 0)) {
            throw new IllegalArgumentException(
                    "applications of " + name + " must have a share above zero, one at least");
        }
        if (handover.isNegative()) {
            throw new IllegalArgumentException("handover (" + handover + ") must be zero or more");
        }
    }

    private static void unique(String what, List<String> names) {
        Set<String> seen = new LinkedHashSet<>();
        for (String each : names) {
            if (!seen.add(each)) {
                throw new IllegalArgumentException(what + " (two named \"" + each + "\") must have names of their own");
            }
        }
    }

    /** Starts a description. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Returns the same job under another policy. */
    public OffloadJob under(OffloadPolicy other) {
        return new OffloadJob(name, applications, classes, sites, backhaul, cloud, other, handover, migration, carbon);
    }

    @Override
    public String kind() {
        return "offload";
    }

    @Override
    public Set<String> groups(Cluster cluster) {
        return Set.of();
    }

    @Override
    public List<Problem> problems(Cluster cluster, boolean endless) {
        List<Problem> problems = new ArrayList<>();
        if (endless) {
            problems.add(new Problem(
                    "$",
                    "devices must have a horizon: they never stop making tasks",
                    "Maybe \"horizon\": \"10 min\"."));
        }
        if (sites.size() > 1 && backhaul.isEmpty()) {
            problems.add(new Problem(
                    "$.backhaul",
                    "backhaul (none) must be given between " + sites.size() + " sites",
                    "Maybe {\"bandwidth\": \"1 Gbit/s\", \"latency\": \"10 ms\"}."));
        }
        for (int i = 0; i < classes.size(); i++) {
            if (classes.get(i).mobility() instanceof Mobility.Path) {
                for (int s = 0; s < sites.size(); s++) {
                    if (sites.get(s).position().isEmpty()) {
                        problems.add(new Problem(
                                "$.sites[" + s + "]",
                                "site (\"" + sites.get(s).name()
                                        + "\") must have a position, because devices of class \""
                                        + classes.get(i).name() + "\" move along a path",
                                ""));
                    }
                }
            }
        }
        for (int a = 0; a < applications.size(); a++) {
            Work work = applications.get(a).work();
            for (int i = 0; i < classes.size(); i++) {
                mismatch(problems, a, work, classes.get(i).processor(), "$.classes[" + i + "].processor");
            }
            for (int s = 0; s < sites.size(); s++) {
                mismatch(problems, a, work, Optional.of(sites.get(s).server()), "$.sites[" + s + "].server");
            }
            mismatch(problems, a, work, cloud.map(Cloud::server), "$.cloud.server");
        }
        return problems;
    }

    private void mismatch(List<Problem> problems, int application, Work work, Optional<Processor> on, String path) {
        on.ifPresent(processor -> {
            String name = applications.get(application).name();
            boolean instructions = work instanceof Work.Instructions;
            boolean counted = processor.speed() instanceof Processor.Mips;
            if (instructions != counted) {
                problems.add(new Problem(
                        path,
                        instructions
                                ? "processor must be given in mips, because application \"" + name
                                        + "\" counts instructions"
                                : "processor must be a device of the catalogue, because application \"" + name
                                        + "\" is an inference of a network",
                        ""));
            } else if (!instructions) {
                try {
                    processor.seconds(work);
                } catch (IllegalArgumentException e) {
                    problems.add(new Problem(path, String.valueOf(e.getMessage()), ""));
                }
            }
        });
    }

    @Override
    public BoundWorkload bind(RunContext context) {
        return new OffloadRun(this, context);
    }

    /** Collects the parts of a job; applications, classes, sites and a policy are required. */
    public static final class Builder {
        private final String name;
        private List<Application> applications = List.of();
        private List<EndDevices> classes = List.of();
        private List<Site> sites = List.of();
        private Optional<Backhaul> backhaul = Optional.empty();
        private Optional<Cloud> cloud = Optional.empty();
        private OffloadPolicy policy = OffloadPolicies.Named.EDGE;
        private Duration handover = Duration.ZERO;
        private Optional<Migration> migration = Optional.empty();
        private Optional<CarbonIntensity> carbon = Optional.empty();

        private Builder(String name) {
            this.name = name;
        }

        /** Sets what tasks there are. */
        public Builder applications(List<Application> all) {
            applications = all;
            return this;
        }

        /** Sets the devices. */
        public Builder classes(List<EndDevices> all) {
            classes = all;
            return this;
        }

        /** Sets the sites. */
        public Builder sites(List<Site> all) {
            sites = all;
            return this;
        }

        /** Sets the link between sites; none by default. */
        public Builder backhaul(Backhaul link) {
            backhaul = Optional.of(link);
            return this;
        }

        /** Sets the cloud; none by default. */
        public Builder cloud(Cloud behind) {
            cloud = Optional.of(behind);
            return this;
        }

        /** Sets where tasks run; on the home site by default. */
        public Builder policy(OffloadPolicy chosen) {
            policy = chosen;
            return this;
        }

        /** Sets the time without radio at a change of site; zero by default. */
        public Builder handover(Duration interruption) {
            handover = interruption;
            return this;
        }

        /** Lets services live at one site and follow their devices; by default every site serves everybody. */
        public Builder migration(Migration rules) {
            migration = Optional.of(rules);
            return this;
        }

        /** Sets what a kilowatt-hour emits; not counted by default. */
        public Builder carbon(CarbonIntensity intensity) {
            carbon = Optional.of(intensity);
            return this;
        }

        /**
         * Returns the job.
         *
         * @throws IllegalArgumentException as the constructor of the record
         */
        public OffloadJob build() {
            return new OffloadJob(
                    name, applications, classes, sites, backhaul, cloud, policy, handover, migration, carbon);
        }
    }
}
