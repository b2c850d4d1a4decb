package org.motleysim.workloads.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.core.random.IndexedDraws;
import org.motleysim.core.trace.TraceSink;
import org.motleysim.hardware.cluster.Device;
import org.motleysim.hardware.network.Network;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.BoundWorkload;
import org.motleysim.workloads.RowLog;
import org.motleysim.workloads.RunContext;

/**
 * A task graph in one run.
 *
 * <pre>
 * given to a device -> inputs arrive there -> its turn on the device -> runs -> outputs leave for the devices that need them
 * </pre>
 *
 * <p>What a device was given it runs in that order ({@link DeviceQueue}); a transfer starts when the task before it is done and the task
 * behind it has a device, whichever is later.
 */
final class GraphRun implements BoundWorkload, DispatchView {
    private static final int NONE = -1;

    private final GraphJob job;
    private final TaskGraph graph;
    private final ClusterPlatform platform;
    private final Simulation simulation;
    private final Network network;
    private final TraceSink trace;
    private final EventType arrival;
    private final EventType end;
    private final EventType dispatch;
    private final Optional<IndexedDraws> noise;
    private final Optional<Dispatcher> dispatcher;
    private final Optional<Plan> plan;

    private final DeviceQueue[] queues;
    private final TaskLog log;
    private final int[] missing; // inputs that have not arrived
    private final BitSet arrivedEdges = new BitSet();
    private final int[] unfinished; // predecessors that are not done
    private final int[] lastInput; // the edge whose bytes came last
    private final int[] cause; // task that the start waited for
    private final List<Integer> ready = new ArrayList<>();
    private final GraphTotals totals = new GraphTotals();
    private double[] ranks = {}; // made when first asked for
    private boolean dispatching;
    private final List<Balance> balances = new ArrayList<>();

    GraphRun(GraphJob job, ClusterPlatform platform, RunContext context) {
        this.job = job;
        this.graph = job.graph();
        this.platform = platform;
        this.simulation = context.simulation();
        this.network = context.cluster().network();
        this.trace = context.trace();
        String name = job.name();
        this.arrival = simulation.register(name + ".input", edge -> arrived((int) edge));
        this.end = simulation.register(name + ".end", device -> ended((int) device));
        this.dispatch = simulation.register(name + ".dispatch", unused -> dispatch());
        this.noise = job.noise().map(law -> context.streams().draws(name + "/noise"));
        this.queues = new DeviceQueue[platform.devices()];
        for (int i = 0; i < queues.length; i++) {
            Device device = context.cluster().device(platform.endpoint(i));
            queues[i] = new DeviceQueue(device, trace.enabled() ? trace.track(device.name(), name) : 0);
        }
        this.log = new TaskLog(graph, platform);
        this.missing = new int[graph.size()];
        this.unfinished = new int[graph.size()];
        this.lastInput = new int[graph.size()];
        this.cause = new int[graph.size()];
        Arrays.fill(lastInput, NONE);
        Arrays.fill(cause, NONE);
        Arrays.setAll(missing, graph::inDegree);
        Arrays.setAll(unfinished, graph::inDegree);
        if (job.scheduler() instanceof Planner planner) {
            this.plan = Optional.of(planner.plan(graph, platform));
            this.dispatcher = Optional.empty();
        } else {
            this.plan = Optional.empty();
            this.dispatcher = Optional.of((Dispatcher) job.scheduler());
        }
    }

    @Override
    public void start() {
        plan.ifPresent(made -> {
            for (int device = 0; device < queues.length; device++) {
                for (int task : made.tasksOf(device)) {
                    give(task, device);
                }
            }
        });
        for (int task = 0; task < graph.size(); task++) {
            if (missing[task] == 0) {
                log.readyNanos[task] = simulation.now();
                becomeReady(task);
            }
        }
        for (int device = 0; device < queues.length; device++) {
            startNext(device);
        }
    }

    private void give(int task, int device) {
        log.device[task] = device;
        queues[device].add(task, platform.seconds(task, device));
    }

