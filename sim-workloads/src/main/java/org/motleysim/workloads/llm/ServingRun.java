package org.motleysim.workloads.llm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Priority;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.hardware.cluster.BoundCluster;
import org.motleysim.hardware.cluster.Device;
import org.motleysim.hardware.network.Network;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.BoundWorkload;
import org.motleysim.workloads.RowLog;
import org.motleysim.workloads.RunContext;
import org.motleysim.workloads.llm.model.Shard;

/**
 * LLM serving in one run: the life of a request from the front end to its last token.
 *
 * <pre>
 * arrival -> admission -> routing -> prompt over the network -> queue of the replica -> iterations -> finished
 *            (busy) and (too long) are refused here                            (handed over to another pool between them)
 * </pre>
 *
 * <p>What brings requests is {@link Traffic}, the way between pools is {@link Handoffs}, what failures do is in {@link ReplicaFailures}.
 */
final class ServingRun implements BoundWorkload, Traffic.Frontend, RunningBatch.Outcome, ReplicaFailures.Frontend {
    private static final int BYTES_PER_TOKEN = 4;

    private final LlmServing description;
    private final Simulation simulation;
    private final BoundCluster cluster;
    private final Network network;
    private final int frontend;
    private final boolean countsCarbon;
    private final boolean endsByItself;
    private final LiveRequests live = new LiveRequests();
    private final QueueOrder order;
    private final RequestBooks books = new RequestBooks();
    private final RequestLog log;
    private final ServingStatistics statistics;
    private final ServingReplica[] replicas;
    private final Traffic[] traffics;
    private final TenantStatistics[] tenants;
    private final EventType prompt;
    private final EventType warmUpEnd;
    private final long warmup;
    private final RoutingDesk desk;
    private final Optional<RoutingDesk> decodeDesk;
    private final Optional<Handoffs> handoffs;
    private final Optional<KvOffloading> offloading;
    private final Optional<WeightLoading> loading;
    private final Optional<ReplicaFailures> failures;
    private final Optional<ReplicaScaling> scaling;
    private final Arriving again = new Arriving();
    private long streams;
    private boolean over;

    private final List<Balance> balances = new ArrayList<>();
    private List<Series> series = List.of();
    private final IterationLog iterationLog;

    ServingRun(LlmServing description, RunContext context) {
        this.description = description;
        this.simulation = context.simulation();
        this.cluster = context.cluster();
        this.endsByItself = context.horizonNanos() == Long.MAX_VALUE;
        this.network = cluster.network();
        this.frontend = cluster.frontend();
        this.countsCarbon = cluster.description().carbon().isPresent();
        this.order = new QueueOrder(description, live);
        this.traffics = Traffics.of(description, context, live, this);
        live.from(traffics);
        this.log = new RequestLog(description.name(), description.loggedRequests(), description.prefixCaching());
        this.prompt = simulation.register("llm.prompt", this::promptArrived);
        this.warmUpEnd = simulation.register("llm.warm", unused -> warm());
        this.warmup = context.warmupNanos();
        this.tenants = tenants(description, warmup);
        EventType wake = simulation.register("llm.wake", index -> replica(index).wake());
        EventType iteration =
                simulation.register("llm.iteration", index -> replica(index).endIteration());
        List<ReplicaPlan> plans = ReplicaPlan.of(description, cluster.description());
        this.statistics = new ServingStatistics(
                description.slo(),
                warmup,
                plans.stream().mapToInt(ReplicaPlan::replicas).sum(),
                ServingFleet.blocks(plans));
        this.iterationLog = new IterationLog(description.name(), names(plans, cluster));
        ServingFleet fleet = ServingFleet.of(
                description,
                context,
                live,
                new ServingReplica.Wiring(
                        simulation,
                        wake,
                        iteration,
                        live,
                        this,
                        statistics,
                        iterationLog,
                        context.trace(),
                        order::queue));
        this.replicas = fleet.replicas();
        this.desk = new RoutingDesk(
                fleet.that(false),
                description.routing(),
                context.streams().stream(description.name() + "/routing"),
                description.autoscaler().isPresent());
        this.decodeDesk = description
                .decodePool()
                .map(pool -> new RoutingDesk(
                        fleet.that(true),
                        pool.routing(),
                        context.streams().stream(description.name() + "/decode-routing"),
                        false));
        this.handoffs = decodeDesk.map(decode -> new Handoffs(
                replicas,
                decode,
                live,
                network,
                simulation,
                description.decodePool().orElseThrow(),
                description.model().layers(),
                new Shard(description.model(), 1).kvBytesPerToken()));
        handoffs.ifPresent(others -> Arrays.stream(replicas).forEach(replica -> replica.connect(others)));
        this.offloading = description
                .kvOffload()
                .map(law -> new KvOffloading(
                        law,
                        replicas,
                        fleet.blockBytes(),
                        live,
                        cluster.hostTiers().orElseThrow(),
                        simulation));
        offloading.ifPresent(tier -> Arrays.stream(replicas).forEach(replica -> replica.offloadTo(tier)));
        this.loading = description
                .loadFrom()
                .map(tier -> new WeightLoading(
                        simulation, cluster.hostTiers().orElseThrow(), tier, replicas, fleet.weightBytes()));
        this.failures = Arrays.stream(replicas).anyMatch(replica -> replica.losses.isExposed())
                ? Optional.of(new ReplicaFailures(
                        replicas,
                        cluster.devices().size(),
                        live,
                        description.retryLimit(),
                        this,
                        loading,
                        handoffs,
                        simulation))
                : Optional.empty();
        failures.ifPresent(all -> handoffs.ifPresent(others -> others.watch(all)));
        this.scaling = description
                .autoscaler()
                .map(law -> new ReplicaScaling(law, replicas, simulation, live::count, () -> over));
        if (endsByItself) {
            cluster.workBegins();
        }
    }

