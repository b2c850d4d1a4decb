package org.motleysim.examples.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.name.NearestName;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.MoneyRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.MemoryTier;
import org.motleysim.hardware.device.NumberFormat;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which devices of a catalogue a command means, and in which order. What a datasheet leaves blank passes no bound. */
final class DeviceFilter {
    /** What devices can be sorted by; numbers begin with the largest, and blanks stand last. */
    enum Order {
        NAME,
        KIND,
        YEAR,
        BF16,
        MEMORY,
        BANDWIDTH,
        TDP,
        PRICE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Pattern YEARS = Pattern.compile("([0-9]{4})?(\\.\\.)?([0-9]{4})?");

    @Parameters(paramLabel = "TEXT", arity = "0..1", description = "Only devices with this in their name or title.")
    private @Nullable String text;

    @Option(names = "--kind", description = "Only these: ${COMPLETION-CANDIDATES}.")
    private @Nullable DeviceKind kind;

    @Option(names = "--vendor", description = "Only devices of this vendor.")
    private @Nullable String vendor;

    @Option(names = "--year", paramLabel = "YEARS", description = "Released then: 2022, 2020.., ..2019 or 2018..2020.")
    private @Nullable String years;

    @Option(names = "--memory", paramLabel = "SIZE", description = "At least this much main memory, such as \"40 GB\".")
    private @Nullable String memory;

    @Option(names = "--price", paramLabel = "PRICE", description = "At most this price, such as \"2 USD/h\".")
    private @Nullable String price;

    @Option(names = "--sort", description = "By ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Order order = Order.NAME;

    /** @throws IllegalArgumentException if an option is misspelt, with the nearest that is right */
    List<DeviceSpec> of(List<DeviceSpec> devices) {
        List<DeviceSpec> kept = new ArrayList<>(devices);
        if (kind != null) {
            kept.removeIf(device -> device.kind() != kind);
        }
        if (vendor != null) {
            String known = vendor(devices, vendor);
            kept.removeIf(device -> !device.vendor().equals(known));
        }
        if (years != null) {
            int[] range = years(years);
            kept.removeIf(device -> device.year().isEmpty()
                    || device.year().getAsInt() < range[0]
                    || device.year().getAsInt() > range[1]);
        }
        if (memory != null) {
            Bytes least = option("--memory", memory, Bytes::parse);
            kept.removeIf(device -> capacity(device) < least.value());
        }
        if (price != null) {
            MoneyRate most = option("--price", price, MoneyRate::parse);
            kept.removeIf(device -> device.pricePerHour()
                    .filter(own -> own.compareTo(most) <= 0)
                    .isEmpty());
        }
        if (text != null) {
            String part = text.toLowerCase(Locale.ROOT);
            if (devices.stream().noneMatch(device -> has(device, part))) {
                throw new IllegalArgumentException("name (\"" + text + "\") must be part of the name of a device"
                        + NearestName.of(part, words(devices))
                                .map(nearest -> "\nMaybe \"" + nearest + "\".")
                                .orElse("\nMaybe see motley devices for all."));
            }
            kept.removeIf(device -> !has(device, part));
        }
        kept.sort(comparator());
        return List.copyOf(kept);
    }

    private static List<String> words(List<DeviceSpec> devices) {
        return devices.stream()
                .flatMap(device -> Arrays.stream(device.name().split("-", -1)))
                .filter(word -> word.length() > 2)
                .distinct()
                .toList();
    }

    private static boolean has(DeviceSpec device, String part) {
        return device.name().contains(part)
                || device.title().toLowerCase(Locale.ROOT).contains(part);
    }

    private static String vendor(List<DeviceSpec> devices, String wanted) {
        var vendors = new TreeSet<String>();
        devices.stream().map(DeviceSpec::vendor).filter(name -> !name.isEmpty()).forEach(vendors::add);
        return vendors.stream()
                .filter(name -> name.equalsIgnoreCase(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--vendor (\"" + wanted + "\") must be one of "
                        + String.join(", ", vendors)
                        + NearestName.of(wanted, vendors)
                                .map(nearest -> "\nMaybe \"" + nearest + "\".")
                                .orElse("")));
    }

    private static int[] years(String text) {
        Matcher matcher = YEARS.matcher(text);
        if (!matcher.matches() || text.isEmpty() || text.equals("..") || text.length() == 8) {
            throw new IllegalArgumentException("--year (\"" + text + "\") must be a year or a range of years"
                    + "\nMaybe \"2022\", \"2020..\", \"..2019\" or \"2018..2020\".");
        }
        boolean range = matcher.group(2) != null;
        int first = matcher.group(1) == null ? Integer.MIN_VALUE : Integer.parseInt(matcher.group(1));
        int last = matcher.group(3) == null ? Integer.MAX_VALUE : Integer.parseInt(matcher.group(3));
        return new int[] {first, range ? last : first};
    }

    private static <T> T option(String name, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private static double capacity(DeviceSpec device) {
        return device.memory().stream()
                .findFirst()
                .flatMap(MemoryTier::knownCapacity)
                .map(size -> (double) size.value())
                .orElse(-1.0);
    }

    private Comparator<DeviceSpec> comparator() {
        Comparator<DeviceSpec> byName = Comparator.comparing(DeviceSpec::name);
        return switch (order) {
            case NAME -> byName;
            case KIND -> Comparator.comparing(DeviceSpec::kind).thenComparing(byName);
            case YEAR -> largestFirst(device -> device.year().orElse(-1)).thenComparing(byName);
            case BF16 ->
                largestFirst(device -> device.peak(NumberFormat.BF16)
                                .or(() -> device.peak(NumberFormat.FP16))
                                .map(rate -> rate.flopsPerSecond())
                                .orElse(-1.0))
                        .thenComparing(byName);
            case MEMORY -> largestFirst(DeviceFilter::capacity).thenComparing(byName);
            case BANDWIDTH ->
                largestFirst(device -> device.memory().stream()
                                .findFirst()
                                .flatMap(MemoryTier::knownBandwidth)
                                .map(rate -> rate.bytesPerSecond())
                                .orElse(-1.0))
                        .thenComparing(byName);
            case TDP ->
                largestFirst(device -> device.tdp().map(Power::watts).orElse(-1.0))
                        .thenComparing(byName);
            case PRICE ->
                largestFirst(device ->
                                device.pricePerHour().map(MoneyRate::usdPerHour).orElse(-1.0))
                        .thenComparing(byName);
        };
    }

    private static Comparator<DeviceSpec> largestFirst(ToDoubleFunction<DeviceSpec> number) {
        return Comparator.comparingDouble(number).reversed();
    }
}
