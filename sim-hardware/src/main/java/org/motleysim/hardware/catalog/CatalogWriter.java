package org.motleysim.hardware.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Durations;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.MoneyRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.LinkSpec;
import org.motleysim.hardware.device.MemoryKind;
import org.motleysim.hardware.device.MemoryTier;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.NumberFormats;

/** Writes devices in the form that {@link CatalogFile} reads. */
final class CatalogWriter {

    private final Map<String, String> sources;

    private CatalogWriter(DeviceSpec device) {
        this.sources = device.sources();
    }

    static String write(List<DeviceSpec> devices) {
        ObjectNode file = object().put("motley-catalog", CatalogFile.VERSION);
        List<NumberFormat> own = devices.stream()
                .flatMap(device -> device.peaks().keySet().stream())
                .filter(NumberFormats::isOwn)
                .distinct()
                .toList();
        if (!own.isEmpty()) {
            file.set("formats", JsonFields.tree(NumberFormats.write(own)).get("formats"));
        }
        var list = file.putArray("devices");
        devices.forEach(device -> list.add(new CatalogWriter(device).entry(device)));
        return file.toPrettyString();
    }

    /** Everything a device says, by path, as texts that lose nothing; what is blank is not there. */
    static Map<String, String> lines(DeviceSpec device) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("title", device.title());
        lines.put("kind", device.kind().label());
        if (!device.vendor().isEmpty()) {
            lines.put("vendor", device.vendor());
        }
        device.year().ifPresent(year -> lines.put("year", String.valueOf(year)));
        device.units().ifPresent(units -> lines.put("units", String.valueOf(units)));
        device.lastLevelCache().ifPresent(size -> lines.put("lastLevelCache", text(size)));
        device.peaks().forEach((format, rate) -> lines.put("peak." + format.label(), text(rate)));
        device.memory().forEach(tier -> {
            String path = "memory." + tier.name() + ".";
            tier.knownCapacity().ifPresent(capacity -> lines.put(path + "capacity", text(capacity)));
            tier.knownBandwidth().ifPresent(bandwidth -> lines.put(path + "bandwidth", text(bandwidth)));
            if (tier.kind() != MemoryKind.of(tier.name())) {
                lines.put(path + "kind", tier.kind().label());
            }
            TierFields.write(tier).forEach((field, value) -> lines.put(path + field, value));
        });
        device.links().forEach(link -> {
            String path = "links." + link.name() + ".";
            lines.put(path + "role", link.role().label());
            lines.put(path + "bandwidth", text(link.bandwidth()));
            link.knownLatency().ifPresent(latency -> lines.put(path + "latency", Durations.format(latency)));
        });
        device.tdp().ifPresent(power -> lines.put("tdp", text(power)));
        device.idle().ifPresent(power -> lines.put("idle", text(power)));
        device.pricePerHour().ifPresent(price -> lines.put("pricePerHour", text(price)));
        if (!device.notes().isEmpty()) {
            lines.put("notes", device.notes());
        }
        return lines;
    }

    private ObjectNode entry(DeviceSpec device) {
        ObjectNode entry = object().put("name", device.name()).put("title", device.title());
        entry.put("kind", device.kind().label());
        if (!device.vendor().isEmpty()) {
            entry.put("vendor", device.vendor());
        }
        device.year().ifPresent(year -> entry.put("year", year));
        if (!device.peaks().isEmpty()) {
            ObjectNode peaks = entry.putObject("peak");
            device.peaks()
                    .forEach(
                            (format, rate) -> peaks.set(format.label(), sourced("peak." + format.label(), text(rate))));
        }
        if (!device.memory().isEmpty()) {
            var tiers = entry.putArray("memory");
            device.memory().forEach(tier -> tiers.add(tier(tier)));
        }
        if (!device.links().isEmpty()) {
            var links = entry.putArray("links");
            device.links().forEach(link -> links.add(link(link)));
        }
        device.tdp().ifPresent(power -> entry.set("tdp", sourced("tdp", text(power))));
        device.idle().ifPresent(power -> entry.set("idle", sourced("idle", text(power))));
        device.pricePerHour().ifPresent(price -> entry.set("pricePerHour", sourced("pricePerHour", text(price))));
        device.units().ifPresent(units -> entry.set("units", sourced("units", String.valueOf(units))));
        device.lastLevelCache().ifPresent(size -> entry.set("lastLevelCache", sourced("lastLevelCache", text(size))));
        if (!device.notes().isEmpty()) {
            entry.put("notes", device.notes());
        }
        return entry;
    }

    private ObjectNode tier(MemoryTier tier) {
        String path = "memory." + tier.name() + ".";
        ObjectNode entry = object().put("name", tier.name());
        tier.knownCapacity().ifPresent(size -> entry.set("capacity", sourced(path + "capacity", text(size))));
        tier.knownBandwidth().ifPresent(rate -> entry.set("bandwidth", sourced(path + "bandwidth", text(rate))));
        if (tier.kind() != MemoryKind.of(tier.name())) {
            entry.put("kind", tier.kind().label());
        }
        TierFields.write(tier).forEach((field, value) -> entry.set(field, sourced(path + field, value)));
        return entry;
    }

    private ObjectNode link(LinkSpec link) {
        String path = "links." + link.name() + ".";
        ObjectNode entry =
                object().put("name", link.name()).put("role", link.role().label());
        entry.set("bandwidth", sourced(path + "bandwidth", text(link.bandwidth())));
        link.knownLatency().ifPresent(time -> entry.set("latency", sourced(path + "latency", Durations.format(time))));
        return entry;
    }

    private JsonNode sourced(String path, String value) {
        String source = sources.get(path);
        return source == null
                ? JsonNodeFactory.instance.textNode(value)
                : object().put("value", value).put("source", source);
    }

    private static String text(FlopRate rate) {
        return exactly(rate, FlopRate::parse, rate.flopsPerSecond() + " FLOP/s");
    }

    static String text(Bandwidth bandwidth) {
        return exactly(bandwidth, Bandwidth::parse, bandwidth.bytesPerSecond() + " B/s");
    }

    static String text(Bytes bytes) {
        return exactly(bytes, Bytes::parse, bytes.value() + " B");
    }

    private static String text(Power power) {
        return exactly(power, Power::parse, power.watts() + " W");
    }

    static String text(Energy energy) {
        return exactly(energy, Energy::parse, energy.joules() + " J");
    }

    private static String text(MoneyRate price) {
        return exactly(price, MoneyRate::parse, price.usdPerSecond() + " USD/s");
    }

    /** What a person would write if that is the same value, else every digit. */
    private static <Q> String exactly(Q quantity, Function<String, Q> parse, String everyDigit) {
        String shown = quantity.toString();
        return parse.apply(shown).equals(quantity) ? shown : everyDigit;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
