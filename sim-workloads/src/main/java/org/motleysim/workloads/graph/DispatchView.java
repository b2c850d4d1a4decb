package org.motleysim.workloads.graph;

import java.util.OptionalInt;

/** What a {@link Dispatcher} sees of a running graph. Valid during the call only. */
public interface DispatchView {
    /** Returns the graph: of several jobs all their tasks. */
    TaskGraph graph();

    /** Returns the estimates of times. */
    Platform platform();

    /** Returns the time since the graph started, in seconds. */
    double nowSeconds();

    /** Returns the number of tasks whose predecessors are done and that no device was given yet. */
    int readyCount();

    /** Returns a ready task, counted from 0, in the order in which they became ready. */
    int ready(int index);

    /** Returns the longest way from a task to an exit of the graph, in seconds: {@link Ranks#upward}. */
    double upwardRank(int task);

    /** Returns the number of tasks that a device was given and has not finished. */
    int backlog(int device);

    /** Returns when a device is expected to be done with what it was given, in seconds; now or earlier when it has nothing. */
    double freeSeconds(int device);

    /** Returns whether a device runs a task at this moment. */
    default boolean running(int device) {
        return backlog(device) > 0;
    }

    /** Returns how many tasks a device was given at this very instant. */
    default int givenThisRound(int device) {
        return 0;
    }

    /**
     * Returns until when a device was promised away, in seconds, never before now: the finish expected of the last task that it was given,
     * waiting for inputs included, whatever has happened since. Schedulers that keep books instead of looking at queues use it.
     */
    default double promisedSeconds(int device) {
        return freeSeconds(device);
    }

    /** Returns the job of a task, counted from 0 in the order of arrival; 0 when a graph runs once. */
    default int job(int task) {
        return 0;
    }

    /** Returns when a job arrived, in seconds. */
    default double arrivalSeconds(int job) {
        return 0;
    }

    /** Returns the device on which a predecessor of a ready task ran; -1 for a collective. */
    int deviceOf(int task);

    /** Returns how many tasks a device runs at once. */
    default int streams() {
        return 1;
    }

    /** Returns whether a device works: it is not down, and its battery is not empty. What it is given waits until it does. */
    default boolean isUp(int device) {
        return true;
    }

    /** Returns whether a device works and has a stream free. */
    default boolean isFree(int device) {
        return backlog(device) < streams() && isUp(device);
    }

    /** Returns the device that works and has a stream free, if there is one: that with the fewest tasks, of several the lowest number. */
    default OptionalInt freeDevice() {
        int best = -1;
        for (int device = 0; device < platform().devices(); device++) {
            if (isFree(device) && (best < 0 || backlog(device) < backlog(best))) {
                best = device;
                if (backlog(device) == 0) {
                    break;
                }
            }
        }
        return best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
    }

    /** Returns when all inputs of a ready task could be on a device if they started to move now and alone, in seconds. */
    default double inputSeconds(int task, int device) {
        double latest = nowSeconds();
        for (int i = 0; i < graph().inDegree(task); i++) {
            int edge = graph().inEdge(task, i);
            int from = deviceOf(graph().source(edge));
            if (from < 0) {
                continue; // a collective, whose result is on the devices that took part
            }
            double arrival = nowSeconds() + platform().transferSeconds(graph().bytes(edge), from, device);
            latest = Math.max(latest, arrival);
        }
        return latest;
    }

    /** Returns when a ready task is expected to be over on a device, in seconds; infinity where it cannot run. */
    default double finishSeconds(int task, int device) {
        return Math.max(inputSeconds(task, device), freeSeconds(device))
                + platform().seconds(task, device);
    }

    /** Returns when a ready task would be over on a device if that kept all its promises, in seconds; infinity where it cannot run. */
    default double promisedFinishSeconds(int task, int device) {
        return Math.max(inputSeconds(task, device), promisedSeconds(device))
                + platform().seconds(task, device);
    }
}
