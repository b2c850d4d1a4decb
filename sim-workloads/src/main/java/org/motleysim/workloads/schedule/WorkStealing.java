package org.motleysim.workloads.schedule;

import java.util.Optional;
import org.motleysim.workloads.graph.DispatchView;
import org.motleysim.workloads.graph.Dispatcher;

/**
 * Each device that has nothing to do takes a ready task: the one that has waited longest among those it can run. With unlike devices this
 * keeps all of them busy and ignores how slow some of them are.
 */
record WorkStealing() implements Dispatcher {
    @Override
    public Optional<Choice> choose(DispatchView view) {
        // With several streams those that have least to do come first.
        for (int backlog = 0; backlog < view.streams(); backlog++) {
            for (int device = 0; device < view.platform().devices(); device++) {
                if (view.backlog(device) == backlog && view.isFree(device)) {
                    Optional<Choice> choice = firstFor(view, device);
                    if (choice.isPresent()) {
                        return choice;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Choice> firstFor(DispatchView view, int device) {
        for (int i = 0; i < view.readyCount(); i++) {
            if (view.platform().seconds(view.ready(i), device) < Double.POSITIVE_INFINITY) {
                return Optional.of(new Choice(view.ready(i), device));
            }
        }
        return Optional.empty();
    }
}
