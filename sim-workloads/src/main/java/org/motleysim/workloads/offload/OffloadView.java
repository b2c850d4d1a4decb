package org.motleysim.workloads.offload;

import org.motleysim.core.engine.SimTime;

/**
 * What a policy sees of a task and of the places where it could run: targets, numbered from 0 ({@link #LOCAL}) over the sites (from 1) to
 * the {@link #cloud}, if there is one. Estimates are of this instant: they take every queue and every medium to stay as it is.
 */
public final class OffloadView {
    /** The device itself. */
    public static final int LOCAL = 0;

    private final OffloadRun run;
    private int slot = TaskTable.NONE;

    OffloadView(OffloadRun run) {
        this.run = run;
    }

    OffloadView of(int task) {
        slot = task;
        return this;
    }

    /** Returns the simulated time in seconds. */
    public double nowSeconds() {
        return SimTime.seconds(run.now());
    }

    /** Returns the number of the device, from 0. */
    public int device() {
        return run.tasks.device[slot];
    }

    /** Returns the class of the device. */
    public EndDevices deviceClass() {
        return run.fleet.classes.get(run.fleet.kind[device()]);
    }

    /** Returns what the task is one of. */
    public Application application() {
        return run.job.applications().get(run.fleet.application[device()]);
    }

    /** Returns the bytes that would go to a server. */
    public long uploadBytes() {
        return run.tasks.uploadBytes[slot];
    }

    /** Returns the bytes that would come back. */
    public long downloadBytes() {
        return run.tasks.downloadBytes[slot];
    }

    /** Returns how many targets there are, possible or not. */
    public int targets() {
        return run.targets();
    }

    /** Returns how many sites there are. */
    public int sites() {
        return run.sites();
    }

    /** Returns whether there is a cloud. */
    public boolean hasCloud() {
        return run.targets() > run.sites() + 1;
    }

    /** Returns the number of the cloud as a target; meaningless if there is none. */
    public int cloud() {
        return run.sites() + 1;
    }

    /** Returns the site whose access point serves the device, as a target. */
    public int nearest() {
        return run.fleet.site[device()] + 1;
    }

    /** Returns the site where the service of the device runs, as a target: the nearest, unless services have to migrate. */
    public int home() {
        return run.home(device()) + 1;
    }

    /** Returns whether the task can run there. */
    public boolean possible(int target) {
        return run.possible(slot, target);
    }

    /** Returns how many tasks are there, waiting or running. */
    public int jobs(int target) {
        return target == LOCAL ? run.localTasks(device()) : Math.toIntExact(run.servers[target - 1].backlog.level());
    }

    /** Returns how many cores are there. */
    public int cores(int target) {
        return target == LOCAL ? 1 : run.servers[target - 1].cores();
    }

    /** Returns how long the task takes there on a core of its own, in seconds; NaN where it is not {@link #possible}. */
    public double demandSeconds(int target) {
        return run.demand(slot, target);
    }

    /**
     * Returns how long the task takes there, in seconds: transfers at the present shares, and the present queue. Under processor sharing
     * nobody is taken to come or go; under first come, first served those ahead are taken to be as long as this task.
     */
    public double estimatedSeconds(int target) {
        return run.estimatedSeconds(slot, target);
    }

    /** Returns what the device spends on the task there, in joules above idle: computing, or the radio with its tail. */
    public double estimatedJoules(int target) {
        return run.estimatedJoules(slot, target);
    }

    /** Returns the charge of the battery over its capacity; 1 without one. */
    public double batteryShare() {
        return run.batteryShare(device());
    }

    /** Returns a fresh random number from [0, 1), of the device's own stream. */
    public double chance() {
        return run.chance(device());
    }
}
