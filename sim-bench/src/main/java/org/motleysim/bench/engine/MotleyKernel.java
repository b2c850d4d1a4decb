package org.motleysim.bench.engine;

import java.util.function.IntConsumer;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Simulation;

/** Motley, through either of its two ways to schedule. */
final class MotleyKernel {

    private MotleyKernel() {}

    static Kernel primitive(IntConsumer model, int tokens, boolean observed) {
        return new Primitive(model, tokens, observed);
    }

    static Kernel lambda(IntConsumer model, int tokens) {
        return new Lambda(model, tokens);
    }

    private static final class Primitive implements Kernel {

        private final Simulation simulation;
        private final EventType type;
        private final long[] handles;

        Primitive(IntConsumer model, int tokens, boolean observed) {
            Simulation.Builder builder = Simulation.builder();
            simulation =
                    observed ? builder.observer((time, label, argument) -> {}).build() : builder.build();
            type = simulation.register("token", token -> model.accept((int) token));
            handles = new long[tokens];
        }

        @Override
        public void schedule(int token, long delay) {
            handles[token] = simulation.schedule(delay, type, token);
        }

        @Override
        public void cancel(int token) {
            simulation.cancel(handles[token]);
        }

        @Override
        public long now() {
            return simulation.now();
        }

        @Override
        public void run(int events) {
            simulation.runEvents(events);
        }
    }

    private static final class Lambda implements Kernel {

        private final Simulation simulation = new Simulation();
        private final IntConsumer model;
        private final long[] handles;

        Lambda(IntConsumer model, int tokens) {
            this.model = model;
            handles = new long[tokens];
        }

        @Override
        public void schedule(int token, long delay) {
            handles[token] = simulation.schedule(delay, "token", () -> model.accept(token));
        }

        @Override
        public void cancel(int token) {
            simulation.cancel(handles[token]);
        }

        @Override
        public long now() {
            return simulation.now();
        }

        @Override
        public void run(int events) {
            simulation.runEvents(events);
        }
    }
}
