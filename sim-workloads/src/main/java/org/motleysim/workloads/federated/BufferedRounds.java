package org.motleysim.workloads.federated;

import org.motleysim.core.engine.EventHandle;
import org.motleysim.core.engine.EventType;
import org.motleysim.workloads.federated.learning.Learning;

/**
 * As many clients as the concurrency work at once; who is done is replaced at once; a full buffer makes a version. With a buffer of one this is
 * asynchronous learning.
 */
final class BufferedRounds implements Protocol {
    /** What updates count, and what is done with a full buffer. */
    interface Rule {
        double weight(long staleness);

        void apply(Learning.Run learning, int buffer, double lastWeight, int updates);
    }

    /** FedAsync. */
    record Mixing(Aggregation.Asynchronous rule) implements Rule {
        @Override
        public double weight(long staleness) {
            return rule.weight().of((double) staleness);
        }

        @Override
        public void apply(Learning.Run learning, int buffer, double lastWeight, int updates) {
            learning.mix(buffer, 0, rule.mixing() * lastWeight);
        }
    }

    /** FedBuff. */
    record Adding(Aggregation.Buffered rule) implements Rule {
        @Override
        public double weight(long staleness) {
            return rule.weight().of((double) staleness);
        }

        @Override
        public void apply(Learning.Run learning, int buffer, double lastWeight, int updates) {
            learning.add(buffer, 0, rule.serverRate(), updates);
        }
    }

    private final Floor floor;
    private final int concurrency;
    private final int buffer;
    private final long maxStaleness;
    private final Rule rule;
    private final ClientPool pool;
    private final EventType wake;
    private final int[] chosen;
    private int under;
    private int waiting;
    private int filling; // the buffer that updates go into; full ones wait for the server
    private long aggregating; // a bit for each buffer that waits
    private int lostSince;
    private int launchedSince;
    private double stalenessSum;
    private double lastWeight;
    private long since;
    private long wakeHandle = EventHandle.NONE;
    private boolean vacant; // there are places, and nobody was free for them
    private boolean stopped;

    BufferedRounds(Floor floor, int concurrency, int buffer, long maxStaleness, Rule rule) {
        this.floor = floor;
        this.concurrency = Math.min(concurrency, floor.clients.size());
        this.buffer = buffer;
        this.maxStaleness = maxStaleness;
        this.rule = rule;
        this.pool = ClientPool.all(floor.clients.size());
        this.wake = floor.simulation.register("client-free", unused -> fill());
        this.chosen = new int[this.concurrency];
    }

    @Override
    public void start() {
        since = floor.simulation.now();
        fill();
    }

    /** Fills all places that are empty. */
    private void fill() {
        floor.simulation.cancel(wakeHandle);
        wakeHandle = EventHandle.NONE;
        if (stopped) {
            return;
        }
        invite(pool);
        vacant = under < concurrency;
        if (vacant) {
            wakeHandle = floor.wakeAt(EventHandle.NONE, floor.selector.nextFree(pool), wake, 0);
        }
    }

    private void invite(ClientPool from) {
        int count = floor.selector.choose(from, Math.min(from.size(), concurrency - under), chosen);
        for (int i = 0; i < count; i++) {
            floor.begin(chosen[i], 0, 0, 0);
        }
        under += count;
        launchedSince += count;
    }

    @Override
    public void arrived(int slot) {
        under--;
        long behind = floor.flights.behind(slot);
        int client = floor.flights.client(slot);
        if (behind > maxStaleness) {
            floor.books.tooStale++;
            floor.learning.forget(slot);
        } else {
            lastWeight = rule.weight(behind);
            floor.learning.keep(slot, filling, lastWeight, lastWeight);
            floor.selector.learnt(client, floor.learning.utility(slot));
            floor.books.use(behind);
            stalenessSum += behind;
            if (++waiting == buffer) {
                flush();
            }
        }
        next(client);
    }

    @Override
    public void lost(int slot, LossCause cause) {
        under--;
        lostSince++;
        floor.learning.forget(slot);
        next(floor.flights.client(slot));
    }

    private void next(int client) {
        if (floor.isOver()) {
            return;
        }
        if (!vacant) {
            invite(pool);
            if (under < concurrency) {
                fill();
            }
            return;
        }
        // Nobody else has come since the last look, or there would have been an event.
        invite(ClientPool.only(client));
        long free = floor.clients.freeAt(client, floor.simulation.now());
        if (under < concurrency && !floor.clients.isBusy(client) && free > floor.simulation.now()) {
            fill();
        }
    }

    private void flush() {
        int updates = waiting;
        double weight = lastWeight;
        waiting = 0;
        double meanStaleness = stalenessSum / updates;
        stalenessSum = 0;
        int full = filling;
        aggregating |= 1L << full;
        filling = Long.numberOfTrailingZeros(~aggregating);
        if (filling == Long.SIZE) {
            throw new IllegalStateException("the server cannot keep up: " + Long.SIZE
                    + " full buffers wait for aggregation" + "\nMaybe a larger buffer, or a faster server.");
        }
        floor.aggregate(updates, () -> newVersion(full, updates, weight, meanStaleness));
    }

    private void newVersion(int full, int updates, double weight, double meanStaleness) {
        if (stopped) {
            return;
        }
        long now = floor.simulation.now();
        rule.apply(floor.learning, full, weight, updates);
        aggregating &= ~(1L << full);
        floor.newVersion();
        floor.books.roundTimes.record(now - since);
        floor.rounds.add(0, floor.books.version, since, now, launchedSince, updates, lostSince, 0, meanStaleness, "");
        if (floor.trace.enabled()) {
            floor.trace.span(
                    floor.trace.track("rounds of " + floor.job.name(), "versions"), "version", since, now - since);
        }
        since = now;
        launchedSince = 0;
        lostSince = 0;
    }

    @Override
    public void stop() {
        stopped = true;
        floor.simulation.cancel(wakeHandle);
    }

    @Override
    public String stuck() {
        return !stopped && under == 0 && wakeHandle == EventHandle.NONE
                ? "nobody is free, and nobody ever will be"
                : "";
    }
}
