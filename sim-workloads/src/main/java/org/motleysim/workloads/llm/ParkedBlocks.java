package org.motleysim.workloads.llm;

import java.util.function.IntConsumer;
import org.motleysim.core.engine.Simulation;
import org.motleysim.workloads.llm.kv.KvCache;

/**
 * Blocks at one replica of sequences that do not run there: not any more, because others decode them and have not got all of it yet; or not
 * yet, because keys and values are still to come or the batch is full.
 */
final class ParkedBlocks {
    private final KvCache kv;
    private final RunningBatch batch;
    private final LiveRequests live;
    private final Simulation simulation;
    private final ServingStatistics statistics;
    private final Runnable wakeUp;
    private final RequestQueue waiting;
    private final WaitingQueue ready = new WaitingQueue();

    /**
     * Nothing is parked at first.
     *
     * @param wakeUp plans at the replica, if it sleeps
     * @param waiting who may need the room that is given back
     */
    ParkedBlocks(
            KvCache kv,
            RunningBatch batch,
            LiveRequests live,
            Simulation simulation,
            ServingStatistics statistics,
            Runnable wakeUp,
            RequestQueue waiting) {
        this.kv = kv;
        this.batch = batch;
        this.live = live;
        this.simulation = simulation;
        this.statistics = statistics;
        this.wakeUp = wakeUp;
        this.waiting = waiting;
    }

    /** Takes room for keys and values that come from elsewhere; returns how many tokens are here already, -1 when there is no room. */
    int takeRoom(int slot, int tokens) {
        int found = kv.cachedTokens(slot, tokens);
        int used = kv.used();
        int blocks = kv.admit(slot, tokens, tokens);
        if (blocks == KvCache.NONE) {
            return -1;
        }
        live.roomHandle[slot] = blocks;
        batch.park(blocks);
        statistics.running(simulation.now(), 0, kv.used() - used);
        return found;
    }

    /** Gives back room that was taken for a request, if any. */
    void dropRoom(int slot) {
        if (live.roomHandle[slot] != KvCache.NONE) {
            release(live.roomHandle[slot]);
            live.roomHandle[slot] = KvCache.NONE;
            wakeUpThoseWaiting();
        }
    }

    /** The keys and values of a request have arrived where it decodes; here they are not needed any more. */
    void leave(int slot) {
        release(live.parkedHandle[slot]);
        live.parkedHandle[slot] = KvCache.NONE;
        wakeUpThoseWaiting();
    }

    /** The keys and values of a request that had not left yet are lost; returns how many tokens that are. */
    int lose(int slot) {
        release(live.parkedHandle[slot]);
        live.parkedHandle[slot] = KvCache.NONE;
        return live.parkedTokens[slot];
    }

    /** The keys and values of a request have arrived here. */
    void arrived(int slot) {
        kv.computed(live.roomHandle[slot], live.parkedTokens[slot]);
        ready.addLast(slot);
        wakeUp.run();
    }

    /** Sequences that could run. */
    int ready() {
        return ready.size();
    }

    /** Takes out the one of these that came first. */
    int nextReady() {
        return ready.removeFirst();
    }

    /** All that could run are lost; tells of each and returns how many tokens that are. */
    long loseReady(IntConsumer lost) {
        long tokens = 0;
        while (ready.size() > 0) {
            int slot = ready.removeFirst();
            tokens += live.parkedTokens[slot];
            dropRoom(slot);
            lost.accept(slot);
        }
        return tokens;
    }

    private void release(int blocks) {
        int used = kv.used();
        batch.unpark(blocks);
        kv.release(blocks);
        statistics.running(simulation.now(), 0, kv.used() - used);
    }

    private void wakeUpThoseWaiting() {
        if (waiting.size() > 0) {
            wakeUp.run();
        }
    }
}
