package org.motleysim.workloads.graph;

/**
 * What a scheduler may know of the machines before a run: how long each task takes on each device, and each transfer if it is alone.
 * What really happens, contention above all, shows in the run.
 */
public interface Platform {
    /** Returns the number of devices. */
    int devices();

    /** Returns the name of a device, for messages. */
    String device(int device);

    /** Returns how long a task takes on a device, in seconds; infinity when it cannot run there. */
    double seconds(int task, int device);

    /** Returns how long bytes take from one device to another when nothing else is on the way, in seconds; 0 on the same device. */
    double transferSeconds(double bytes, int from, int to);

    /** Returns the mean of {@link #transferSeconds} over all pairs of different devices; 0 with a single device. */
    double meanTransferSeconds(double bytes);

    /** Returns the mean of {@link #seconds} over the devices that can run the task. */
    default double meanSeconds(int task) {
        double sum = 0;
        int able = 0;
        for (int device = 0; device < devices(); device++) {
            double seconds = seconds(task, device);
            if (seconds < Double.POSITIVE_INFINITY) {
                sum += seconds;
                able++;
            }
        }
        return able == 0 ? Double.POSITIVE_INFINITY : sum / able;
    }
}
