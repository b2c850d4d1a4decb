package org.motleysim.workloads.offload;

import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Simulation;

/**
 * Transfers between devices and the media of their sites. At a change of site what is left of a transfer goes on there, at a rate drawn
 * anew, after the interruption; at the death of its device it is lost.
 */
final class RadioFlows {
    /** In place of the rate of a transfer that has ended, and whose event is due in this instant. */
    private static final double OVER = -1;

    private final Simulation simulation;
    private final Fleet fleet;
    private final TaskTable tasks;
    private final Medium[] media;
    private final OffloadLog log;
    private final EventType ended;
    private final EventType resumed;
    private final EventType tailOver;
    private double sent;
    private double delivered;
    private double lost;

    /** Told when a task's transfer is over; the task is at the other end. */
    @FunctionalInterface
    interface Arrived {
        void at(int slot);
    }

    RadioFlows(Simulation simulation, Fleet fleet, TaskTable tasks, Medium[] media, OffloadLog log, Arrived arrived) {
        this.simulation = simulation;
        this.fleet = fleet;
        this.tasks = tasks;
        this.media = media;
        this.log = log;
        this.ended = simulation.register("radio-end", slot -> {
            end((int) slot);
            arrived.at((int) slot);
        });
        this.resumed = simulation.register("radio-resume", slot -> resume((int) slot));
        this.tailOver =
                simulation.register("radio-tail", packed -> fleet.radioOff((int) (packed >>> 32), (int) packed));
    }

    /** Starts a transfer of a task whose stage is UPLOAD or DOWNLOAD. */
    void start(int slot, double bytes) {
        sent += bytes;
        tasks.bytesLeft[slot] = bytes;
        tasks.bytesPerSecond[slot] = 0;
        resume(slot);
    }

    private void resume(int slot) {
        int device = tasks.device[slot];
        if (fleet.dead[device]) {
            lost += tasks.bytesLeft[slot];
            tasks.remove(slot);
            log.lost();
            return;
        }
        long wait = fleet.reachableNanos[device] - simulation.now();
        if (wait > 0) {
            simulation.schedule(wait, resumed, slot);
            return;
        }
        Medium medium = media[fleet.site[device]];
        double rate = medium.drawRate();
        boolean up = tasks.stage[slot] == TaskTable.UPLOAD;
        int kind = fleet.kind[device];
        double watts = rate * (up ? fleet.sendJoulesPerByte[kind] : fleet.receiveJoulesPerByte[kind]);
        boolean first = fleet.flowHead[device] == TaskTable.NONE;
        if (first) {
            fleet.radioOn(device);
        }
        int head = fleet.flowHead[device];
        tasks.flowNext[slot] = head;
        tasks.flowPrevious[slot] = TaskTable.NONE;
        if (head != TaskTable.NONE) {
            tasks.flowPrevious[head] = slot;
        }
        fleet.flowHead[device] = slot;
        tasks.bytesPerSecond[slot] = rate;
        tasks.wattsAtFullRate[slot] = watts;
        tasks.virtualStart[slot] = medium.virtual();
        tasks.job[slot] = medium.start(tasks.bytesLeft[slot] / rate, watts, first, ended, slot);
    }

    private void end(int slot) {
        delivered += tasks.bytesLeft[slot];
        tasks.bytesLeft[slot] = 0;
        if (tasks.bytesPerSecond[slot] == OVER) {
            return; // taken off in the same instant, before it was told
        }
        takeOff(slot);
        int device = tasks.device[slot];
        if (fleet.flowHead[device] == TaskTable.NONE) {
            tail(device);
        }
    }

    private void tail(int device) {
        int epoch = fleet.radioTail(device);
        long nanos = fleet.tailNanos[fleet.kind[device]];
        if (nanos > 0) {
            simulation.schedule(nanos, tailOver, (long) device << 32 | epoch);
        }
    }

    private void takeOff(int slot) {
        int device = tasks.device[slot];
        Medium medium = media[fleet.site[device]];
        fleet.addRadio(device, joules(slot, medium));
        int next = tasks.flowNext[slot];
        int previous = tasks.flowPrevious[slot];
        if (next != TaskTable.NONE) {
            tasks.flowPrevious[next] = previous;
        }
        if (previous == TaskTable.NONE) {
            fleet.flowHead[device] = next;
        } else {
            tasks.flowNext[previous] = next;
        }
        medium.end(tasks.wattsAtFullRate[slot], fleet.flowHead[device] == TaskTable.NONE);
        tasks.bytesPerSecond[slot] = 0;
    }

    private double joules(int slot, Medium medium) {
        return tasks.wattsAtFullRate[slot] * (medium.virtual() - tasks.virtualStart[slot]);
    }

    /** Joules of the transfers of a device that go on, by their rates. */
    double openJoules(int device) {
        double joules = 0;
        Medium medium = media[fleet.site[device]];
        for (int slot = fleet.flowHead[device]; slot != TaskTable.NONE; slot = tasks.flowNext[slot]) {
            joules += joules(slot, medium);
        }
        return joules;
    }

    /** Moves a device to another site, and its transfers with it after the interruption. */
    void handOver(int device, int site, long interruptionNanos) {
        int first = fleet.flowHead[device];
        for (int slot = first; slot != TaskTable.NONE; slot = fleet.flowHead[device]) {
            if (interrupt(slot)) {
                simulation.schedule(interruptionNanos, resumed, slot);
            }
        }
        if (first != TaskTable.NONE) {
            tail(device);
        }
        fleet.site[device] = site;
        fleet.reachableNanos[device] = simulation.now() + interruptionNanos;
    }

    /** Drops the transfers of a device that dies. */
    void drop(int device) {
        for (int slot = fleet.flowHead[device]; slot != TaskTable.NONE; slot = fleet.flowHead[device]) {
            if (interrupt(slot)) {
                lost += tasks.bytesLeft[slot];
                tasks.remove(slot);
                log.lost();
            }
        }
    }

    /** Takes a transfer off its medium; returns whether something of it is left. */
    private boolean interrupt(int slot) {
        Medium medium = media[fleet.site[tasks.device[slot]]];
        double left = Math.min(tasks.bytesLeft[slot], medium.remaining(tasks.job[slot]) * tasks.bytesPerSecond[slot]);
        boolean running = medium.cancel(tasks.job[slot]);
        takeOff(slot);
        if (!running) {
            tasks.bytesPerSecond[slot] = OVER;
            return false;
        }
        delivered += tasks.bytesLeft[slot] - left;
        tasks.bytesLeft[slot] = left;
        return true;
    }

    double sent() {
        return sent;
    }

    double delivered() {
        return delivered;
    }

    double lost() {
        return lost;
    }

    /** Bytes of transfers that have not ended, by going through all tasks. */
    double inFlight() {
        double bytes = 0;
        for (int slot = 0; slot < tasks.used(); slot++) {
            if (tasks.stage[slot] == TaskTable.UPLOAD || tasks.stage[slot] == TaskTable.DOWNLOAD) {
                bytes += tasks.bytesLeft[slot];
            }
        }
        return bytes;
    }

    /** Returns how long a transfer would take now, in seconds. */
    double estimatedSeconds(int device, double bytes) {
        Medium medium = media[fleet.site[device]];
        return bytes / (medium.rateAlone() * medium.shareOfOneMore());
    }
}
