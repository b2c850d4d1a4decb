package org.motleysim.workloads.federated;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.EventHandle;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Simulation;
import org.motleysim.workloads.federated.population.BatteryLedger;
import org.motleysim.workloads.federated.population.Clients;

/**
 * The tasks under way, a slot each, with what they do to the books.
 *
 * <p>On links of their own everything about a task is known when it begins: its end, or when it fails. So it has one event. On shared links its
 * transfers end when the flows say so, and each leg has an event.
 *
 * <p>The version that an update is made from is that of the download's begin, when the server sends it.
 */
final class Flights {
    /** What the rounds do when a task is over. The slot is free again when the call returns, so there is one slot more than tasks. */
    interface Listener {
        void arrived(int slot);

        void lost(int slot, LossCause cause);
    }

    private static final int DOWN = 0;
    private static final int COMPUTE = 1;
    private static final int UP = 2;

    private final Simulation simulation;
    private final Clients clients;
    private final @Nullable BatteryLedger batteries;
    private final TaskModel tasks;
    private final Books books;
    private final @Nullable SharedLinks shared;
    private final EventType done;
    private final EventType failed;
    private final EventType departs;
    private @Nullable Listener listener;

    private final int[] client;
    private final int[] group;
    private final int[] steps;
    private final long[] version;
    private final long[] start;
    private final long[] down;
    private final long[] compute;
    private final long[] up;
    private final double[] downWatts;
    private final double[] computeWatts;
    private final double[] upWatts;
    private final long[] end; // handle of the next leg's end
    private final long[] fails; // handle of the failure, on shared links
    private final byte[] leg;
    private final long[] legStart;
    private final int[] free;
    private final boolean[] open;
    private int freeCount;

    Flights(
            Simulation simulation,
            Clients clients,
            TaskModel tasks,
            Books books,
            Optional<SharedLinks> links,
            int tasksAtOnce) {
        int slots = tasksAtOnce + 1;
        this.simulation = simulation;
        this.clients = clients;
        this.batteries = clients.batteries().orElse(null);
        this.tasks = tasks;
        this.books = books;
        this.shared = links.orElse(null);
        this.done = simulation.register("client-done", slot -> legDone((int) slot));
        this.failed = simulation.register("client-lost", code -> lose((int) (code >> 2), LossCause.of((int) code & 3)));
        this.departs = simulation.register("client-departs", slot -> depart((int) slot));
        if (shared != null) {
            shared.onEnd(this::legDone);
        }
        this.client = new int[slots];
        this.group = new int[slots];
        this.steps = new int[slots];
        this.version = new long[slots];
        this.start = new long[slots];
        this.down = new long[slots];
        this.compute = new long[slots];
        this.up = new long[slots];
        this.downWatts = new double[slots];
        this.computeWatts = new double[slots];
        this.upWatts = new double[slots];
        this.end = new long[slots];
        this.fails = new long[slots];
        this.leg = new byte[slots];
        this.legStart = new long[slots];
        this.free = new int[slots];
        this.open = new boolean[slots];
        for (int i = 0; i < slots; i++) {
            free[i] = slots - 1 - i;
        }
        this.freeCount = slots;
    }

    void listen(Listener rounds) {
        listener = rounds;
    }

    int client(int slot) {
        return client[slot];
    }

    int group(int slot) {
        return group[slot];
    }

    int steps(int slot) {
        return steps[slot];
    }

    long version(int slot) {
        return version[slot];
    }

    long start(int slot) {
        return start[slot];
    }

    /** What the local work of a slot took, in nanoseconds. */
    long computeNanos(int slot) {
        return compute[slot];
    }

    /** How many versions the model has gone on since the download. */
    long behind(int slot) {
        return books.version - version[slot];
    }

    /** How many tasks are under way, or were when the job ended. */
    int inFlight() {
        int count = 0;
        for (boolean each : open) {
            count += each ? 1 : 0;
        }
        return count;
    }

    /** Begins a task of a client that is free, and returns its slot. */
    int launch(int who, int localSteps, int inGroup) {
        int slot = free[--freeCount];
        long now = simulation.now();
        tasks.price(who, localSteps);
        client[slot] = who;
        group[slot] = inGroup;
        steps[slot] = localSteps;
        version[slot] = books.version;
        start[slot] = now;
        down[slot] = tasks.downNanos;
        compute[slot] = tasks.computeNanos;
        up[slot] = tasks.upNanos;
        downWatts[slot] = tasks.downWatts;
        computeWatts[slot] = tasks.computeWatts;
        upWatts[slot] = tasks.upWatts;
        open[slot] = true;
        clients.setBusy(who, true);
        books.launched(now);
        long total = tasks.downNanos + tasks.computeNanos + tasks.upNanos;
        LossCause cause = LossCause.AVAILABILITY;
        long lostAt = clients.onUntil(who, now);
        double share = clients.failsAfter();
        if (share < 1 && now + (long) (share * total) < lostAt) {
            lostAt = now + (long) (share * total);
            cause = LossCause.FAILURE;
        }
        if (shared != null) {
            fails[slot] = lostAt == Long.MAX_VALUE
                    ? EventHandle.NONE
                    : simulation.scheduleAt(Math.max(now, lostAt), failed, (long) slot << 2 | cause.code());
            leg[slot] = DOWN;
            beginTransfer(slot);
            return slot;
        }
        if (batteries != null) {
            long empty = batteries.lastsUntil(
                    who, now, down[slot], downWatts[slot], compute[slot], computeWatts[slot], up[slot], upWatts[slot]);
            if (empty < now + total && empty < lostAt) {
                lostAt = empty;
                cause = LossCause.BATTERY;
            }
        }
        leg[slot] = UP;
        end[slot] = lostAt < now + total
                ? simulation.scheduleAt(lostAt, failed, (long) slot << 2 | cause.code())
                : simulation.schedule(total, done, slot);
        return slot;
    }

