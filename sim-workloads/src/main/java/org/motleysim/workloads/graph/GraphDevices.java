package org.motleysim.workloads.graph;

import java.util.Arrays;
import java.util.Optional;
import org.motleysim.core.engine.EventHandle;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.IndexedDraws;
import org.motleysim.core.trace.TraceSink;
import org.motleysim.hardware.cluster.Device;
import org.motleysim.hardware.cluster.Health;
import org.motleysim.hardware.fault.UpsetClock;
import org.motleysim.workloads.RunContext;

/**
 * The devices of a graph in a run: what each was given, what it runs, what it does again after an outage or an upset, and what that costs. A
 * device starts a task when a stream is free, the task's inputs are there, it fits into the memory beside those that run, and the battery
 * lasts.
 */
final class GraphDevices implements Health.Listener {
    private static final int NONE = GraphRun.NONE;

    /** Is told what becomes of tasks and devices. */
    interface Owner {
        /** Whether inputs of a task have not arrived. */
        boolean isMissing(int task);

        /** A task has ended on a device. */
        void ended(int device, int task);

        /** A device has gone down; what it ran is to be done again. */
        void down(int device);

        /** A device is up again. */
        void up(int device);

        /** A device can run tasks again. */
        void works(int device);
    }

    private final Owner owner;
    private final TaskGraph graph;
    private final ClusterPlatform platform;
    private final ExecutionRules rules;
    private final Simulation simulation;
    private final TraceSink trace;
    private final EventType end;
    private final Optional<Distribution> law;
    private final Optional<IndexedDraws> noise;
    private final boolean preemptive;
    private final long[] leftNanos; // of tasks that were interrupted; none without preemption
    private final int[] deviceOf; // by device of the cluster
    private final double[] capacityBytes; // by device; none with one stream, since what is alone fits
    private final DeviceQueue[] queues;
    private final TaskLog log;
    private final WaitBook waits;
    private final GraphTotals totals;
    private final LostWork lost;
    private final TaskPricing pricing = new TaskPricing();
    private int suspended;

    GraphDevices(
            GraphJob job,
            ClusterPlatform platform,
            RunContext context,
            TaskLog log,
            WaitBook waits,
            GraphTotals totals,
            Owner owner) {
        this.owner = owner;
        this.graph = log.graph();
        this.platform = platform;
        this.rules = job.rules();
        this.simulation = context.simulation();
        this.trace = context.trace();
        this.log = log;
        this.waits = waits;
        this.totals = totals;
        this.lost = new LostWork(log);
        String name = job.name();
        this.end = simulation.register(name + ".end", device -> ended((int) device));
        this.law = job.noise();
        this.noise = law.map(factor -> context.streams().draws(name + "/noise"));
        this.preemptive = rules.queue() == ExecutionRules.Queue.FIRST_READY_PREEMPTIVE;
        this.leftNanos = new long[preemptive ? graph.size() : 0];
        this.queues = new DeviceQueue[platform.devices()];
        this.deviceOf = new int[context.cluster().devices().size()];
        for (int i = 0; i < queues.length; i++) {
            Device device = context.cluster().device(platform.endpoint(i));
            queues[i] = new DeviceQueue(device, tracks(device.name(), name), rules);
            deviceOf[device.index()] = i;
        }
        this.capacityBytes = new double[rules.streams().count() > 1 ? queues.length : 0];
        Arrays.setAll(capacityBytes, platform::capacityBytes);
        for (int i = 0; i < queues.length; i++) {
            int device = i;
            queues[i].device().health().watch(this);
            queues[i].device().whenPoweredOn(() -> goOn(device));
        }
    }

    DeviceQueue[] queues() {
        return queues;
    }

    LostWork lost() {
        return lost;
    }

    /** Tasks that have started, were interrupted, and wait to go on. */
    int suspended() {
        return suspended;
    }

    private int[] tracks(String device, String workload) {
        int[] tracks = new int[trace.enabled() ? rules.streams().count() : 0];
        for (int lane = 0; lane < tracks.length; lane++) {
            tracks[lane] = trace.track(device, lane == 0 ? workload : workload + " stream " + lane);
        }
        return tracks;
    }

    /** Starts what a device can run now, oldest first. */
    void begin(int device) {
        DeviceQueue queue = queues[device];
        RunningTasks running = queue.running();
        long now = simulation.now();
        if (preemptive && queue.isOvertaken()) {
            suspend(device);
        }
        boolean began = false;
        while (queue.hasRoom()
                && queue.device().health().isUp()
                && queue.device().isOn()) {
            int task = queue.next();
            if (task == NONE || owner.isMissing(task) || !fits(task, device, now) || !start(task, device, now)) {
                break;
            }
            began = true;
        }
        if (began) {
            awaitEnd(device, running);
        }
    }

