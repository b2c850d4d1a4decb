package org.motleysim.workloads.federated.population;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.hardware.population.Attribute;
import org.motleysim.hardware.population.Population;

/**
 * The clients of one run, as a structure of arrays: a few numbers for each, everything else looked up in the table its device came from.
 *
 * <p>Bytes for each client: 1, 2 or 4 for the row of the device (once more for links of their own), 4 for each attribute with jitter, 2 for its
 * samples (4 if somebody has more than 65,535), 2 for its participations (4 once somebody has more than 65,535), an eighth for whether it is
 * busy, 8 for renewal availability (0 for always, daily hours and traces), 16 for a battery. {@link #arrayBytes} counts them.
 */
public final class Clients {
    private final ClientPopulation description;
    private final Population devices;
    private final Population links;
    private final Availability.Hours hours;
    private final @Nullable BatteryLedger batteries;
    private final RandomStream fate;
    private final double needed;
    private final boolean memoryMatters;
    private final char @Nullable [] shortSamples;
    private final int @Nullable [] longSamples;
    private char @Nullable [] shortTimes;
    private int @Nullable [] longTimes;
    private final long[] busy;

    Clients(ClientPopulation description, RandomStreams streams, Bytes needed) {
        int count = description.count();
        this.description = description;
        this.devices = description.devices().draw(count, streams);
        this.links = description
                .links()
                .map(table -> table.draw(count, streams.replication(1)))
                .orElse(devices);
        ClockSkew.Clocks clocks = description.skew().bind(streams);
        this.hours = description.availability().bind(count, clocks, streams);
        this.batteries = description
                .battery()
                .map(model -> new BatteryLedger(model, devices, clocks, streams))
                .orElse(null);
        this.fate = streams.stream("federated/dropout");
        this.needed = needed.value();
        this.memoryMatters = needed.value() > 0;
        DataVolume.Draw volume = description.volume().bind(count, streams);
        char[] samples = new char[count];
        int[] wide = null;
        for (int client = 0; client < count; client++) {
            int own = volume.samples(client);
            if (wide == null && own > Character.MAX_VALUE) {
                wide = new int[count];
                for (int i = 0; i < client; i++) {
                    wide[i] = samples[i];
                }
            }
            if (wide == null) {
                samples[client] = (char) own;
            } else {
                wide[client] = own;
            }
        }
        this.shortSamples = wide == null ? samples : null;
        this.longSamples = wide;
        this.shortTimes = new char[count];
        this.busy = new long[(count + 63) >>> 6];
    }

    /** Number of clients. */
    public int size() {
        return devices.size();
    }

    /** Returns the devices. */
    public Population devices() {
        return devices;
    }

    /** Returns the batteries, if they run down. */
    public Optional<BatteryLedger> batteries() {
        return Optional.ofNullable(batteries);
    }

    /** Returns the samples of a client. */
    public int samples(int client) {
        return shortSamples != null ? shortSamples[client] : java.util.Objects.requireNonNull(longSamples)[client];
    }

    /** Returns the compute rate of a client, in flop/s. */
    public double speed(int client) {
        return devices.speed(client);
    }

    /** Returns what a client receives, in bytes per second. */
    public double linkDown(int client) {
        return links.linkDown(client);
    }

    /** Returns what a client sends, in bytes per second. */
    public double linkUp(int client) {
        return links.linkUp(client);
    }

    /** Returns the power of a client at full work, in watts; zero where nobody said. */
    public double busyWatts(int client) {
        double watts = devices.value(Attribute.BUSY_POWER, client);
        return watts > 0 ? watts : 0;
    }

    /** Returns whether the memory of a client is enough for a task. */
    public boolean fits(int client) {
        return !memoryMatters || devices.memory(client) >= needed;
    }

    /** Returns whether a client may be asked: available, not busy, with enough memory and battery. */
    public boolean isFree(int client, long nanos) {
        return !isBusy(client)
                && hours.isOn(client, nanos)
                && fits(client)
                && (batteries == null || batteries.suffices(client, nanos));
    }

