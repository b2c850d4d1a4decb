package org.motleysim.workloads.llm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Priority;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.core.random.RandomStream;
import org.motleysim.hardware.cluster.BoundCluster;
import org.motleysim.hardware.cluster.Device;
import org.motleysim.hardware.network.Network;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.BoundWorkload;
import org.motleysim.workloads.RowLog;
import org.motleysim.workloads.RunContext;
import org.motleysim.workloads.llm.request.PromptStreams;
import org.motleysim.workloads.llm.routing.Replica;
import org.motleysim.workloads.llm.routing.Replicas;
import org.motleysim.workloads.llm.routing.RoutedRequest;
import org.motleysim.workloads.llm.step.Iteration;

/**
 * LLM serving in one run: the life of a request from the front end to its last token.
 *
 * <pre>
 * arrival -> admission -> routing -> prompt over the network -> queue of the replica -> iterations -> finished
 *            (busy) and (too long) are refused here
 * </pre>
 *
 * <p>What failures do to that is in {@link ReplicaFailures}; without faults it is not there.
 */
final class ServingRun
        implements BoundWorkload, Replicas, RoutedRequest, RunningBatch.Outcome, ReplicaFailures.Frontend {
    private static final int BYTES_PER_TOKEN = 4;

    private final LlmServing description;
    private final Simulation simulation;
    private final Network network;
    private final int frontend;
    private final boolean countsCarbon;
    private final RequestFeed feed;
    private final RandomStream random;
    private final LiveRequests live;
    private final RequestLog log;
    private final ServingStatistics statistics;
    private final ServingReplica[] replicas;
    private final EventType arrival;
    private final EventType prompt;
    private final EventType warmUpEnd;
    private final Optional<WeightLoading> loading;
    private final long warmup;
    private final BoundCluster cluster;
    private final Optional<ReplicaFailures> failures;
    private final boolean endsByItself;
    private final Again again = new Again();
    private boolean arrivalsOver;
    private boolean over;

    /** The replicas that can hold the request that is being routed; all of them in nearly every case. */
    private final ServingReplica[] candidates;

    private int candidateCount;
    private long shortestLimit = Long.MAX_VALUE;

    private long arrived;
    private long routed;
    private long finished;
    private long rejectedTooLong;
    private long rejectedBusy;
    private long failed;
    private long failedOutput;
    private long onTheWay;
    private long assignedPrefill;
    private long finishedOutput;
    private double attributedJoules;
    private double attributedUsd;
    private final List<Balance> balances = new ArrayList<>();
    private List<Series> series = List.of();

    ServingRun(LlmServing description, RunContext context) {
        this.description = description;
        this.simulation = context.simulation();
        this.cluster = context.cluster();
        this.endsByItself = context.horizonNanos() == Long.MAX_VALUE;
        this.network = context.cluster().network();
        this.frontend = context.cluster().frontend();
        this.countsCarbon = context.cluster().description().carbon().isPresent();
        this.feed = description.feed(context.streams());
        this.live = new LiveRequests(feed.prompts());
        this.random = context.streams().stream(description.name() + "/routing");
        this.log = new RequestLog(description.name(), description.loggedRequests(), description.prefixCaching());
        this.arrival = simulation.register("llm.arrival", unused -> arrive());
        this.prompt = simulation.register("llm.prompt", this::promptArrived);
        this.warmUpEnd = simulation.register("llm.warm", unused -> warm());
        this.warmup = context.warmupNanos();
        EventType wake = simulation.register("llm.wake", index -> replica(index).wake());
        EventType iteration =
                simulation.register("llm.iteration", index -> replica(index).endIteration());
        List<ReplicaPlan> plans = ReplicaPlan.of(description, context.cluster().description());
        int count = plans.stream().mapToInt(ReplicaPlan::replicas).sum();
        long blocks = plans.stream()
                .mapToLong(plan -> (long) plan.replicas() * plan.kvBlocks())
                .sum();
        this.statistics = new ServingStatistics(description.slo(), warmup, count, blocks);
        this.replicas = new ServingReplica[count];
        this.candidates = new ServingReplica[count];
        long[] weightBytes = new long[count];
        int index = 0;
        for (ReplicaPlan plan : plans) {
            List<Device> devices = context.cluster().devices(plan.group());
            int width = description.tensorParallel();
            StepPricing pricing = plan.pricing(description, context.cluster().description());
            for (int i = 0; i < devices.size(); i += width) {
                List<Device> mine = devices.subList(i, i + width);
                plan.reserve(description.model().name(), description.batching().limits(), mine);
                replicas[index] = new ServingReplica(
                        index,
                        mine,
                        description.batching(),
                        plan.cache(description, live),
                        pricing,
                        Iteration.of(description.model()),
                        new ServingReplica.Wiring(
                                simulation, wake, iteration, live, this, statistics, context.trace()));
                weightBytes[index] = plan.memory().weights().value();
                shortestLimit = Math.min(shortestLimit, replicas[index].kv.longestSequence());
                index++;
            }
        }
        this.loading = description
                .loadFrom()
                .map(tier -> new WeightLoading(
                        simulation, context.cluster().hostTiers().orElseThrow(), tier, replicas, weightBytes));
        this.failures = Arrays.stream(replicas).anyMatch(replica -> replica.losses.isExposed())
                ? Optional.of(new ReplicaFailures(
                        replicas, cluster.devices().size(), live, description.retryLimit(), this, loading, simulation))
                : Optional.empty();
        if (endsByItself) {
            cluster.workBegins();
        }
    }

    @Override
    public void start() {
        loading.ifPresent(weights -> {
            weights.start(
                    description.model().name(),
                    description.model().weightBytes().value());
        });
        if (warmup > 0) {
            simulation.scheduleAt(warmup, Priority.RELEASE, warmUpEnd, 0);
        }
        arrivalsOver = !feed.next();
        if (!arrivalsOver) {
            simulation.scheduleAt(feed.arrivalNanos(), arrival, 0);
        }
        endIfDone();
    }

    private void endIfDone() {
        if (arrivalsOver && live.count() == 0 && endsByItself && !over) {
            over = true;
            cluster.workEnds();
        }
    }

    private void warm() {
        statistics.warm(simulation.now());
    }

    /** All requests of one instant arrive in one event, so that their prompts can be planned together. */
    private void arrive() {
        long now = simulation.now();
        boolean more;
        do {
            log.arrived(now, feed.promptTokens(), feed.outputTokens());
            live.incoming(feed.source(), feed.sharedTokens(), PromptStreams.alone(arrived));
            admit(now, feed.promptTokens(), feed.outputTokens());
            arrived++;
            more = feed.next();
        } while (more && feed.arrivalNanos() == now);
        arrivalsOver = !more;
        if (more) {
            simulation.scheduleAt(feed.arrivalNanos(), arrival, 0);
        }
        endIfDone();
    }

    private void admit(long now, int promptTokens, int outputTokens) {
        long tokens = (long) promptTokens + outputTokens;
        if (!collectCandidates(tokens)) {
            rejectedTooLong++;
            reject(now, -1, RequestStatus.TOO_LONG);
            return;
        }
        if (live.count() >= description.maxOutstanding()) {
            rejectedBusy++;
            reject(now, -1, RequestStatus.BUSY);
            return;
        }
        if (!keepAccepting()) {
            failures.orElseThrow().await(admitted(now, promptTokens, outputTokens));
            return;
        }
        ServingReplica chosen = chosen(description.routing().route(this, this));
        routed++;
        if (chosen.outstanding >= description.maxOutstandingPerReplica()) {
            rejectedBusy++;
            reject(now, chosen.index(), RequestStatus.BUSY);
            return;
        }
        send(admitted(now, promptTokens, outputTokens), chosen);
    }

    private int admitted(long now, int promptTokens, int outputTokens) {
        statistics.inFlight(now, 1);
        return live.add(arrived, now, promptTokens, outputTokens);
    }

    private void send(int slot, ServingReplica chosen) {
        int tokens = live.prefillTokens(slot);
        assignedPrefill += tokens;
        onTheWay++;
        chosen.assign(slot);
        int endpoint = chosen.devices().get(0).index();
        network.transfer(frontend, endpoint, (long) tokens * BYTES_PER_TOKEN, prompt, slot);
    }

    @Override
    public boolean place(int slot) {
        collectCandidates((long) live.promptTokens[slot] + live.outputTokens[slot]);
        if (!keepAccepting()) {
            return false;
        }
        again.slot = slot;
        live.routing = slot;
        ServingReplica chosen = chosen(description.routing().route(again, this));
        routed++;
        send(slot, chosen);
        return true;
    }

    /** Leaves only candidates that accept work; false when there is none. */
    private boolean keepAccepting() {
        if (failures.isPresent()) {
            candidateCount = failures.get().keepAccepting(candidates, candidateCount);
        }
        return candidateCount > 0;
    }

    @Override
    public void giveUp(int slot) {
        long now = simulation.now();
        failed++;
        failedOutput += live.produced[slot];
        statistics.unfinished(live.arrivalNanos[slot], now);
        statistics.rejected(now);
        end(slot, RequestStatus.FAILED, now);
    }

    private boolean collectCandidates(long tokens) {
        if (tokens > description.model().contextLimit()) {
            return false;
        }
        if (tokens <= shortestLimit) {
            if (candidateCount != replicas.length) {
                System.arraycopy(replicas, 0, candidates, 0, replicas.length);
                candidateCount = replicas.length;
            }
            return true;
        }
        candidateCount = 0;
        for (ServingReplica replica : replicas) {
            if (tokens <= replica.kv.longestSequence()) {
                candidates[candidateCount++] = replica;
            }
        }
        return candidateCount > 0;
    }

    private ServingReplica chosen(Replica choice) {
        if (choice instanceof ServingReplica replica && replicas[replica.index()] == replica) {
            return replica;
        }
        throw new IllegalStateException("routing (" + description.routing().label() + ") returned a replica (" + choice
                + ") that is not one of its replicas\nMaybe return replicas.get(index) or replicas.byLowest(...).");
    }

    private void reject(long now, int replica, RequestStatus reason) {
        log.rejected(arrived, replica, reason);
        statistics.rejected(now);
    }

    private void promptArrived(long slot) {
        ServingReplica replica = replica(live.replica[(int) slot]);
        onTheWay--;
        if (failures.isPresent() && !failures.get().isUp(replica)) {
            failures.get().bounced((int) slot, replica);
        } else {
            replica.enqueue((int) slot);
        }
    }

    @Override
    public void firstToken(int slot, long nanos) {
        statistics.firstToken(nanos, live.promptTokens[slot]);
    }

    @Override
    public void gap(long nanos, int count) {
        statistics.gap(simulation.now(), nanos, count);
    }

    @Override
    public void finished(int slot, long nanos) {
        finished++;
        finishedOutput += live.outputTokens[slot];
        replicas[live.replica[slot]].outstanding--;
        statistics.finished(live, slot, nanos);
        end(slot, RequestStatus.FINISHED, nanos);
    }

    private void end(int slot, RequestStatus status, long nanos) {
        settle(slot, status, nanos);
        live.remove(slot);
        statistics.inFlight(nanos, -1);
        endIfDone();
    }

    private void settle(int slot, RequestStatus status, long nanos) {
        attributedJoules += live.joules[slot];
        attributedUsd += live.usd[slot];
        log.settle(live, slot, status, nanos);
    }

    @Override
    public void finish(MetricSet.Builder metrics) {
        long now = simulation.now();
        long inFlightOutput = 0;
        for (ServingReplica replica : replicas) {
            replica.settle();
        }
        for (int slot = 0; slot < live.slots(); slot++) {
            if (live.isLive(slot)) {
                inFlightOutput += live.produced[slot];
                statistics.unfinished(live.arrivalNanos[slot], now);
                settle(slot, RequestStatus.IN_FLIGHT, now);
            }
        }
        ReplicaTotals totals = ReplicaTotals.of(replicas);
        long refused = rejectedTooLong + rejectedBusy;
        balances.add(Balance.exact("requests", arrived, finished + refused + failed + live.count()));
        balances.add(Balance.exact(
                "prefill tokens",
                assignedPrefill + totals.recomputed(),
                totals.prefillTokens()
                        + totals.cached()
                        + totals.prefillLeft()
                        + totals.displacedPrefill()
                        + assignedPrefill
                        - totals.enqueuedPrompt()));
        balances.add(
                Balance.exact("output tokens", totals.outputTokens(), finishedOutput + failedOutput + inFlightOutput));
        balances.add(Balance.exact("KV blocks", totals.blocksUsed(), totals.blocksHeld()));
        balances.add(Balance.sums("energy of requests", "J", totals.joules(), attributedJoules + wastedJoules()));
        balances.add(Balance.sums("cost of requests", "USD", totals.usd(), attributedUsd + wastedUsd()));
        balances.add(statistics.littlesLaw(now));
        loading.ifPresent(weights -> balances.add(weights.balance()));
        series = statistics.series(now);
        failures.ifPresent(own -> {
            balances.add(
                    Balance.exact("requests by place", live.count(), onTheWay + totals.requests() + own.unplaced()));
            series = Stream.concat(series.stream(), own.series(now).stream()).toList();
        });

        metrics.put("requests.arrived", (double) arrived, "1");
        metrics.put("requests.finished", (double) finished, "1");
        metrics.put("requests.rejected", (double) refused, "1");
        metrics.put("requests.in_flight", live.count(), "1");
        statistics.put(metrics, now);
        metrics.put("preemptions", (double) totals.preemptions(), "1");
        metrics.put("iterations", (double) totals.iterations(), "1");
        if (description.prefixCaching()) {
            PrefixMetrics.put(metrics, replicas);
        }
        failures.ifPresent(own -> own.put(metrics, failed));
        loading.ifPresent(weights -> weights.put(metrics));
        putShares(metrics);
    }

    /** What the devices of this workload drew and cost, idle time included, per unit of what they produced. */
    private void putShares(MetricSet.Builder metrics) {
        double joules = 0;
        double usd = 0;
        double grams = 0;
        for (ServingReplica replica : replicas) {
            for (Device device : replica.devices()) {
                grams += device.carbonGrams();
                joules += device.joules();
                usd += device.usd();
            }
        }
        long outputs = statistics.outputTokens();
        if (finished > 0) {
            metrics.put("energy.per_request", joules / finished, "J");
            metrics.put("cost.per_request", usd / finished, "USD");
            if (countsCarbon) {
                metrics.put("carbon.per_request", grams / finished, "g");
            }
        }
        if (outputs > 0) {
            metrics.put("energy.per_output_token", joules / outputs, "J");
            if (countsCarbon) {
                metrics.put("carbon.per_output_token", grams / outputs, "g");
            }
            metrics.put("cost.per_million_output_tokens", usd / outputs * 1e6, "USD");
            metrics.put("cost.per_million_tokens", usd / (outputs + statistics.promptTokens()) * 1e6, "USD");
        }
    }

    private ServingReplica replica(long index) {
        return replicas[(int) index];
    }

    @Override
    public long completed() {
        return finished + rejectedTooLong + rejectedBusy + failed;
    }

    @Override
    public double wastedJoules() {
        return failures.map(ReplicaFailures::wastedJoules).orElse(0.0);
    }

    @Override
    public double wastedUsd() {
        return failures.map(ReplicaFailures::wastedUsd).orElse(0.0);
    }

    @Override
    public double attributedJoules() {
        return attributedJoules;
    }

    @Override
    public double attributedUsd() {
        return attributedUsd;
    }

    @Override
    public List<Balance> conservation() {
        return List.copyOf(balances);
    }

    @Override
    public List<Series> series() {
        return series;
    }

    @Override
    public List<Cdf> cdfs() {
        return statistics.cdfs();
    }

    @Override
    public List<RowLog> logs() {
        return List.of(log);
    }

    @Override
    public int size() {
        return candidateCount;
    }

    @Override
    public Replica get(int index) {
        return candidates[Objects.checkIndex(index, candidateCount)];
    }

    @Override
    public long routed() {
        return routed;
    }

    @Override
    public RandomStream random() {
        return random;
    }

    @Override
    public long id() {
        return arrived;
    }

    @Override
    public long arrivalNanos() {
        return feed.arrivalNanos();
    }

    @Override
    public int promptTokens() {
        return feed.promptTokens();
    }

    @Override
    public int outputTokens() {
        return feed.outputTokens();
    }

    /** A request that is routed again: what it has got already is prompt now. */
    private final class Again implements RoutedRequest {
        private int slot;

        @Override
        public long id() {
            return live.id[slot];
        }

        @Override
        public long arrivalNanos() {
            return live.arrivalNanos[slot];
        }

        @Override
        public int promptTokens() {
            return live.prefillTokens(slot);
        }

        @Override
        public int outputTokens() {
            return live.outputTokens[slot] - live.produced[slot];
        }
    }
}
