package org.motleysim.workloads.graph;

import java.util.Optional;

/**
 * Gives ready tasks to devices while the graph runs. A policy that was learned elsewhere plugs in here: it sees the numbers of {@link
 * DispatchView} and returns a choice.
 *
 * <pre>{@code
 * Dispatcher firstToFirst = view -> view.freeDevice().isPresent()
 *     ? Optional.of(new Dispatcher.Choice(view.ready(0), view.freeDevice().getAsInt()))
 *     : Optional.empty();
 * }</pre>
 */
@FunctionalInterface
public non-sealed interface Dispatcher extends Scheduler {
    /**
     * A task and the device that gets it. Its inputs start to move there at once; it runs when they have come and what the device was given
     * before is done.
     *
     * @param task one of the ready ones
     * @param device one that can run it
     */
    record Choice(int task, int device) {}

    /**
     * Returns the next choice, or nothing to wait until another task is ready or another device free. Asked again after each choice, as long
     * as tasks are ready.
     */
    Optional<Choice> choose(DispatchView view);
}
