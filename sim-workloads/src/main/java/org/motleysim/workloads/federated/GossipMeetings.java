package org.motleysim.workloads.federated;

import java.util.Arrays;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.random.RandomStream;

/** Clients that train by themselves and meet in pairs. A version is as many meetings as there are clients. */
final class GossipMeetings implements Protocol {
    private final Floor floor;
    private final int size;
    private final EventType back;
    private final RandomStream draws;
    private final int[] models;
    private final double[] weights;
    private long meetings;
    private long since;
    private int lostSince;
    private int never;

    GossipMeetings(Floor floor) {
        this.floor = floor;
        this.size = floor.clients.size();
        this.back = floor.simulation.register("client-free", client -> train((int) client));
        this.draws = floor.selector.random();
        this.models = new int[size];
        this.weights = new double[size];
        Arrays.setAll(models, i -> 1 + i);
        Arrays.fill(weights, 1);
    }

    @Override
    public void start() {
        for (int client = 0; client < size; client++) {
            floor.learning.copy(0, 1 + client);
            train(client);
        }
    }

    private void train(int client) {
        if (floor.isOver()) {
            return;
        }
        long now = floor.simulation.now();
        if (!floor.clients.isFree(client, now)) {
            long free = floor.clients.freeAt(client, now);
            if (free == Long.MAX_VALUE) {
                never++;
            } else {
                floor.simulation.scheduleAt(Math.max(now + 1, free), back, client);
            }
            return;
        }
        floor.begin(client, client, 1 + client, 0);
    }

    @Override
    public void arrived(int slot) {
        int client = floor.flights.client(slot);
        // Its own model takes the change that it made, on top of what it got from others meanwhile.
        floor.learning.keep(slot, 0, 1, 1);
        floor.learning.add(0, 1 + client, 1, 1);
        floor.books.use(0);
        int other = peer(client);
        if (other >= 0) {
            floor.learning.meet(1 + client, 1 + other);
            if (++meetings % size == 0) {
                newVersion();
            }
        }
        train(client);
    }

    /** Another client that is available, all equally likely; -1 if a few hundred tries found none. */
    private int peer(int client) {
        long now = floor.simulation.now();
        for (int tries = 0; tries < 256 && size > 1; tries++) {
            int other = draws.nextInt(size);
            if (other != client && floor.clients.onUntil(other, now) > now) {
                return other;
            }
        }
        return -1;
    }

    private void newVersion() {
        long now = floor.simulation.now();
        floor.learning.merge(models, weights, 0);
        floor.newVersion();
        floor.books.roundTimes.record(now - since);
        floor.rounds.add(0, floor.books.version, since, now, size + lostSince, size, lostSince, 0, 0, "");
        since = now;
        lostSince = 0;
    }

    @Override
    public void lost(int slot, LossCause cause) {
        lostSince++;
        floor.learning.forget(slot);
        train(floor.flights.client(slot));
    }

    @Override
    public void stop() {
        // Its events find that the job is over.
    }

    @Override
    public String stuck() {
        return never == size ? "nobody is free, and nobody ever will be" : "";
    }
}
