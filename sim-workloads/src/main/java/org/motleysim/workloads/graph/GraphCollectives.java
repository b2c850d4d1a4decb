package org.motleysim.workloads.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.hardware.collective.Collectives;
import org.motleysim.hardware.network.Network;

/**
 * The collectives of a graph in a run. One is opened when it is known which devices take part; each device enters when its own tasks before
 * it have ended, so that late ones are waited for where the algorithm needs them. They take the network, and no time of the devices.
 *
 * <p>A device that goes down makes the collectives void that it has entered: they go on to their end, which is when this is noticed, and
 * are done again when all their devices are up.
 */
final class GraphCollectives {
    private static final int NONE = GraphRun.NONE;

    /** A collective that has been opened and has not ended. */
    private static final class Open {
        private final int[] devices; // by rank
        private final Map<Integer, Integer> rankOf = new HashMap<>(); // looked up only
        private final int[] unfinished; // tasks before it on the device of a rank
        private final boolean[] own; // whether there are any
        private final boolean[] entered;
        private int others; // unfinished tasks before it that all wait for
        private int waiting; // ranks that have not entered
        private int run;
        private boolean isVoid;

        Open(int[] devices) {
            this.devices = devices;
            this.unfinished = new int[devices.length];
            this.own = new boolean[devices.length];
            this.entered = new boolean[devices.length];
            this.waiting = devices.length;
            for (int rank = 0; rank < devices.length; rank++) {
                rankOf.put(devices[rank], rank);
            }
        }
    }

    private final TaskGraph graph;
    private final ClusterPlatform platform;
    private final TaskLog log;
    private final WaitBook waits;
    private final Simulation simulation;
    private final Collectives collectives;
    private final EventType done;
    private final IntConsumer ended;
    private final boolean any;
    private final TreeMap<Integer, Open> open = new TreeMap<>(); // by task
    private final Map<Integer, int[]> devicesOf = new HashMap<>(); // by task; looked up only
    private final List<Integer> parked = new ArrayList<>(); // void, and a device is down
    private final boolean[] down; // by device
    private int started;
    private int finished;
    private int lost;
    private long lostNanos;
    private long nanos;

    GraphCollectives(
            String name,
            TaskLog log,
            ClusterPlatform platform,
            WaitBook waits,
            Simulation simulation,
            Network network,
            IntConsumer ended) {
        this.graph = log.graph();
        this.platform = platform;
        this.log = log;
        this.waits = waits;
        this.simulation = simulation;
        this.ended = ended;
        boolean found = false;
        for (int task = 0; task < graph.size() && !found; task++) {
            found = graph.task(task) instanceof Task.Collective;
        }
        this.any = found;
        this.collectives = Collectives.on(simulation, network);
        this.done = simulation.register(name + ".collective", task -> done((int) task));
        this.down = new boolean[platform.devices()];
    }

    boolean is(int task) {
        return any && graph.task(task) instanceof Task.Collective;
    }

    boolean any() {
        return any;
    }

    /** The devices that take part in one that was opened. */
    int[] devices(int task) {
        int[] devices = devicesOf.get(task);
        if (devices == null) {
            throw new IllegalStateException("collective " + graph.task(task).name() + " has not been opened");
        }
        return devices;
    }

    /** A task before a collective was given to a device, or a collective without tasks before it may begin. */
    void tryOpen(int task) {
        if (open.containsKey(task) || devicesOf.containsKey(task)) {
            return;
        }
        int[] devices = participants(task);
        if (devices == null) {
            return;
        }
        var opened = new Open(devices);
        for (int i = 0; i < graph.inDegree(task); i++) {
            count(opened, graph.source(graph.inEdge(task, i)));
        }
        open.put(task, opened);
        devicesOf.put(task, devices);
        begin(task, opened);
        enterAll(task, opened);
    }

    private void begin(int task, Open opened) {
        Task.Collective what = (Task.Collective) graph.task(task);
        if (opened.devices.length > 1) {
            int[] endpoints =
                    Arrays.stream(opened.devices).map(platform::endpoint).toArray();
            opened.run = collectives.open(
                    what.algorithm().choose(what.operation(), endpoints.length),
                    what.operation(),
                    endpoints,
                    done,
                    task);
        }
    }