    /** Starts the next task of a device; returns whether that can, which its battery may deny. */
    private boolean start(int task, int device, long now) {
        DeviceQueue queue = queues[device];
        double planned = platform.seconds(task, device);
        pricing.price(graph.task(task), queue.device(), planned, platform.joules(task, device));
        boolean fresh = log.startNanos[task] == TaskLog.ABSENT;
        long nanos = fresh ? duration(task, pricing.seconds()) : leftNanos[task];
        if (queue.device().control().isPresent()
                && !queue.device().control().get().ready(pricing.watts(), SimTime.seconds(nanos))) {
            return false;
        }
        settle(queue, now);
        if (fresh) {
            waits.started(task, queue, now);
            log.startNanos[task] = now;
        } else {
            suspended--;
        }
        queue.begin(nanos, planned, pricing.watts(), bytes(task));
        log.lane(task, queue.running().lane(queue.running().count() - 1));
        return true;
    }

    private double bytes(int task) {
        return capacityBytes.length == 0 ? 0 : ClusterPlatform.workingSetBytes(graph, task);
    }

    /** Whether a task fits beside those that run on a device; if not, it waits for memory, and those behind it wait, too. */
    private boolean fits(int task, int device, long now) {
        DeviceQueue queue = queues[device];
        if (capacityBytes.length > 0 && !queue.fits(bytes(task), capacityBytes[device])) {
            queue.shortSince(now);
            return false;
        }
        if (queue.isShort()) {
            log.waitedForMemory[device] += now - queue.shortSince(now);
        }
        return true;
    }

    private void awaitEnd(int device, RunningTasks running) {
        DeviceQueue queue = queues[device];
        if (queue.endEvent() != EventHandle.NONE) {
            simulation.cancel(queue.endEvent());
        }
        queue.endEvent(
                running.count() == 0
                        ? EventHandle.NONE
                        : simulation.schedule(running.nanosLeft(running.first()), end, device));
    }

    private long duration(int task, double planned) {
        return SimTime.nanos(
                noise.isPresent()
                        ? planned * law.orElseThrow().quantile(noise.get().open(task))
                        : planned);
    }

    /** Puts the running task back among those that are able to run. */
    private void suspend(int device) {
        DeviceQueue queue = queues[device];
        long now = simulation.now();
        settle(queue, now);
        leftNanos[queue.running().task(0)] = queue.running().leftNanos(0);
        totals.interrupted();
        drawSpan(queue, 0, now);
        queue.putBack(0, bytes(queue.running().task(0)));
        awaitEnd(device, queue.running());
        suspended++;
    }

    private void ended(int device) {
        DeviceQueue queue = queues[device];
        RunningTasks running = queue.running();
        queue.endEvent(EventHandle.NONE);
        long now = simulation.now();
        settle(queue, now);
        int index = running.first();
        int task = running.task(index);
        drawSpan(queue, index, now);
        Optional<UpsetClock> upsets = queue.device().health().upsets();
        if (upsets.isPresent() && upsets.get().expose(SimTime.seconds(now - running.begunNanos(index)))) {
            lost.lost(task, now - running.begunNanos(index), true);
            queue.putBack(index, bytes(task));
            begin(device);
            return;
        }
        queue.end(index, bytes(task), now);
        log.finishNanos[task] = now;
        awaitEnd(device, running);
        owner.ended(device, task);
    }

    /** The device stops what it runs, and will do it again. */
    @Override
    public void down(Device failed) {
        int device = deviceOf[failed.index()];
        DeviceQueue queue = queues[device];
        RunningTasks running = queue.running();
        long now = simulation.now();
        settle(queue, now);
        for (int index = running.count() - 1; index >= 0; index--) {
            int task = running.task(index);
            drawSpan(queue, index, now);
            lost.lost(task, now - running.begunNanos(index), false);
            queue.putBack(index, bytes(task));
        }
        awaitEnd(device, running);
        owner.down(device);
    }

    @Override
    public void up(Device repaired) {
        int device = deviceOf[repaired.index()];
        owner.up(device);
        goOn(device);
    }

    /** A device works again. */
    private void goOn(int device) {
        queues[device].freeFrom(simulation.now());
        owner.works(device);
    }

    /** Charges the running tasks with what they took since that was done last; they share what the device draws when it is idle. */
    private void settle(DeviceQueue queue, long now) {
        RunningTasks running = queue.running();
        long nanos = now - running.settledNanos();
        int count = running.count();
        if (count > 0 && nanos > 0) {
            double seconds = SimTime.seconds(nanos);
            double watts = queue.device().watts();
            log.busy[deviceOf[queue.device().index()]] += nanos;
            totals.ran(nanos);
            for (int i = 0; i < count; i++) {
                double its = count == 1 ? watts : (watts - running.watts()) / count + running.watts(i);
                log.joules[running.task(i)] += its * seconds;
                log.usd[running.task(i)] += queue.device().tariff().usd(seconds / count, its * seconds);
            }
        }
        running.settle(now);
    }

    private void drawSpan(DeviceQueue queue, int index, long now) {
        long begun = queue.running().begunNanos(index);
        if (trace.enabled() && now > begun) {
            trace.span(
                    queue.track(queue.running().lane(index)),
                    graph.task(queue.running().task(index)).name(),
                    begun,
                    now - begun);
        }
    }

    /** Settles all devices at the end of a run; returns how many tasks run. */
    int finish() {
        int running = 0;
        for (DeviceQueue queue : queues) {
            settle(queue, simulation.now());
            for (int i = 0; i < queue.running().count(); i++) {
                running++;
                drawSpan(queue, i, simulation.now());
            }
        }
        return running;
    }
}
