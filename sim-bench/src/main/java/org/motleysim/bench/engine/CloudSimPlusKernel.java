package org.motleysim.bench.engine;

import java.util.function.IntConsumer;
import org.cloudsimplus.core.CloudSimEntity;
import org.cloudsimplus.core.CloudSimPlus;
import org.cloudsimplus.core.events.SimEvent;

/** CloudSim Plus: one entity that sends events to itself. */
final class CloudSimPlusKernel implements Kernel {

    private static final double ANY_TIME = 1e18;

    private final class Model extends CloudSimEntity {

        private final IntConsumer model;

        Model(IntConsumer model) {
            super(simulation);
            this.model = model;
        }

        @Override
        protected void startInternal() {}

        @Override
        public void processEvent(SimEvent event) {
            if (event.getData() instanceof Integer token) {
                ran++;
                model.accept(token);
            }
        }
    }

    private final CloudSimPlus simulation = new CloudSimPlus();
    private final CloudSimEntity entity;
    private final Integer[] tokens;
    private long ran;

    CloudSimPlusKernel(IntConsumer model, int tokens) {
        entity = new Model(model);
        this.tokens = new Integer[tokens];
        for (int token = 0; token < tokens; token++) {
            this.tokens[token] = token;
        }
        simulation.startSync();
    }

    @Override
    public void schedule(int token, long delay) {
        entity.schedule((double) delay, 0, tokens[token]);
    }

    @Override
    public void cancel(int token) {
        throw new UnsupportedOperationException("only by a predicate over all pending events");
    }

    @Override
    public long now() {
        return (long) simulation.clock();
    }

    @Override
    public void run(int count) {
        long end = ran + count;
        while (ran < end) {
            simulation.runFor(ANY_TIME);
        }
    }
}
