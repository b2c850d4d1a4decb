package org.motleysim.workloads.federated;

import java.util.Optional;
import org.motleysim.core.engine.EventHandle;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;

/**
 * Synchronous rounds of some of the clients, one after another, on one model: those of a whole run, of a tier, or of an edge.
 *
 * <p>A round invites who is free, and goes on inviting as others come, until enough are invited. It is closed when enough updates have arrived,
 * at its deadline, or when nobody is left who could still arrive.
 */
final class Cohort {
    /** Told of each end of a round. */
    interface Ending {
        /**
         * A round is over, and its updates are in the model.
         *
         * @param failed why it failed; empty if it did not
         */
        void ended(int cohort, String failed);
    }

    private final Floor floor;
    private final int number;
    private final int model;
    private final ClientPool pool;
    private final int participants;
    private final int invitations;
    private final int quorum;
    private final long deadlineNanos;
    private final Ending ending;
    private final EventType deadline;
    private final EventType wake;
    private final int[] chosen;
    private final int[] slots; // under way
    private int under;
    private int invited;
    private int arrived;
    private final int[] lost = new int[LossCause.values().length];
    private double stalenessSum;
    private long began;
    private long deadlineHandle = EventHandle.NONE;
    private long wakeHandle = EventHandle.NONE;
    private boolean open;
    private boolean never;

    Cohort(
            Floor floor,
            int number,
            int model,
            ClientPool pool,
            int participants,
            int invitations,
            int quorum,
            Optional<java.time.Duration> deadlineAfter,
            Ending ending) {
        this.floor = floor;
        this.number = number;
        this.model = model;
        this.pool = pool;
        this.participants = participants;
        this.invitations = invitations;
        this.quorum = quorum;
        this.deadlineNanos = deadlineAfter.map(SimTime::nanos).orElse(Long.MAX_VALUE);
        this.ending = ending;
        this.deadline = floor.simulation.register("round-deadline", unused -> atDeadline());
        this.wake = floor.simulation.register("client-free", unused -> invite());
        this.chosen = new int[invitations];
        this.slots = new int[invitations];
    }

    /** Whether a round waits for clients that never come. */
    boolean isStuck() {
        return open && never && under == 0;
    }

    void begin() {
        open = true;
        never = false;
        invited = 0;
        arrived = 0;
        stalenessSum = 0;
        java.util.Arrays.fill(lost, 0);
        began = floor.simulation.now();
        if (deadlineNanos != Long.MAX_VALUE) {
            deadlineHandle = floor.simulation.schedule(deadlineNanos, deadline, number);
        }
        invite();
    }

    private void invite() {
        wakeHandle = EventHandle.NONE;
        int count = floor.selector.choose(pool, Math.min(chosen.length, invitations - invited), chosen);
        for (int i = 0; i < count; i++) {
            slots[under++] = floor.begin(chosen[i], number, model, 0);
        }
        invited += count;
        if (invited < invitations) {
            long free = floor.selector.nextFree(pool);
            never = free == Long.MAX_VALUE;
            wakeHandle = floor.wakeAt(wakeHandle, free, wake, number);
            closeIfNobodyIsLeft();
        }
    }

    void arrived(int slot) {
        remove(slot);
        long behind = floor.flights.behind(slot);
        int client = floor.flights.client(slot);
        floor.learning.keep(slot, number, floor.clients.samples(client), 1);
        floor.selector.learnt(client, floor.learning.utility(slot));
        floor.books.use(behind);
        stalenessSum += behind;
        arrived++;
        if (arrived == participants) {
            close("");
        } else {
            closeIfNobodyIsLeft();
        }
    }

    void lost(int slot, LossCause cause) {
        remove(slot);
        floor.learning.forget(slot);
        lost[cause.code()]++;
        closeIfNobodyIsLeft();
    }

    private void remove(int slot) {
        for (int i = 0; i < under; i++) {
            if (slots[i] == slot) {
                slots[i] = slots[--under];
                return;
            }
        }
        throw new IllegalStateException("slot " + slot + " is not in round of cohort " + number);
    }

    private void closeIfNobodyIsLeft() {
        if (!open || under > 0) {
            return;
        }
        if (invited == invitations) {
            close("everybody who was asked is back");
        } else if (never && invited > 0) {
            close("nobody else will ever be available");
        }
    }

    private void atDeadline() {
        deadlineHandle = EventHandle.NONE;
        close("the deadline of " + SimTime.format(deadlineNanos) + " came");
    }

    private void close(String why) {
        open = false;
        floor.simulation.cancel(deadlineHandle);
        floor.simulation.cancel(wakeHandle);
        deadlineHandle = EventHandle.NONE;
        wakeHandle = EventHandle.NONE;
        int stopped = under;
        for (int i = 0; i < stopped; i++) {
            floor.learning.forget(slots[i]);
            floor.flights.abort(slots[i]);
        }
        under = 0;
        int used = arrived;
        if (used >= quorum) {
            floor.aggregate(used, () -> done(used, stopped));
            return;
        }
        floor.books.failedRounds++;
        floor.books.late += used;
        floor.learning.discard(number);
        String reason = "quorum: " + used + " of " + quorum + " updates arrived when " + why + "; " + invited
                + " were asked" + lostAs(stopped);
        log(used, stopped, reason);
        ending.ended(number, reason);
    }

    private String lostAs(int stopped) {
        StringBuilder text = new StringBuilder();
        for (LossCause cause : LossCause.values()) {
            int count = cause == LossCause.ABORTED ? stopped : lost[cause.code()];
            if (count > 0) {
                text.append(", ").append(count).append(' ').append(cause.did());
            }
        }
        return text.toString();
    }

    private void done(int used, int stopped) {
        floor.learning.average(number, model);
        log(used, stopped, "");
        ending.ended(number, "");
    }

    private void log(int used, int stopped, String failed) {
        long now = floor.simulation.now();
        floor.books.roundTimes.record(now - began);
        int gone = lost[0] + lost[1] + lost[2];
        floor.rounds.add(
                number, floor.books.version, began, now, invited, used, gone, stopped, stalenessSum / used, failed);
        if (floor.trace.enabled()) {
            int track = floor.trace.track("rounds of " + floor.job.name(), "group " + number);
            floor.trace.span(track, failed.isEmpty() ? "round" : "failed", began, now - began);
        }
    }

    /** Stops for good; the tasks under way are settled by others. */
    void stop() {
        open = false;
        floor.simulation.cancel(deadlineHandle);
        floor.simulation.cancel(wakeHandle);
    }
}
