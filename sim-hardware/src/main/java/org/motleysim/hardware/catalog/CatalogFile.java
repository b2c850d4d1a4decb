package org.motleysim.hardware.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.motleysim.core.name.NearestName;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Durations;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.MoneyRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.LinkSpec;
import org.motleysim.hardware.device.MemoryKind;
import org.motleysim.hardware.device.MemoryTier;
import org.motleysim.hardware.device.NumberFormat;

/**
 * Reads the devices of one file.
 *
 * <p>A value is either a text with a unit, {@code "tdp": "700 W"}, or the same with its source, {@code "tdp": {"value": "700 W",
 * "source": "datasheet"}}, where the source is the key of an entry in the file's {@code sources}, or is the source itself in a file
 * that has no {@code sources}.
 */
final class CatalogFile {
    /** The version of the format that this class reads. */
    static final int VERSION = 1;

    private final Map<String, String> sources = new LinkedHashMap<>();
    private boolean sourcesAreKeys;

    private CatalogFile() {}

    static List<DeviceSpec> read(String file, String json) {
        return new CatalogFile().devices(JsonFields.parse(file, json));
    }

    private List<DeviceSpec> devices(JsonFields root) {
        root.optionalText("$schema");
        checkVersion(root, "motley-catalog");
        sourcesAreKeys = root.has("sources");
        sources.putAll(sources(root));
        List<DeviceSpec> devices = new ArrayList<>();
        for (JsonFields entry : root.objects("devices")) {
            devices.add(device(entry));
        }
        root.end();
        return devices;
    }

    static void checkVersion(JsonFields root, String field) {
        int version = root.integer(field);
        if (version != VERSION) {
            throw root.error(
                    root.pathOf(field),
                    "(" + version + ") must be " + VERSION + ", the version this Motley reads\nMaybe update Motley.");
        }
    }

    static Map<String, String> sources(JsonFields root) {
        Map<String, String> sources = new LinkedHashMap<>();
        if (root.has("sources")) {
            JsonFields table = root.object("sources");
            for (String key : table.names()) {
                sources.put(key, table.text(key));
            }
        }
        return sources;
    }

    private DeviceSpec device(JsonFields entry) {
        try {
            DeviceSpec.Builder builder = DeviceSpec.builder(
                    entry.text("name"), entry.parsed("kind", text -> choice(DeviceKind.values(), text)));
            entry.optionalText("title").ifPresent(builder::title);
            entry.optionalText("vendor").ifPresent(builder::vendor);
            entry.optionalText("notes");
            if (entry.has("year")) {
                builder.year(entry.integer("year"));
            }
            readPeaks(entry, builder);
            readMemory(entry, builder);
            readLinks(entry, builder);
            if (entry.has("tdp")) {
                builder.tdp(value(entry, "tdp", "tdp", Power::parse, builder));
            }
            if (entry.has("idle")) {
                builder.idle(value(entry, "idle", "idle", Power::parse, builder));
            }
            if (entry.has("pricePerHour")) {
                builder.pricePerHour(value(entry, "pricePerHour", "pricePerHour", MoneyRate::parse, builder));
            }
            if (entry.has("units")) {
                builder.units(value(entry, "units", "units", Integer::parseInt, builder));
            }
            if (entry.has("lastLevelCache")) {
                builder.lastLevelCache(value(entry, "lastLevelCache", "lastLevelCache", Bytes::parse, builder));
            }
            entry.end();
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw entry.error(e);
        }
    }

    private void readPeaks(JsonFields entry, DeviceSpec.Builder builder) {
        if (!entry.has("peak")) {
            return;
        }
        JsonFields peaks = entry.object("peak");
        for (String name : peaks.names()) {
            NumberFormat format = choice(NumberFormat.values(), name);
            builder.peak(format, value(peaks, name, "peak." + name, FlopRate::parse, builder));
        }
    }

    private void readMemory(JsonFields entry, DeviceSpec.Builder builder) {
        if (!entry.has("memory")) {
            return;
        }
        for (JsonFields tier : entry.objects("memory")) {
            String name = tier.text("name");
            String path = "memory." + name + ".";
            Bytes capacity = value(tier, "capacity", path + "capacity", Bytes::parse, builder);
            Bandwidth bandwidth = value(tier, "bandwidth", path + "bandwidth", Bandwidth::parse, builder);
            MemoryKind kind = tier.has("kind")
                    ? tier.parsed("kind", text -> choice(MemoryKind.values(), text))
                    : MemoryKind.of(name);
            MemoryTier.Builder memory = MemoryTier.builder(name, kind, capacity, bandwidth);
            TierFields.read(tier, memory, field -> value(tier, field, path + field, text -> text, builder));
            tier.end();
            builder.memory(memory.build());
        }
    }

    private void readLinks(JsonFields entry, DeviceSpec.Builder builder) {
        if (!entry.has("links")) {
            return;
        }
        for (JsonFields link : entry.objects("links")) {
            String name = link.text("name");
            String path = "links." + name + ".";
            LinkSpec.Role role = link.parsed("role", text -> choice(LinkSpec.Role.values(), text));
            Bandwidth bandwidth = value(link, "bandwidth", path + "bandwidth", Bandwidth::parse, builder);
            var latency = value(link, "latency", path + "latency", Durations::parse, builder);
            link.end();
            builder.link(new LinkSpec(name, role, bandwidth, latency));
        }
    }

    private <T> T value(
            JsonFields fields,
            String field,
            String sourcePath,
            Function<String, T> parser,
            DeviceSpec.Builder builder) {
        if (!fields.isObject(field)) {
            return fields.parsed(field, parser);
        }
        JsonFields sourced = fields.object(field);
        T value = sourced.parsed("value", parser);
        String key = sourced.text("source");
        sourced.end();
        String source = sourcesAreKeys ? sources.get(key) : key;
        if (source == null) {
            String hint = NearestName.of(key, sources.keySet())
                    .map(nearest -> "\nMaybe \"" + nearest + "\".")
                    .orElse("\nMaybe add it to \"sources\" at the top of the file.");
            throw sourced.error(sourced.pathOf("source"), "(\"" + key + "\") is not an entry of \"sources\"" + hint);
        }
        builder.source(sourcePath, source);
        return value;
    }

    /** Finds the constant whose name in files is {@code text}. */
    static <E extends Enum<E>> E choice(E[] values, String text) {
        List<String> labels = new ArrayList<>();
        for (E value : values) {
            String label = value.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (label.equals(text)) {
                return value;
            }
            labels.add(label);
        }
        String hint = NearestName.of(text, labels)
                .map(nearest -> "\nMaybe \"" + nearest + "\".")
                .orElse("");
        throw new IllegalArgumentException(
                "\"" + text + "\" is not known; allowed: " + String.join(", ", labels) + hint);
    }
}
