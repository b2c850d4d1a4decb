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
        for (int device = 0; device < view.platform().devices(); device++) {
            if (view.backlog(device) > 0) {
                continue;
            }
            for (int i = 0; i < view.readyCount(); i++) {
                if (view.platform().seconds(view.ready(i), device) < Double.POSITIVE_INFINITY) {
                    return Optional.of(new Choice(view.ready(i), device));
                }
            }
        }
        return Optional.empty();
    }
}
