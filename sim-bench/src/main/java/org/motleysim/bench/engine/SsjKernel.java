package org.motleysim.bench.engine;

import java.util.function.IntConsumer;
import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.Simulator;

/** SSJ with its default event list, a splay tree; one event object per token. */
final class SsjKernel implements Kernel {

    private final Simulator simulator = new Simulator();
    private final Event[] events;
    private int left;

    SsjKernel(IntConsumer model, int tokens) {
        simulator.init();
        events = new Event[tokens];
        for (int token = 0; token < tokens; token++) {
            int number = token;
            events[token] = new Event(simulator) {
                @Override
                public void actions() {
                    model.accept(number);
                    if (--left == 0) {
                        simulator.stop();
                    }
                }
            };
        }
    }

    @Override
    public void schedule(int token, long delay) {
        events[token].schedule((double) delay);
    }

    @Override
    public void cancel(int token) {
        events[token].cancel();
    }

    @Override
    public long now() {
        return (long) simulator.time();
    }

    @Override
    public void run(int count) {
        left = count;
        simulator.start();
    }
}
