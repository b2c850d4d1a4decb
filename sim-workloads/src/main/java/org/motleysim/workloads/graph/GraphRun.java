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
import org.motleysim.hardware.cluster.BoundCluster;
import org.motleysim.hardware.network.Network;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.BoundWorkload;
import org.motleysim.workloads.RowLog;
import org.motleysim.workloads.RunContext;

/**
 * Task graphs in one run.
 *
 * <pre>
 * job arrives -> given to a device -> inputs arrive there -> its turn on the device -> runs -> outputs leave for the devices that need them
 * </pre>
 *
 * <p>Which of the tasks it was given a device runs next, and when outputs leave, is said by {@link ExecutionRules}. Where a device takes the
 * first that is able to run, all that happens at one instant is looked at together, by an event at its end; where it keeps the order in
 * which it was given them, tasks start at once.
 */
final class GraphRun implements BoundWorkload, GraphDevices.Owner {
    static final int NONE = -1;

    private final GraphJob job;
    private final JobList jobs;
    private final TaskGraph graph;
    private final ClusterPlatform platform;
    private final ExecutionRules rules;
    private final Simulation simulation;
    private final Network network;
    private final EventType jobArrival;
    private final EventType jobSeen;
    private final EventType arrival;
    private final EventType endSeen;
    private final EventType manage;
    private final Optional<Dispatcher> dispatcher;
    private final GraphPlans plans;
    private final boolean atInstantEnd;

    private final GraphDevices devices;
    private final DeviceQueue[] queues;
    private final TaskLog log;
    private final int[] missing; // inputs that have not arrived
    private final EdgeBook edges;
    private final int[] unfinished; // predecessors that are not done
    private final WaitBook waits;
    private final ReadyList ready = new ReadyList();
    private final GraphTotals totals = new GraphTotals();
    private final JobBook book;
    private final RunView view;
    private final GraphCollectives collectives;
    private final BoundCluster cluster;
    private final BitSet toLookAt = new BitSet(); // devices
    private int givenCount;
    private boolean managing;
    private final List<Balance> balances = new ArrayList<>();

    GraphRun(GraphJob job, JobList jobs, ClusterPlatform platform, RunContext context) {
        this.job = job;
        this.jobs = jobs;
        this.graph = jobs.all();
        this.platform = platform;
        this.rules = job.rules();
        this.simulation = context.simulation();
        this.network = context.cluster().network();
        String name = job.name();
        this.jobArrival = simulation.register(name + ".job", number -> jobArrived((int) number));
        this.jobSeen = simulation.register(name + ".job-seen", number -> release((int) number));
        this.arrival = simulation.register(name + ".input", edge -> arrived((int) edge));
        this.endSeen = simulation.register(name + ".end-seen", device -> seen((int) device));
        this.manage = simulation.register(name + ".dispatch", unused -> manage());
        this.cluster = context.cluster();
        this.log = new TaskLog(job.name(), jobs, platform, rules.streams().count() > 1);
        this.missing = new int[graph.size()];
        this.unfinished = new int[graph.size()];
        this.waits = new WaitBook(jobs, log);
        this.edges = new EdgeBook(log);
        this.devices = new GraphDevices(job, platform, context, log, waits, totals, this);
        this.queues = devices.queues();
        this.collectives = new GraphCollectives(name, log, platform, waits, simulation, network, this::collectiveEnded);
        Arrays.setAll(missing, graph::inDegree);
        Arrays.setAll(unfinished, graph::inDegree);
        this.book = new JobBook(jobs, context.warmupNanos());
        this.atInstantEnd = rules.queue() != ExecutionRules.Queue.AS_GIVEN;
        this.plans = GraphPlans.of(job, jobs, platform, context.cluster().description());
        this.dispatcher = job.scheduler() instanceof Dispatcher decides ? Optional.of(decides) : Optional.empty();
        this.view = new RunView(jobs, platform, simulation, rules, queues, log, ready, dispatcher.isPresent());
        cluster.workBegins();
    }

    @Override
    public void start() {
        if (graph.size() == 0) {
            cluster.workEnds();
        }
        plans.beforeTheRun().ifPresent(plan -> {
            for (int device = 0; device < queues.length; device++) {
                for (int task : plan.tasksOf(device)) {
                    give(task, device);
                }
            }
        });
        if (job.jobs().isPresent()) {
            for (int task = 0; task < graph.size(); task++) {
                // Tasks without inputs wait for their job.
                missing[task] += graph.inDegree(task) == 0 ? 1 : 0;
            }
            if (jobs.size() > 0) {
                simulation.schedule(jobs.arrivalNanos(0) - simulation.now(), jobArrival, 0);
            }
            return;
        }
        book.arrived();
        for (int task = 0; task < graph.size(); task++) {
            if (missing[task] == 0) {
                log.readyNanos[task] = simulation.now();
                becomeReady(task);
                ableToRun(task);
            }
        }
        startAll();
    }

