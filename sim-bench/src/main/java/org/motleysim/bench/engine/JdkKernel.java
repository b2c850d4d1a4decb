package org.motleysim.bench.engine;

import java.util.PriorityQueue;
import java.util.function.IntConsumer;

/** What one writes in an hour: a {@link PriorityQueue} of event objects, cancelled by a mark. */
final class JdkKernel implements Kernel {

    private static final class Event implements Comparable<Event> {

        final long time;
        final long sequence;
        final int token;
        boolean cancelled;

        Event(long time, long sequence, int token) {
            this.time = time;
            this.sequence = sequence;
            this.token = token;
        }

        @Override
        public int compareTo(Event other) {
            int order = Long.compare(time, other.time);
            return order != 0 ? order : Long.compare(sequence, other.sequence);
        }
    }

    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private final IntConsumer model;
    private final Event[] events;
    private long now;
    private long sequence;

    JdkKernel(IntConsumer model, int tokens) {
        this.model = model;
        events = new Event[tokens];
    }

    @Override
    public void schedule(int token, long delay) {
        Event event = new Event(now + delay, sequence++, token);
        events[token] = event;
        queue.add(event);
    }

    @Override
    public void cancel(int token) {
        events[token].cancelled = true;
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public void run(int count) {
        for (int left = count; left > 0; ) {
            Event event = queue.remove();
            if (!event.cancelled) {
                now = event.time;
                model.accept(event.token);
                left--;
            }
        }
    }
}
