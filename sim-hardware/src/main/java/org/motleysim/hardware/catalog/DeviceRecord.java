package org.motleysim.hardware.catalog;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.LinkSpec;
import org.motleysim.hardware.device.MemoryKind;
import org.motleysim.hardware.device.MemoryTier;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.NumberFormats;

/**
 * Reads one record of a device file.
 *
 * <p>A record that says {@code "like": "NAME"} takes over everything that it does not say itself. Peaks merge by format; memory tiers and
 * links by their name, and a list that names none of the other's replaces it. {@code null} says that something is blank after all.
 */
final class DeviceRecord {
    /** The numbers of a memory tier or a link. */
    private static final List<String> PARTS = Stream.concat(
                    Stream.of("capacity", "bandwidth"), TierFields.NAMES.stream())
            .toList();

    private final JsonFields entry;
    private final Function<JsonFields, String> source;
    private final NumberFormats formats;
    private final Faults faults;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private @Nullable DeviceSpec base;

    /** @param source finds the source that a field {@code source} means */
    DeviceRecord(JsonFields entry, Function<JsonFields, String> source, NumberFormats formats, Faults faults) {
        this.formats = formats;
        this.entry = entry;
        this.source = source;
        this.faults = faults;
    }

    /** Returns the device, or empty after noting what is wrong with it. */
    Optional<DeviceSpec> read(CatalogFile.Known known) {
        int before = faults.count();
        Optional<String> name = faults.attempt(() -> entry.text("name"));
        if (entry.has("like")) {
            base = faults.attempt(() -> like(known)).orElse(null);
        }
        Optional<DeviceKind> kind = entry.has("like") && !entry.has("kind")
                ? Optional.ofNullable(base).map(DeviceSpec::kind)
                : faults.attempt(() -> entry.parsed("kind", text -> CatalogFile.choice(DeviceKind.values(), text)));
        Optional<DeviceSpec.Builder> builder = name.flatMap(text -> faults.attempt(() -> {
            try {
                return DeviceSpec.builder(text, kind.orElse(DeviceKind.GPU));
            } catch (IllegalArgumentException e) {
                throw entry.error(entry.pathOf("name"), e);
            }
        }));
        // Without a name the rest is read all the same, for its faults.
        DeviceSpec.Builder draft = builder.orElseGet(() -> DeviceSpec.builder("nameless", DeviceKind.GPU));
        readTexts(name.orElse(""), draft);
        readPeaks(draft);
        tiers().forEach(tier -> set("memory", () -> draft.memory(tier)));
        links().forEach(draft::link);
        value("tdp", Plausible::power, DeviceSpec::tdp, draft::tdp);
        value("idle", Plausible::power, DeviceSpec::idle, draft::idle);
        value("pricePerHour", Plausible::price, DeviceSpec::pricePerHour, draft::pricePerHour);
        value("units", Plausible::count, spec -> spec.units().stream().boxed().findFirst(), draft::units);
        value("lastLevelCache", Plausible::bytes, DeviceSpec::lastLevelCache, draft::lastLevelCache);
        entry.unknown().forEach(faults::add);
        sources.forEach(draft::source);
        Optional<DeviceSpec> device = faults.attempt(() -> {
            try {
                return draft.build();
            } catch (IllegalArgumentException e) {
                throw entry.error(e);
            }
        });
        return faults.count() == before ? device : Optional.empty();
    }

    private DeviceSpec like(CatalogFile.Known known) {
        String other = entry.text("like");
        return known.find()
                .apply(other)
                .orElseThrow(() -> entry.error(
                        entry.pathOf("like"),
                        "(\"" + other + "\") must be a device of the catalogue or an earlier one of the file"
                                + Catalog.nearest(other, known.names())
                                        .map(nearest -> "\nMaybe \"" + nearest + "\".")
                                        .orElse("\nMaybe see motley devices.")));
    }