    private void beginTransfer(int slot) {
        legStart[slot] = simulation.now();
        end[slot] = simulation.schedule(tasks.latencyNanos(), departs, slot);
    }

    private void depart(int slot) {
        boolean upload = leg[slot] == UP;
        long bytes = upload ? tasks.bytesUp : tasks.bytesDown;
        end[slot] = EventHandle.NONE;
        if (bytes == 0) {
            legDone(slot);
        } else {
            java.util.Objects.requireNonNull(shared).begin(slot, client[slot], upload, bytes);
        }
    }

    /** A leg is over; on links of its own the only event of a task. */
    private void legDone(int slot) {
        if (shared == null) {
            arrive(slot);
            return;
        }
        if (!closeLeg(slot)) {
            stop(slot, LossCause.BATTERY, true);
            java.util.Objects.requireNonNull(listener).lost(slot, LossCause.BATTERY);
            recycle(slot);
            return;
        }
        if (leg[slot] == UP) {
            arrive(slot);
            return;
        }
        leg[slot]++;
        legStart[slot] = simulation.now();
        if (leg[slot] == COMPUTE) {
            end[slot] = simulation.schedule(compute[slot], done, slot);
        } else {
            beginTransfer(slot);
        }
    }

    /** Writes down how long a leg on shared links took, and draws it from the battery; false if that is empty. */
    private boolean closeLeg(int slot) {
        long now = simulation.now();
        long took = now - legStart[slot];
        double watts = computeWatts[slot];
        if (leg[slot] == DOWN) {
            down[slot] = took;
            watts = downWatts[slot] = tasks.transferWatts(false, took);
        } else if (leg[slot] == UP) {
            up[slot] = took;
            watts = upWatts[slot] = tasks.transferWatts(true, took);
        }
        if (batteries == null || !batteries.has(client[slot])) {
            return true;
        }
        boolean lasts = batteries.lastsUntil(client[slot], legStart[slot], now, watts) == now;
        batteries.draw(client[slot], legStart[slot], now, watts);
        return lasts;
    }

    private void arrive(int slot) {
        long now = simulation.now();
        charge(slot, now - start[slot], true);
        books.arrived++;
        books.downReceived += tasks.bytesDown;
        books.upReceived += tasks.bytesUp;
        books.latency.record(now - start[slot]);
        clients.tookPart(client[slot]);
        close(slot, now);
        java.util.Objects.requireNonNull(listener).arrived(slot);
        recycle(slot);
    }

    /** Ends a task at once: the round is over, or the run. */
    void abort(int slot) {
        simulation.cancel(end[slot]);
        stop(slot, LossCause.ABORTED, false);
        recycle(slot);
    }

    private void lose(int slot, LossCause cause) {
        if (shared != null) {
            simulation.cancel(end[slot]);
        }
        stop(slot, cause, false);
        java.util.Objects.requireNonNull(listener).lost(slot, cause);
        recycle(slot);
    }

    /** Ends a task without an update; its leg may just be over, all sent, but with an empty battery. */
    private void stop(int slot, LossCause cause, boolean legIsOver) {
        long now = simulation.now();
        long downLeft = tasks.bytesDown;
        long upLeft = tasks.bytesUp;
        if (shared != null) {
            if (leg[slot] == DOWN) {
                downLeft = legIsOver ? 0 : shared.end(slot, downLeft);
            } else if (leg[slot] == UP) {
                upLeft = legIsOver ? 0 : shared.end(slot, upLeft);
                downLeft = 0;
            } else {
                downLeft = 0;
            }
            // What was under way is cut off: its leg is as long as it lasted.
            long took = now - legStart[slot];
            if (leg[slot] == DOWN) {
                down[slot] = took;
                compute[slot] = 0;
                up[slot] = 0;
            } else if (leg[slot] == COMPUTE) {
                compute[slot] = took;
                up[slot] = 0;
            } else {
                up[slot] = took;
            }
        } else {
            long took = now - start[slot];
            downLeft = left(tasks.bytesDown, down[slot], took);
            upLeft = left(tasks.bytesUp, up[slot], took - down[slot] - compute[slot]);
        }
        double spent = charge(slot, now - start[slot], false);
        books.wastedJoules += spent;
        books.lost[cause.code()]++;
        if (downLeft == 0) {
            books.downReceived += tasks.bytesDown;
        } else {
            books.downLost += tasks.bytesDown - downLeft;
        }
        books.downUnsent += downLeft;
        books.upLost += tasks.bytesUp - upLeft;
        books.upUnsent += upLeft;
        close(slot, now);
    }

