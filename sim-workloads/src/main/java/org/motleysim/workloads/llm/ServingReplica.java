package org.motleysim.workloads.llm;

import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.motleysim.core.engine.EventHandle;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.trace.TraceSink;
import org.motleysim.hardware.cluster.BoundTime;
import org.motleysim.hardware.cluster.Device;
import org.motleysim.hardware.cluster.DevicePower;
import org.motleysim.hardware.cost.Bound;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.kv.KvCache;
import org.motleysim.workloads.llm.routing.Replica;
import org.motleysim.workloads.llm.routing.RoutedRequest;
import org.motleysim.workloads.llm.step.Iteration;
import org.motleysim.workloads.llm.step.IterationResult;

/**
 * One copy of the model in a run: it plans an iteration, keeps its devices busy for as long as that takes, hands out the tokens, and
 * plans the next, until nothing is left to plan.
 *
 * <p>It counts what flows through it (tokens, joules, dollars) by the iteration; the requests are charged one by one in
 * {@link RunningBatch}. Both must agree when the run ends.
 */
final class ServingReplica implements Replica {
    private final int index;
    private final List<Device> devices;
    private final List<DevicePower> controls;
    private final Batching batching;
    private final StepPricing pricing;
    private final IterationResult cost = new IterationResult();
    private final Simulation simulation;
    private final EventType wake;
    private final EventType iterationEnd;
    private final LiveRequests live;
    private final RunningBatch.Outcome outcome;
    private final ServingStatistics statistics;
    private final IterationLog iterationLog;
    private final TraceSink trace;
    private final Pool.Role role;
    private Optional<Handoffs> handoffs = Optional.empty();
    private Optional<KvOffloading> offloading = Optional.empty();
    private final int track;
    private final double idleWatts;
    private final double usdPerSecond;
    private final double usdPerJoule;

    final KvCache kv;
    final RequestQueue waiting;

    final RunningBatch batch;
    private final ParkedBlocks parked;
    final SwapSpace swap;
    final ReplicaLosses losses;

    private boolean open = true;
    private IntConsumer idleListener = index -> {};
    private IntConsumer loadedListener = index -> {};

    private boolean iterating;
    /** An iteration is planned that could not begin, because a device is off. */
    private boolean delayed;

    private boolean waking;
    private long pendingEnd = EventHandle.NONE;
    private boolean loading;
    private long iterationStart;
    /** Requests that waited when the present iteration began, and sequences that ended with the last one. */
    private int queuedAtStart;

    private int endedLast;
    private double iterationWatts;

    /** Routed here and not ended, the prompt perhaps still on its way. */
    int outstanding;
    /** Output tokens still to be produced for the outstanding requests. */
    long outputBacklog;

    /** Sums over the run. */
    long iterations;

    long outputTokens;
    long prefillTokens;
    long enqueuedPrompt;
    double chargedJoules;
    double chargedUsd;

    /** What all replicas of a run share. */
    record Wiring(
            Simulation simulation,
            EventType wake,
            EventType iterationEnd,
            LiveRequests live,
            RunningBatch.Outcome outcome,
            ServingStatistics statistics,
            IterationLog iterationLog,
            TraceSink trace,
            Supplier<RequestQueue> queues) {}

    ServingReplica(
            int index,
            List<Device> devices,
            Pool pool,
            KvCache kv,
            SwapSpace swap,
            StepPricing pricing,
            Iteration iteration,
            Wiring wiring) {
        this.index = index;
        this.devices = devices;
        this.controls = PointCosts.controls(devices);
        devices.forEach(device -> device.whenPoweredOn(this::beginDelayed));
        this.batching = pool.batching();
        this.role = pool.role();
        this.waiting = wiring.queues.get();
        this.kv = kv;
        this.pricing = pricing;
        this.simulation = wiring.simulation;
        this.wake = wiring.wake;
        this.iterationEnd = wiring.iterationEnd;
        this.live = wiring.live;
        this.outcome = wiring.outcome;
        this.statistics = wiring.statistics;
        this.iterationLog = wiring.iterationLog;
        this.trace = wiring.trace;
        this.batch = new RunningBatch(batching.limits(), kv, live, waiting, iteration, role == Pool.Role.PREFILL, swap);
        this.swap = swap;
        Device first = devices.get(0);
        this.parked = new ParkedBlocks(kv, batch, live, simulation, statistics, this::wakeUp, waiting);
        this.losses = new ReplicaLosses(devices);
        this.track = trace.enabled() ? trace.track(first.name(), "iterations") : 0;
        this.idleWatts = devices.stream().mapToDouble(Device::idleWatts).sum();
        this.usdPerSecond = devices.stream()
                .mapToDouble(device -> device.tariff().usdPerSecond())
                .sum();
        // All devices of a replica are of one group, so they pay alike for a joule.
        this.usdPerJoule = first.tariff().usdPerJoule();
    }

