package org.motleysim.workloads.federated;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.EventHandle;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;

/**
 * FedCompass's scheduler (Li et al., ICLR 2024, algorithms 2 and 3), as its published code does it: a client joins the group in which it can do
 * most steps, of those it can reach with {@code minSteps} to {@code maxSteps} steps. If there is none it founds one, with as many steps as let it
 * come together with the fastest client of another group after that one's next task. Who has no estimate of its speed yet trains
 * {@code minSteps}, by itself.
 */
final class CompassGroups implements Protocol {
    private static final int ALONE = -1;
    private static final int LATE_BUFFER = 0;

    /** Clients that are to arrive together. */
    private static final class Group {
        final int number;
        final int buffer;
        final double expected;
        final double latest;
        final long began;
        final List<Integer> under = new ArrayList<>();
        final List<Integer> arrived = new ArrayList<>();
        double stalenessSum;
        int lost;
        long handle = EventHandle.NONE;

        Group(int number, int buffer, double expected, double latest, long began) {
            this.number = number;
            this.buffer = buffer;
            this.expected = expected;
            this.latest = latest;
            this.began = began;
        }
    }

    private final Floor floor;
    private final Aggregation.Compass rule;
    private final double[] secondsPerStep; // by client, estimated
    private final List<Group> groups = new ArrayList<>();
    private final EventType latest;
    private final EventType back;
    private final BitSet buffers = new BitSet(); // in use by groups
    private int founded = 1; // 0 are those who train by themselves
    private int lateWaiting;
    private int never;

    CompassGroups(Floor floor, Aggregation.Compass rule) {
        this.floor = floor;
        this.rule = rule;
        this.secondsPerStep = new double[floor.clients.size()];
        Arrays.fill(secondsPerStep, Double.NaN);
        this.latest = floor.simulation.register("group-latest", number -> closeAt((int) number));
        this.back = floor.simulation.register("client-free", client -> assign((int) client));
    }

    @Override
    public void start() {
        for (int client = 0; client < secondsPerStep.length; client++) {
            assign(client);
        }
    }

    private double now() {
        return SimTime.seconds(floor.simulation.now());
    }

    private void assign(int client) {
        if (floor.isOver()) {
            return;
        }
        long time = floor.simulation.now();
        if (!floor.clients.isFree(client, time)) {
            long free = floor.clients.freeAt(client, time);
            if (free == Long.MAX_VALUE) {
                never++;
            } else {
                floor.simulation.scheduleAt(Math.max(time + 1, free), back, client);
            }
            return;
        }
        double speed = secondsPerStep[client];
        if (Double.isNaN(speed)) {
            launch(client, rule.minSteps(), ALONE);
            return;
        }
        Group best = null;
        int most = -1;
        for (Group group : groups) {
            double steps = Math.floor((group.expected - now()) / speed);
            if (steps >= rule.minSteps() && steps <= rule.maxSteps() && steps > most) {
                best = group;
                most = (int) steps;
            }
        }
        if (best == null) {
            most = stepsOfNewGroup(speed);
            double expected = now() + most * speed;
            double last = now() + most * speed * rule.lambda();
            best = new Group(founded++, buffers.nextClearBit(1), expected, last, time);
            buffers.set(best.buffer);
            groups.add(best);
            best.handle = floor.simulation.scheduleAt(Math.max(time, SimTime.nanos(last)), latest, best.number);
        }
        best.under.add(client);
        launch(client, most, best.number);
    }

    private int stepsOfNewGroup(double speed) {
        double most = -1;
        for (Group group : groups) {
            double fastest = Double.POSITIVE_INFINITY;
            for (int each : group.under) {
                fastest = Math.min(fastest, secondsPerStep[each]);
            }
            for (int each : group.arrived) {
                fastest = Math.min(fastest, secondsPerStep[each]);
            }
            double steps = Math.floor((group.latest + fastest * rule.maxSteps() - now()) / speed);
            if (steps <= rule.maxSteps()) {
                most = Math.max(most, steps);
            }
        }
        return most < 0 ? rule.maxSteps() : (int) Math.max(rule.minSteps(), most);
    }