    /** What is left of a transfer after some time. */
    private long left(long bytes, long nanos, long took) {
        if (took >= nanos) {
            return 0;
        }
        long latency = Math.min(nanos, tasks.latencyNanos());
        if (took <= latency) {
            return bytes;
        }
        return bytes - (long) (bytes * ((double) (took - latency) / (nanos - latency)));
    }

    /** Charges a task that lasted so long, and returns its joules. */
    private double charge(int slot, long took, boolean complete) {
        int who = client[slot];
        long inDown = Math.min(down[slot], took);
        long inCompute = Math.max(0, Math.min(compute[slot], took - inDown));
        long inUp = Math.max(0, Math.min(up[slot], took - inDown - inCompute));
        double downJoules = inDown * downWatts[slot] * 1e-9;
        double computeJoules = inCompute * computeWatts[slot] * 1e-9;
        double upJoules = inUp * upWatts[slot] * 1e-9;
        double tails = complete ? 2 * tasks.tailJoules() : inDown > 0 ? tasks.tailJoules() : 0;
        books.downJoules += downJoules;
        books.computeJoules += computeJoules;
        books.upJoules += upJoules;
        books.tailJoules += tails;
        double joules = downJoules + computeJoules + upJoules + tails;
        books.joulesByClass[clients.devices().deviceClass(who)] += joules;
        if (batteries != null && batteries.has(who)) {
            drawFromBattery(slot, who, inDown, inCompute, inUp, complete ? 2 : inDown > 0 ? 1 : 0);
        }
        return joules;
    }

    private void drawFromBattery(int slot, int who, long inDown, long inCompute, long inUp, int tails) {
        BatteryLedger ledger = java.util.Objects.requireNonNull(batteries);
        long at = start[slot];
        if (shared == null) {
            ledger.draw(who, at, at + inDown, downWatts[slot]);
            at += inDown;
            ledger.draw(who, at, at + inCompute, computeWatts[slot]);
            at += inCompute;
            ledger.draw(who, at, at + inUp, upWatts[slot]);
        }
        at = simulation.now();
        ledger.draw(who, at, at + tails * tasks.tailNanos(), tasks.tailWatts());
    }

    private void close(int slot, long now) {
        if (shared != null) {
            simulation.cancel(fails[slot]);
        }
        clients.setBusy(client[slot], false);
        books.over(now, behind(slot));
        open[slot] = false;
    }

    private void recycle(int slot) {
        free[freeCount++] = slot;
    }

    /** Ends the run: what is under way stays so, and is told apart; it has no events any more. */
    void finish() {
        long now = simulation.now();
        for (int slot = 0; slot < open.length; slot++) {
            if (!open[slot]) {
                continue;
            }
            simulation.cancel(end[slot]);
            simulation.cancel(fails[slot]);
            if (shared != null) {
                finishShared(slot, now);
                continue;
            }
            long took = now - start[slot];
            charge(slot, took, false);
            settleBytes(
                    left(tasks.bytesDown, down[slot], took),
                    left(tasks.bytesUp, up[slot], took - down[slot] - compute[slot]));
        }
    }

    private void finishShared(int slot, long now) {
        SharedLinks links = java.util.Objects.requireNonNull(shared);
        long took = now - legStart[slot];
        long downLeft = leg[slot] == DOWN ? links.end(slot, tasks.bytesDown) : 0;
        long upLeft = leg[slot] == UP ? links.end(slot, tasks.bytesUp) : tasks.bytesUp;
        if (leg[slot] == DOWN) {
            down[slot] = took;
            compute[slot] = 0;
        } else if (leg[slot] == COMPUTE) {
            compute[slot] = took;
        }
        up[slot] = leg[slot] == UP ? took : 0;
        charge(slot, now - start[slot], false);
        settleBytes(downLeft, upLeft);
    }

    private void settleBytes(long downLeft, long upLeft) {
        if (downLeft == 0) {
            books.downReceived += tasks.bytesDown;
        } else {
            books.downInFlight += tasks.bytesDown - downLeft;
        }
        books.downUnsent += downLeft;
        books.upInFlight += tasks.bytesUp - upLeft;
        books.upUnsent += upLeft;
    }

    /** Bytes that the server and the clients sent. */
    long bytesSent(boolean upload) {
        return upload
                ? books.launched * tasks.bytesUp - books.upUnsent
                : books.launched * tasks.bytesDown - books.downUnsent;
    }
}
