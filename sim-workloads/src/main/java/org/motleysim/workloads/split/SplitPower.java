package org.motleysim.workloads.split;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.hardware.power.CarbonMeter;
import org.motleysim.hardware.power.EnergyMeter;

/**
 * What the devices draw: each by itself, and all together integrated along the clock. The part of the radio that goes with the rate is
 * charged in one piece when the bytes are over, in both books.
 */
final class SplitPower {
    private static final byte OFF = 0;
    private static final byte ON = 1;
    private static final byte TAIL = 2;

    private final SplitJob job;
    private final Simulation simulation;
    private final EnergyMeter all;
    private final @Nullable CarbonMeter carbon;
    private final double computeWatts;
    private final double[] computeJoules;
    private final double[] radioJoules;
    private final long[] computeSince;
    private final long[] radioSince;
    private final byte[] radio;
    private final int[] epoch;
    private final double[] bitJoules; // of the transfer under way
    private final EventType radioEnd;
    private final EventType tailEnd;
    private double watts;
    private double amounts;

    SplitPower(SplitJob job, Simulation simulation) {
        this.job = job;
        this.simulation = simulation;
        int devices = job.devices();
        this.watts = job.idle().watts() * devices;
        this.all = new EnergyMeter(simulation.now(), watts);
        Optional<CarbonMeter> meter = job.carbon().map(curve -> new CarbonMeter(curve, simulation.now(), watts));
        this.carbon = meter.orElse(null);
        this.computeWatts = job.computing().watts() - job.idle().watts();
        computeJoules = new double[devices];
        radioJoules = new double[devices];
        computeSince = new long[devices];
        Arrays.fill(computeSince, -1);
        radioSince = new long[devices];
        radio = new byte[devices];
        epoch = new int[devices];
        bitJoules = new double[devices];
        radioEnd = simulation.register("radio-end", device -> endTransfer((int) device));
        tailEnd = simulation.register("radio-tail", packed -> endTail((int) (packed >>> 32), (int) packed));
    }

    void computing(int device, boolean on) {
        if (on) {
            computeSince[device] = simulation.now();
            change(computeWatts);
        } else {
            computeJoules[device] += computeWatts * SimTime.seconds(simulation.now() - computeSince[device]);
            computeSince[device] = -1;
            change(-computeWatts);
        }
    }

    void transfer(int device, double bytes, boolean up) {
        bitJoules[device] = 8e-9
                * bytes
                * (up ? job.radio().sendNanojoulesPerBit() : job.radio().receiveNanojoulesPerBit());
        setRadio(device, ON);
    }

    void endsAt(int device, long nanos) {
        simulation.schedule(nanos, radioEnd, device);
    }

    private void endTransfer(int device) {
        radioJoules[device] += bitJoules[device];
        amounts += bitJoules[device];
        if (carbon != null) {
            carbon.add(simulation.now(), bitJoules[device]);
        }
        long tail = job.radio().tailTime().toNanos();
        setRadio(device, tail > 0 ? TAIL : OFF);
        if (tail > 0) {
            simulation.schedule(tail, tailEnd, (long) device << 32 | epoch[device]);
        }
    }

    private void endTail(int device, int of) {
        if (epoch[device] == of) {
            setRadio(device, OFF);
        }
    }

    private void setRadio(int device, byte state) {
        double before = radioWatts(device);
        radioJoules[device] += before * SimTime.seconds(simulation.now() - radioSince[device]);
        radioSince[device] = simulation.now();
        radio[device] = state;
        epoch[device]++;
        change(radioWatts(device) - before);
    }

    private double radioWatts(int device) {
        return switch (radio[device]) {
            case ON -> job.radio().base().watts();
            case TAIL -> job.radio().tail().watts();
            default -> 0;
        };
    }

    private void change(double more) {
        watts += more;
        double drawn = Math.max(0, watts); // sums leave a residue of rounding
        all.set(simulation.now(), drawn);
        if (carbon != null) {
            carbon.set(simulation.now(), drawn);
        }
    }

    double integral() {
        return all.joules(simulation.now()) + amounts;
    }

    double deviceJoules() {
        return idleJoules() + computing() + sending();
    }

    private double idleJoules() {
        return job.idle().watts() * job.devices() * SimTime.seconds(simulation.now());
    }

    private double computing() {
        double joules = 0;
        for (int device = 0; device < computeJoules.length; device++) {
            joules += computeJoules[device]
                    + (computeSince[device] < 0
                            ? 0
                            : computeWatts * SimTime.seconds(simulation.now() - computeSince[device]));
        }
        return joules;
    }

    private double sending() {
        double joules = 0;
        for (int device = 0; device < radioJoules.length; device++) {
            joules += radioJoules[device] + radioWatts(device) * SimTime.seconds(simulation.now() - radioSince[device]);
        }
        return joules;
    }

    void put(MetricSet.Builder metrics, long finished) {
        metrics.put("split.energy", integral(), "J");
        metrics.put("split.energy.idle", idleJoules(), "J");
        metrics.put("split.energy.compute", computing(), "J");
        metrics.put("split.energy.radio", sending(), "J");
        if (finished > 0) {
            metrics.put("split.energy.per_frame", (computing() + sending()) / finished, "J");
        }
        if (carbon != null) {
            metrics.put("split.carbon", carbon.grams(simulation.now()), "g");
        }
    }
}
