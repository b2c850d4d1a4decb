package org.motleysim.workloads.llm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.cluster.Disturbance;
import org.motleysim.workloads.BoundWorkload;
import org.motleysim.workloads.OccupiedGroups;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.RunContext;
import org.motleysim.workloads.Workload;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.llm.session.Sessions;
import org.motleysim.workloads.llm.step.ReplicaMemory;
import org.motleysim.workloads.llm.step.StepModel;
import org.motleysim.workloads.traces.RequestTrace;

/**
 * A language model served to users: requests arrive, each replica of the model batches them, every output token has its time.
 *
 * <pre>{@code
 * LlmServing chat = LlmServing.of(ModelSpec.builtIn("llama-3-8b"))
 *         .arrivals(Arrivals.poisson(12.0))
 *         .lengths(RequestLengths.logNormal(400, 4_000, 150, 900))
 *         .batching(Batching.chunkedPrefill(8_192))
 *         .routing(Routing.leastWork())
 *         .slo(new Slo(Duration.ofMillis(500), Duration.ofMillis(50)))
 *         .build();
 * }</pre>
 *
 * <p>What is modelled, after which engines, and what is not: docs/models/llm-serving.md. Immutable, with value equality.
 */
public final class LlmServing implements Workload {
    /** Everything that describes it, as a record for its equality. */
    private record Parts(
            String name,
            ModelSpec model,
            Arrivals arrivals,
            RequestLengths lengths,
            OptionalLong requests,
            StepModel stepModel,
            Batching batching,
            Routing routing,
            Optional<Slo> slo,
            int tensorParallel,
            Set<String> groups,
            double memoryUtilization,
            boolean prefixCaching,
            int maxOutstanding,
            int maxOutstandingPerReplica,
            int retryLimit,
            int loggedRequests,
            Optional<String> loadFrom,
            Optional<KvOffload> kvOffload,
            Optional<Sessions> sessions,
            Optional<DecodePool> decodePool,
            Optional<Autoscaler> autoscaler,
            List<Tenant> tenants,
            Queueing queueing,
            boolean refuseLate,
            Optional<Bytes> swapSpace) {}

    private final Parts parts;

    private LlmServing(Parts parts) {
        this.parts = parts;
    }

    /** Starts the description of a service of {@code model}. */
    public static Builder of(ModelSpec model) {
        return new Builder(model);
    }

    @Override
    public String kind() {
        return "llm-serving";
    }

    @Override
    public String name() {
        return parts.name;
    }

    /** The model that is served. */
    public ModelSpec model() {
        return parts.model;
    }

    /** When requests arrive. */
    public Arrivals arrivals() {
        return parts.arrivals;
    }

    /** How long requests are. */
    public RequestLengths lengths() {
        return parts.lengths;
    }

    /** The number of requests after which no more arrive, if there is one. */
    public OptionalLong requests() {
        return parts.requests;
    }

    /** What an iteration costs. */
    public StepModel stepModel() {
        return parts.stepModel;
    }

    /** The batching policy of every replica. */
    public Batching batching() {
        return parts.batching;
    }

    /** The router. */
    public Routing routing() {
        return parts.routing;
    }

    /** What a request must meet to count as good, if anything. */
    public Optional<Slo> slo() {
        return parts.slo;
    }

    /** Devices per replica. */
    public int tensorParallel() {
        return parts.tensorParallel;
    }

    /** Names of the device groups to serve on; empty: all groups of the cluster. */
    public Set<String> groups() {
        return parts.groups;
    }

    /** Share of a device's memory that weights and KV cache may take. */
    public double memoryUtilization() {
        return parts.memoryUtilization;
    }

    /** Whether the keys and values of prompts and outputs stay for later requests that begin alike. */
    public boolean prefixCaching() {
        return parts.prefixCaching;
    }

    /** Requests in flight beyond which newcomers are refused. */
    public int maxOutstanding() {
        return parts.maxOutstanding;
    }

    /** Requests in flight at one replica beyond which newcomers routed there are refused. */
    public int maxOutstandingPerReplica() {
        return parts.maxOutstandingPerReplica;
    }

    /** How often a request may lose its replica to a failure and be sent to another one; then it fails. */
    public int retryLimit() {
        return parts.retryLimit;
    }

    /** The most requests that the request log keeps. */
    public int loggedRequests() {
        return parts.loggedRequests;
    }

    /** The memory tier of the hosts that weights are loaded from when the run starts; empty: they are there. */
    public Optional<String> loadFrom() {
        return parts.loadFrom;
    }

    /** The memory tier below the prefix cache, if there is one. */
    public Optional<KvOffload> kvOffload() {
        return parts.kvOffload;
    }

