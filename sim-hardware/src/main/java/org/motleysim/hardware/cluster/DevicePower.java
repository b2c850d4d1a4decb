package org.motleysim.hardware.cluster;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.Series;
import org.motleysim.core.metric.TimeSeries;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.Cost;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.power.DeviceLoad;
import org.motleysim.hardware.power.Governor;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.hardware.power.OperatingPoints;
import org.motleysim.hardware.power.PowerSetup;

/**
 * Clock, heat and charge of one device in a run, and what they allow. There is one for each device of a group with a {@link PowerSetup}.
 *
 * <p>A speed is chosen when a kernel or an iteration begins, and holds until it ends. Whoever prices work in other units than kernels does
 * as {@link #cost} does: begin at {@link #choose}, go down while the power is above {@link #allowedDynamicWatts}, stretch the time if even
 * the slowest point draws more, ask {@link #ready}, and tell the outcome to {@link #use}.
 *
 * <p>Used by the thread of the simulation.
 */
public final class DevicePower implements DeviceLoad {
    private final Device device;
    private final Simulation simulation;
    private final OperatingPoints points;
    private final Governor governor;
    private final double capWatts;
    private final @Nullable GroupCap groupCap;
    private final @Nullable ThermalState thermal;
    private final @Nullable BatteryState battery;
    private final LoadWindow load;
    private final CostModel costModel;
    private final DeviceSpec spec;
    private final @Nullable BoundCostModel[] bound;
    private final long[] busyNanos;
    private final TimeSeries clock;
    private int current;
    private int wanted;
    private boolean limited;
    private boolean busy;
    private long busySince;
    private long limitedNanos;

    DevicePower(
            Device device,
            PowerSetup setup,
            CostModel costModel,
            Simulation simulation,
            PowerEvents events,
            @Nullable GroupCap groupCap) {
        this.device = device;
        this.simulation = simulation;
        this.points = setup.points();
        this.governor = setup.governor();
        this.capWatts = setup.cap().map(cap -> cap.watts()).orElse(Double.POSITIVE_INFINITY);
        this.groupCap = groupCap;
        if (groupCap != null) {
            groupCap.add(device);
        }
        int levels = points.fastest();
        this.thermal = setup.thermal()
                .map(model -> new ThermalState(model, simulation, events.thermal(), device, levels))
                .orElse(null);
        this.battery = setup.battery()
                .map(model -> new BatteryState(model, simulation, events.battery(), device))
                .orElse(null);
        this.load = new LoadWindow(simulation.now(), SimTime.nanos(governor.period()));
        this.costModel = costModel;
        this.spec = device.spec();
        this.bound = new @Nullable BoundCostModel[points.size()];
        this.busyNanos = new long[points.size()];
        this.clock = new TimeSeries(device.name(), "1");
        this.current = points.fastest();
        clock.set(simulation.now(), points.get(current).clock());
    }

    void start() {
        if (battery != null) {
            battery.start();
        }
        if (thermal != null) {
            thermal.set(device.watts());
        }
    }

    @Override
    public OperatingPoints points() {
        return points;
    }

    @Override
    public int current() {
        return current;
    }

    @Override
    public double utilization() {
        return load.utilization(simulation.now());
    }

    /**
     * Returns the number of the fastest point that the governor wants and heat allows now.
     *
     * @throws IllegalStateException if the governor answers with a point that does not exist
     */
    public int choose() {
        wanted = governor.choose(this);
        if (wanted < 0 || wanted > points.fastest()) {
            throw new IllegalStateException("governor of " + device.name() + " returned point " + wanted
                    + ", and there are points 0 to " + points.fastest()
                    + "\nMaybe load.points().atLeast(clock).");
        }
        return thermal == null ? wanted : Math.min(wanted, Math.max(0, points.fastest() - thermal.level()));
    }

    /** Returns the number of the point that the governor wanted when it was asked last. */
    public int wanted() {
        return wanted;
    }

    /**
     * Returns the most power on top of idle that the caps allow to what begins now, in watts; infinite without caps.
     *
     * @param together how many devices of the group begin at once, this one among them
     */
    public double allowedDynamicWatts(int together) {
        double most = groupCap == null ? capWatts : Math.min(capWatts, groupCap.allows(device, together));
        return most - device.idleWatts();
    }

    /**
     * Returns whether the device is on and its battery will last; if it will not, switches the device off until it has been charged.
     *
     * @throws IllegalStateException if the battery is too small even when full
     */
    public boolean ready(double dynamicWatts, double seconds) {
        if (!device.isOn()) {
            return false;
        }
        if (battery == null) {
            return true;
        }
        double needed = (device.idleWatts() + dynamicWatts) * seconds;
        if (battery.joules() >= needed) {
            return true;
        }
        battery.waitFor(needed);
        device.powerOff();
        return false;
    }

