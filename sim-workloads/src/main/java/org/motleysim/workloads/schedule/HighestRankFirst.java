package org.motleysim.workloads.schedule;

import java.util.Optional;
import org.motleysim.workloads.graph.DispatchView;
import org.motleysim.workloads.graph.Dispatcher;

/**
 * List scheduling: as soon as a device is free, the ready task of the highest upward rank gets the free device where it takes least time;
 * of equals the lower number (Graham, "Bounds on multiprocessing timing anomalies", SIAM J. Appl. Math. 17(2), 1969, with the list sorted by
 * level; on equal devices Hu's rule). No device is left idle while a task that it can run is ready. O(ready tasks + devices) a choice.
 */
record HighestRankFirst() implements Dispatcher {
    @Override
    public Optional<Choice> choose(DispatchView view) {
        int bestTask = -1;
        int bestDevice = -1;
        for (int i = 0; i < view.readyCount(); i++) {
            int task = view.ready(i);
            if (bestTask >= 0 && !before(view, task, bestTask)) {
                continue;
            }
            int device = quickestFree(view, task);
            if (device >= 0) {
                bestTask = task;
                bestDevice = device;
            }
        }
        return bestTask < 0 ? Optional.empty() : Optional.of(new Choice(bestTask, bestDevice));
    }

    private static boolean before(DispatchView view, int task, int other) {
        int byRank = Double.compare(view.upwardRank(task), view.upwardRank(other));
        return byRank > 0 || (byRank == 0 && task < other);
    }

    /** The free device where a task takes least time; -1 if none is free that can run it. */
    private static int quickestFree(DispatchView view, int task) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int device = 0; device < view.platform().devices(); device++) {
            double seconds = view.platform().seconds(task, device);
            boolean better =
                    seconds < least || (best >= 0 && seconds == least && view.backlog(device) < view.backlog(best));
            if (better && view.isFree(device)) {
                least = seconds;
                best = device;
            }
        }
        return best;
    }
}