    /** Statistics of each tenant, if there are any beside the service itself. */
    private static TenantStatistics[] tenants(LlmServing serving, long warmup) {
        return serving.tenants().isEmpty()
                ? new TenantStatistics[0]
                : Stream.concat(
                                Stream.of(new TenantStatistics(Tenant.MAIN, serving.slo(), warmup)),
                                serving.tenants().stream()
                                        .map(tenant -> new TenantStatistics(tenant.name(), tenant.slo(), warmup)))
                        .toArray(TenantStatistics[]::new);
    }

    @Override
    public void start() {
        loading.ifPresent(weights -> {
            weights.start(
                    description.model().name(),
                    description.model().weightBytes().value(),
                    replica -> scaling.map(all -> all.servesFirst(replica)).orElse(true));
        });
        scaling.ifPresent(all -> all.start(loading, () -> failures.ifPresent(ReplicaFailures::scheduleReroute)));
        if (warmup > 0) {
            simulation.scheduleAt(warmup, Priority.RELEASE, warmUpEnd, 0);
        }
        for (Traffic traffic : traffics) {
            traffic.start();
        }
        mayBeOver();
    }

    @Override
    public void mayBeOver() {
        if (endsByItself && !over && live.count() == 0) {
            for (Traffic traffic : traffics) {
                if (!traffic.isOver()) {
                    return;
                }
            }
            over = true;
            cluster.workEnds();
        }
    }

    @Override
    public long nextStream() {
        return streams++;
    }

    private void warm() {
        statistics.warm(simulation.now());
    }

    @Override
    public int arrive(Traffic from, Arriving request) {
        long now = simulation.now();
        log.arrived(now, request.promptTokens, request.outputTokens);
        request.identify(books.arrived, now);
        live.incoming(from, request);
        int slot = admit(now, from, request);
        books.arrived++;
        if (tenants.length > 0) {
            tenants[from.index()].arrived();
            if (slot < 0) {
                tenants[from.index()].refused(now);
            }
        }
        return slot;
    }

    private int admit(long now, Traffic from, Arriving request) {
        if (!canHold((long) request.promptTokens + request.outputTokens)) {
            books.rejectedTooLong++;
            return refuse(now, -1, RequestStatus.TOO_LONG);
        }
        if (live.count() >= description.maxOutstanding()) {
            books.rejectedBusy++;
            return refuse(now, -1, RequestStatus.BUSY);
        }
        if (!desk.keepAccepting(failures)) {
            int slot = admitted(now, request);
            failures.orElseThrow().await(slot);
            return slot;
        }
        ServingReplica chosen = desk.route(request);
        if (chosen.outstanding >= description.maxOutstandingPerReplica() || late(from, request, chosen)) {
            books.rejectedBusy++;
            return refuse(now, chosen.index(), RequestStatus.BUSY);
        }
        int slot = admitted(now, request);
        send(slot, chosen);
        return slot;
    }

    /** Whether its first token is expected after the objective, and such requests are refused. */
    private boolean late(Traffic from, Arriving request, ServingReplica chosen) {
        return description.refuseLate() && order.late(from.index(), chosen.firstTokenSeconds(request.promptTokens));
    }

    /** Whether there is a replica, in each pool, that can hold so many tokens of one request. */
    private boolean canHold(long tokens) {
        return tokens <= description.model().contextLimit()
                && desk.canHold(tokens)
                && (decodeDesk.isEmpty() || decodeDesk.get().canHold(tokens));
    }

    private int admitted(long now, Arriving request) {
        statistics.inFlight(now, 1);
        return live.add(books.arrived, now, request.promptTokens, request.outputTokens);
    }

    private void send(int slot, ServingReplica chosen) {
        int tokens = live.prefillTokens(slot);
        books.assignedPrefill += tokens;
        books.onTheWay++;
        chosen.assign(slot);
        int endpoint = chosen.devices().get(0).index();
        network.transfer(frontend, endpoint, (long) tokens * BYTES_PER_TOKEN, prompt, slot);
    }

    @Override
    public boolean place(int slot) {
        desk.canHold((long) live.promptTokens[slot] + live.outputTokens[slot]);
        if (!desk.keepAccepting(failures)) {
            return false;
        }
        // What it has got already is prompt now.
        again.identify(live.id[slot], live.arrivalNanos[slot]);
        again.promptTokens = live.prefillTokens(slot);
        again.outputTokens = live.outputTokens[slot] - live.produced[slot];
        live.routing = slot;
        send(slot, desk.route(again));
        return true;
    }