    private void jobArrived(int number) {
        if (number + 1 < jobs.size()) {
            simulation.schedule(jobs.arrivalNanos(number + 1) - simulation.now(), jobArrival, number + 1);
        }
        boolean late = number > 0 && jobs.arrivalNanos(number) == jobs.arrivalNanos(number - 1);
        if (late && rules.clock().isPresent()) {
            simulation.schedule(rules.clock().get().tick().toNanos(), jobSeen, number);
        } else {
            release(number);
        }
    }

    private void release(int number) {
        book.arrived();
        plans.of(jobs.kind(number)).ifPresent(plan -> {
            for (int device = 0; device < queues.length; device++) {
                for (int task : plan.tasksOf(device)) {
                    give(jobs.first(number) + task, device);
                }
            }
        });
        for (int task = jobs.first(number); task < jobs.first(number + 1); task++) {
            if (graph.inDegree(task) == 0) {
                missing[task] = 0;
                log.readyNanos[task] = simulation.now();
                becomeReady(task);
                if (log.device[task] != NONE) {
                    ableToRun(task);
                    startNext(log.device[task]);
                }
            }
        }
    }

    private void give(int task, int device) {
        if (collectives.is(task)) {
            return; // a plan has a place for each task, and these need none
        }
        view.given(task, device);
        log.device[task] = device;
        queues[device].add(task, platform.seconds(task, device));
        givenCount++;
        for (int edge = graph.firstOut(task); collectives.any() && edge < graph.firstOut(task + 1); edge++) {
            if (collectives.is(graph.target(edge))) {
                collectives.tryOpen(graph.target(edge));
            }
        }
    }

    /** All that a task needs is done; what it needs may still have to move. */
    private void becomeReady(int task) {
        if (collectives.is(task)) {
            collectives.tryOpen(task);
        } else if (dispatcher.isPresent()) {
            ready.add(task);
            wakeManager();
        }
    }

    private void ableToRun(int task) {
        int device = log.device[task];
        if (device != NONE) {
            queues[device].inputsArrived(task, ((long) jobs.of(task) << Integer.SIZE) | givenCount);
        }
    }

    void wakeManager() {
        boolean needed = atInstantEnd ? !toLookAt.isEmpty() || !ready.isEmpty() : !ready.isEmpty();
        if (needed && !managing && (atInstantEnd || dispatcher.isPresent())) {
            // An event of its own, so that all that happens at one instant is seen together.
            managing = true;
            simulation.schedule(0, manage, 0);
        }
    }

    private void manage() {
        view.nextRound();
        while (!ready.isEmpty()) {
            Optional<Dispatcher.Choice> choice = dispatcher.orElseThrow().choose(view);
            if (choice.isEmpty()) {
                break;
            }
            place(choice.get().task(), choice.get().device());
        }
        if (atInstantEnd) {
            for (int device = toLookAt.nextSetBit(0); device >= 0; device = toLookAt.nextSetBit(device + 1)) {
                devices.begin(device);
            }
            toLookAt.clear();
        }
        managing = false;
    }

    private void place(int task, int device) {
        boolean possible = device >= 0
                && device < queues.length
                && platform.seconds(task, device) < Double.POSITIVE_INFINITY
                && ready.remove(task);
        if (!possible) {
            throw new IllegalStateException("choice (task " + task + ", device " + device + ") of " + job.scheduler()
                    + " must be a ready task and a device that can run it"
                    + "\nMaybe take the task from DispatchView.ready(index).");
        }
        give(task, device);
        for (int i = 0; i < graph.inDegree(task); i++) {
            send(graph.inEdge(task, i));
        }
        if (graph.inDegree(task) == 0) {
            log.readyNanos[task] = simulation.now();
            ableToRun(task);
        }
        startNext(device);
    }