    /** Sequences go from here to others, or come from others here. */
    void connect(Handoffs all) {
        handoffs = Optional.of(all);
    }

    /** Takes on a request whose prompt still has to travel here. */
    void assign(int slot) {
        outstanding++;
        live.replica[slot] = index;
        batch.prefillBacklog += live.prefillTokens(slot);
        outputBacklog += live.outputTokens[slot] - live.produced[slot];
    }

    /** Lets go of a request whose prompt arrived in vain. */
    void release(int slot) {
        batch.prefillBacklog -= live.prefillTokens(slot);
        forget(slot);
    }

    /** It does not count here any more. */
    void forget(int slot) {
        outstanding--;
        outputBacklog -= live.outputTokens[slot] - live.produced[slot];
    }

    /** Asks to be told, with its number, when it has nothing to do; there is one listener. */
    void whenIdle(IntConsumer listener) {
        idleListener = listener;
    }

    /** Asks to be told, with its number, when its weights are loaded; there is one listener. */
    void whenLoaded(IntConsumer listener) {
        loadedListener = listener;
    }

    /** Takes no more requests until {@link #open}. */
    void close() {
        open = false;
    }

    /** Takes requests. */
    void open() {
        open = true;
    }

    /** Whether it takes requests, as far as it is for the autoscaler to say. */
    boolean isOpen() {
        return open;
    }

    /** Whether no request is here or on its way here. */
    boolean isIdle() {
        return outstanding == 0 && !iterating;
    }

    /** Its memory is given back, with all it has cached. */
    void forgetCache() {
        kv.clear();
        offloading.ifPresent(tier -> tier.lost(this, slot -> {}));
    }

    /** What it does. */
    Pool.Role role() {
        return role;
    }

    /** Takes on a request whose prompt is computed elsewhere. */
    void assignDecoding(int slot, ServingReplica from) {
        from.forget(slot);
        outstanding++;
        live.replica[slot] = index;
        outputBacklog += live.outputTokens[slot] - live.produced[slot];
    }

    /** Gives it back to where its prompt was computed. */
    void unassignDecoding(int slot, ServingReplica source) {
        forget(slot);
        source.outstanding++;
        live.replica[slot] = source.index;
        source.outputBacklog += live.outputTokens[slot] - live.produced[slot];
    }

    /** What does not run here and holds blocks all the same. */
    ParkedBlocks parked() {
        return parked;
    }

    /** Blocks that are evicted here go to a tier below, and come back. */
    void offloadTo(KvOffloading tier) {
        offloading = Optional.of(tier);
    }

    /** The prompt of a request has arrived. */
    void enqueue(int slot) {
        if (offloading.isEmpty() || !offloading.get().fetch(this, slot)) {
            queue(slot);
        }
    }

    /** A request waits to be let in from now on. */
    void queue(int slot) {
        waiting.addLast(slot);
        enqueuedPrompt += live.prefillTokens(slot);
        statistics.waiting(simulation.now(), 1);
        wakeUp();
    }

    /** Its weights are not there yet: nothing is planned before {@link #weightsLoaded}. */
    void awaitWeights() {
        loading = true;
    }

    /** All of its weights have arrived. */
    void weightsLoaded(long sinceNanos) {
        loading = false;
        if (trace.enabled()) {
            trace.span(track, "load weights", sinceNanos, simulation.now() - sinceNanos);
        }
        if (waiting.size() > 0 || parked.ready() > 0) {
            wakeUp();
        }
        loadedListener.accept(index);
    }

    private void wakeUp() {
        if (!iterating && !waking && !delayed && !loading) {
            // An event of its own, so that prompts that arrive at the same instant are planned together.
            waking = true;
            simulation.schedule(0, wake, index);
        }
    }

    /** Plans after a sleep. */
    void wake() {
        waking = false;
        nextIteration(false);
    }