    /** All that a task needs is done; what it needs may still have to move. */
    private void becomeReady(int task) {
        if (dispatcher.isPresent()) {
            ready.add(task);
            wakeDispatcher();
        }
    }

    private void wakeDispatcher() {
        if (dispatcher.isPresent() && !dispatching && !ready.isEmpty()) {
            // An event of its own, so that all that happens at one instant is seen together.
            dispatching = true;
            simulation.schedule(0, dispatch, 0);
        }
    }

    private void dispatch() {
        dispatching = false;
        while (!ready.isEmpty()) {
            Optional<Dispatcher.Choice> choice = dispatcher.orElseThrow().choose(this);
            if (choice.isEmpty()) {
                break;
            }
            int task = choice.get().task();
            int device = choice.get().device();
            checkChoice(task, device);
            ready.remove((Integer) task);
            give(task, device);
            for (int i = 0; i < graph.inDegree(task); i++) {
                send(graph.inEdge(task, i));
            }
            if (graph.inDegree(task) == 0) {
                log.readyNanos[task] = simulation.now();
            }
            startNext(device);
        }
    }

    private void checkChoice(int task, int device) {
        boolean possible = ready.contains(task)
                && device >= 0
                && device < queues.length
                && platform.seconds(task, device) < Double.POSITIVE_INFINITY;
        if (!possible) {
            throw new IllegalStateException("choice (task " + task + ", device " + device + ") of " + job.scheduler()
                    + " must be a ready task and a device that can run it"
                    + "\nMaybe take the task from DispatchView.ready(index).");
        }
    }

    private void send(int edge) {
        int from = log.device[graph.source(edge)];
        int to = log.device[graph.target(edge)];
        long bytes = wireBytes(edge);
        totals.sent(bytes, from != to);
        if (from == to) {
            simulation.schedule(0, arrival, edge);
        } else {
            network.transfer(platform.endpoint(from), platform.endpoint(to), bytes, arrival, edge);
        }
    }

    private void arrived(int edge) {
        int task = graph.target(edge);
        totals.arrived(wireBytes(edge));
        arrivedEdges.set(edge);
        lastInput[task] = edge;
        if (--missing[task] == 0) {
            log.readyNanos[task] = simulation.now();
            startNext(log.device[task]);
        }
    }

    private void startNext(int device) {
        DeviceQueue queue = queues[device];
        if (queue.isBusy() || queue.isEmpty() || missing[queue.first()] > 0) {
            return;
        }
        int task = queue.first();
        long now = simulation.now();
        double planned = platform.seconds(task, device);
        double seconds = noise.isPresent()
                ? planned * job.noise().orElseThrow().quantile(noise.get().open(task))
                : planned;
        long nanos = SimTime.nanos(seconds);
        double watts = planned > 0 ? platform.joules(task, device) / planned : 0;
        noteWhy(task, queue, now);
        log.startNanos[task] = now;
        queue.begin(now, watts);
        if (trace.enabled() && nanos > 0) {
            trace.span(queue.track(), graph.task(task).name(), now, nanos);
        }
        simulation.schedule(nanos, end, device);
    }

    /** What a start waited for: the device, if it was busy until now, or else the input that came last. */
    private void noteWhy(int task, DeviceQueue queue, long now) {
        if (queue.last() != NONE && queue.lastEnd() == now && log.readyNanos[task] < now) {
            cause[task] = queue.last();
            return;
        }
        int edge = lastInput[task];
        cause[task] = edge == NONE ? queue.last() : graph.source(edge);
        long freeSince = queue.last() == NONE ? 0 : queue.lastEnd();
        long produced = 0;
        for (int i = 0; i < graph.inDegree(task); i++) {
            produced = Math.max(produced, log.finishNanos[graph.source(graph.inEdge(task, i))]);
        }
        totals.waited(Math.max(0, produced - freeSince), Math.max(0, now - Math.max(produced, freeSince)));
    }

