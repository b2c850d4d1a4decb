package org.motleysim.workloads.federated;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.population.Attribute;
import org.motleysim.workloads.BoundWorkload;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.RunContext;
import org.motleysim.workloads.Workload;
import org.motleysim.workloads.federated.learning.Learning;
import org.motleysim.workloads.federated.learning.RealLearning;
import org.motleysim.workloads.federated.population.ClientPopulation;

/**
 * Federated learning: a server, and clients that train at home.
 *
 * <pre>{@code
 * var job = FederatedJob.of(clients)
 *         .work(new LocalWork.Training(Flops.giga(0.6), new LocalWork.Amount.Epochs(1, 20)))
 *         .payload(Payload.of(Bytes.megabytes(14), Bytes.megabytes(14)))
 *         .aggregation(Aggregation.Buffered.of(1_000, 100))
 *         .limit(Limit.versions(500))
 *         .build();
 * }</pre>
 *
 * <p>The clients are not devices of the cluster, and their energy is not part of the cluster's; the server may be one of its groups, which is
 * left alone here. The model card is docs/models/federated.md.
 *
 * @param name of its metrics when there are several workloads
 * @param clients who they are
 * @param work what each computes in a task
 * @param payload what goes over the network
 * @param memory that a task needs; a client with less is never asked
 * @param server what aggregation takes
 * @param radio what the clients' radios draw; absent: transfers draw nothing
 * @param cells that clients share; absent: each has its links to itself
 * @param throttling of clients that get hot; absent: none
 * @param aggregation when updates become a version
 * @param selection who is asked
 * @param learning what is learnt
 * @param limit when it ends
 */
