package org.motleysim.hardware.radio;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.hardware.network.Network;
import org.motleysim.hardware.network.NetworkModel;

/**
 * Stations that move between the cells of a region. The first endpoints are stations, one per journey; the others, such as servers and the
 * frontend of a cluster, are wired to the core behind the cells, which is never full.
 *
 * <p>The stations of a cell share its medium so that all transfers get the same rate: a slow station takes more of the time (the anomaly of
 * IEEE 802.11, Heusse et al., INFOCOM 2003). n transfers of stations with rates r1, r2, ... get {@code 1 / (1/r1 + 1/r2 + ...)} each. A transfer
 * under way when its station changes the cell waits for the interruption and goes on in the new cell; what it has carried stays carried. It
 * waits, too, where there is no coverage. Immutable, with value equality.
 *
 * @param sites the cells
 * @param reach the rate of a station by its distance
 * @param handover when a station changes its cell
 * @param latency of a hop over the air, zero or more
 * @param sendNanojoulesPerBit that a station spends on a bit it sends, zero or more
 * @param receiveNanojoulesPerBit that a station spends on a bit it receives, zero or more
 * @param backhaul between each cell and the core; absent for no limit and no latency
 * @param journeys of the stations: endpoint i is on journey i
 */
public record CellularNetwork(
        Sites sites,
        Reach reach,
        Handover handover,
        Duration latency,
        double sendNanojoulesPerBit,
        double receiveNanojoulesPerBit,
        Optional<Backhaul> backhaul,
        List<Journey> journeys)
        implements NetworkModel {
    /**
     * The cable of a cell, as wide each way.
     *
     * @param bandwidth more than zero
     * @param latency one way, zero or more
     */
    public record Backhaul(Bandwidth bandwidth, Duration latency) {
        /** @throws IllegalArgumentException if the bandwidth is zero or the latency negative */
        public Backhaul {
            if (bandwidth.bytesPerSecond() == 0 || latency.isNegative()) {
                throw new IllegalArgumentException("bandwidth (" + bandwidth
                        + ") must be more than zero, and the latency (" + latency + ") zero or more");
            }
        }
    }

    /** @throws IllegalArgumentException if there is no journey or a number is negative */
    public CellularNetwork {
        journeys = List.copyOf(journeys);
        if (journeys.isEmpty()) {
            throw new IllegalArgumentException("journeys must be one or more\nMaybe one that stands still.");
        }
        if (latency.isNegative() || !(sendNanojoulesPerBit >= 0 && receiveNanojoulesPerBit >= 0)) {
            throw new IllegalArgumentException("latency (" + latency + ") and nanojoules per bit ("
                    + sendNanojoulesPerBit + ", " + receiveNanojoulesPerBit + ") must be zero or more");
        }
    }

    /** Returns stations that spend what those of a technology do, with its latency, without a limit behind the cells. */
    public static CellularNetwork of(
            Sites sites, Reach reach, Handover handover, RadioTechnology technology, List<Journey> journeys) {
        return new CellularNetwork(
                sites,
                reach,
                handover,
                technology.latency(),
                technology.sendNanojoulesPerBit(),
                technology.receiveNanojoulesPerBit(),
                Optional.empty(),
                journeys);
    }

    /** Returns this network with a cable behind each cell. */
    public CellularNetwork backhaul(Bandwidth bandwidth, Duration oneWay) {
        return new CellularNetwork(
                sites,
                reach,
                handover,
                latency,
                sendNanojoulesPerBit,
                receiveNanojoulesPerBit,
                Optional.of(new Backhaul(bandwidth, oneWay)),
                journeys);
    }

    /** Returns the cells that a station belongs to, first to last. */
    public List<Handover.Attachment> attachments(int station) {
        return handover.along(journeys.get(station), sites);
    }

    /** Returns the rate of a station that is alone in its cell at some time, in bytes per second, without fading; zero while it is cut off. */
    public double bytesPerSecond(int station, double seconds) {
        long now = SimTime.nanos(seconds);
        Handover.Attachment present = attachments(station).get(0);
        for (Handover.Attachment each : attachments(station)) {
            if (each.fromNanos() <= now) {
                present = each;
            }
        }
        return now < present.usableNanos()
                ? 0
                : reach.bytesPerSecond(
                        sites.metres(present.cell(), journeys.get(station).at(seconds)), 1);
    }

    @Override
    public void check(int devices) {
        if (devices < journeys.size()) {
            throw new IllegalArgumentException("journeys (" + journeys.size() + ") must not be more than the devices ("
                    + devices + ")\nMaybe the first devices are stations.");
        }
    }

    /** @throws IllegalArgumentException if transfers fade, which takes randomness: {@link #bind(Simulation, int, RandomStreams)} */
    @Override
    public Network bind(Simulation simulation, int endpoints) {
        if (reach.fades()) {
            throw new IllegalArgumentException(
                    "cells fade, which takes randomness\nMaybe bind(simulation, endpoints, streams).");
        }
        return new CellularRun(this, simulation, endpoints, Optional.empty());
    }

    @Override
    public Network bind(Simulation simulation, int endpoints, RandomStreams streams) {
        return new CellularRun(
                this,
                simulation,
                endpoints,
                reach.fades() ? Optional.of(streams.stream("network/fading")) : Optional.empty());
    }

    /** What it takes at the start of the run, without fading and handover; infinite without coverage. */
    @Override
    public double secondsAlone(int endpoints, int from, int to, double bytes) {
        if (from == to) {
            return 0;
        }
        double secondsPerByte = 0;
        long nanos = 0;
        int stations = 0;
        for (int end : new int[] {from, to}) {
            if (end < journeys.size()) {
                stations++;
                secondsPerByte += 1 / bytesPerSecond(end, 0);
                nanos += latency.toNanos();
            }
        }
        boolean oneCell = stations == 2
                && attachments(from).get(0).cell() == attachments(to).get(0).cell();
        if (stations == 2 && !oneCell) {
            // Both media carry at once; the slower one decides.
            secondsPerByte = Math.max(1 / bytesPerSecond(from, 0), 1 / bytesPerSecond(to, 0));
        }
        if (backhaul.isPresent() && !oneCell && stations > 0) {
            nanos += stations * backhaul.get().latency().toNanos();
            secondsPerByte =
                    Math.max(secondsPerByte, 1 / backhaul.get().bandwidth().bytesPerSecond());
        }
        return SimTime.seconds(nanos) + (bytes == 0 ? 0 : bytes * secondsPerByte);
    }
}
