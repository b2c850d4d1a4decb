package org.motleysim.bench.engine;

import java.util.function.IntConsumer;
import nl.tudelft.simulation.dsol.experiment.SingleReplication;
import nl.tudelft.simulation.dsol.formalisms.eventscheduling.Executable;
import nl.tudelft.simulation.dsol.formalisms.eventscheduling.SimEventInterface;
import nl.tudelft.simulation.dsol.model.AbstractDsolModel;
import nl.tudelft.simulation.dsol.simulators.DevsSimulator;

/** DSOL with its default event list, a tree. Its run belongs to a thread of its own, so it is driven by {@code step}. */
final class DsolKernel implements Kernel {

    private static final double END = 1e18;

    private static final class Nothing extends AbstractDsolModel<Double, DevsSimulator<Double>> {

        private static final long serialVersionUID = 1;

        Nothing(DevsSimulator<Double> simulator) {
            super(simulator);
        }

        @Override
        public void constructModel() {}
    }

    private final DevsSimulator<Double> simulator = new DevsSimulator<>("simulator");
    private final Executable[] actions;
    private final SimEventInterface<Double>[] events;
    private long ran;

    @SuppressWarnings({"unchecked", "rawtypes"})
    DsolKernel(IntConsumer model, int tokens) {
        actions = new Executable[tokens];
        events = new SimEventInterface[tokens];
        for (int token = 0; token < tokens; token++) {
            int number = token;
            actions[token] = () -> {
                ran++;
                model.accept(number);
            };
        }
        simulator.initialize(new Nothing(simulator), new SingleReplication<>("replication", 0.0, 0.0, END), false);
    }

    @Override
    public void schedule(int token, long delay) {
        events[token] = simulator.scheduleEventRel((double) delay, actions[token]);
    }

    @Override
    public void cancel(int token) {
        simulator.cancelEvent(events[token]);
    }

    @Override
    public long now() {
        return simulator.getSimulatorTime().longValue();
    }

    @Override
    public void run(int count) {
        // The replication has an event of its own, the end of its warm-up, which is not counted.
        long end = ran + count;
        while (ran < end) {
            simulator.step();
        }
    }
}