    /**
     * Says at which point what begins next runs.
     *
     * @param isLimited whether a cap or heat made it slower than the governor wanted
     */
    public void use(int point, boolean isLimited) {
        if (point != current) {
            current = point;
            clock.set(simulation.now(), points.get(point).clock());
        }
        limited = isLimited;
    }

    /** Returns what a kernel costs that begins now, and will run it at that point. */
    Cost cost(Kernel kernel) {
        double allowed = allowedDynamicWatts(1);
        for (int point = choose(); ; point--) {
            Cost cost = at(point).cost(kernel);
            boolean fits = cost.dynamicJoules() <= allowed * roundedSeconds(cost.seconds());
            if (fits || point == 0) {
                use(point, !fits || point < wanted);
                return fits ? cost : new Cost(throttledSeconds(cost.dynamicJoules(), allowed), cost.dynamicJoules());
            }
        }
    }

    /** Returns the time over which an energy has to be spread so as not to draw more than so much, a nanosecond more than that. */
    public static double throttledSeconds(double joules, double watts) {
        return joules / watts + 1e-9;
    }

    /** Returns a time as the clock of the simulation counts it, at least a nanosecond. */
    public static double roundedSeconds(double seconds) {
        return SimTime.seconds(Math.max(1, SimTime.nanos(seconds)));
    }

    private BoundCostModel at(int point) {
        BoundCostModel model = bound[point];
        if (model == null) {
            model = costModel.bind(spec, points.get(point));
            bound[point] = model;
        }
        return model;
    }

    void began() {
        busy = true;
        busySince = simulation.now();
        load.set(busySince, true);
    }

    void ended() {
        settle();
        busy = false;
        load.set(simulation.now(), false);
    }

    private void settle() {
        if (busy) {
            long now = simulation.now();
            busyNanos[current] += now - busySince;
            limitedNanos += limited ? now - busySince : 0;
            busySince = now;
        }
    }

    void drawn(double watts) {
        if (thermal != null) {
            thermal.set(watts);
        }
        if (battery != null) {
            battery.set(watts);
        }
    }

    double gridWatts() {
        return battery == null ? device.watts() : battery.gridWatts();
    }

    void crossed() {
        if (thermal != null) {
            thermal.crossed();
        }
    }

    void chargeChanged() {
        if (battery != null) {
            battery.changed();
        }
    }

    /** Returns the time it has been busy at a point so far, in seconds. */
    public double busySeconds(int point) {
        settle();
        return SimTime.seconds(busyNanos[point]);
    }

    /** Returns the busy time so far in which a cap or heat made it slower than its governor wanted, in seconds. */
    public double limitedSeconds() {
        settle();
        return SimTime.seconds(limitedNanos);
    }

    /** Returns the mean clock while busy so far, relative to the datasheet; empty if it was never busy. */
    public Optional<Double> meanClock() {
        double time = 0;
        double sum = 0;
        for (int i = 0; i < points.size(); i++) {
            OperatingPoint point = points.get(i);
            time += busySeconds(i);
            sum += busySeconds(i) * point.clock();
        }
        return time > 0 ? Optional.of(sum / time) : Optional.empty();
    }

    /** Returns the clock over time so far: that of what ran last. */
    public Series clock() {
        return clock.freeze(simulation.now());
    }

    /** Returns how it has heated up so far, if that is modelled. */
    public Optional<Heat> heat() {
        return thermal == null
                ? Optional.empty()
                : Optional.of(new Heat(thermal.celsius(), thermal.hottest(), thermal.steps(), thermal.curve()));
    }

    /** Returns what its battery has done so far, if it has one. */
    public Optional<Charge> charge() {
        if (battery == null) {
            return Optional.empty();
        }
        double capacity = battery.model().capacity().joules();
        return Optional.of(new Charge(
                battery.model().initialShare() * capacity,
                battery.joules(),
                battery.joules() / capacity,
                battery.leastJoules() / capacity,
                battery.gridJoules(),
                battery.model().efficiency(),
                battery.curve()));
    }

    /**
     * How a device has heated up.
     *
     * @param celsius now
     * @param hottest so far
     * @param throttled how often it gave up an operating point
     * @param curve its temperature over time
     */
    public record Heat(double celsius, double hottest, long throttled, Series curve) {}

    /**
     * What a battery has done. {@code initialJoules + efficiency * gridJoules} is what the device drew and {@code joules}.
     *
     * @param initialJoules at the start
     * @param joules now
     * @param share of the capacity now
     * @param leastShare of the capacity at its lowest
     * @param gridJoules drawn from the grid
     * @param efficiency stored per drawn
     * @param curve its charge over time, as a share of the capacity
     */
    public record Charge(
            double initialJoules,
            double joules,
            double share,
            double leastShare,
            double gridJoules,
            double efficiency,
            Series curve) {}
}