    /** The iteration that was running is over. */
    void endIteration() {
        iterating = false;
        long now = simulation.now();
        for (Device device : devices) {
            device.endBusy();
        }
        double seconds = SimTime.seconds(now - iterationStart);
        double joules = iterationWatts * seconds;
        double usd = charge(seconds, joules);
        int tokens = batch.plannedTokens();
        if (losses.upset(now - iterationStart)) {
            losses.repeated++;
            losses.waste(joules, usd, tokens);
            begin();
            return;
        }
        statistics.iteration(iterationStart, now, batch.iteration(), cost, pricing, kvOccupancy());
        int before = batch.running();
        int used = kv.used();
        int outputs = batch.complete(iterationStart, now, joules / tokens, usd / tokens, outcome);
        iterations++;
        prefillTokens += batch.iteration().prefillTokens();
        outputTokens += outputs;
        outputBacklog -= outputs;
        statistics.outputs(now, outputs);
        statistics.running(now, batch.running() - before, kv.used() - used);
        endedLast = before - batch.running();
        nextIteration(batching.asyncScheduling());
    }

    /** Charges the present iteration up to now; the run stops in the middle of it. */
    void settle() {
        if (!iterating) {
            batch.settleUnfinished(0, 0);
            return;
        }
        double seconds = SimTime.seconds(simulation.now() - iterationStart);
        double joules = iterationWatts * seconds;
        double usd = charge(seconds, joules);
        losses.upset(simulation.now() - iterationStart);
        batch.settleUnfinished(joules / batch.plannedTokens(), usd / batch.plannedTokens());
    }

    /** Goes down: loses what ran, and tells of every request that was here. */
    void fail(IntConsumer displaced) {
        long now = simulation.now();
        if (iterating) {
            iterating = false;
            simulation.cancel(pendingEnd);
            devices.forEach(Device::endBusy);
            double seconds = SimTime.seconds(now - iterationStart);
            double joules = iterationWatts * seconds;
            losses.iterations++;
            losses.waste(joules, charge(seconds, joules), batch.plannedTokens());
            losses.upset(now - iterationStart);
        }
        delayed = false;
        int running = batch.running();
        int queued = waiting.size();
        handoffs.ifPresent(others -> others.failed(this, displaced));
        offloading.ifPresent(tier -> tier.lost(this, slot -> {
            release(slot);
            displaced.accept(slot);
        }));
        losses.waste(0, 0, parked.loseReady(slot -> {
            forget(slot);
            displaced.accept(slot);
        }));
        int used = kv.used();
        losses.waste(0, 0, batch.loseAll(slot -> {
            forget(slot);
            displaced.accept(slot);
        }));
        statistics.waiting(now, -queued);
        statistics.running(now, -running, -used);
    }

    /** Charges the iteration for the time until now, and keeps when it ran. */
    private double charge(double seconds, double joules) {
        record(seconds);
        double usd = losses.isExposed() ? losses.usdSinceStart() : usdPerSecond * seconds + usdPerJoule * joules;
        chargedJoules += joules;
        chargedUsd += usd;
        return usd;
    }

    /** Keeps when the iteration ran until now, and what it waited for. */
    private void record(double seconds) {
        iterationLog.add(index, kind(), iterationStart, simulation.now());
        double share = seconds / cost.seconds();
        for (Device device : devices) {
            BoundTime time = device.boundTime();
            time.add(Bound.COMPUTE, share * cost.seconds(Bound.COMPUTE));
            time.add(Bound.MEMORY, share * cost.seconds(Bound.MEMORY));
            time.add(Bound.LAUNCH, share * cost.seconds(Bound.LAUNCH));
            time.add(Bound.LINK, share * cost.seconds(Bound.LINK));
        }
    }

    /**
     * Plans by what was known when the iteration that has just ended began, or, when that leaves the devices idle, by what is known now. When
     * those who run find no memory because others wait with some, and have all been preempted, these go on.
     */
    private void planNext(boolean ahead) {
        boolean blind = ahead;
        boolean again;
        do {
            while (parked.ready() > 0 && batch.running() < batching.limits().maxSequences()) {
                batch.join(parked.nextReady());
            }
            long preempted = batch.preemptions;
            batch.plan(batching, blind ? queuedAtStart : Integer.MAX_VALUE, blind ? endedLast : 0);
            again = batch.plannedTokens() == 0
                    && (blind || (role == Pool.Role.DECODE && batch.preemptions > preempted));
            blind = false;
        } while (again);
    }

    private void nextIteration(boolean ahead) {
        if (loading) {
            return;
        }
        int running = batch.running();
        int queued = waiting.size();
        if (role == Pool.Role.DECODE) {
            handoffs.orElseThrow().takeRoom(this);
        }
        int used = kv.used();
        planNext(ahead);
        long now = simulation.now();
        statistics.waiting(now, waiting.size() - queued);
        statistics.running(now, batch.running() - running, kv.used() - used);
        if (batch.plannedTokens() == 0) {
            idleListener.accept(index);
            return;
        }
        begin();
    }