    @Override
    public void giveUp(int slot) {
        long now = simulation.now();
        books.failed++;
        books.failedOutput += live.produced[slot];
        statistics.unfinished(live.arrivalNanos[slot], now);
        statistics.rejected(now);
        end(slot, RequestStatus.FAILED, now);
    }

    private int refuse(long now, int replica, RequestStatus reason) {
        log.rejected(books.arrived, replica, reason);
        statistics.rejected(now);
        return -1;
    }

    private void promptArrived(long slot) {
        ServingReplica replica = replica(live.replica[(int) slot]);
        books.onTheWay--;
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
    public void prefilled(int slot) {
        handoffs.orElseThrow().prefilled(slot, replica(live.replica[slot]));
    }

    @Override
    public void finished(int slot, long nanos) {
        books.finished++;
        books.finishedOutput += live.outputTokens[slot];
        replicas[live.replica[slot]].outstanding--;
        statistics.finished(live, slot, nanos);
        if (tenants.length > 0) {
            tenants[live.traffic[slot]].finished(live, slot, nanos);
        }
        end(slot, RequestStatus.FINISHED, nanos);
    }

    private void end(int slot, RequestStatus status, long nanos) {
        settle(slot, status, nanos);
        traffics[live.traffic[slot]].ended(slot, status == RequestStatus.FINISHED);
        live.remove(slot);
        statistics.inFlight(nanos, -1);
        mayBeOver();
    }

    private void settle(int slot, RequestStatus status, long nanos) {
        books.attributedJoules += live.joules[slot];
        books.attributedUsd += live.usd[slot];
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
        balances.addAll(books.balances(totals, live.count(), inFlightOutput, wastedJoules(), wastedUsd()));
        balances.add(statistics.littlesLaw(now));
        loading.ifPresent(weights -> balances.add(weights.balance()));
        handoffs.ifPresent(others -> balances.add(others.balance()));
        offloading.ifPresent(tier -> balances.add(tier.balance()));
        for (Traffic traffic : traffics) {
            balances.addAll(traffic.balances());
        }
        balances.add(Balance.exact(
                "requests by place",
                live.count(),
                books.onTheWay
                        + totals.requests()
                        + handoffs.map(Handoffs::count).orElse(0)
                        + offloading.map(KvOffloading::waiting).orElse(0)
                        + failures.map(ReplicaFailures::unplaced).orElse(0)));
        series = Stream.concat(
                        statistics.series(now).stream(), failures.stream().flatMap(own -> own.series(now).stream()))
                .toList();
        put(metrics, totals, now);
    }

    private void put(MetricSet.Builder metrics, ReplicaTotals totals, long now) {
        books.put(metrics, live.count());
        statistics.put(metrics, now);
        metrics.put("preemptions", (double) totals.preemptions(), "1");
        if (description.swapSpace().isPresent()) {
            metrics.put("kv.swapped_tokens", (double) totals.swappedOut(), "1");
        }
        metrics.put("iterations", (double) totals.iterations(), "1");
        if (description.prefixCaching()) {
            PrefixMetrics.put(metrics, replicas);
        }
        handoffs.ifPresent(others -> others.put(metrics));
        offloading.ifPresent(tier -> tier.put(metrics));
        for (int i = 0; i < traffics.length; i++) {
            MetricSet.Builder own = MetricSet.builder();
            traffics[i].put(own);
            metrics.putAll(
                    i == 0 ? "" : "tenant." + description.tenants().get(i - 1).name() + ".", own.build());
        }
        for (TenantStatistics tenant : tenants) {
            tenant.put(metrics);
        }
        failures.ifPresent(own -> own.put(metrics, books.failed));
        loading.ifPresent(weights -> weights.put(metrics));
        scaling.ifPresent(all -> all.put(metrics));
        DeviceShares.put(
                metrics, replicas, books.finished, statistics.promptTokens(), statistics.outputTokens(), countsCarbon);
    }

    private ServingReplica replica(long index) {
        return replicas[(int) index];
    }

    @Override
    public long completed() {
        return books.ended();
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
        return books.attributedJoules;
    }

    @Override
    public double attributedUsd() {
        return books.attributedUsd;
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
        return Stream.concat(
                        statistics.cdfs().stream(), Arrays.stream(traffics).flatMap(traffic -> traffic.cdfs().stream()))
                .toList();
    }

    /** Names of the replicas, in order: those of their devices, or of the first of several. */
    private static List<String> names(List<ReplicaPlan> plans, BoundCluster cluster) {
        List<String> names = new ArrayList<>();
        for (ReplicaPlan plan : plans) {
            int width = plan.pool().tensorParallel();
            List<Device> devices = cluster.devices(plan.group());
            for (int i = 0; i < devices.size(); i += width) {
                names.add(devices.get(i).name() + (width == 1 ? "" : " x " + width));
            }
        }
        return names;
    }

    @Override
    public List<RowLog> logs() {
        return List.of(log, iterationLog);
    }
}
