package org.motleysim.hardware.radio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.engine.EventHandle;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.Series;
import org.motleysim.core.random.RandomStream;
import org.motleysim.hardware.network.LinkUse;
import org.motleysim.hardware.network.MaxMinFlows;
import org.motleysim.hardware.network.Network;
import org.motleysim.hardware.network.Transfers;

/**
 * The cells of a run. The medium of each is a link whose capacity is all of its time: a transfer that gets b bytes per second at a rate of r
 * takes b/r of it. While a station has transfers under way, one event waits for its next measurement or the end of its interruption.
 */
final class CellularRun implements Network {
    private static final int NONE = -1;
    private static final double[] NO_WEIGHTS = {};
    private static final int[] NO_LINKS = {};

    private final CellularNetwork model;
    private final Simulation simulation;
    private final Transfers transfers;
    private final MaxMinFlows flows;
    private final Optional<RandomStream> draws;
    private final EventType departure;
    private final EventType change;
    private final int stations;
    private final int cells;
    private final long startNanos;
    private final List<List<Handover.Attachment>> attachments = new ArrayList<>();
    private final int[] place; // in the attachments, by station
    private final int[] under; // transfers under way, by station
    private final long[] pending; // event, by station
    private final double[] cellBytes;
    private final double[] cellJoules;
    private int[] flowOf = new int[16]; // by slot of the transfer
    private double[] factorOf = new double[16]; // fading
    private double[] restOf = new double[16]; // bytes left when it was last put on its path
    private long[] pathOf = new long[16]; // cells it is counted for: two numbers
    private long handovers;
    private boolean keepsHistory;
    private double joules;
    private EnergyListener listener = drawn -> {};

    CellularRun(CellularNetwork model, Simulation simulation, int endpoints, Optional<RandomStream> draws) {
        this.model = model;
        this.simulation = simulation;
        this.transfers = new Transfers(simulation, endpoints);
        this.draws = draws;
        this.stations = model.journeys().size();
        this.cells = model.sites().cells().size();
        this.startNanos = simulation.now();
        double[] capacity = new double[model.backhaul().isPresent() ? 3 * cells : cells];
        Arrays.fill(capacity, 0, cells, 1);
        model.backhaul()
                .ifPresent(cable -> Arrays.fill(
                        capacity, cells, 3 * cells, cable.bandwidth().bytesPerSecond()));
        this.flows = new MaxMinFlows(simulation, capacity, this::ended);
        this.departure = simulation.register("cell-departure", slot -> depart((int) slot));
        this.change = simulation.register("cell-measurement", station -> measured((int) station));
        for (int i = 0; i < stations; i++) {
            attachments.add(model.attachments(i));
        }
        this.place = new int[stations];
        this.under = new int[stations];
        this.pending = new long[stations];
        this.cellBytes = new double[cells];
        this.cellJoules = new double[cells];
        Arrays.fill(pending, EventHandle.NONE);
        Arrays.fill(flowOf, NONE);
    }

    @Override
    public void transfer(int from, int to, long bytes, EventType done, long argument) {
        int slot = transfers.open(from, to, bytes, done, argument);
        if (slot >= flowOf.length) {
            int before = flowOf.length;
            flowOf = Arrays.copyOf(flowOf, Math.max(slot + 1, 2 * before));
            factorOf = Arrays.copyOf(factorOf, flowOf.length);
            restOf = Arrays.copyOf(restOf, flowOf.length);
            pathOf = Arrays.copyOf(pathOf, flowOf.length);
            Arrays.fill(flowOf, before, flowOf.length, NONE);
        }
        simulation.schedule(from == to ? 0 : latencyNanos(from, to), departure, slot);
    }

    private boolean isStation(int endpoint) {
        return endpoint < stations;
    }

    private long latencyNanos(int from, int to) {
        int hops = (isStation(from) ? 1 : 0) + (isStation(to) ? 1 : 0);
        boolean oneCell = hops == 2 && cell(from) == cell(to);
        long cables = model.backhaul().isPresent() && !oneCell
                ? hops * model.backhaul().get().latency().toNanos()
                : 0;
        return hops * model.latency().toNanos() + cables;
    }

    private void depart(int slot) {
        int from = transfers.from(slot);
        int to = transfers.to(slot);
        boolean wired = !isStation(from) && !isStation(to);
        if (from == to || wired || transfers.bytes(slot) == 0) {
            transfers.deliver(slot);
            return;
        }
        factorOf[slot] = draws.isPresent() ? draws.get().nextExponential(1) : 1;
        restOf[slot] = (double) transfers.bytes(slot);
        begin(from);
        begin(to);
        int[] links = links(slot);
        flowOf[slot] = flows.startClass(
                links,
                links.length == 0 ? NO_WEIGHTS : weights(slot, links),
                restOf[slot],
                Double.POSITIVE_INFINITY,
                slot);
        pathOf[slot] = counted(slot, links);
    }