    /** What an arrival begins, when it is not a single request. */
    public Optional<Sessions> sessions() {
        return parts.sessions;
    }

    /** The devices that decode what the others have computed the prompts of; empty: all do both. */
    public Optional<DecodePool> decodePool() {
        return parts.decodePool;
    }

    /** What starts and stops replicas; empty: all run all the time. */
    public Optional<Autoscaler> autoscaler() {
        return parts.autoscaler;
    }

    /** Other users of the service. */
    public List<Tenant> tenants() {
        return parts.tenants;
    }

    /** In which order those who wait are let in. */
    public Queueing queueing() {
        return parts.queueing;
    }

    /** Host memory of each device for the keys and values of preempted sequences; empty: they are computed again. */
    public Optional<Bytes> swapSpace() {
        return parts.swapSpace;
    }

    /** Whether requests are refused whose first token is expected later than their objective allows. */
    public boolean refuseLate() {
        return parts.refuseLate;
    }

    @Override
    public Set<String> groups(Cluster cluster) {
        return new OccupiedGroups(Pool.asked(this)).names(cluster);
    }

    @Override
    public Set<Disturbance> endures() {
        return EnumSet.allOf(Disturbance.class);
    }

    @Override
    public List<Problem> problems(Cluster cluster, boolean endless) {
        List<Problem> problems = new ArrayList<>(new OccupiedGroups(groups()).problems(cluster));
        decodePool().ifPresent(pool -> new OccupiedGroups(pool.groups())
                .problems(cluster).stream()
                        .map(problem -> new Problem("$.decodePool.groups", problem.message(), problem.hint()))
                        .forEach(problems::add));
        if (endless && arrivals().endless() && requests().isEmpty()) {
            problems.add(new Problem(
                    "$.arrivals",
                    "arrivals never end and the scenario has no horizon",
                    "Maybe set a horizon, or the number of requests."));
        }
        for (int i = 0; i < tenants().size(); i++) {
            Tenant tenant = tenants().get(i);
            if (endless && tenant.arrivals().endless() && tenant.requests().isEmpty()) {
                problems.add(new Problem(
                        "$.tenants[" + i + "].arrivals",
                        "arrivals never end and the scenario has no horizon",
                        "Maybe set a horizon, or the number of requests."));
            }
        }
        if (autoscaler().isPresent()) {
            ReplicaPlan.scalingProblem(this, cluster).ifPresent(problems::add);
        }
        Set<String> taken = new LinkedHashSet<>();
        for (Pool pool : Pool.of(this, cluster)) {
            if (pool.groups().isEmpty() && problems.isEmpty()) {
                problems.add(new Problem(
                        pool.path() + ".groups",
                        (pool.role() == Pool.Role.DECODE ? "the decode pool" : "the prefill pool")
                                + " must have devices, and no group of the cluster is left for it",
                        "Maybe divide the devices into two groups, or give the decode pool fewer."));
            }
            for (DeviceGroup group : pool.groups()) {
                if (!taken.add(group.name())) {
                    problems.add(new Problem(
                            pool.path() + ".groups",
                            "group (\"" + group.name() + "\") must be in one pool only",
                            "Maybe divide the devices into two groups."));
                    continue;
                }
                ReplicaPlan.problem(this, pool, group, cluster).ifPresent(problems::add);
                WeightLoading.problem(this, group).ifPresent(problems::add);
            }
        }
        return problems;
    }

    @Override
    public BoundWorkload bind(RunContext context) {
        return new ServingRun(this, context);
    }

    /** The groups it is served on, in order of the cluster. */
    List<DeviceGroup> occupied(Cluster cluster) {
        return new OccupiedGroups(Pool.asked(this)).of(cluster);
    }

