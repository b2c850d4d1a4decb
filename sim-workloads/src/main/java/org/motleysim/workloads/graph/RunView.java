package org.motleysim.workloads.graph;

import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;

/** What a dispatcher sees of a run. */
final class RunView implements DispatchView {
    private final JobList jobs;
    private final ClusterPlatform platform;
    private final Simulation simulation;
    private final ExecutionRules rules;
    private final DeviceQueue[] queues;
    private final TaskLog log;
    private final ReadyList ready;
    private final boolean booked; // tasks are given one by one, when those before them are done
    private final double[] promised; // by device
    private final int[] givenIn; // the last round in which it was given something, by device
    private final int[] given; // how much in that round
    private int round;
    private double[] ranks = {}; // made when first asked for

    RunView(
            JobList jobs,
            ClusterPlatform platform,
            Simulation simulation,
            ExecutionRules rules,
            DeviceQueue[] queues,
            TaskLog log,
            ReadyList ready,
            boolean booked) {
        this.jobs = jobs;
        this.platform = platform;
        this.simulation = simulation;
        this.rules = rules;
        this.queues = queues;
        this.log = log;
        this.ready = ready;
        this.booked = booked;
        this.promised = new double[queues.length];
        this.givenIn = new int[queues.length];
        this.given = new int[queues.length];
    }

    /** The dispatcher is asked again at another instant. */
    void nextRound() {
        round++;
    }

    /** Notes what a device is given, before it has it. */
    void given(int task, int device) {
        if (booked) {
            promised[device] = promisedFinishSeconds(task, device);
        }
        if (givenIn[device] != round) {
            givenIn[device] = round;
            given[device] = 0;
        }
        given[device]++;
    }

    @Override
    public TaskGraph graph() {
        return jobs.all();
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
    public int job(int task) {
        return jobs.of(task);
    }

    @Override
    public double arrivalSeconds(int job) {
        return SimTime.seconds(jobs.arrivalNanos(job));
    }

    @Override
    public double upwardRank(int task) {
        if (ranks.length == 0) {
            ranks = Ranks.upward(jobs.all(), platform);
        }
        return ranks[task];
    }

    @Override
    public int backlog(int device) {
        return queues[device].size();
    }

    @Override
    public boolean running(int device) {
        return queues[device].isRunning();
    }

    @Override
    public int streams() {
        return rules.streams().count();
    }

    @Override
    public boolean isUp(int device) {
        return queues[device].device().health().isUp()
                && queues[device].device().isOn();
    }

    @Override
    public int givenThisRound(int device) {
        return givenIn[device] == round ? given[device] : 0;
    }

    @Override
    public double freeSeconds(int device) {
        return queues[device].freeSeconds(nowSeconds());
    }

    @Override
    public double promisedSeconds(int device) {
        return Math.max(promised[device], nowSeconds());
    }

    @Override
    public int deviceOf(int task) {
        return log.device[task];
    }

    @Override
    public double inputSeconds(int task, int device) {
        TaskGraph graph = jobs.all();
        double now = nowSeconds();
        double latest = now;
        for (int i = 0; i < graph.inDegree(task); i++) {
            int edge = graph.inEdge(task, i);
            int before = graph.source(edge);
            if (log.device[before] == GraphRun.NONE) {
                continue; // a collective, whose result is on the devices that took part
            }
            double leaves = rules.transfers() == ExecutionRules.Transfers.WHEN_PRODUCED
                    ? SimTime.seconds(log.finishNanos[before])
                    : now;
            double there = leaves + platform.transferSeconds(graph.bytes(edge), log.device[before], device);
            latest = Math.max(latest, there);
        }
        return latest;
    }
}
