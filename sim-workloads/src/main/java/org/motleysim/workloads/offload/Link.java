package org.motleysim.workloads.offload;

import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.resource.SharedRate;

/** One direction of a wired link. */
final class Link {
    private final Simulation simulation;
    private final EnergyBooks books;
    private final SharedRate rate;
    private final double joulesPerByte;
    final long latencyNanos;
    final double bytesPerSecond;
    final Backlog backlog = new Backlog();
    private double sent;
    private double delivered;
    private double joules;

    Link(Simulation simulation, Backhaul link, EnergyBooks books) {
        this.simulation = simulation;
        this.books = books;
        this.bytesPerSecond = link.bandwidth().bytesPerSecond();
        this.rate = new SharedRate(simulation, "wire", bytesPerSecond);
        this.joulesPerByte = 8e-9 * link.nanojoulesPerBit();
        this.latencyNanos = link.latency().toNanos();
    }

    void start(long bytes, EventType done, long argument) {
        sent += bytes;
        double spent = bytes * joulesPerByte;
        joules += spent;
        books.add(spent);
        backlog.enter(simulation.now());
        rate.start((double) bytes, done, argument);
    }

    void end(long bytes) {
        delivered += bytes;
        backlog.leave(simulation.now());
    }

    double sent() {
        return sent;
    }

    double delivered() {
        return delivered;
    }

    double joules() {
        return joules;
    }
}
