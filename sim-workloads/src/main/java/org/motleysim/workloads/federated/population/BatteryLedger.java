package org.motleysim.workloads.federated.population;

import org.motleysim.core.random.IndexedDraws;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.hardware.population.Attribute;
import org.motleysim.hardware.population.Population;

/**
 * The batteries of all clients. Sixteen bytes each: what is stored, and at what time. A battery is brought up to date when somebody needs it;
 * between two changes of the charger, of what is drawn, full or empty, it is a straight line, which is followed exactly.
 *
 * <p>A level is never below zero: a draw that would lead there stops at the time at which the battery is empty.
 */
public final class BatteryLedger {
    private final ClientBattery model;
    private final Population devices;
    private final ClockSkew.Clocks clocks;
    private final IndexedDraws initial;
    private final double[] level; // joules
    private final long[] settled;
    private final double standby;
    private final double charging; // joules stored per second
    private double drawnJoules;
    private double gridJoules;
    private double startJoules;

    // What one walk along a battery's line came to.
    private double walkedLevel;
    private double walkedDrawn;
    private double walkedGrid;
    private long walkedTo;

    BatteryLedger(ClientBattery model, Population devices, ClockSkew.Clocks clocks, RandomStreams streams) {
        this.model = model;
        this.devices = devices;
        this.clocks = clocks;
        this.initial = streams.draws("federated/battery");
        this.level = new double[devices.size()];
        this.settled = new long[devices.size()];
        this.standby = model.standby().watts();
        this.charging = model.charger().watts() * model.efficiency();
        for (int client = 0; client < level.length; client++) {
            double capacity = capacity(client);
            if (capacity < Double.POSITIVE_INFINITY) {
                double share = Math.max(0, Math.min(1, model.initialShare().quantile(initial.open(client))));
                level[client] = share * capacity;
                startJoules += level[client];
            }
        }
    }

    private double capacity(int client) {
        return devices.value(Attribute.BATTERY, client);
    }

    /** Returns whether a client has a battery. */
    public boolean has(int client) {
        return capacity(client) < Double.POSITIVE_INFINITY;
    }

    /** Returns what share of its full battery a client has at a time; 1 at the mains. */
    public double share(int client, long nanos) {
        if (!has(client)) {
            return 1;
        }
        idle(client, nanos);
        return level[client] / capacity(client);
    }

    /** Returns whether a client has enough to be asked. */
    public boolean suffices(int client, long nanos) {
        return !has(client) || (share(client, nanos) >= model.minimumShare() && level[client] > 0);
    }

    /** Returns when a client that has not enough will have it, with nothing but the standby power; {@link Long#MAX_VALUE} for never. */
    public long sufficesAt(int client, long nanos) {
        idle(client, nanos);
        double wanted = Math.max(model.minimumShare() * capacity(client), Double.MIN_NORMAL);
        double have = level[client];
        long time = nanos;
        // What a window charges repeats every day: two years tell whether it ever will.
        for (int windows = 0; windows < 1_500; windows++) {
            long change = nextChange(client, time);
            if (plugged(client, time)) {
                double rate = charging - standby;
                double seconds = rate > 0 ? (wanted - have) / rate : Double.POSITIVE_INFINITY;
                if (change == Long.MAX_VALUE ? seconds < 1e9 : seconds <= (change - time) * 1e-9) {
                    return time + Math.max(1, (long) Math.ceil(Math.max(0, seconds) * 1e9));
                }
                have = Math.min(capacity(client), Math.max(0, have + rate * (change - time) * 1e-9));
            } else if (change < Long.MAX_VALUE) {
                have = Math.max(0, have - standby * (change - time) * 1e-9);
            }
            if (change == Long.MAX_VALUE) {
                return Long.MAX_VALUE;
            }
            time = change;
        }
        return Long.MAX_VALUE;
    }

    /** Brings a client up to date: charging, and the standby power, which stops when the battery is empty. */
    private void idle(int client, long nanos) {
        if (settled[client] >= nanos) {
            return;
        }
        if (charging == 0 || (standby == 0 && model.windows().windows().isEmpty())) {
            settled[client] = nanos;
            return;
        }
        double have = level[client];
        double drawn = 0;
        double grid = 0;
        long time = settled[client];
        while (time < nanos) {
            walk(client, time, nanos, have, standby);
            have = walkedLevel;
            drawn += walkedDrawn;
            grid += walkedGrid;
            time = walkedTo;
            if (time < nanos) { // empty, and off until somebody plugs it in
                long change = plugged(client, time) ? nanos : nextChange(client, time);
                time = Math.min(nanos, change);
            }
        }
        commit(client, nanos, have, drawn, grid);
    }

    /**
     * Returns when a client's battery is empty if it draws so much from now on, besides the standby power; the end if it lasts.
     *
     * @param from when it begins
     * @param to when it ends
     */
    public long lastsUntil(int client, long from, long to, double watts) {
        if (!has(client)) {
            return to;
        }
        idle(client, from);
        walk(client, from, to, level[client], watts + standby);
        return walkedTo;
    }

