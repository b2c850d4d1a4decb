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
final class GraphRun implements BoundWorkload {
    static final int NONE = -1;

    private final GraphJob job;
    private final JobList jobs;
    private final TaskGraph graph;
    private final ClusterPlatform platform;
    private final ExecutionRules rules;
    private final Simulation simulation;
    private final Network network;
    private final TraceSink trace;
    private final EventType jobArrival;
    private final EventType jobSeen;
    private final EventType arrival;
    private final EventType end;
    private final EventType endSeen;
    private final EventType manage;
    private final Optional<IndexedDraws> noise;
    private final Optional<Dispatcher> dispatcher;
    private final GraphPlans plans;
    private final boolean atInstantEnd;
    private final boolean preemptive;
    private final long[] leftNanos; // of tasks that were interrupted; none without preemption
    private final long[] endEvents; // by device
    private int suspended;

    private final DeviceQueue[] queues;
    private final TaskLog log;
    private final int[] missing; // inputs that have not arrived
    private final EdgeBook edges;
    private final int[] unfinished; // predecessors that are not done
    private final WaitBook waits;
    private final ReadyList ready = new ReadyList();
    private final GraphTotals totals = new GraphTotals();
    private final TaskPricing pricing = new TaskPricing();
    private final JobBook book;
    private final RunView view;
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
        this.trace = context.trace();
        String name = job.name();
        this.jobArrival = simulation.register(name + ".job", number -> jobArrived((int) number));
        this.jobSeen = simulation.register(name + ".job-seen", number -> release((int) number));
        this.arrival = simulation.register(name + ".input", edge -> arrived((int) edge));
        this.end = simulation.register(name + ".end", device -> ended((int) device));
        this.endSeen = simulation.register(name + ".end-seen", device -> seen((int) device));
        this.manage = simulation.register(name + ".dispatch", unused -> manage());
        this.noise = job.noise().map(law -> context.streams().draws(name + "/noise"));
        this.queues = new DeviceQueue[platform.devices()];
        for (int i = 0; i < queues.length; i++) {
            Device device = context.cluster().device(platform.endpoint(i));
            int track = trace.enabled() ? trace.track(device.name(), name) : 0;
            queues[i] = new DeviceQueue(device, track, rules.queue());
        }
        this.log = new TaskLog(job.name(), jobs, platform);
        this.missing = new int[graph.size()];
        this.unfinished = new int[graph.size()];
        this.waits = new WaitBook(jobs, log);
        this.edges = new EdgeBook(log);
        Arrays.setAll(missing, graph::inDegree);
        Arrays.setAll(unfinished, graph::inDegree);
        this.book = new JobBook(jobs, context.warmupNanos());
        this.atInstantEnd = rules.queue() != ExecutionRules.Queue.AS_GIVEN;
        this.preemptive = rules.queue() == ExecutionRules.Queue.FIRST_READY_PREEMPTIVE;
        this.leftNanos = new long[preemptive ? graph.size() : 0];
        this.endEvents = new long[queues.length];
        this.plans = GraphPlans.of(job, jobs, platform, context.cluster().description());
        this.dispatcher = job.scheduler() instanceof Dispatcher decides ? Optional.of(decides) : Optional.empty();
        this.view = new RunView(jobs, platform, simulation, rules, queues, log, ready, dispatcher.isPresent());
    }

    @Override
    public void start() {
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
        view.given(task, device);
        log.device[task] = device;
        queues[device].add(task, platform.seconds(task, device));
        givenCount++;
    }

    /** All that a task needs is done; what it needs may still have to move. */
    private void becomeReady(int task) {
        if (dispatcher.isPresent()) {
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
                begin(device);
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
        int from = log.device[graph.source(edge)];
        int to = log.device[graph.target(edge)];
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
            begin(device);
        }
    }

    private void begin(int device) {
        DeviceQueue queue = queues[device];
        if (preemptive && queue.isOvertaken()) {
            suspend(device);
        }
        int task = queue.isTaken() ? NONE : queue.next();
        if (task == NONE || missing[task] > 0) {
            return;
        }
        long now = simulation.now();
        double planned = platform.seconds(task, device);
        pricing.price(graph.task(task), queue.device(), planned, platform.joules(task, device));
        long nanos;
        if (log.startNanos[task] == TaskLog.ABSENT) {
            nanos = duration(task, pricing.seconds());
            waits.started(task, queue, now);
            log.startNanos[task] = now;
        } else {
            nanos = leftNanos[task];
            suspended--;
        }
        queue.begin(now, planned, pricing.watts());
        if (preemptive) {
            leftNanos[task] = nanos;
        } else if (trace.enabled() && nanos > 0) {
            trace.span(queue.track(), graph.task(task).name(), now, nanos);
        }
        endEvents[device] = simulation.schedule(nanos, end, device);
    }

    private long duration(int task, double planned) {
        return SimTime.nanos(
                noise.isPresent()
                        ? planned
                                * job.noise().orElseThrow().quantile(noise.get().open(task))
                        : planned);
    }

    /** Puts the running task back among those that are able to run. */
    private void suspend(int device) {
        DeviceQueue queue = queues[device];
        long now = simulation.now();
        simulation.cancel(endEvents[device]);
        leftNanos[queue.running()] -= now - queue.begunNanos();
        totals.interrupted(now - queue.begunNanos());
        charge(queue, now);
        queue.suspend();
        suspended++;
    }

    private void ended(int device) {
        DeviceQueue queue = queues[device];
        int task = queue.running();
        long now = simulation.now();
        charge(queue, now);
        totals.finished(now, now - queue.begunNanos());
        queue.end(now);
        log.finishNanos[task] = now;
        book.taskEnded(task, now);
        long delay = rules.clock().isPresent() ? rules.clock().get().delayNanos(log.startNanos[task], now) : 0;
        if (delay > 0) {
            simulation.schedule(delay, endSeen, device);
        } else {
            seen(device);
        }
    }

    private void seen(int device) {
        DeviceQueue queue = queues[device];
        int task = queue.last();
        queue.release();
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
        wakeManager();
    }

    /** Charges the running task with what it took since it began or went on. */
    private void charge(DeviceQueue queue, long now) {
        int task = queue.running();
        double seconds = SimTime.seconds(now - queue.begunNanos());
        log.busy[log.device[task]] += now - queue.begunNanos();
        double joules = queue.device().watts() * seconds;
        log.joules[task] += joules;
        log.usd[task] += queue.device().tariff().usd(seconds, joules);
        if (preemptive && trace.enabled() && now > queue.begunNanos()) {
            trace.span(queue.track(), graph.task(task).name(), queue.begunNanos(), now - queue.begunNanos());
        }
    }

    @Override
    public void finish(MetricSet.Builder metrics) {
        long now = simulation.now();
        int running = 0;
        for (DeviceQueue queue : queues) {
            if (queue.isRunning()) {
                running++;
                charge(queue, now);
            }
        }
        int started = 0;
        for (int task = 0; task < graph.size(); task++) {
            started += log.startNanos[task] == TaskLog.ABSENT ? 0 : 1;
        }
        balances.add(Balance.exact("tasks started", started, totals.finishedTasks() + running + suspended));
        balances.add(edges.balance());
        waits.markCriticalPath();
        boolean stream = job.jobs().isPresent();
        edges.put(metrics);
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