    private void readTexts(String name, DeviceSpec.Builder draft) {
        text("title", spec -> spec.name().equals(name) ? spec.title() : "", draft::title);
        text("vendor", DeviceSpec::vendor, draft::vendor);
        text("notes", DeviceSpec::notes, draft::notes);
        if (entry.isNull("year")) {
            return;
        }
        if (entry.has("year")) {
            faults.attempt(() -> entry.integer("year")).ifPresent(year -> set("year", () -> draft.year(year)));
        } else if (base != null) {
            base.year().ifPresent(draft::year);
        }
    }

    private void text(String field, Function<DeviceSpec, String> inherited, Consumer<String> set) {
        if (entry.isNull(field)) {
            return;
        }
        if (entry.has(field)) {
            faults.attempt(() -> entry.text(field)).ifPresent(set);
        } else if (base != null && !inherited.apply(base).isEmpty()) {
            set.accept(inherited.apply(base));
        }
    }

    private void readPeaks(DeviceSpec.Builder draft) {
        Map<NumberFormat, FlopRate> peaks = new TreeMap<>();
        if (base != null) {
            peaks.putAll(base.peaks());
            base.peaks().keySet().forEach(format -> inheritSource("peak." + format.label()));
        }
        if (entry.has("peak")) {
            faults.attempt(() -> entry.object("peak"))
                    .ifPresent(object -> object.names().forEach(label -> faults.attempt(() -> format(object, label))
                            .ifPresent(format -> readPeak(object, label, format, peaks))));
        }
        peaks.forEach((format, rate) -> set("peak." + format.label(), () -> draft.peak(format, rate)));
    }

    private void readPeak(JsonFields object, String label, NumberFormat format, Map<NumberFormat, FlopRate> peaks) {
        peaks.remove(format);
        sources.remove("peak." + label);
        if (!object.isNull(label)) {
            faults.attempt(() -> sourced(object, label, "peak." + label, Plausible::rate))
                    .ifPresent(rate -> peaks.put(format, rate));
        }
    }

    private NumberFormat format(JsonFields object, String label) {
        try {
            return formats.get(label);
        } catch (IllegalArgumentException e) {
            throw object.error(object.pathOf(label), e);
        }
    }

    private List<MemoryTier> tiers() {
        return merged("memory", base == null ? List.of() : base.memory(), MemoryTier::name, (tier, old) -> {
            String name = tier.text("name");
            String path = "memory." + name + ".";
            MemoryKind kind = tier.has("kind")
                    ? tier.parsed("kind", text -> CatalogFile.choice(MemoryKind.values(), text))
                    : old.map(MemoryTier::kind).orElse(MemoryKind.of(name));
            MemoryTier.Builder memory = old.map(MemoryTier::toBuilder)
                    .orElseGet(() -> MemoryTier.builder(name, kind))
                    .kind(kind)
                    .knownCapacity(
                            part(tier, "capacity", path, Plausible::bytes, old.flatMap(MemoryTier::knownCapacity)))
                    .knownBandwidth(part(
                            tier, "bandwidth", path, Plausible::bandwidth, old.flatMap(MemoryTier::knownBandwidth)));
            TierFields.read(tier, memory, field -> sourced(tier, field, path + field, text -> text));
            return memory.build();
        });
    }

    private List<LinkSpec> links() {
        return merged("links", base == null ? List.of() : base.links(), LinkSpec::name, (link, old) -> {
            String path = "links." + link.text("name") + ".";
            Optional<LinkSpec.Role> role = old.isPresent() && !link.has("role")
                    ? old.map(LinkSpec::role)
                    : faults.attempt(
                            () -> link.parsed("role", text -> CatalogFile.choice(LinkSpec.Role.values(), text)));
            if (old.isEmpty() && !link.has("bandwidth")) {
                throw link.error(link.pathOf("bandwidth"), "is missing");
            }
            Optional<Bandwidth> bandwidth =
                    part(link, "bandwidth", path, Plausible::bandwidth, old.map(LinkSpec::bandwidth));
            Optional<Duration> latency =
                    part(link, "latency", path, Plausible::latency, old.flatMap(LinkSpec::knownLatency));
            // Where one of them is empty, that was noted, and nothing is built.
            return new LinkSpec(
                    link.text("name"),
                    role.orElse(LinkSpec.Role.PEER),
                    bandwidth.orElse(Bandwidth.gigabytesPerSecond(1)),
                    latency);
        });
    }

