package org.motleysim.workloads.federated;

import java.util.function.IntConsumer;
import org.motleysim.core.engine.Simulation;
import org.motleysim.hardware.network.MaxMinFlows;
import org.motleysim.workloads.federated.population.Clients;

/**
 * The links that transfers of clients share: the server's way out and in, and the media of the cells. A transfer never has more than its client's
 * own link; within that, rates are max-min fair at all times.
 */
final class SharedLinks {
    private static final int SERVER_OUT = 0;
    private static final int SERVER_IN = 1;
    private static final int FIRST_CELL = 2;
    private static final double UNLIMITED = 1e30;

    private final Clients clients;
    private final FederatedJob job;
    private final MaxMinFlows flows;
    private final int cells;
    private final int[] active; // by cell
    private final int[] flow; // by slot, -1 for none
    private final int[] cellOf; // by slot
    private IntConsumer listener = slot -> {};

    SharedLinks(Simulation simulation, FederatedJob job, Clients clients, int slots) {
        this.job = job;
        this.clients = clients;
        this.cells = job.cells().map(Cells::count).orElse(0);
        double[] capacity = new double[FIRST_CELL + cells];
        capacity[SERVER_OUT] =
                job.server().egress().map(each -> each.bytesPerSecond()).orElse(UNLIMITED);
        capacity[SERVER_IN] =
                job.server().ingress().map(each -> each.bytesPerSecond()).orElse(UNLIMITED);
        for (int i = 0; i < cells; i++) {
            capacity[FIRST_CELL + i] = job.cells().orElseThrow().bytesPerSecond(1);
        }
        this.flows = new MaxMinFlows(simulation, capacity, this::ended);
        this.active = new int[cells];
        this.flow = new int[slots];
        this.cellOf = new int[slots];
        java.util.Arrays.fill(flow, -1);
    }

    static boolean isNeeded(FederatedJob job) {
        return job.cells().isPresent()
                || job.server().ingress().isPresent()
                || job.server().egress().isPresent();
    }

    void onEnd(IntConsumer told) {
        listener = told;
    }

    /** Begins a transfer of a task. */
    void begin(int slot, int client, boolean upload, long bytes) {
        int server = upload ? SERVER_IN : SERVER_OUT;
        double cap = upload ? clients.linkUp(client) : clients.linkDown(client);
        if (cells == 0) {
            flow[slot] = flows.start(new int[] {server}, (double) bytes, cap, slot);
            return;
        }
        int cell = client % cells;
        cellOf[slot] = cell;
        changeActive(cell, 1);
        flow[slot] = flows.start(new int[] {server, FIRST_CELL + cell}, (double) bytes, cap, slot);
    }

    private void ended(int slot) {
        flow[slot] = -1;
        if (cells > 0) {
            changeActive(cellOf[slot], -1);
        }
        listener.accept(slot);
    }

    /** Ends the transfer of a task before its time, and returns the bytes that are left of it. */
    long end(int slot, long whole) {
        if (flow[slot] < 0) {
            return whole; // it was still on its way to the first byte
        }
        double left = flows.cancel(flow[slot]);
        flow[slot] = -1;
        if (cells > 0) {
            changeActive(cellOf[slot], -1);
        }
        return Math.min(whole, Math.max(1, (long) Math.ceil(left)));
    }

    private void changeActive(int cell, int by) {
        active[cell] += by;
        if (job.cells().orElseThrow().contention().isPresent()) {
            flows.capacity(FIRST_CELL + cell, job.cells().orElseThrow().bytesPerSecond(active[cell]));
        }
    }

    /** Returns the bytes that all flows carried to and from the server. */
    double carried(boolean upload) {
        return flows.bytesCarried(upload ? SERVER_IN : SERVER_OUT);
    }
}