    /** Returns when it is empty if three draws follow each other; the end of the last if it lasts. */
    public long lastsUntil(
            int client,
            long from,
            long first,
            double firstWatts,
            long second,
            double secondWatts,
            long third,
            double thirdWatts) {
        if (!has(client)) {
            return from + first + second + third;
        }
        idle(client, from);
        double have = level[client];
        long end = from + first;
        walk(client, from, end, have, firstWatts + standby);
        if (walkedTo == end) {
            end += second;
            walk(client, end - second, end, walkedLevel, secondWatts + standby);
            if (walkedTo == end) {
                end += third;
                walk(client, end - third, end, walkedLevel, thirdWatts + standby);
            }
        }
        return walkedTo;
    }

    /** Draws power for a while, besides the standby power. What comes after the battery is empty is not drawn. */
    public void draw(int client, long from, long to, double watts) {
        if (!has(client) || to <= from) {
            return;
        }
        idle(client, from);
        walk(client, from, to, level[client], watts + standby);
        commit(client, walkedTo, walkedLevel, walkedDrawn, walkedGrid);
    }

    private void commit(int client, long nanos, double have, double drawn, double grid) {
        level[client] = have;
        settled[client] = nanos;
        drawnJoules += drawn;
        gridJoules += grid;
    }

    private boolean plugged(int client, long nanos) {
        return !model.windows().windows().isEmpty() && model.windows().isOpen(nanos + clocks.aheadNanos(client));
    }

    private long nextChange(int client, long nanos) {
        if (model.windows().windows().isEmpty()) {
            return Long.MAX_VALUE;
        }
        long ahead = clocks.aheadNanos(client);
        long change = model.windows().nextChange(nanos + ahead);
        return change == Long.MAX_VALUE ? Long.MAX_VALUE : change - ahead;
    }

    /** Follows the line from a level until an end, or until it is empty. */
    private void walk(int client, long from, long to, double start, double watts) {
        double capacity = capacity(client);
        double have = start;
        double drawn = 0;
        double grid = 0;
        long time = from;
        while (time < to) {
            boolean plugged = plugged(client, time);
            long end = Math.min(to, nextChange(client, time));
            boolean full = plugged && have >= capacity && charging >= watts;
            double rate = full ? 0 : (plugged ? charging : 0) - watts;
            double seconds = (end - time) * 1e-9;
            if (rate < 0 && have + rate * seconds < 0) {
                double lasts = have / -rate;
                end = Math.min(end, time + (long) Math.floor(lasts * 1e9));
                drawn += plugged ? watts * lasts : have;
                grid += plugged ? model.charger().watts() * lasts : 0;
                have = 0;
                time = end;
                break;
            }
            if (rate > 0 && have + rate * seconds > capacity) {
                double fills = Math.max(0, (capacity - have) / rate);
                end = Math.min(end, Math.max(time + 1, time + (long) Math.floor(fills * 1e9)));
                seconds = (end - time) * 1e-9;
                double stored = capacity - have;
                grid += (stored + watts * seconds) / model.efficiency();
                drawn += watts * seconds;
                have = capacity;
            } else {
                grid += full
                        ? watts * seconds / model.efficiency()
                        : plugged ? model.charger().watts() * seconds : 0;
                drawn += watts * seconds;
                have = Math.min(capacity, Math.max(0, have + rate * seconds));
            }
            time = end;
        }
        walkedLevel = have;
        walkedDrawn = drawn;
        walkedGrid = grid;
        walkedTo = time;
    }

    /** Brings all clients up to date, and returns what is stored in all batteries together, in joules. */
    public double storedJoules(long nanos) {
        double sum = 0;
        for (int client = 0; client < level.length; client++) {
            if (has(client)) {
                idle(client, nanos);
                sum += level[client];
            }
        }
        return sum;
    }

    /** Returns how many batteries are empty. */
    public int empty() {
        int count = 0;
        for (int client = 0; client < level.length; client++) {
            count += has(client) && level[client] <= 0 ? 1 : 0;
        }
        return count;
    }

    /** Returns the lowest level of all batteries when each was last brought up to date, in joules; infinite without batteries. */
    public double lowestJoules() {
        double lowest = Double.POSITIVE_INFINITY;
        for (int client = 0; client < level.length; client++) {
            lowest = has(client) ? Math.min(lowest, level[client]) : lowest;
        }
        return lowest;
    }

    /** Returns what was stored at the start, in joules. */
    public double startJoules() {
        return startJoules;
    }

    /** Returns what came out of batteries and chargers for the devices, in joules. */
    public double drawnJoules() {
        return drawnJoules;
    }

    /** Returns what came from the grid, in joules. */
    public double gridJoules() {
        return gridJoules;
    }

    /** Returns what of it arrived behind the charger, in joules. */
    public double chargedJoules() {
        return gridJoules * model.efficiency();
    }

    long arrayBytes() {
        return 16L * level.length;
    }
}
