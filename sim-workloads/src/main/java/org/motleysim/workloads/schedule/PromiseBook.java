package org.motleysim.workloads.schedule;

import java.util.Optional;
import org.motleysim.workloads.graph.DispatchView;
import org.motleysim.workloads.graph.Dispatcher;

/**
 * Gives every ready task a device at once, by a book of when each device was promised to be free, as the run-time schedulers of DS3 do
 * (Arda et al., "DS3: A system-level domain-specific system-on-chip simulation framework", IEEE TC 69(8), 2020, section 5). Ties go to the
 * task that became ready first and to the device of the lower number.
 *
 * @param rule which pair of task and device comes next
 */
record PromiseBook(Rule rule) implements Dispatcher {
    /** What makes a pair the next. */
    enum Rule {
        /** The task that became ready first, where it takes least time; of equal devices see {@link #fastest}. */
        MINIMUM_EXECUTION_TIME,
        /** The task that became ready first, where it is over first. */
        EARLIEST_FINISH_TIME,
        /** The task that is over first of all, where it is. */
        EARLIEST_TASK_FIRST
    }

    @Override
    public Optional<Choice> choose(DispatchView view) {
        int first = view.ready(0);
        return switch (rule) {
            case MINIMUM_EXECUTION_TIME -> choice(first, fastest(view, first));
            case EARLIEST_FINISH_TIME -> choice(first, soonest(view, first));
            case EARLIEST_TASK_FIRST -> earliestTask(view);
        };
    }

    private static Optional<Choice> earliestTask(DispatchView view) {
        int best = -1;
        int bestDevice = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < view.readyCount(); i++) {
            int task = view.ready(i);
            int device = soonest(view, task);
            double finish = view.promisedFinishSeconds(task, device);
            if (finish < least) {
                least = finish;
                best = task;
                bestDevice = device;
            }
        }
        return choice(best, bestDevice);
    }

    private static int soonest(DispatchView view, int task) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int device = 0; device < view.platform().devices(); device++) {
            double seconds = view.platform().seconds(task, device);
            if (seconds == Double.POSITIVE_INFINITY) {
                continue;
            }
            double finish = view.promisedFinishSeconds(task, device);
            // Sums of doubles: what differs by a trillionth is a tie.
            if (finish < least * (1 - 1e-12)) {
                least = finish;
                best = device;
            }
        }
        return best;
    }

    /**
     * The device that takes least time. Of several equal ones, some busy and some not, as many are passed over as are busy, beginning with
     * the first busy one: so DS3 does it, whose comment says that it means the busy ones. Of the others the one that was given least at this
     * instant.
     */
    private static int fastest(DispatchView view, int task) {
        double least = Double.POSITIVE_INFINITY;
        int devices = view.platform().devices();
        for (int device = 0; device < devices; device++) {
            least = Math.min(least, view.platform().seconds(task, device));
        }
        int equal = 0;
        int busy = 0;
        int firstBusy = 0;
        for (int device = 0; device < devices; device++) {
            if (view.platform().seconds(task, device) == least) {
                if (view.running(device) && busy++ == 0) {
                    firstBusy = equal;
                }
                equal++;
            }
        }
        int passed = busy < equal ? busy : 0;
        int best = -1;
        int number = -1;
        for (int device = 0; device < devices; device++) {
            if (view.platform().seconds(task, device) == least) {
                number++;
                boolean passedOver = number >= firstBusy && number < firstBusy + passed;
                if (!passedOver && (best < 0 || view.givenThisRound(device) < view.givenThisRound(best))) {
                    best = device;
                }
            }
        }
        return best;
    }

    private static Optional<Choice> choice(int task, int device) {
        return device < 0 ? Optional.empty() : Optional.of(new Choice(task, device));
    }
}
