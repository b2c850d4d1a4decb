package org.motleysim.workloads.llm;

import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Simulation;

/** Traffic of requests that have nothing to do with each other. */
final class SingleRequests implements Traffic {
    private final int index;
    private final RequestFeed feed;
    private final Simulation simulation;
    private final EventType arrival;
    private final Frontend frontend;
    private final Arriving next = new Arriving();
    private boolean over;

    SingleRequests(int index, RequestFeed feed, Simulation simulation, EventType arrival, Frontend frontend) {
        this.index = index;
        this.feed = feed;
        this.simulation = simulation;
        this.arrival = arrival;
        this.frontend = frontend;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public void start() {
        over = !feed.next();
        if (!over) {
            simulation.scheduleAt(feed.arrivalNanos(), arrival, index);
        }
    }

    /** All requests of one instant arrive in one event, so that their prompts can be planned together. */
    @Override
    public void arrive() {
        long now = simulation.now();
        boolean more;
        do {
            next.promptTokens = feed.promptTokens();
            next.outputTokens = feed.outputTokens();
            next.source = feed.source();
            next.sharedTokens = feed.sharedTokens();
            frontend.arrive(this, next);
            more = feed.next();
        } while (more && feed.arrivalNanos() == now);
        over = !more;
        if (more) {
            simulation.scheduleAt(feed.arrivalNanos(), arrival, index);
        }
        frontend.mayBeOver();
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public void ended(int slot, boolean finished) {
        // nothing follows
    }

    @Override
    public long stream(long source, int token) {
        return feed.prompts().stream(source, token);
    }
}
