package org.motleysim.workloads.federated.population;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.random.IndexedDraws;
import org.motleysim.core.random.RandomStreams;

/**
 * Clients that come and go as recorded devices did. Each client follows one of the devices, drawn, from the start of its record; a record
 * begins again when it is over.
 *
 * @param file where it was read from
 * @param format of that file
 * @param devices what was recorded
 */
public record TraceHours(Optional<Path> file, TraceHoursFormat format, List<Device> devices) implements Availability {
    /**
     * One recorded device.
     *
     * @param name for messages
     * @param edgesNanos on, off, on, off ...: rising, even in number, from zero on; empty for a device that is never available
     * @param periodNanos after which it begins again, at least the last edge, more than zero
     */
    @SuppressWarnings("ArrayRecordComponent") // never changed, and compared by content below
    public record Device(String name, long[] edgesNanos, long periodNanos) {
        /** @throws IllegalArgumentException if edges do not rise or the period is too short */
        public Device {
            edgesNanos = edgesNanos.clone();
            for (int i = 0; i < edgesNanos.length; i++) {
                if (edgesNanos[i] < (i == 0 ? 0 : edgesNanos[i - 1] + 1)) {
                    throw new IllegalArgumentException("times of device " + name + " must rise, from zero on: "
                            + edgesNanos[i] * 1e-9 + " s does not");
                }
            }
            long last = edgesNanos.length == 0 ? 0 : edgesNanos[edgesNanos.length - 1];
            if (edgesNanos.length % 2 != 0 || periodNanos < Math.max(1, last)) {
                throw new IllegalArgumentException(
                        "device " + name + " must go off as often as it comes on, and its period (" + periodNanos * 1e-9
                                + " s) must not end before that");
            }
        }

        @Override
        public long[] edgesNanos() {
            return edgesNanos.clone();
        }

        /** Returns the share of its time in which it is on. */
        public double share() {
            long on = 0;
            for (int i = 0; i < edgesNanos.length; i += 2) {
                on += edgesNanos[i + 1] - edgesNanos[i];
            }
            return (double) on / periodNanos;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Device that
                    && name.equals(that.name)
                    && periodNanos == that.periodNanos
                    && Arrays.equals(edgesNanos, that.edgesNanos);
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + Arrays.hashCode(edgesNanos);
        }
    }

    /** @throws IllegalArgumentException if there is no device */
    public TraceHours {
        devices = List.copyOf(devices);
        if (devices.isEmpty()) {
            throw new IllegalArgumentException("trace of availability must have at least one device");
        }
    }

    /** Returns devices that were made up. */
    public static TraceHours of(List<Device> devices) {
        return new TraceHours(Optional.empty(), TraceHoursFormat.FEDSCALE, devices);
    }

    /**
     * Reads a recorded trace.
     *
     * @throws IllegalArgumentException naming everything that is wrong with the file
     */
    public static TraceHours read(Path file, TraceHoursFormat format) {
        return new TraceHours(Optional.of(file), format, format.read(file));
    }

    @Override
    public Hours bind(int clients, ClockSkew.Clocks clocks, RandomStreams streams) {
        return new Replay(this, clocks, streams.draws("federated/availability"));
    }

    private static final class Replay implements Hours {
        private final long[][] edges;
        private final long[] period;
        private final ClockSkew.Clocks clocks;
        private final IndexedDraws draws;

        Replay(TraceHours trace, ClockSkew.Clocks clocks, IndexedDraws draws) {
            int count = trace.devices.size();
            this.edges = new long[count][];
            this.period = new long[count];
            for (int i = 0; i < count; i++) {
                edges[i] = trace.devices.get(i).edgesNanos;
                period[i] = trace.devices.get(i).periodNanos;
            }
            this.clocks = clocks;
            this.draws = draws;
        }

        private int device(int client) {
            return (int) (draws.unit(client) * edges.length);
        }

        /** How many edges have passed in this period; odd: the client is on. */
        private int passed(int device, long within) {
            int place = Arrays.binarySearch(edges[device], within);
            return place >= 0 ? place + 1 : -place - 1;
        }

        @Override
        public boolean isOn(int client, long nanos) {
            int device = device(client);
            return (passed(device, Math.floorMod(nanos + clocks.aheadNanos(client), period[device])) & 1) != 0;
        }

        @Override
        public long onUntil(int client, long nanos) {
            return next(client, nanos, true);
        }

        @Override
        public long offUntil(int client, long nanos) {
            return next(client, nanos, false);
        }

        private long next(int client, long nanos, boolean on) {
            int device = device(client);
            int count = edges[device].length;
            if (count == 0) {
                return on ? nanos : Long.MAX_VALUE;
            }
            long within = Math.floorMod(nanos + clocks.aheadNanos(client), period[device]);
            int index = passed(device, within);
            int last = index + count + 2;
            // Off at the end of the period and on at its start again is no change.
            while (index < last && at(device, index) == at(device, index + 1)) {
                index += 2;
            }
            return index < last ? nanos + (at(device, index) - within) : Long.MAX_VALUE;
        }

        /** The time of an edge, counted on through the following periods. */
        private long at(int device, int index) {
            int count = edges[device].length;
            return edges[device][index % count] + (long) (index / count) * period[device];
        }

        @Override
        public long arrayBytes() {
            return 0;
        }
    }
}
