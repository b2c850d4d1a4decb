package org.motleysim.hardware.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.motleysim.core.name.NearestName;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormats;

/**
 * Reads the devices of one file, and notes everything that is wrong with it.
 *
 * <p>A value is either a text with a unit, {@code "tdp": "700 W"}, or the same with its source, {@code "tdp": {"value": "700 W",
 * "source": "datasheet"}}, where the source is the key of an entry in the file's {@code sources}, or is the source itself in a file
 * that has no {@code sources}. Number formats of the user's own stand in {@code formats}, as in a file of formats. One record is read by
 * {@link DeviceRecord}.
 */
final class CatalogFile {
    /** The version of the format that this class reads. */
    static final int VERSION = 1;

    private final Known known;
    private final Faults faults;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private boolean sourcesAreKeys;
    private NumberFormats formats = NumberFormats.builtIn();

    /** The devices that a record may be like. */
    record Known(Function<String, Optional<DeviceSpec>> find, Set<String> names) {
        static final Known NONE = new Known(name -> Optional.empty(), Set.of());
    }

    private CatalogFile(Known known, Faults faults) {
        this.known = known;
        this.faults = faults;
    }

    /**
     * Reads a text.
     *
     * @param known what records may be like; records of the same text may be like earlier ones, too
     * @param seen where each name of the same set of files stood first; names of this text are added
     * @param faults what is wrong is noted there, and the records that are right are returned
     */
    static List<DeviceSpec> read(String file, String json, Known known, Map<String, String> seen, Faults faults) {
        return faults.attempt(() -> JsonFields.parse(file, json))
                .map(root -> new CatalogFile(known, faults).devices(file, root, seen))
                .orElse(List.of());
    }

    private List<DeviceSpec> devices(String file, JsonFields root, Map<String, String> seen) {
        faults.attempt(() -> root.optionalText("$schema"));
        faults.attempt(() -> {
            checkVersion(root, "motley-catalog");
            return true;
        });
        sourcesAreKeys = root.has("sources");
        faults.attempt(() -> sources(root)).ifPresent(sources::putAll);
        if (root.has("formats")) {
            String own = "{\"motley-formats\": 1, \"formats\": " + root.json("formats") + "}";
            faults.attempt(() -> ownFormats(root, file, own)).ifPresent(known -> formats = known);
        }
        Map<String, DeviceSpec> devices = new LinkedHashMap<>();
        int size = faults.attempt(() -> root.size("devices")).orElse(0);
        for (int i = 0; i < size; i++) {
            int index = i;
            Optional<JsonFields> entry = faults.attempt(() -> root.item("devices", index));
            if (entry.isEmpty()) {
                continue;
            }
            var record = new DeviceRecord(entry.get(), this::source, formats, faults);
            Optional<DeviceSpec> device = record.read(new Known(
                    name -> Optional.ofNullable(devices.get(name)).or(() -> known.find.apply(name)), names(devices)));
            device.ifPresent(read -> {
                String place = file + " " + root.pathOf("devices") + "[" + index + "]";
                String first = seen.putIfAbsent(read.name(), place);
                if (first != null) {
                    faults.add(entry.get()
                            .error(
                                    entry.get().pathOf("name"),
                                    "(\"" + read.name() + "\") must be there once; " + first + " has it too"
                                            + "\nMaybe rename one of them."));
                } else {
                    devices.put(read.name(), read);
                }
            });
        }
        root.unknown().forEach(faults::add);
        return List.copyOf(devices.values());
    }

    private NumberFormats ownFormats(JsonFields root, String file, String text) {
        try {
            return formats.with(file, text);
        } catch (IllegalArgumentException e) {
            throw root.error(root.pathOf("formats"), String.valueOf(e.getMessage()));
        }
    }

    private Set<String> names(Map<String, DeviceSpec> devices) {
        Set<String> names = new LinkedHashSet<>(devices.keySet());
        names.addAll(known.names);
        return names;
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

    /** Returns what the key in the field named source means. */
    private String source(JsonFields sourced) {
        String key = sourced.text("source");
        String source = sourcesAreKeys ? sources.get(key) : key;
        if (source == null) {
            String hint = NearestName.of(key, sources.keySet())
                    .map(nearest -> "\nMaybe \"" + nearest + "\".")
                    .orElse("\nMaybe add it to \"sources\" at the top of the file.");
            throw sourced.error(sourced.pathOf("source"), "(\"" + key + "\") must be a key of \"sources\"" + hint);
        }
        return source;
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
