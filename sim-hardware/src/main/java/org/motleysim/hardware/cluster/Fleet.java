package org.motleysim.hardware.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.LinkSpec;
import org.motleysim.hardware.device.MemoryTier;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.population.Attribute;
import org.motleysim.hardware.population.Population;
import org.motleysim.hardware.population.PopulationModel;

/**
 * A fleet that is drawn and put into a cluster as groups of devices: a group for each row of the table that was drawn, or, when numbers
 * have jitter, for each device. Immutable; the same fleet always gives the same groups, whatever the seed of a run.
 *
 * <pre>{@code
 * Fleet phones = new Fleet("phones", PopulationModel.of(table), 200, 1, catalog.device("qualcomm-snapdragon-8-gen-3-12gb"), NumberFormat.FP16);
 * Cluster cluster = Cluster.builder("phones").addAll(phones.groups()).build();
 * }</pre>
 *
 * <p>What a row says replaces what the device it is like says: its speed is the peak in one format, and those of other formats follow in
 * proportion; memory, its bandwidth, links and power likewise. What a row does not say, cost and kind among it, is that of the device. The
 * battery of a row is not used by clusters.
 *
 * @param name begins the names of the groups and of the devices
 * @param model what is drawn
 * @param count devices, from 1 to 10,000: more are for workloads that work on a {@link Population} itself
 * @param seed of the draw
 * @param like what the devices are otherwise
 * @param speedFormat the format that the speed of a row is the peak of; the device must have it
 */
public record Fleet(
        String name, PopulationModel model, int count, long seed, DeviceSpec like, NumberFormat speedFormat) {
    /** The most devices that a cluster is made of by a fleet. */
    public static final int MOST = 10_000;

    /** @throws IllegalArgumentException if the count is out of range, or the device has no peak in the format */
    public Fleet {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("count (" + count + ") of fleet " + name + " must be from 1 to " + MOST);
        }
        if (like.peak(speedFormat).isEmpty()) {
            throw new IllegalArgumentException("device (" + like.name() + ") that fleet " + name
                    + " is like must have a peak in " + speedFormat.label() + "\nMaybe another speedFormat; it has "
                    + like.knownFormats() + ".");
        }
    }

    /** Draws the devices. */
    public Population draw() {
        return model.draw(count, RandomStreams.of(seed));
    }

    /** Returns the devices as groups of equal ones, in the order of their first. */
    public List<DeviceGroup> groups() {
        Population fleet = draw();
        Map<Integer, Integer> counts = new LinkedHashMap<>();
        boolean alone = !model.jitter().isEmpty();
        for (int device = 0; device < count; device++) {
            counts.merge(alone ? device : fleet.row(device), 1, Integer::sum);
        }
        Map<Integer, Integer> first = new LinkedHashMap<>();
        for (int device = 0; device < count; device++) {
            first.putIfAbsent(alone ? device : fleet.row(device), device);
        }
        List<DeviceGroup> groups = new ArrayList<>();
        counts.forEach((key, size) -> {
            int device = first.getOrDefault(key, 0);
            String deviceClass = fleet.table().classes().get(fleet.deviceClass(device));
            String called = tidy(name + "-" + deviceClass + "-" + key);
            groups.add(new DeviceGroup(called, size, spec(called, fleet, device)));
        });
        return groups;
    }

    private DeviceSpec spec(String called, Population fleet, int device) {
        DeviceSpec.Builder spec = DeviceSpec.builder(called, like.kind())
                .title(called + ", like " + like.title())
                .vendor(like.vendor());
        double ratio =
                fleet.speed(device) / like.peak(speedFormat).orElseThrow().flopsPerSecond();
        like.peaks().forEach((format, rate) -> spec.peak(format, new FlopRate(rate.flopsPerSecond() * ratio)));
        MemoryTier main = like.mainMemory();
        for (MemoryTier tier : like.memory()) {
            double own = fleet.value(Attribute.MEMORY_BANDWIDTH, device);
            spec.memory(
                    tier.equals(main)
                            ? new MemoryTier(
                                    tier.name(),
                                    new Bytes((long) fleet.memory(device)),
                                    Double.isNaN(own) ? tier.bandwidth() : new Bandwidth(own))
                            : tier);
        }
        spec.link(new LinkSpec("down", LinkSpec.Role.NETWORK, new Bandwidth(fleet.linkDown(device)), Duration.ZERO));
        spec.link(new LinkSpec("up", LinkSpec.Role.NETWORK, new Bandwidth(fleet.linkUp(device)), Duration.ZERO));
        double busy = fleet.value(Attribute.BUSY_POWER, device);
        double power = Double.isNaN(busy) || like.tdp().isEmpty()
                ? 1
                : busy / like.tdp().get().watts();
        like.tdp().ifPresent(tdp -> spec.tdp(new Power(tdp.watts() * power)));
        like.idle().ifPresent(idle -> spec.idle(new Power(idle.watts() * power)));
        like.pricePerHour().ifPresent(spec::pricePerHour);
        like.year().ifPresent(spec::year);
        return spec.build();
    }

    /** A name that devices and groups may have: lower case, joined by single hyphens. */
    private static String tidy(String text) {
        String plain =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return plain.length() <= 60 ? plain : plain.substring(0, 30) + plain.substring(plain.length() - 30);
    }
}