    private void begin(int endpoint) {
        if (isStation(endpoint) && under[endpoint]++ == 0) {
            await(endpoint);
        }
    }

    /** The links of a transfer now; none while one of its stations is cut off. */
    private int[] links(int slot) {
        int from = transfers.from(slot);
        int to = transfers.to(slot);
        boolean cut = (isStation(from) && rate(from, slot) == 0) || (isStation(to) && rate(to, slot) == 0);
        if (cut) {
            return NO_LINKS;
        }
        boolean cabled = model.backhaul().isPresent();
        if (isStation(from) && isStation(to)) {
            int a = cell(from);
            int b = cell(to);
            if (a == b) {
                return new int[] {a};
            }
            return cabled ? new int[] {a, up(a), down(b), b} : new int[] {a, b};
        }
        int cell = isStation(from) ? cell(from) : cell(to);
        if (!cabled) {
            return new int[] {cell};
        }
        return isStation(from) ? new int[] {cell, up(cell)} : new int[] {down(cell), cell};
    }

    private int up(int cell) {
        return cells + 2 * cell;
    }

    private int down(int cell) {
        return cells + 2 * cell + 1;
    }

    /** What a byte takes of each link: of a medium its time, of a cable itself. */
    private double[] weights(int slot, int[] links) {
        double[] weights = new double[links.length];
        Arrays.fill(weights, 1);
        for (int i = 0; i < links.length; i++) {
            if (links[i] < cells) {
                weights[i] = time(transfers.from(slot), links[i], slot) + time(transfers.to(slot), links[i], slot);
            }
        }
        return weights;
    }

    private double time(int endpoint, int cell, int slot) {
        return isStation(endpoint) && cell(endpoint) == cell ? 1 / rate(endpoint, slot) : 0;
    }

    /** The attachment of a station now. */
    private Handover.Attachment attachment(int station) {
        List<Handover.Attachment> all = attachments.get(station);
        while (place[station] + 1 < all.size()
                && all.get(place[station] + 1).fromNanos() <= simulation.now() - startNanos) {
            place[station]++;
        }
        return all.get(place[station]);
    }

    private int cell(int station) {
        return attachment(station).cell();
    }

    private double rate(int station, int slot) {
        long now = simulation.now() - startNanos;
        Handover.Attachment present = attachment(station);
        if (now < present.usableNanos()) {
            return 0;
        }
        // Between measurements the rate stays.
        long report = model.handover().report().toNanos();
        double measured = SimTime.seconds(now - now % report);
        Position here = model.journeys().get(station).at(measured);
        return model.reach().bytesPerSecond(model.sites().metres(present.cell(), here), factorOf[slot]);
    }

    /** Waits for the next time at which something may change for a station. */
    private void await(int station) {
        long now = simulation.now() - startNanos;
        Handover.Attachment present = attachment(station);
        long report = model.handover().report().toNanos();
        long next = Long.MAX_VALUE;
        if (now < present.usableNanos()) {
            next = present.usableNanos();
        }
        Journey journey = model.journeys().get(station);
        if (journey.moves() && now < SimTime.nanos(journey.endSeconds()) + report) {
            next = Math.min(next, (now / report + 1) * report);
        }
        pending[station] = next == Long.MAX_VALUE ? EventHandle.NONE : simulation.schedule(next - now, change, station);
    }

    private void measured(int station) {
        pending[station] = EventHandle.NONE;
        int before = place[station];
        attachment(station);
        handovers += place[station] > before ? 1 : 0;
        for (int slot = 0; slot < flowOf.length; slot++) {
            if (flowOf[slot] != NONE && (transfers.from(slot) == station || transfers.to(slot) == station)) {
                move(slot);
            }
        }
        await(station);
    }

    private void move(int slot) {
        int flow = flowOf[slot];
        int[] links = links(slot);
        double[] weights = links.length == 0 ? NO_WEIGHTS : weights(slot, links);
        if (flows.isOn(flow, links, weights)) {
            return;
        }
        credit(slot, flows.remaining(flow));
        flows.reroute(flow, links, weights);
        pathOf[slot] = counted(slot, links);
    }

    /** The cells that carry a transfer, plus one each, in two halves. */
    private long counted(int slot, int[] links) {
        if (links.length == 0) {
            return 0;
        }
        long from = isStation(transfers.from(slot)) ? cell(transfers.from(slot)) + 1L : 0;
        long to = isStation(transfers.to(slot)) ? cell(transfers.to(slot)) + 1L : 0;
        return from << Integer.SIZE | to;
    }