    /** The items of a list, where those of the same name as one of the other device's say only what differs. */
    private <T> List<T> merged(
            String field, List<T> inherited, Function<T, String> name, BiFunction<JsonFields, Optional<T>, T> read) {
        Map<String, T> items = new LinkedHashMap<>();
        if (entry.isNull(field)) {
            return List.of();
        }
        Map<String, JsonFields> own = own(field);
        boolean merges = !entry.has(field) || inherited.stream().map(name).anyMatch(own::containsKey);
        for (T old : inherited) {
            if (merges) {
                items.put(name.apply(old), old);
                for (String part : PARTS) {
                    inheritSource(field + "." + name.apply(old) + "." + part);
                }
            }
        }
        own.forEach((key, item) -> {
            Optional<T> old = Optional.ofNullable(items.get(key));
            faults.attempt(() -> {
                        try {
                            return read.apply(item, old);
                        } catch (IllegalArgumentException e) {
                            throw item.error(e);
                        }
                    })
                    .ifPresent(value -> items.put(key, value));
            item.unknown().forEach(faults::add);
        });
        return List.copyOf(items.values());
    }

    private Map<String, JsonFields> own(String field) {
        Map<String, JsonFields> own = new LinkedHashMap<>();
        if (!entry.has(field)) {
            return own;
        }
        int size = faults.attempt(() -> entry.size(field)).orElse(0);
        for (int i = 0; i < size; i++) {
            int index = i;
            faults.attempt(() -> {
                        JsonFields item = entry.item(field, index);
                        if (own.containsKey(item.text("name"))) {
                            throw item.error(
                                    item.pathOf("name"),
                                    "(\"" + item.text("name") + "\") must be there once\nMaybe rename one of them.");
                        }
                        return item;
                    })
                    .ifPresent(item -> own.put(item.text("name"), item));
        }
        return own;
    }

    private <T> Optional<T> part(
            JsonFields item, String field, String path, Function<String, T> parser, Optional<T> inherited) {
        if (!item.has(field)) {
            return inherited;
        }
        sources.remove(path + field);
        return item.isNull(field) ? Optional.empty() : faults.attempt(() -> sourced(item, field, path + field, parser));
    }

    private <T> void value(
            String field, Function<String, T> parser, Function<DeviceSpec, Optional<T>> inherited, Consumer<T> set) {
        if (!entry.has(field)) {
            Optional<T> old = base == null ? Optional.empty() : inherited.apply(base);
            old.ifPresent(known -> {
                set.accept(known);
                inheritSource(field);
            });
        } else if (!entry.isNull(field)) {
            faults.attempt(() -> sourced(entry, field, field, parser))
                    .ifPresent(value -> set(field, () -> set.accept(value)));
        }
    }

    private void inheritSource(String path) {
        String known = base == null ? null : base.sources().get(path);
        if (known != null) {
            sources.put(path, known);
        }
    }

    private <T> T sourced(JsonFields fields, String field, String path, Function<String, T> parser) {
        if (!fields.isObject(field)) {
            return fields.parsed(field, parser);
        }
        JsonFields object = fields.object(field);
        T value = object.parsed("value", parser);
        String from = source.apply(object);
        object.end();
        sources.put(path, from);
        return value;
    }

    /** Notes what a setter of the builder refuses. */
    private void set(String field, Runnable setter) {
        try {
            setter.run();
        } catch (IllegalArgumentException e) {
            faults.add(entry.error(entry.pathOf(field), e));
        }
    }
}
