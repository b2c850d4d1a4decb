package org.motleysim.hardware.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.motleysim.core.name.NearestName;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.device.MemoryKind;
import org.motleysim.hardware.device.MemoryTier;

/**
 * Memory tiers of hosts by name: memory channels, CXL expanders, solid-state drives, flash and disks. Each number has its source. Immutable;
 * safe to share between threads.
 *
 * <pre>{@code
 * MemoryTier channels = TierCatalog.builtIn().tier("ddr5-4800-64gb").times(8);   // one socket with eight channels
 * MemoryTier drives = TierCatalog.builtIn().tier("samsung-pm9a3-3.84tb").times(4);
 * }</pre>
 */
public final class TierCatalog {
    private record Entry(MemoryTier tier, String title, Map<String, String> sources) {}

    private final Map<String, Entry> entries;

    private TierCatalog(Map<String, Entry> entries) {
        this.entries = Collections.unmodifiableMap(entries);
    }

    /** Returns the tiers that come with Motley. */
    public static TierCatalog builtIn() {
        return Holder.BUILT_IN;
    }

    /**
     * Returns a tier.
     *
     * @throws IllegalArgumentException if there is none of that name, with the nearest one
     */
    public MemoryTier tier(String name) {
        return find(name)
                .orElseThrow(
                        () -> new IllegalArgumentException("memory tier (\"" + name + "\") must be in the catalogue"
                                + NearestName.of(name, entries.keySet())
                                        .map(nearest -> "\nMaybe \"" + nearest + "\".")
                                        .orElse("\nMaybe one of " + String.join(", ", entries.keySet()) + ".")));
    }

    /** Returns a tier, or empty if there is none of that name. */
    public Optional<MemoryTier> find(String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::tier);
    }

    /** Returns the names, in the order of the file. */
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /** Returns the name for people of a tier; empty when there is no such tier. */
    public Optional<String> title(String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::title);
    }

    /** Returns where each number of a tier comes from, by field, such as {@code "latency"}; empty when there is no such tier. */
    public Map<String, String> sources(String name) {
        Entry entry = entries.get(name);
        return entry == null ? Map.of() : entry.sources;
    }

    static TierCatalog read(String file, String json) {
        JsonFields root = JsonFields.parse(file, json);
        CatalogFile.checkVersion(root, "motley-tiers");
        Map<String, String> sources = CatalogFile.sources(root);
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (JsonFields fields : root.objects("tiers")) {
            Entry entry = entry(fields, sources);
            if (entries.put(entry.tier.name(), entry) != null) {
                throw fields.error(fields.pathOf("name"), "(\"" + entry.tier.name() + "\") is listed twice");
            }
        }
        root.end();
        return new TierCatalog(entries);
    }

    private static Entry entry(JsonFields fields, Map<String, String> known) {
        Map<String, String> sources = new TreeMap<>();
        String name = fields.text("name");
        String title = fields.text("title");
        MemoryKind kind = fields.parsed("kind", text -> CatalogFile.choice(MemoryKind.values(), text));
        try {
            MemoryTier.Builder tier = MemoryTier.builder(
                    name,
                    kind,
                    Bytes.parse(sourced(fields, "capacity", known, sources)),
                    Bandwidth.parse(sourced(fields, "bandwidth", known, sources)));
            TierFields.read(fields, tier, field -> sourced(fields, field, known, sources));
            fields.end();
            return new Entry(tier.build(), title, Collections.unmodifiableMap(sources));
        } catch (IllegalArgumentException e) {
            throw fields.error(e);
        }
    }

    private static String sourced(
            JsonFields fields, String field, Map<String, String> known, Map<String, String> sources) {
        JsonFields value = fields.object(field);
        String text = value.text("value");
        String key = value.text("source");
        value.end();
        String source = known.get(key);
        if (source == null) {
            throw value.error(value.pathOf("source"), "(\"" + key + "\") is not an entry of \"sources\"");
        }
        sources.put(field, source);
        return text;
    }

    /** Reads the file when first asked. */
    private static final class Holder {
        private static final TierCatalog BUILT_IN = read("tiers.json", Catalog.resource("tiers.json"));
    }
}
