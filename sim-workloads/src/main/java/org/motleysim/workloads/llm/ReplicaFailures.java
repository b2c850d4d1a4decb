package org.motleysim.workloads.llm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.core.metric.TimeSeries;
import org.motleysim.core.metric.TimeWeighted;
import org.motleysim.hardware.cluster.Device;
import org.motleysim.hardware.cluster.Health;
import org.motleysim.hardware.fault.UpsetClock;

/**
 * What becomes of requests when replicas fail, in one run.
 *
 * <p>A replica is up while all its devices are. When it goes down, its running iteration and its KV cache are lost, and all requests there
 * go back to the front end with the tokens they have got, which count as prompt from then on: nothing is delivered twice. The front end
 * sends them on, together with requests that arrived while no replica was up, as soon as one accepts work. That is an event of its own, so
 * that replicas that fail at the same instant are all known to be down.
 */
final class ReplicaFailures implements Health.Listener {
    /** What the front end does with a request. */
    interface Frontend {
        /** Sends the request in {@code slot} to a replica that accepts work; returns whether there was one. */
        boolean place(int slot);

        /** Ends the request in {@code slot}, which has been displaced too often. */
        void giveUp(int slot);
    }

    private final ServingReplica[] replicas;
    private final int[] replicaOfDevice;
    private final int[] devicesDown;
    private final LiveRequests live;
    private final int retryLimit;
    private final Frontend frontend;
    private final Optional<WeightLoading> loading;
    private final Optional<Handoffs> handoffs;
    private final Simulation simulation;
    private final EventType reroute;
    private final WaitingQueue unplaced = new WaitingQueue();
    private final TimeWeighted unplacedLevel = new TimeWeighted();
    private final TimeSeries upOverTime = new TimeSeries("replicas.up", "1");
    private final TimeWeighted up = new TimeWeighted();
    private boolean rerouting;
    private long failures;
    private long retries;

    ReplicaFailures(
            ServingReplica[] replicas,
            int devices,
            LiveRequests live,
            int retryLimit,
            Frontend frontend,
            Optional<WeightLoading> loading,
            Optional<Handoffs> handoffs,
            Simulation simulation) {
        this.replicas = replicas;
        this.devicesDown = new int[replicas.length];
        this.live = live;
        this.retryLimit = retryLimit;
        this.frontend = frontend;
        this.loading = loading;
        this.handoffs = handoffs;
        this.simulation = simulation;
        this.reroute = simulation.register("llm.reroute", unused -> reroute());
        this.replicaOfDevice = new int[devices];
        Arrays.fill(replicaOfDevice, -1);
        int working = 0;
        for (ServingReplica replica : replicas) {
            for (Device device : replica.devices()) {
                replicaOfDevice[device.index()] = replica.index();
                devicesDown[replica.index()] += device.health().isUp() ? 0 : 1;
                device.health().watch(this);
            }
            working += devicesDown[replica.index()] == 0 ? 1 : 0;
        }
        up.add(simulation.now(), working);
        upOverTime.set(simulation.now(), working);
    }

    /** Whether a replica works. */
    boolean isUp(ServingReplica replica) {
        return devicesDown[replica.index()] == 0;
    }

    /** Whether a replica accepts new work. */
    boolean isAccepting(ServingReplica replica) {
        for (Device device : replica.devices()) {
            if (!device.health().isAccepting()) {
                return false;
            }
        }
        return true;
    }

    /** Lets a request that nobody can take wait at the front end. */
    void await(int slot) {
        unplaced.addLast(slot);
        unplacedLevel.add(simulation.now(), 1);
    }

    /** A prompt has arrived at a replica that is down. */
    void bounced(int slot, ServingReplica replica) {
        replica.release(slot);
        displaced(slot);
    }

    /** A request has lost its replica. */
    private void displaced(int slot) {
        if (live.retries[slot] >= retryLimit) {
            frontend.giveUp(slot);
            return;
        }
        live.retries[slot]++;
        retries++;
        await(slot);
        scheduleReroute();
    }

    /** Tries those who wait for a replica once more. */
    void scheduleReroute() {
        boolean anybody =
                unplaced.size() > 0 || handoffs.map(Handoffs::isAnyStranded).orElse(false);
        if (!rerouting && anybody) {
            rerouting = true;
            simulation.schedule(0, reroute, 0);
        }
    }

    private void reroute() {
        rerouting = false;
        handoffs.ifPresent(Handoffs::retry);
        for (int i = unplaced.size(); i > 0; i--) {
            int slot = unplaced.removeFirst();
            if (frontend.place(slot)) {
                unplacedLevel.add(simulation.now(), -1);
            } else {
                unplaced.addLast(slot); // a turn of the whole queue keeps its order
            }
        }
    }

    @Override
    public void down(Device device) {
        int index = replicaOfDevice[device.index()];
        if (devicesDown[index]++ == 0) {
            failures++;
            changeUp(-1);
            replicas[index].fail(this::displaced);
            loading.ifPresent(weights -> weights.down(index));
        }
    }

    @Override
    public void up(Device device) {
        int index = replicaOfDevice[device.index()];
        if (--devicesDown[index] == 0) {
            changeUp(1);
            loading.ifPresent(weights -> weights.up(index));
            scheduleReroute();
        }
    }

    @Override
    public void warningWithdrawn(Device device) {
        scheduleReroute();
    }

    private void changeUp(int change) {
        up.add(simulation.now(), change);
        upOverTime.set(simulation.now(), up.level());
    }

    /** Requests that wait at the front end. */
    int unplaced() {
        return unplaced.size();
    }

    double wastedJoules() {
        double sum = 0;
        for (ServingReplica replica : replicas) {
            sum += replica.losses.joules;
        }
        return sum;
    }

    double wastedUsd() {
        double sum = 0;
        for (ServingReplica replica : replicas) {
            sum += replica.losses.usd;
        }
        return sum;
    }

    List<Series> series(long now) {
        return List.of(upOverTime.freeze(now));
    }

    void put(MetricSet.Builder metrics, long failedRequests) {
        long now = simulation.now();
        metrics.put("requests.failed", (double) failedRequests, "1");
        metrics.put("requests.unplaced.mean", unplacedLevel.mean(now), "1");
        metrics.put("retries", (double) retries, "1");
        metrics.put("failures", (double) failures, "1");
        metrics.put("availability", up.mean(now) / replicas.length, "1");
        metrics.put("downtime", replicas.length * now / 1e9 - up.integralSeconds(now), "s");
        long lost = 0;
        long repeated = 0;
        long tokens = 0;
        List<UpsetClock> upsets = new ArrayList<>();
        for (ServingReplica replica : replicas) {
            lost += replica.losses.iterations;
            repeated += replica.losses.repeated;
            tokens += replica.losses.tokens;
            replica.devices().forEach(device -> device.health().upsets().ifPresent(upsets::add));
        }
        metrics.put("iterations.lost", (double) lost, "1");
        metrics.put("iterations.repeated", (double) repeated, "1");
        metrics.put("tokens.wasted", (double) tokens, "1");
        if (!upsets.isEmpty()) {
            metrics.put(
                    "upsets.masked",
                    upsets.stream().mapToDouble(UpsetClock::masked).sum(),
                    "1");
            metrics.put(
                    "upsets.detected",
                    upsets.stream().mapToDouble(UpsetClock::detected).sum(),
                    "1");
            metrics.put(
                    "upsets.silent",
                    upsets.stream().mapToDouble(UpsetClock::silent).sum(),
                    "1");
        }
    }
}
