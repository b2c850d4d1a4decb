package org.motleysim.hardware.power;

import java.util.Optional;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.device.DeviceSpec;

/**
 * How the devices of a group are powered: their operating points and who chooses among them, caps, heat and battery. An immutable
 * description; the state of a run is in {@code cluster.DevicePower}.
 *
 * <pre>{@code
 * PowerSetup capped = PowerSetup.builder()
 *     .points(OperatingPoints.of(new OperatingPoint(0.6, 0.8), OperatingPoint.nominal()))
 *     .cap(Power.watts(300))
 *     .build();
 * }</pre>
 *
 * @param model energies in place of those of the cost model
 * @param points what clocks there are; the datasheet's alone by default
 * @param governor who chooses among them; the fastest by default
 * @param cap most power of each device while a kernel runs
 * @param groupCap most power of the whole group at any time
 * @param thermal how they heat up and throttle
 * @param battery what they run from; the grid by default
 */
public record PowerSetup(
        Optional<PowerModel> model,
        OperatingPoints points,
        Governor governor,
        Optional<Power> cap,
        Optional<Power> groupCap,
        Optional<Thermal> thermal,
        Optional<Battery> battery) {
    /** @throws IllegalArgumentException if heat should throttle and there is no slower point */
    public PowerSetup {
        if (thermal.isPresent() && points.size() < 2) {
            throw new IllegalArgumentException(
                    "points (1) must be two or more for heat to throttle\nMaybe add operating points with lower clocks.");
        }
    }

    /** Starts a description of the nominal point, the fastest, on the grid, without caps and heat. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns whether kernels always run at the nominal point: there is no other, no cap and no heat. */
    public boolean isNominal() {
        return points.equals(OperatingPoints.nominal()) && cap.isEmpty() && groupCap.isEmpty() && thermal.isEmpty();
    }

    /** Returns the power of a device with nothing to do, in watts. */
    public double idleWatts(DeviceSpec spec) {
        return model.orElse(PowerModel.shares()).idleWatts(spec);
    }

    /**
     * Checks that such devices can be run this way.
     *
     * @param count how many there are in the group
     * @throws IllegalArgumentException if a cap is not above idle power, or idle power alone keeps a device too hot to recover
     */
    public void check(DeviceSpec spec, int count) {
        double idle = idleWatts(spec);
        cap.ifPresent(most -> above("cap", most, idle, spec));
        groupCap.ifPresent(most -> above("groupCap", most, idle * count, spec));
        thermal.ifPresent(heat -> {
            double steady = heat.steadyCelsius(idle);
            if (steady >= heat.stepUpCelsius(1)) {
                throw new IllegalArgumentException("throttleCelsius (" + heat.throttleCelsius()
                        + ") less hysteresisKelvin must be above what idle power leads to (" + steady + "), or "
                        + spec.name() + " never recovers\nMaybe a smaller thermal resistance.");
            }
        });
    }

    private static void above(String name, Power cap, double idle, DeviceSpec spec) {
        if (cap.watts() <= idle) {
            throw new IllegalArgumentException(name + " (" + cap + ") must be above the idle power of " + spec.name()
                    + " (" + Power.watts(idle) + ")\nMaybe a larger cap.");
        }
    }

    /** Collects the parts of a setup; not safe for use by two threads. */
    public static final class Builder {
        private Optional<PowerModel> model = Optional.empty();
        private OperatingPoints points = OperatingPoints.nominal();
        private Governor governor = Governor.performance();
        private Optional<Power> cap = Optional.empty();
        private Optional<Power> groupCap = Optional.empty();
        private Optional<Thermal> thermal = Optional.empty();
        private Optional<Battery> battery = Optional.empty();

        private Builder() {}

        /** Sets what kernels draw; by default what the cost model says. */
        public Builder model(PowerModel model) {
            this.model = Optional.of(model);
            return this;
        }

        /** Sets the operating points. */
        public Builder points(OperatingPoints points) {
            this.points = points;
            return this;
        }

        /** Sets who chooses among the points. */
        public Builder governor(Governor governor) {
            this.governor = governor;
            return this;
        }

        /** Sets the most power of each device. */
        public Builder cap(Power cap) {
            this.cap = Optional.of(cap);
            return this;
        }

        /** Sets the most power of the whole group. */
        public Builder groupCap(Power cap) {
            this.groupCap = Optional.of(cap);
            return this;
        }

        /** Sets how devices heat up. */
        public Builder thermal(Thermal thermal) {
            this.thermal = Optional.of(thermal);
            return this;
        }

        /** Sets the battery of each device. */
        public Builder battery(Battery battery) {
            this.battery = Optional.of(battery);
            return this;
        }

        /** Returns the description. */
        public PowerSetup build() {
            return new PowerSetup(model, points, governor, cap, groupCap, thermal, battery);
        }
    }
}