    /** The devices of a collective; null while they are not known. */
    private int @Nullable [] participants(int task) {
        Task.Collective what = (Task.Collective) graph.task(task);
        for (int i = 0; i < graph.inDegree(task); i++) {
            if (devicesBefore(graph.source(graph.inEdge(task, i))) == null) {
                return null;
            }
        }
        if (!what.groups().isEmpty()) {
            return platform.devicesOf(what.groups());
        }
        int[] devices = new int[0];
        boolean[] seen = new boolean[down.length];
        for (int i = 0; i < graph.inDegree(task); i++) {
            for (int device : placed(graph.source(graph.inEdge(task, i)))) {
                if (!seen[device]) {
                    seen[device] = true;
                    devices = Arrays.copyOf(devices, devices.length + 1);
                    devices[devices.length - 1] = device;
                }
            }
        }
        return devices;
    }

    private int @Nullable [] devicesBefore(int task) {
        if (is(task)) {
            return devicesOf.get(task);
        }
        return log.device[task] == NONE ? null : new int[] {log.device[task]};
    }

    private int[] placed(int task) {
        int[] devices = devicesBefore(task);
        if (devices == null) {
            throw new IllegalStateException("task " + graph.task(task).name() + " must have a device");
        }
        return devices;
    }

    private void count(Open opened, int before) {
        boolean over = log.finishNanos[before] != TaskLog.ABSENT;
        for (int device : placed(before)) {
            Integer rank = opened.rankOf.get(device);
            if (rank == null) {
                opened.others += over ? 0 : 1;
            } else {
                opened.own[rank] = true;
                opened.unfinished[rank] += over ? 0 : 1;
            }
        }
    }

    /** A task before a collective has ended. */
    void ended(int before, int task) {
        Open opened = open.get(task);
        if (opened == null) {
            tryOpen(task);
            return;
        }
        for (int device : placed(before)) {
            Integer rank = opened.rankOf.get(device);
            if (rank == null) {
                opened.others--;
            } else {
                opened.unfinished[rank]--;
            }
        }
        enterAll(task, opened);
    }

    private void enterAll(int task, Open opened) {
        if (opened.others > 0) {
            return;
        }
        boolean all = true;
        for (int rank = 0; rank < opened.devices.length; rank++) {
            all &= opened.unfinished[rank] == 0;
        }
        for (int rank = 0; rank < opened.devices.length; rank++) {
            boolean may = opened.unfinished[rank] == 0 && (opened.own[rank] || all);
            if (may && !opened.entered[rank]) {
                opened.entered[rank] = true;
                opened.waiting--;
                enter(opened, rank, task);
            }
        }
    }

    private void enter(Open opened, int rank, int task) {
        if (opened.waiting == 0) {
            log.readyNanos[task] = simulation.now();
            log.startNanos[task] = simulation.now();
            started++;
            waits.joined(task);
        }
        if (opened.devices.length > 1) {
            collectives.enter(opened.run, rank);
        } else {
            simulation.schedule(0, done, task);
        }
    }

    private void done(int task) {
        Open opened = open.get(task);
        if (opened == null) {
            throw new IllegalStateException("collective " + graph.task(task).name() + " has ended twice");
        }
        if (opened.isVoid) {
            lost++;
            lostNanos += simulation.now() - log.startNanos[task];
            parked.add(task);
            retry();
            return;
        }
        open.remove(task);
        finished++;
        log.finishNanos[task] = simulation.now();
        nanos += simulation.now() - log.startNanos[task];
        ended.accept(task);
    }

    private void retry() {
        for (int i = 0; i < parked.size(); i++) {
            int task = parked.get(i);
            Open opened = open.get(task);
            boolean up = opened != null && Arrays.stream(opened.devices).noneMatch(device -> down[device]);
            if (opened == null || !up) {
                continue;
            }
            parked.remove(i--);
            opened.isVoid = false;
            log.startNanos[task] = simulation.now();
            begin(task, opened);
            for (int rank = 0; rank < opened.devices.length; rank++) {
                if (opened.devices.length > 1) {
                    collectives.enter(opened.run, rank);
                } else {
                    simulation.schedule(0, done, task);
                }
            }
        }
    }

    /** A device has gone down: what it takes part in is void. */
    void down(int device) {
        down[device] = true;
        for (Open opened : open.values()) {
            Integer rank = opened.rankOf.get(device);
            opened.isVoid |= rank != null && opened.entered[rank];
        }
    }

    void up(int device) {
        down[device] = false;
        retry();
    }

    /** Those that all devices have entered and that have not ended. */
    int underWay() {
        return started - finished;
    }

    void put(MetricSet.Builder metrics) {
        if (any) {
            metrics.put("collectives.finished", finished, "1");
            metrics.put("collectives.time", SimTime.seconds(nanos), "s");
            if (lost > 0) {
                metrics.put("collectives.lost", lost, "1");
                metrics.put("collectives.lost.time", SimTime.seconds(lostNanos), "s");
            }
        }
    }
}