    /** Returns whether a client has a task. */
    public boolean isBusy(int client) {
        return (busy[client >>> 6] & 1L << client) != 0;
    }

    /** Says that a client has a task, or has none any more. */
    public void setBusy(int client, boolean now) {
        if (now) {
            busy[client >>> 6] |= 1L << client;
        } else {
            busy[client >>> 6] &= ~(1L << client);
        }
    }

    /** Returns when a client that is on goes off; {@link Long#MAX_VALUE} if never. */
    public long onUntil(int client, long nanos) {
        return hours.isOn(client, nanos) ? hours.onUntil(client, nanos) : nanos;
    }

    /** Returns when a client that may not be asked now may be asked, as far as its own hours and battery tell. */
    public long freeAt(int client, long nanos) {
        if (!fits(client)) {
            return Long.MAX_VALUE;
        }
        if (!hours.isOn(client, nanos)) {
            return hours.offUntil(client, nanos);
        }
        return batteries == null || batteries.suffices(client, nanos) ? nanos : batteries.sufficesAt(client, nanos);
    }

    /**
     * Draws after what share of its next task a client fails for a reason of its own; more than 1 if it does not.
     */
    public double failsAfter() {
        if (description.dropout() == 0) {
            return 2;
        }
        double fails = fate.nextDouble();
        double where = fate.nextOpen();
        return fails < description.dropout() ? where : 2;
    }

    /** Counts that a client took part. */
    public void tookPart(int client) {
        if (shortTimes != null && shortTimes[client] == Character.MAX_VALUE) {
            longTimes = new int[shortTimes.length];
            for (int i = 0; i < shortTimes.length; i++) {
                longTimes[i] = shortTimes[i];
            }
            shortTimes = null;
        }
        if (shortTimes != null) {
            shortTimes[client]++;
        } else {
            java.util.Objects.requireNonNull(longTimes)[client]++;
        }
    }

    /** Returns how often a client took part. */
    public int participations(int client) {
        return shortTimes != null ? shortTimes[client] : java.util.Objects.requireNonNull(longTimes)[client];
    }

    /** Returns the bytes of the arrays that grow with the number of clients. */
    public long arrayBytes() {
        long each = (shortSamples != null ? 2L : 4L) + (shortTimes != null ? 2L : 4L);
        return devices.arrayBytes()
                + (links == devices ? 0 : links.arrayBytes())
                + each * size()
                + 8L * busy.length
                + hours.arrayBytes()
                + (batteries == null ? 0 : batteries.arrayBytes());
    }

    /**
     * Jain's index of fairness of participations (Jain, Chiu and Hawe, 1984): 1 if all took part equally often, {@code 1 / n} if one
     * did all; not a number if nobody took part.
     */
    public double fairness() {
        double sum = 0;
        double squares = 0;
        for (int client = 0; client < size(); client++) {
            double times = participations(client);
            sum += times;
            squares += times * times;
        }
        return sum == 0 ? Double.NaN : sum * sum / (squares * size());
    }

    /** Returns how many clients of each class took part at least once, by {@link org.motleysim.hardware.population.DeviceTable#classes}. */
    public long[] takenByClass() {
        long[] taken = new long[devices.table().classes().size()];
        for (int client = 0; client < size(); client++) {
            if (participations(client) > 0) {
                taken[devices.deviceClass(client)]++;
            }
        }
        return taken;
    }

    /** Returns how many clients there are of each class. */
    public long[] byClass() {
        long[] all = new long[devices.table().classes().size()];
        for (int client = 0; client < size(); client++) {
            all[devices.deviceClass(client)]++;
        }
        return all;
    }

    /** Returns how often clients of each class took part. */
    public long[] participationsByClass() {
        long[] times = new long[devices.table().classes().size()];
        for (int client = 0; client < size(); client++) {
            times[devices.deviceClass(client)] += participations(client);
        }
        return times;
    }

    @Override
    public String toString() {
        return "Clients[" + size() + ", " + Arrays.toString(byClass()) + "]";
    }
}