    private void ended(int device) {
        DeviceQueue queue = queues[device];
        int task = queue.first();
        long now = simulation.now();
        charge(task, queue, now);
        queue.end(now);
        log.finishNanos[task] = now;
        totals.finished(now, now - log.startNanos[task]);
        for (int edge = graph.firstOut(task); edge < graph.firstOut(task + 1); edge++) {
            int after = graph.target(edge);
            if (log.device[after] != NONE) {
                send(edge);
            }
            if (--unfinished[after] == 0) {
                becomeReady(after);
            }
        }
        startNext(device);
        wakeDispatcher();
    }

    private void charge(int task, DeviceQueue queue, long now) {
        double seconds = SimTime.seconds(now - log.startNanos[task]);
        log.joules[task] = queue.device().watts() * seconds;
        log.usd[task] = queue.device().tariff().usd(seconds, log.joules[task]);
    }

    @Override
    public void finish(MetricSet.Builder metrics) {
        long now = simulation.now();
        int running = 0;
        for (DeviceQueue queue : queues) {
            if (queue.isBusy()) {
                running++;
                charge(queue.first(), queue, now);
            }
        }
        int started = 0;
        for (int task = 0; task < graph.size(); task++) {
            started += log.startNanos[task] == TaskLog.ABSENT ? 0 : 1;
        }
        balances.add(Balance.exact("tasks started", started, totals.finishedTasks() + running));
        balances.add(Balance.exact("bytes between tasks", totals.sentBytes(), totals.arrivedBytes() + underWay()));
        markCriticalPath();
        totals.put(metrics, graph, platform, plan, now);
    }

    /** Counted by edge: the task before is done, the one behind has a device, and the bytes are not there. */
    private long underWay() {
        long bytes = 0;
        for (int edge = arrivedEdges.nextClearBit(0);
                edge < graph.edges();
                edge = arrivedEdges.nextClearBit(edge + 1)) {
            boolean left =
                    log.finishNanos[graph.source(edge)] != TaskLog.ABSENT && log.device[graph.target(edge)] != NONE;
            bytes += left ? wireBytes(edge) : 0;
        }
        return bytes;
    }

    private long wireBytes(int edge) {
        return (long) Math.ceil(graph.bytes(edge));
    }

    private void markCriticalPath() {
        int task = NONE;
        for (int i = 0; i < graph.size(); i++) {
            if (log.finishNanos[i] != TaskLog.ABSENT && (task == NONE || log.finishNanos[i] > log.finishNanos[task])) {
                task = i;
            }
        }
        while (task != NONE) {
            log.critical[task] = true;
            task = cause[task];
        }
    }

    @Override
    public long completed() {
        return totals.finishedTasks();
    }

    @Override
    public double attributedJoules() {
        return Arrays.stream(log.joules).sum();
    }

    @Override
    public double attributedUsd() {
        return Arrays.stream(log.usd).sum();
    }

    @Override
    public List<Balance> conservation() {
        return List.copyOf(balances);
    }

    @Override
    public List<Series> series() {
        return List.of();
    }

    @Override
    public List<Cdf> cdfs() {
        return List.of();
    }

    @Override
    public List<RowLog> logs() {
        return List.of(log);
    }

    @Override
    public TaskGraph graph() {
        return graph;
    }

    @Override
    public Platform platform() {
        return platform;
    }

    @Override
    public double nowSeconds() {
        return SimTime.seconds(simulation.now());
    }

    @Override
    public int readyCount() {
        return ready.size();
    }

    @Override
    public int ready(int index) {
        return ready.get(index);
    }

    @Override
    public double upwardRank(int task) {
        if (ranks.length == 0) {
            ranks = Ranks.upward(graph, platform);
        }
        return ranks[task];
    }

    @Override
    public int backlog(int device) {
        return queues[device].size();
    }

    @Override
    public double freeSeconds(int device) {
        return queues[device].freeSeconds(nowSeconds());
    }

    @Override
    public int deviceOf(int task) {
        return log.device[task];
    }
}