    /** The requests of one run. */
    RequestFeed feed(RandomStreams streams) {
        return new RequestFeed(
                arrivals().bind(streams.stream(name() + "/arrivals")),
                lengths().bind(streams.stream(name() + "/lengths")),
                requests().orElse(Long.MAX_VALUE));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LlmServing that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    @Override
    public String toString() {
        return "LlmServing[" + name() + ": " + model().name() + ", "
                + batching().label() + ", " + routing().label() + "]";
    }

    /** Collects the parts of a service. */
    public static final class Builder {
        private final ModelSpec model;
        private String name = "serving";
        private @Nullable Arrivals arrivals;
        private @Nullable RequestLengths lengths;
        private OptionalLong requests = OptionalLong.empty();
        private StepModel stepModel = StepModel.fusedKernels();
        private Batching batching = Batching.chunkedPrefill(2_048);
        private Routing routing = Routing.leastOutstanding();
        private Optional<Slo> slo = Optional.empty();
        private int tensorParallel = 1;
        private Set<String> groups = Set.of();
        private double memoryUtilization = ReplicaMemory.DEFAULT_UTILIZATION;
        private boolean prefixCaching;
        private int maxOutstanding = Integer.MAX_VALUE;
        private int maxOutstandingPerReplica = Integer.MAX_VALUE;
        private int retryLimit = Integer.MAX_VALUE;
        private int loggedRequests = Integer.MAX_VALUE;
        private Optional<String> loadFrom = Optional.empty();
        private Optional<KvOffload> kvOffload = Optional.empty();
        private Optional<Sessions> sessions = Optional.empty();
        private Optional<DecodePool> decodePool = Optional.empty();
        private Optional<Autoscaler> autoscaler = Optional.empty();
        private List<Tenant> tenants = List.of();
        private Queueing queueing = Queueing.FCFS;
        private boolean refuseLate;
        private Optional<Bytes> swapSpace = Optional.empty();

        private Builder(ModelSpec model) {
            this.model = Objects.requireNonNull(model, "model");
        }

        /** Its name within the scenario and of its random streams; {@code serving} unless told. */
        public Builder name(String text) {
            this.name = text;
            return this;
        }

        /** Replays recorded requests: their {@link #arrivals} and their {@link #lengths}. */
        public Builder replay(RequestTrace trace) {
            return arrivals(Arrivals.trace(trace)).lengths(RequestLengths.trace(trace));
        }

        /** When requests arrive. */
        public Builder arrivals(Arrivals process) {
            this.arrivals = process;
            return this;
        }

        /** How long prompts and outputs are. */
        public Builder lengths(RequestLengths distribution) {
            this.lengths = distribution;
            return this;
        }

        /** Lets no more than {@code count} requests arrive, at least 1. */
        public Builder requests(long count) {
            this.requests = OptionalLong.of(atLeastOne("requests", count));
            return this;
        }

        /** What an iteration costs; its kernels one after the other, without host time, unless told. */
        public Builder stepModel(StepModel model) {
            this.stepModel = Objects.requireNonNull(model, "stepModel");
            return this;
        }

        /** Who is in the next iteration; chunked prefill with 2,048 tokens unless told. */
        public Builder batching(Batching policy) {
            this.batching = Objects.requireNonNull(policy, "batching");
            return this;
        }

        /** Which replica gets a request; the one with the fewest outstanding unless told. */
        public Builder routing(Routing router) {
            this.routing = Objects.requireNonNull(router, "routing");
            return this;
        }

        /** What a request must meet to count as good; without it there is no goodput. */
        public Builder slo(Slo objective) {
            this.slo = Optional.of(objective);
            return this;
        }

        /** Splits the model over so many devices of a group, which together are one replica; 1 unless told. */
        public Builder tensorParallel(int devices) {
            this.tensorParallel = (int) atLeastOne("tensorParallel", devices);
            return this;
        }

        /** Serves on these device groups only; on all groups of the cluster unless told. */
        public Builder groups(String... names) {
            this.groups = Collections.unmodifiableSet(new LinkedHashSet<>(List.of(names)));
            return this;
        }

        /** Share of a device's memory for weights and KV cache, in (0, 1]; 0.9 unless told ({@code gpu_memory_utilization} in vLLM). */
        public Builder memoryUtilization(double share) {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException(
                        "memoryUtilization (" + share + ") must be in (0, 1]\nMaybe write 0.9 for 90 percent.");
            }
            this.memoryUtilization = share;
            return this;
        }

        /**
         * Keeps full KV blocks, as long as nobody needs the room, for later requests that begin alike ({@code enable_prefix_caching} in
         * vLLM); off unless told. Which prompts begin alike is a matter of the {@link #lengths}: traces may say it.
         */
        public Builder prefixCaching(boolean on) {
            this.prefixCaching = on;
            return this;
        }

        /** Refuses requests while so many are in flight, at least 1; no limit unless told. */
        public Builder maxOutstanding(int count) {
            this.maxOutstanding = (int) atLeastOne("maxOutstanding", count);
            return this;
        }

        /** Refuses requests whose replica has so many in flight, at least 1; no limit unless told. */
        public Builder maxOutstandingPerReplica(int count) {
            this.maxOutstandingPerReplica = (int) atLeastOne("maxOutstandingPerReplica", count);
            return this;
        }

        /** Lets a request that loses its replica to a failure go to another one so often, 0 for never; without limit unless told. */
        public Builder retryLimit(int count) {
            if (count < 0) {
                throw new IllegalArgumentException("retryLimit (" + count + ") must not be negative");
            }
            this.retryLimit = count;
            return this;
        }

        /** Keeps only the first {@code count} requests in the log, 0 for none; all unless told. */
        public Builder loggedRequests(int count) {
            if (count < 0) {
                throw new IllegalArgumentException("loggedRequests (" + count + ") must not be negative");
            }
            this.loggedRequests = count;
            return this;
        }

        /**
         * Starts without weights: each replica loads them from that memory tier of its host, by its name or kind, such as {@code "nvme"}, and
         * requests wait meanwhile. Unless told, weights are there from the start.
         */
        public Builder loadFrom(String tier) {
            this.loadFrom = Optional.of(tier);
            return this;
        }

        /** Keeps what the prefix cache evicts in a memory tier of the hosts; nothing is kept unless told. Needs {@link #prefixCaching}. */
        public Builder kvOffload(KvOffload law) {
            this.kvOffload = Optional.of(law);
            return this;
        }

        /**
         * Lets each arrival begin a conversation, of which {@link #lengths} are the lengths of what the user says and of the answers;
         * {@link #requests} counts conversations then. Unless told, each arrival is one request.
         */
        public Builder sessions(Sessions law) {
            this.sessions = Optional.of(law);
            return this;
        }

        /**
         * Decodes on other devices than those that compute prompts. The {@link #groups}, {@link #tensorParallel}, {@link #batching} and
         * {@link #routing} of the service are those of the prefill pool then; without groups that is what the decode pool leaves.
         */
        public Builder decodePool(DecodePool pool) {
            this.decodePool = Optional.of(pool);
            return this;
        }

        /** Starts and stops replicas by need, all of one device group; unless told, all run all the time. */
        public Builder autoscaler(Autoscaler law) {
            this.autoscaler = Optional.of(law);
            return this;
        }

        /**
         * Adds other users, whose requests share the replicas.
         *
         * @throws IllegalArgumentException if two have one name
         */
        public Builder tenants(List<Tenant> others) {
            this.tenants = List.copyOf(others);
            if (tenants.stream().map(Tenant::name).distinct().count() < tenants.size()) {
                throw new IllegalArgumentException("names of tenants ("
                        + tenants.stream().map(Tenant::name).collect(Collectors.joining(", ")) + ") must differ");
            }
            return this;
        }

        /** In which order those who wait are let in; first come first served unless told. */
        public Builder queueing(Queueing order) {
            this.queueing = order;
            return this;
        }

        /**
         * Moves the keys and values of preempted sequences to the memory of the host, so much for each device, while there is room, and back when
         * they are let in again ({@code preemption_mode=swap} and {@code swap_space} of vLLM 0.2 to 0.10); unless told, they are computed again.
         */
        public Builder swapSpace(Bytes perDevice) {
            this.swapSpace = Optional.of(perDevice);
            return this;
        }

        /**
         * Refuses a request on arrival whose first token is expected later than the objective of its tenant or of the service allows: when all
         * prompts that wait at its replica, and its own, take longer at the rate of full iterations. What decodes is not counted, so some are
         * late nevertheless. Off unless told.
         */
        public Builder refuseLate(boolean on) {
            this.refuseLate = on;
            return this;
        }

        /**
         * Makes the description.
         *
         * @throws IllegalArgumentException without arrivals or lengths
         */
        public LlmServing build() {
            if (lengths == null && sessions.map(law -> !law.usesLengths()).orElse(false)) {
                lengths = RequestLengths.fixed(1, 1); // the sessions say how long their requests are
            }
            if (arrivals == null || lengths == null) {
                throw new IllegalArgumentException(
                        "requests of \"" + name + "\" must have arrivals and lengths"
                                + "\nMaybe add .arrivals(Arrivals.poisson(1.0)).lengths(RequestLengths.fixed(512, 128)), or .replay(trace).");
            }
            return new LlmServing(new Parts(
                    name,
                    model,
                    arrivals,
                    lengths,
                    requests,
                    stepModel,
                    batching,
                    routing,
                    slo,
                    tensorParallel,
                    groups,
                    memoryUtilization,
                    prefixCaching,
                    maxOutstanding,
                    maxOutstandingPerReplica,
                    retryLimit,
                    loggedRequests,
                    loadFrom,
                    kvOffload,
                    sessions,
                    decodePool,
                    autoscaler,
                    tenants,
                    queueing,
                    refuseLate,
                    swapSpace));
        }

        private static long atLeastOne(String name, long value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " (" + value + ") must be at least 1");
            }
            return value;
        }
    }
}