    /** Counts for its cells what a transfer has carried since it was put on its path; a cell that it crosses twice carries it twice. */
    private void credit(int slot, double rest) {
        double carried = restOf[slot] - rest;
        int from = (int) (pathOf[slot] >>> Integer.SIZE);
        int to = (int) pathOf[slot];
        if (from > 0) {
            cellBytes[from - 1] += carried;
            cellJoules[from - 1] += carried * 8e-9 * model.sendNanojoulesPerBit();
        }
        if (to > 0) {
            cellBytes[to - 1] += carried;
            cellJoules[to - 1] += carried * 8e-9 * model.receiveNanojoulesPerBit();
        }
        restOf[slot] = rest;
    }

    private void ended(int slot) {
        credit(slot, 0);
        flowOf[slot] = NONE;
        int from = transfers.from(slot);
        int to = transfers.to(slot);
        double nanojoulesPerBit = (isStation(from) ? model.sendNanojoulesPerBit() : 0)
                + (isStation(to) ? model.receiveNanojoulesPerBit() : 0);
        double drawn = transfers.bytes(slot) * 8e-9 * nanojoulesPerBit;
        joules += drawn;
        listener.drawn(drawn);
        end(from);
        end(to);
        transfers.deliver(slot);
    }

    private void end(int endpoint) {
        if (isStation(endpoint) && --under[endpoint] == 0) {
            simulation.cancel(pending[endpoint]);
            pending[endpoint] = EventHandle.NONE;
        }
    }

    @Override
    public int endpoints() {
        return transfers.endpoints();
    }

    @Override
    public long bytesSent() {
        return transfers.bytesSent();
    }

    @Override
    public long bytesDelivered() {
        return transfers.bytesDelivered();
    }

    @Override
    public double joules() {
        return joules;
    }

    @Override
    public boolean isMetered() {
        return true;
    }

    @Override
    public void onEnergy(EnergyListener told) {
        listener = told;
    }

    @Override
    public long handovers() {
        return handovers;
    }

    @Override
    public void keepHistory() {
        keepsHistory = true;
        flows.keepHistory();
    }

    /** Of a cell the share of its time that was taken, times the rate beside its antenna. */
    @Override
    public List<Series> linkCurves() {
        List<Series> curves = new ArrayList<>();
        for (int cell = 0; keepsHistory && cell < cells; cell++) {
            String name = model.sites().cells().get(cell).name();
            Series taken = flows.curve(cell, name);
            double best = model.reach().bytesPerSecond(0, 1);
            double[] rates = taken.values();
            Arrays.setAll(rates, i -> rates[i] * best);
            curves.add(new Series(name, "B/s", taken.seconds(), rates));
            if (model.backhaul().isPresent()) {
                curves.add(flows.curve(up(cell), name + "->core"));
                curves.add(flows.curve(down(cell), "core->" + name));
            }
        }
        return curves;
    }

    /** The medium of each cell, whose utilisation is the share of its time that was taken, and its cables. */
    @Override
    public List<LinkUse> links() {
        for (int slot = 0; slot < flowOf.length; slot++) {
            if (flowOf[slot] != NONE) {
                credit(slot, flows.remaining(flowOf[slot]));
            }
        }
        double seconds = SimTime.seconds(simulation.now() - startNanos);
        List<LinkUse> all = new ArrayList<>();
        for (int cell = 0; cell < cells; cell++) {
            String name = model.sites().cells().get(cell).name();
            double share = seconds == 0 ? 0 : flows.bytesCarried(cell) / seconds;
            all.add(new LinkUse(
                    name,
                    "stations of " + name,
                    0,
                    name,
                    1,
                    model.reach().bytesPerSecond(0, 1),
                    cellBytes[cell],
                    share,
                    cellJoules[cell]));
            if (model.backhaul().isPresent()) {
                all.add(cable(name + "->core", name, 1, "core", 2, up(cell), seconds));
                all.add(cable("core->" + name, "core", 2, name, 1, down(cell), seconds));
            }
        }
        return all;
    }

    private LinkUse cable(String name, String from, int fromTier, String to, int toTier, int link, double seconds) {
        double rate = model.backhaul().orElseThrow().bandwidth().bytesPerSecond();
        double bytes = flows.bytesCarried(link);
        return new LinkUse(name, from, fromTier, to, toTier, rate, bytes, seconds == 0 ? 0 : bytes / seconds / rate, 0);
    }
}