    private void send(int edge) {
        int to = log.device[graph.target(edge)];
        int from = log.device[graph.source(edge)];
        if (collectives.is(graph.source(edge))) {
            // What came out of a collective is on all devices that took part.
            int[] holders = collectives.devices(graph.source(edge));
            from = Arrays.stream(holders).anyMatch(device -> device == to) ? to : holders[0];
        }
        edges.sent(edge, from != to);
        if (rules.transfers() == ExecutionRules.Transfers.WHEN_PRODUCED) {
            long ended = log.finishNanos[graph.source(edge)];
            long there = ended + SimTime.nanos(platform.transferSeconds(graph.bytes(edge), from, to));
            if (there > simulation.now()) {
                simulation.schedule(there - simulation.now(), arrival, edge);
            } else {
                arrived(edge);
            }
        } else if (from == to) {
            simulation.schedule(0, arrival, edge);
        } else {
            network.transfer(platform.endpoint(from), platform.endpoint(to), edges.wireBytes(edge), arrival, edge);
        }
    }

    private void arrived(int edge) {
        int task = graph.target(edge);
        edges.arrived(edge);
        waits.arrived(edge);
        if (--missing[task] == 0) {
            log.readyNanos[task] = simulation.now();
            ableToRun(task);
            startNext(log.device[task]);
        }
    }

    private void startAll() {
        for (int device = 0; device < queues.length; device++) {
            startNext(device);
        }
    }

    /** Starts the next task of a device now, or at the end of this instant. */
    private void startNext(int device) {
        if (atInstantEnd) {
            toLookAt.set(device);
            wakeManager();
        } else {
            devices.begin(device);
        }
    }

    @Override
    public boolean isMissing(int task) {
        return missing[task] > 0;
    }

    @Override
    public void ended(int device, int task) {
        long now = simulation.now();
        finished(task, now);
        long delay = rules.clock().isPresent() ? rules.clock().get().delayNanos(log.startNanos[task], now) : 0;
        if (delay > 0) {
            simulation.schedule(delay, endSeen, device);
        } else {
            seen(device);
        }
    }

    @Override
    public void down(int device) {
        collectives.down(device);
    }

    @Override
    public void up(int device) {
        collectives.up(device);
    }

    @Override
    public void works(int device) {
        startNext(device);
        wakeManager();
    }

    private void finished(int task, long now) {
        totals.finished(now);
        book.taskEnded(task, now);
        if (totals.finishedTasks() == graph.size()) {
            totals.outOfOrder(queues);
            cluster.workEnds();
        }
    }

    private void collectiveEnded(int task) {
        long now = simulation.now();
        finished(task, now);
        leave(task);
        wakeManager();
    }

    private void seen(int device) {
        DeviceQueue queue = queues[device];
        int task = queue.last();
        queue.release();
        leave(task);
        startNext(device);
        wakeManager();
    }

    /** What a task has produced goes to those behind it. */
    private void leave(int task) {
        for (int edge = graph.firstOut(task); edge < graph.firstOut(task + 1); edge++) {
            int after = graph.target(edge);
            unfinished[after]--;
            if (collectives.is(after)) {
                // What goes into a collective is there already: the device of the task takes part.
                edges.sent(edge, false);
                edges.arrived(edge);
                waits.arrived(edge);
                collectives.ended(task, after);
                continue;
            }
            if (log.device[after] != NONE) {
                send(edge);
            }
            if (unfinished[after] == 0) {
                becomeReady(after);
            }
        }
    }

    @Override
    public void finish(MetricSet.Builder metrics) {
        long now = simulation.now();
        int running = devices.finish();
        int started = 0;
        for (int task = 0; task < graph.size(); task++) {
            started += log.startNanos[task] == TaskLog.ABSENT ? 0 : 1;
        }
        balances.add(Balance.exact(
                "tasks started",
                started,
                totals.finishedTasks() + running + devices.suspended() + collectives.underWay()));
        balances.add(edges.balance());
        waits.markCriticalPath();
        boolean stream = job.jobs().isPresent();
        edges.put(metrics);
        collectives.put(metrics);
        devices.lost().put(metrics);
        if (totals.finishedTasks() < graph.size()) {
            totals.outOfOrder(queues);
        }
        totals.put(metrics, log, stream ? Optional.empty() : plans.beforeTheRun(), !stream, now);
        if (stream) {
            balances.add(book.balance());
            book.put(metrics, now);
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
    public double wastedJoules() {
        return devices.lost().joules();
    }

    @Override
    public double wastedUsd() {
        return devices.lost().usd();
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
        return job.jobs().isPresent() ? book.cdfs() : List.of();
    }

    @Override
    public List<RowLog> logs() {
        return List.of(log);
    }

    DispatchView view() {
        return view;
    }

    TaskLog log() {
        return log;
    }

    /** The number of jobs in the system, integrated over the time so far. */
    double jobSeconds() {
        return book.jobSeconds(simulation.now());
    }
}