public record FederatedJob(
        String name,
        ClientPopulation clients,
        LocalWork work,
        Payload payload,
        Bytes memory,
        Server server,
        Optional<Radio> radio,
        Optional<Cells> cells,
        Optional<Throttling> throttling,
        Aggregation aggregation,
        ClientSelection selection,
        Learning learning,
        Limit limit)
        implements Workload {
    /** Starts the description of a job. */
    public static Builder of(ClientPopulation clients) {
        return new Builder(clients);
    }

    @Override
    public String kind() {
        return "federated";
    }

    @Override
    public Set<String> groups(Cluster cluster) {
        return Set.of();
    }

    @Override
    public List<Problem> problems(Cluster cluster, boolean endless) {
        List<Problem> problems = new ArrayList<>();
        if (endless && !limit.isSet()) {
            problems.add(new Problem(
                    "$",
                    "federated learning must have a horizon or a limit: it never ends by itself",
                    "Maybe \"limit\": {\"versions\": 500}."));
        }
        if (work instanceof LocalWork.Training
                && radio.isPresent()
                && !clients.devices().table().has(Attribute.BUSY_POWER)) {
            problems.add(new Problem(
                    "$.clients",
                    "devices must say their busy power, since the radio's power is asked for",
                    "Maybe \"busyPower\": \"4 W\" in each class."));
        }
        if (clients.battery().isPresent() && !clients.devices().table().has(Attribute.BATTERY)) {
            problems.add(new Problem(
                    "$.battery",
                    "devices must have a battery (an energy of its own) for batteries to run down",
                    "Maybe \"battery\": \"50 kJ\" in a class."));
        }
        if (aggregation.slots(clients.count()) > clients.count()) {
            problems.add(
                    new Problem("$.aggregation", "more clients at once than there are (" + clients.count() + ")", ""));
        }
        if (learning instanceof RealLearning real) {
            real.problems(clients.count(), aggregation.models(clients.count()))
                    .forEach(message -> problems.add(new Problem("$.learning", message, "")));
        }
        return problems;
    }

    @Override
    public BoundWorkload bind(RunContext context) {
        return new FederatedRun(this, context);
    }

    /**
     * When a job ends, besides the horizon of the scenario: at whichever is reached first, or when the learning has reached its target.
     *
     * @param versions of the model, failed rounds counted too
     * @param tasks that are done, with or without success
     * @param atTarget whether it ends when the learning has reached its target
     */
    public record Limit(OptionalLong versions, OptionalLong tasks, boolean atTarget) {
        /** @throws IllegalArgumentException if a number is less than one */
        public Limit {
            if ((versions.isPresent() && versions.getAsLong() < 1) || (tasks.isPresent() && tasks.getAsLong() < 1)) {
                throw new IllegalArgumentException(
                        "versions (" + versions + ") and tasks (" + tasks + ") of a limit must be at least 1");
            }
        }

        /** Returns no limit. */
        public static Limit none() {
            return new Limit(OptionalLong.empty(), OptionalLong.empty(), false);
        }

        /** Returns an end after so many versions. */
        public static Limit versions(long count) {
            return new Limit(OptionalLong.of(count), OptionalLong.empty(), false);
        }

        /** Returns an end after so many tasks. */
        public static Limit tasks(long count) {
            return new Limit(OptionalLong.empty(), OptionalLong.of(count), false);
        }

        /** Returns an end at the target of the learning, or after so many versions. */
        public static Limit target(long versionsAtMost) {
            return new Limit(OptionalLong.of(versionsAtMost), OptionalLong.empty(), true);
        }

        boolean isSet() {
            return versions.isPresent() || tasks.isPresent() || atTarget;
        }
    }

    /** Describes a job. */
    public static final class Builder {
        private final ClientPopulation clients;
        private String name = "federated";
        private LocalWork work = new LocalWork.Timed(org.motleysim.core.random.Distribution.constant(1));
        private Payload payload = Payload.of(Bytes.ZERO, Bytes.ZERO);
        private Bytes memory = Bytes.ZERO;
        private Server server = Server.unlimited();
        private Optional<Radio> radio = Optional.empty();
        private Optional<Cells> cells = Optional.empty();
        private Optional<Throttling> throttling = Optional.empty();
        private Aggregation aggregation = Aggregation.Synchronous.of(1);
        private ClientSelection selection = new Selections.Random();
        private Learning learning = Learning.none();
        private Limit limit = Limit.none();

        private Builder(ClientPopulation clients) {
            this.clients = clients;
        }

        /** Names the job; {@code federated} by default. */
        public Builder name(String text) {
            name = text;
            return this;
        }

        /** Sets what each client computes; one second by default. */
        public Builder work(LocalWork each) {
            work = each;
            return this;
        }

        /** Sets what goes over the network; nothing by default. */
        public Builder payload(Payload bytes) {
            payload = bytes;
            return this;
        }

        /** Sets the memory that a task needs; none by default. */
        public Builder memory(Bytes needed) {
            memory = needed;
            return this;
        }

        /** Sets what aggregation takes; no time by default. */
        public Builder server(Server machine) {
            server = machine;
            return this;
        }

        /** Sets what radios draw; nothing by default. */
        public Builder radio(Radio model) {
            radio = Optional.of(model);
            return this;
        }

        /** Sets the cells that clients share; links of their own by default. */
        public Builder cells(Cells shared) {
            cells = Optional.of(shared);
            return this;
        }

        /** Lets clients slow down when they get hot; they do not by default. */
        public Builder throttling(Throttling ladder) {
            throttling = Optional.of(ladder);
            return this;
        }

        /** Sets when updates become a version; synchronous rounds of one client by default. */
        public Builder aggregation(Aggregation way) {
            aggregation = way;
            return this;
        }

        /** Sets who is asked; at random by default. */
        public Builder selection(ClientSelection policy) {
            selection = policy;
            return this;
        }

        /** Sets what is learnt; nothing by default. */
        public Builder learning(Learning what) {
            learning = what;
            return this;
        }

        /** Sets when it ends; with the horizon by default. */
        public Builder limit(Limit end) {
            limit = end;
            return this;
        }

        /** Returns the job. */
        public FederatedJob build() {
            return new FederatedJob(
                    name,
                    clients,
                    work,
                    payload,
                    memory,
                    server,
                    radio,
                    cells,
                    throttling,
                    aggregation,
                    selection,
                    learning,
                    limit);
        }
    }
}
