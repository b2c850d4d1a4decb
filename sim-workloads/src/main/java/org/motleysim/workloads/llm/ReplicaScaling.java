package org.motleysim.workloads.llm;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.core.metric.TimeSeries;
import org.motleysim.core.metric.TimeWeighted;
import org.motleysim.hardware.cluster.Device;

/** An {@link Autoscaler} at work in one run. Replicas are started from the first on and stopped from the last on. */
final class ReplicaScaling {
    private enum State {
        OFF,
        STARTING,
        SERVING,
        DRAINING
    }

    private final Autoscaler law;
    private final ServingReplica[] replicas;
    private final Simulation simulation;
    private final EventType tick;
    private final EventType started;
    private final IntSupplier inFlight;
    private final BooleanSupplier over;
    private final State[] state;
    private final long[] starts; // of each replica, so that an old start is told from a new one
    private final int most;
    private Optional<WeightLoading> loading = Optional.empty();
    private Runnable moreAccept = () -> {};

    /** Numbers that were wanted at the last decisions, as many as the delay has. */
    private final int[] wanted;

    private int decisions;
    private long startCount;
    private long stopCount;
    private final TimeWeighted rented = new TimeWeighted();
    private final TimeWeighted serving = new TimeWeighted();
    private final TimeSeries servingOverTime = new TimeSeries("replicas.serving", "1");

    ReplicaScaling(
            Autoscaler law,
            ServingReplica[] replicas,
            Simulation simulation,
            IntSupplier inFlight,
            BooleanSupplier over) {
        this.law = law;
        this.replicas = replicas;
        this.simulation = simulation;
        this.inFlight = inFlight;
        this.over = over;
        this.tick = simulation.register("llm.scale", unused -> decide());
        this.started = simulation.register("llm.started", this::ready);
        this.state = new State[replicas.length];
        this.starts = new long[replicas.length];
        this.most = Math.min(law.maxReplicas(), replicas.length);
        long delay = SimTime.nanos(law.scaleDownDelay());
        this.wanted = new int[(int) Math.min(1 << 20, 1 + delay / SimTime.nanos(law.interval()))];
        Arrays.fill(state, State.OFF);
        Arrays.fill(state, 0, law.minReplicas(), State.SERVING);
        Arrays.fill(wanted, law.minReplicas());
    }

    /** Gives back those that are not wanted at the start. */
    void start(Optional<WeightLoading> weights, Runnable whenMoreAccept) {
        loading = weights;
        moreAccept = whenMoreAccept;
        for (ServingReplica replica : replicas) {
            replica.whenIdle(this::idle);
            replica.whenLoaded(this::loaded);
            if (state[replica.index()] == State.OFF) {
                replica.close();
                replica.devices().forEach(Device::giveBack);
            }
        }
        changed(law.minReplicas(), law.minReplicas());
        simulation.schedule(SimTime.nanos(law.interval()), tick, 0);
    }

    /** Whether a replica has its weights from the start. */
    boolean servesFirst(int replica) {
        return replica < law.minReplicas();
    }

    private void decide() {
        if (over.getAsBoolean()) {
            return;
        }
        for (int i = 0; i < replicas.length; i++) {
            idle(i); // those that a failure has emptied
        }
        double per = Math.ceil(inFlight.getAsInt() / law.targetOutstanding());
        int now = (int) Math.max(law.minReplicas(), Math.min(most, per));
        wanted[decisions++ % wanted.length] = now;
        int there = count(State.SERVING) + count(State.STARTING);
        if (now > there) {
            more(now - there);
        } else {
            int enough = Arrays.stream(wanted).max().orElseThrow();
            fewer(there - enough);
        }
        simulation.schedule(SimTime.nanos(law.interval()), tick, 0);
    }

    private void more(int count) {
        int left = count;
        for (int i = 0; i < replicas.length && left > 0; i++) {
            if (state[i] == State.DRAINING) {
                state[i] = State.SERVING;
                replicas[i].open();
                changed(0, 1);
                left--;
            }
        }
        for (int i = 0; i < replicas.length && left > 0; i++) {
            if (state[i] == State.OFF) {
                state[i] = State.STARTING;
                startCount++;
                starts[i]++;
                replicas[i].devices().forEach(Device::takeAgain);
                changed(1, 0);
                simulation.schedule(SimTime.nanos(law.startUp()), started, starts[i] << 32 | i);
                left--;
            }
        }
        moreAccept.run();
    }

    private void fewer(int count) {
        int left = count;
        for (int i = replicas.length - 1; i >= 0 && left > 0; i--) {
            if (state[i] == State.STARTING) {
                stop(i);
                left--;
            } else if (state[i] == State.SERVING) {
                state[i] = State.DRAINING;
                replicas[i].close();
                changed(0, -1);
                idle(i);
                left--;
            }
        }
    }

    /** A replica has nothing to do. */
    private void idle(int index) {
        if (state[index] == State.DRAINING && replicas[index].isIdle()) {
            stop(index);
        }
    }

    private void stop(int index) {
        state[index] = State.OFF;
        stopCount++;
        replicas[index].forgetCache();
        replicas[index].devices().forEach(Device::giveBack);
        loading.ifPresent(weights -> weights.down(index));
        changed(-1, 0);
    }

    private void ready(long startAndIndex) {
        int index = (int) startAndIndex;
        if (state[index] != State.STARTING || starts[index] != startAndIndex >>> 32) {
            return;
        }
        if (loading.isPresent()) {
            loading.get().up(index);
        } else {
            serve(index);
        }
    }

    /** The weights of a replica are there. */
    private void loaded(int index) {
        if (state[index] == State.STARTING) {
            serve(index);
        }
    }

    private void serve(int index) {
        state[index] = State.SERVING;
        replicas[index].open();
        changed(0, 1);
        moreAccept.run();
    }

    private int count(State which) {
        int count = 0;
        for (State each : state) {
            count += each == which ? 1 : 0;
        }
        return count;
    }

    private void changed(int rentedChange, int servingChange) {
        long now = simulation.now();
        rented.add(now, rentedChange);
        serving.add(now, servingChange);
        servingOverTime.set(now, serving.level());
    }

    List<Series> series(long now) {
        return List.of(servingOverTime.freeze(now));
    }

    void put(MetricSet.Builder metrics) {
        long now = simulation.now();
        metrics.put("scaling.replicas.rented.mean", rented.mean(now), "1");
        metrics.put("scaling.replicas.serving.mean", serving.mean(now), "1");
        metrics.put("scaling.starts", (double) startCount, "1");
        metrics.put("scaling.stops", (double) stopCount, "1");
        metrics.put("scaling.replica_time", rented.integralSeconds(now), "s");
    }
}