    /** Begins what waits for devices to be on. */
    private void beginDelayed() {
        if (delayed) {
            begin();
        }
    }

    /** Begins what is planned, if all devices are on and stay on until its end; else it waits. */
    private void begin() {
        if (controls.isEmpty()) {
            pricing.cost().cost(batch.iteration(), cost);
        } else {
            pricing.points().orElseThrow().price(batch.iteration(), cost, controls);
        }
        long nanos = Math.max(1, SimTime.nanos(cost.seconds() * stretch() + swap.seconds()));
        double dynamicWatts = cost.dynamicJoules() * losses.energyFactor() / SimTime.seconds(nanos);
        double share = dynamicWatts / devices.size();
        delayed = !ready(share, SimTime.seconds(nanos));
        if (delayed) {
            return;
        }
        losses.begin();
        long now = simulation.now();
        batch.markScheduled(now);
        offloading.ifPresent(tier -> tier.writeDown(this));
        if (role == Pool.Role.PREFILL && handoffs.orElseThrow().layerWise()) {
            Handoffs others = handoffs.get();
            batch.eachEnding((slot, tokens) -> others.promptEnds(this, slot, tokens, nanos));
        }
        queuedAtStart = waiting.size();
        swap.begun();
        for (Device device : devices) {
            device.beginBusy(share);
        }
        iterating = true;
        iterationStart = now;
        iterationWatts = idleWatts + dynamicWatts;
        if (trace.enabled()) {
            trace.span(track, kind().label(), now, nanos);
            trace.counter(track, "KV blocks", now, kv.used());
        }
        pendingEnd = simulation.schedule(nanos, iterationEnd, index);
    }

    /** How many times as long it takes as on faultless devices. Caps hold: protection that draws more takes as much longer. */
    private double stretch() {
        double slowdown = losses.slowdown();
        return controls.isEmpty() ? slowdown : Math.max(slowdown, losses.energyFactor());
    }

    private boolean ready(double share, double seconds) {
        boolean ready = true;
        for (int i = 0; i < devices.size(); i++) {
            ready &= devices.get(i).isOn()
                    && (controls.isEmpty() || controls.get(i).ready(share, seconds));
        }
        return ready;
    }

    private IterationLog.Kind kind() {
        if (batch.iteration().decodes() == 0) {
            return IterationLog.Kind.PREFILL;
        }
        return batch.iteration().prefillChunks() == 0 ? IterationLog.Kind.DECODE : IterationLog.Kind.MIXED;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public String name() {
        return devices.get(0).name();
    }

    @Override
    public DeviceSpec device() {
        return devices.get(0).spec();
    }

    @Override
    public int tensorParallel() {
        return devices.size();
    }

    @Override
    public int outstanding() {
        return outstanding;
    }

    @Override
    public int waiting() {
        return waiting.size();
    }

    @Override
    public int running() {
        return batch.running();
    }

    @Override
    public double kvOccupancy() {
        return (double) kv.used() / kv.capacity();
    }

    @Override
    public int cachedTokens(RoutedRequest request) {
        return kv.cachedTokens(live.routing, request.promptTokens());
    }

    @Override
    public long outstandingTokens() {
        return batch.prefillBacklog + outputBacklog;
    }

    @Override
    public double secondsPerPromptToken() {
        return pricing.secondsPerPrefillToken();
    }

    /** When a prompt that came now would be computed: after all that is to be computed before it, at the rate of full iterations of prompts. */
    double firstTokenSeconds(int promptTokens) {
        return (batch.prefillBacklog + promptTokens) * pricing.secondsPerPrefillToken();
    }

    @Override
    public double outstandingSeconds() {
        return batch.prefillBacklog * pricing.secondsPerPrefillToken()
                + outputBacklog * pricing.secondsPerOutputToken();
    }

    @Override
    public double estimateSeconds(RoutedRequest request) {
        return request.promptTokens() * pricing.secondsPerPrefillToken()
                + request.outputTokens() * pricing.secondsPerOutputToken();
    }

    @Override
    public double costPerToken() {
        double rate = usdPerSecond;
        if (losses.isExposed()) {
            rate = 0;
            for (Device device : devices) {
                rate += device.tariff().usdPerSecond();
            }
        }
        return rate * pricing.secondsPerOutputToken();
    }

    /** The devices of this replica, the first of which receives prompts. */
    List<Device> devices() {
        return devices;
    }

    @Override
    public String toString() {
        return name();
    }
}
