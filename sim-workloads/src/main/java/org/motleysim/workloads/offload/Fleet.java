package org.motleysim.workloads.offload;

import java.util.Arrays;
import java.util.List;
import org.motleysim.core.engine.EventHandle;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;

/** The devices: one entry of parallel arrays each. What each draws is integrated here by device. */
final class Fleet {
    private final Simulation simulation;
    private final EnergyBooks books;
    final int size;
    final List<EndDevices> classes;
    final int[] kind; // class
    final int[] application;
    final int[] site;
    final boolean[] dead;
    final int[] queueHead;
    final int[] queueTail;
    final long[] localFreeNanos; // when the last task in its queue will be done
    final long[] localEvent;
    final int[] flowHead;
    final long[] reachableNanos; // after a change of site
    final int[] home; // where its service runs
    final long[] servedNanos; // from when it does again after a migration

    /** Battery, when there is one; infinite otherwise. */
    final double[] capacity;

    private final double[] computeJoules;
    private final double[] radioJoules;
    private final long[] computeSince; // -1 when idle
    private final long[] radioSince; // of sending, receiving or the tail
    private final byte[] radio; // OFF, ON, TAIL
    private final long[] diedNanos;
    private final int[] radioEpoch;

    static final byte OFF = 0;
    static final byte ON = 1;
    static final byte TAIL = 2;

    private final double[] idleWatts; // by class
    private final double[] computeWatts;
    private final double[] baseWatts;
    private final double[] tailWatts;
    final long[] tailNanos;
    final double[] sendJoulesPerByte;
    final double[] receiveJoulesPerByte;

    Fleet(Simulation simulation, List<EndDevices> classes, EnergyBooks books) {
        this.simulation = simulation;
        this.books = books;
        this.classes = classes;
        this.size = classes.stream().mapToInt(EndDevices::count).sum();
        kind = new int[size];
        application = new int[size];
        site = new int[size];
        dead = new boolean[size];
        queueHead = filled();
        queueTail = filled();
        localFreeNanos = new long[size];
        localEvent = new long[size];
        Arrays.fill(localEvent, EventHandle.NONE);
        flowHead = filled();
        reachableNanos = new long[size];
        home = new int[size];
        servedNanos = new long[size];
        capacity = new double[size];
        computeJoules = new double[size];
        radioJoules = new double[size];
        computeSince = new long[size];
        Arrays.fill(computeSince, -1);
        radioSince = new long[size];
        radio = new byte[size];
        diedNanos = new long[size];
        Arrays.fill(diedNanos, -1);
        radioEpoch = new int[size];
        int kinds = classes.size();
        idleWatts = new double[kinds];
        computeWatts = new double[kinds];
        baseWatts = new double[kinds];
        tailWatts = new double[kinds];
        tailNanos = new long[kinds];
        sendJoulesPerByte = new double[kinds];
        receiveJoulesPerByte = new double[kinds];
        int device = 0;
        for (int k = 0; k < kinds; k++) {
            EndDevices of = classes.get(k);
            idleWatts[k] = of.processor().map(p -> p.idle().watts()).orElse(0.0);
            computeWatts[k] = of.processor().map(Processor::wattsPerCore).orElse(0.0);
            baseWatts[k] = of.radio().base().watts();
            tailWatts[k] = of.radio().tail().watts();
            tailNanos[k] = of.radio().tailTime().toNanos();
            sendJoulesPerByte[k] = 8e-9 * of.radio().sendNanojoulesPerBit();
            receiveJoulesPerByte[k] = 8e-9 * of.radio().receiveNanojoulesPerBit();
            double full = of.battery().map(battery -> battery.joules()).orElse(Double.POSITIVE_INFINITY);
            Arrays.fill(kind, device, device + of.count(), k);
            Arrays.fill(capacity, device, device + of.count(), full);
            device += of.count();
            books.change(idleWatts[k] * of.count());
        }
    }

    private int[] filled() {
        var array = new int[size];
        Arrays.fill(array, TaskTable.NONE);
        return array;
    }

    void computeOn(int device) {
        computeSince[device] = simulation.now();
        books.change(computeWatts[kind[device]]);
    }

    void computeOff(int device) {
        if (computeSince[device] >= 0) {
            computeJoules[device] +=
                    computeWatts[kind[device]] * SimTime.seconds(simulation.now() - computeSince[device]);
            computeSince[device] = -1;
            books.change(-computeWatts[kind[device]]);
        }
    }

    void radioOn(int device) {
        setRadio(device, ON);
    }

    /** Puts the radio into its tail, and returns the epoch with which to end it. */
    int radioTail(int device) {
        setRadio(device, tailNanos[kind[device]] > 0 ? TAIL : OFF);
        return radioEpoch[device];
    }

    /** Ends a tail, unless the radio was used again since. */
    void radioOff(int device, int epoch) {
        if (radioEpoch[device] == epoch && radio[device] == TAIL) {
            setRadio(device, OFF);
        }
    }

    byte radio(int device) {
        return radio[device];
    }

    private void setRadio(int device, byte state) {
        double before = radioWatts(device);
        radioJoules[device] += before * SimTime.seconds(simulation.now() - radioSince[device]);
        radioSince[device] = simulation.now();
        radio[device] = state;
        radioEpoch[device]++;
        books.change(radioWatts(device) - before);
    }

    /** Without the part that goes with the rate, which the media know. */
    private double radioWatts(int device) {
        return switch (radio[device]) {
            case ON -> baseWatts[kind[device]];
            case TAIL -> tailWatts[kind[device]];
            default -> 0;
        };
    }

    void addRadio(int device, double joules) {
        radioJoules[device] += joules;
    }

    void die(int device) {
        computeOff(device);
        setRadio(device, OFF);
        dead[device] = true;
        diedNanos[device] = simulation.now();
        books.change(-idleWatts[kind[device]]);
    }

    double idleJoules(int device) {
        return idleWatts[kind[device]] * SimTime.seconds(diedNanos[device] < 0 ? simulation.now() : diedNanos[device]);
    }

    double computeJoules(int device) {
        return computeJoules[device]
                + (computeSince[device] < 0
                        ? 0
                        : computeWatts[kind[device]] * SimTime.seconds(simulation.now() - computeSince[device]));
    }

    /** Transfers that have not ended left out. */
    double radioJoules(int device) {
        return radioJoules[device] + radioWatts(device) * SimTime.seconds(simulation.now() - radioSince[device]);
    }

    /** The most that a device of a class can draw, but for what goes with the rate of its radio. */
    double mostWatts(int ofKind) {
        return idleWatts[ofKind] + computeWatts[ofKind] + Math.max(baseWatts[ofKind], tailWatts[ofKind]);
    }

    double computeWatts(int device) {
        return computeWatts[kind[device]];
    }

    double baseWatts(int device) {
        return baseWatts[kind[device]];
    }

    /** Joules of a whole tail. */
    double tailJoules(int device) {
        return tailWatts[kind[device]] * SimTime.seconds(tailNanos[kind[device]]);
    }

    double secondsAlive(int device) {
        return SimTime.seconds(diedNanos[device] < 0 ? simulation.now() : diedNanos[device]);
    }
}