    private void launch(int client, int steps, int group) {
        floor.begin(client, group, 0, steps);
    }

    @Override
    public void arrived(int slot) {
        int client = floor.flights.client(slot);
        double seconds = SimTime.seconds(floor.simulation.now() - floor.flights.start(slot));
        double measured = Math.max(1e-9, seconds / floor.flights.steps(slot));
        double old = secondsPerStep[client];
        secondsPerStep[client] =
                Double.isNaN(old) ? measured : rule.speedMomentum() * old + (1 - rule.speedMomentum()) * measured;
        long behind = floor.flights.behind(slot);
        double weight = rule.weight().of((double) behind);
        floor.books.use(behind);
        int number = floor.flights.group(slot);
        Group group = number == ALONE ? null : find(number);
        if (group == null) {
            floor.learning.keep(slot, LATE_BUFFER, weight, weight);
            lateWaiting++;
            if (number == ALONE) {
                addLate();
                floor.newVersion();
                long start = floor.flights.start(slot);
                long end = floor.simulation.now();
                floor.rounds.add(0, floor.books.version, start, end, 1, 1, 0, 0, (double) behind, "");
            } else {
                floor.books.late++;
            }
            assign(client);
            return;
        }
        floor.learning.keep(slot, group.buffer, weight, weight);
        group.stalenessSum += behind;
        group.under.remove(Integer.valueOf(client));
        group.arrived.add(client);
        if (group.under.isEmpty()) {
            close(group);
        }
    }

    private @Nullable Group find(int number) {
        for (Group each : groups) {
            if (each.number == number) {
                return each;
            }
        }
        return null;
    }

    private void closeAt(int number) {
        Group group = find(number);
        if (group != null && !floor.isOver()) {
            close(group);
        }
    }

    private void close(Group group) {
        floor.simulation.cancel(group.handle);
        groups.remove(group);
        if (group.arrived.isEmpty()) {
            buffers.clear(group.buffer);
            return; // all are late: each comes by itself
        }
        int updates = group.arrived.size() + lateWaiting;
        floor.aggregate(updates, () -> newVersion(group));
    }

    private void addLate() {
        floor.learning.add(LATE_BUFFER, 0, rule.serverRate(), floor.clients.size());
        lateWaiting = 0;
    }

    private void newVersion(Group group) {
        floor.learning.add(group.buffer, 0, rule.serverRate(), floor.clients.size());
        buffers.clear(group.buffer);
        if (lateWaiting > 0) {
            addLate();
        }
        floor.newVersion();
        long now = floor.simulation.now();
        floor.books.roundTimes.record(now - group.began);
        int used = group.arrived.size();
        floor.rounds.add(
                group.number,
                floor.books.version,
                group.began,
                now,
                used + group.under.size() + group.lost,
                used,
                group.lost,
                0,
                group.stalenessSum / used,
                "");
        if (floor.trace.enabled()) {
            floor.trace.span(
                    floor.trace.track("rounds of " + floor.job.name(), "group " + group.number % 16),
                    "group",
                    group.began,
                    now - group.began);
        }
        for (int client : group.arrived) {
            assign(client);
        }
    }

    @Override
    public void lost(int slot, LossCause cause) {
        int client = floor.flights.client(slot);
        floor.learning.forget(slot);
        int number = floor.flights.group(slot);
        Group group = number == ALONE ? null : find(number);
        if (group != null) {
            group.under.remove(Integer.valueOf(client));
            group.lost++;
            if (group.under.isEmpty()) {
                close(group);
            }
        }
        assign(client);
    }

    @Override
    public void stop() {
        groups.forEach(group -> floor.simulation.cancel(group.handle));
        groups.clear();
    }

    @Override
    public String stuck() {
        return never == secondsPerStep.length ? "nobody is free, and nobody ever will be" : "";
    }
}
