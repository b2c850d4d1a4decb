package org.motleysim.workloads.offload;

import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.resource.SharedRate;
import org.motleysim.core.resource.Slots;

/** The processor of a site or the cloud, its queue, and what it draws. */
final class Server {
    private final Simulation simulation;
    private final EnergyBooks books;
    private final Processor processor;
    private final Service service;
    final Backlog backlog = new Backlog();
    private double offeredSeconds;

    /** What serves tasks on cores. */
    private interface Service {
        void start(double seconds, EventType done, long slot);

        /** Core-seconds done so far. */
        double delivered();
    }

    private record Shared(SharedRate rate) implements Service {
        @Override
        public void start(double seconds, EventType done, long slot) {
            rate.start(seconds, done, slot);
        }

        @Override
        public double delivered() {
            return rate.delivered();
        }
    }

    private record Fifo(Simulation simulation, Slots slots) implements Service {
        @Override
        public void start(double seconds, EventType done, long slot) {
            slots.serve(SimTime.nanos(seconds), done, slot);
        }

        @Override
        public double delivered() {
            return slots.utilization() * slots.servers() * SimTime.seconds(simulation.now());
        }
    }

    Server(Simulation simulation, Processor processor, Queueing queueing, EnergyBooks books) {
        this.simulation = simulation;
        this.books = books;
        this.processor = processor;
        this.service = switch (queueing) {
            case PROCESSOR_SHARING -> new Shared(new SharedRate(simulation, "serve", processor.cores(), 1));
            case FIFO -> new Fifo(simulation, new Slots(simulation, "serve", processor.cores()));
        };
        books.change(processor.idle().watts());
    }

    void start(double seconds, EventType done, long slot) {
        offeredSeconds += seconds;
        if (backlog.level() < processor.cores()) {
            books.change(processor.wattsPerCore());
        }
        backlog.enter(simulation.now());
        service.start(seconds, done, slot);
    }

    void end() {
        backlog.leave(simulation.now());
        if (backlog.level() < processor.cores()) {
            books.change(-processor.wattsPerCore());
        }
    }

    int cores() {
        return processor.cores();
    }

    /** Core-seconds asked for over those there were. */
    double offered() {
        return simulation.now() == 0 ? 0 : offeredSeconds / (processor.cores() * SimTime.seconds(simulation.now()));
    }

    double utilization() {
        return simulation.now() == 0
                ? 0
                : service.delivered() / (processor.cores() * SimTime.seconds(simulation.now()));
    }

    /** By the work that was done, and not by the clock of the common meter. */
    double joules() {
        return processor.idle().watts() * SimTime.seconds(simulation.now())
                + processor.wattsPerCore() * service.delivered();
    }
}
