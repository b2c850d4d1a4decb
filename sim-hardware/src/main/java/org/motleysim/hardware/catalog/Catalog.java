package org.motleysim.hardware.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.motleysim.core.name.NearestName;
import org.motleysim.hardware.device.DeviceSpec;

/**
 * Devices by name. Immutable; safe to share between threads.
 *
 * <pre>{@code
 * Catalog catalog = Catalog.builtIn();
 * DeviceSpec h100 = catalog.device("nvidia-h100-sxm-80gb");
 * Catalog mine = catalog.with(Path.of("my-devices.json"));   // same format; a name of ours is overridden
 * }</pre>
 *
 * <p>Each built-in number has a source, see {@link DeviceSpec#sources()}. Memory capacity is what a program can address: the total that
 * {@code nvidia-smi} reports where we found it, otherwise the vendor's gigabytes taken as powers of 1000. The model card is
 * docs/models/catalogue.md.
 */
public final class Catalog {
    /** The resource in which a library on the class path offers devices, in the format of a catalogue file. */
    public static final String RESOURCE = "META-INF/motley/devices.json";

    private static final List<String> FILES = List.of("gpu", "npu", "cpu", "fpga", "pim", "edge", "phone", "mcu");
    private static final long LARGEST_FILE_BYTES = 16L << 20;

    private final Map<String, DeviceSpec> devices;
    private final Set<String> overridden;

    /** The text of a file, and what to call it in messages. */
    private record Text(String origin, String json) {}

    private Catalog(Map<String, DeviceSpec> devices, Set<String> overridden) {
        this.devices = Collections.unmodifiableMap(devices);
        this.overridden = Collections.unmodifiableSet(overridden);
    }

    /** Returns the devices that come with Motley. */
    public static Catalog builtIn() {
        return Holder.BUILT_IN;
    }

    /**
     * Returns the devices that come with Motley and those that libraries on the class path offer in {@link #RESOURCE}, in the order of the
     * class path. Scenario files and the command line begin with these.
     *
     * @throws CatalogException if such a resource is not a catalogue, with all reasons
     */
    public static Catalog installed() {
        ClassLoader loader = Optional.ofNullable(Thread.currentThread().getContextClassLoader())
                .orElseGet(Catalog.class::getClassLoader);
        List<Text> texts = new ArrayList<>();
        try {
            for (URL url : Collections.list(loader.getResources(RESOURCE))) {
                try (InputStream in = url.openStream()) {
                    texts.add(new Text(url.toString(), new String(in.readAllBytes(), StandardCharsets.UTF_8)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE + ": " + e.getMessage(), e);
        }
        return texts.isEmpty() ? builtIn() : builtIn().read(texts);
    }

    /**
     * Returns this catalogue with the devices of a file, or of all files {@code *.json} of a folder in the order of their names; a device
     * whose name exists replaces it, and a record may say that it is {@code like} one that exists.
     *
     * @throws CatalogException if a file is not a catalogue, with all reasons of all files
     * @throws IllegalArgumentException if there is no such file, or it is too large
     * @throws UncheckedIOException if it cannot be read
     */
    public Catalog with(Path place) {
        List<Text> texts = new ArrayList<>();
        for (Path file : files(place)) {
            texts.add(new Text(file.toString(), text(file)));
        }
        return read(texts);
    }

    /**
     * Returns this catalogue with the devices of a text in the format of a catalogue file.
     *
     * @param origin what the text is, for messages
     * @throws CatalogException if the text is not a catalogue, with all reasons
     */
    public Catalog with(String origin, String json) {
        return read(List.of(new Text(origin, json)));
    }

    /** Returns this catalogue with one more device; a device whose name exists is replaced. */
    public Catalog with(DeviceSpec device) {
        return with(List.of(device));
    }

    private Catalog read(List<Text> texts) {
        var faults = new Faults();
        Map<String, String> seen = new HashMap<>();
        Catalog all = this;
        for (Text text : texts) {
            var known = new CatalogFile.Known(all::find, all.devices.keySet());
            all = all.with(CatalogFile.read(text.origin, text.json, known, seen, faults));
        }
        faults.end();
        return all;
    }

    private Catalog with(List<DeviceSpec> added) {
        Map<String, DeviceSpec> all = new LinkedHashMap<>(devices);
        Set<String> replaced = new LinkedHashSet<>(overridden);
        for (DeviceSpec device : added) {
            if (all.put(device.name(), device) != null) {
                replaced.add(device.name());
            }
        }
        return new Catalog(all, replaced);
    }

    /** Returns the devices as the text of a catalogue file, which gives equal devices when read; sources stand beside the numbers. */
    public static String write(List<DeviceSpec> devices) {
        return CatalogWriter.write(devices);
    }

    /** Returns everything that a datasheet says as texts by path, such as {@code "peak.bf16"}; what is blank is not there. */
    public static Map<String, String> datasheet(DeviceSpec device) {
        return Collections.unmodifiableMap(CatalogWriter.lines(device));
    }

    /**
     * Returns the device.
     *
     * @throws IllegalArgumentException if there is none of that name, with the nearest one
     */
    public DeviceSpec device(String name) {
        return find(name).orElseThrow(() -> {
            String hint = nearest(name)
                    .map(nearest -> "\nMaybe \"" + nearest + "\".")
                    .orElse("\nMaybe see motley devices for all " + devices.size() + " names.");
            return new IllegalArgumentException("device (\"" + name + "\") must be in the catalogue" + hint);
        });
    }

    /** Returns the name that a mistyped one may mean: one that begins with it, else the one with the fewest differences. */
    public Optional<String> nearest(String name) {
        return nearest(name, devices.keySet());
    }

    static Optional<String> nearest(String name, Set<String> names) {
        return names.stream()
                .filter(known -> name.length() > 2 && known.startsWith(name))
                .findFirst()
                .or(() -> NearestName.of(name, names));
    }

    /** Returns a device, or empty if there is none of that name. */
    public Optional<DeviceSpec> find(String name) {
        return Optional.ofNullable(devices.get(name));
    }

    /** Returns the names, in the order of the files. */
    public List<String> names() {
        return List.copyOf(devices.keySet());
    }

    /** Returns the devices, in the order of the files. */
    public List<DeviceSpec> devices() {
        return List.copyOf(devices.values());
    }

    /** Returns the names of devices that were replaced with {@link #with(Path)}, in the order in which that happened. */
    public Set<String> overridden() {
        return overridden;
    }

    /** Returns in which fields a device differs from that of its name in this catalogue; none if the catalogue has no such name. */
    public List<DeviceChange> changes(DeviceSpec device) {
        Optional<DeviceSpec> known = find(device.name());
        if (known.isEmpty() || known.get().equals(device)) {
            return List.of();
        }
        Map<String, String> before = CatalogWriter.lines(known.get());
        Map<String, String> after = CatalogWriter.lines(device);
        Set<String> fields = new LinkedHashSet<>(before.keySet());
        fields.addAll(after.keySet());
        List<DeviceChange> changes = new ArrayList<>();
        for (String field : fields) {
            Optional<String> old = Optional.ofNullable(before.get(field));
            Optional<String> now = Optional.ofNullable(after.get(field));
            if (!old.equals(now)) {
                changes.add(new DeviceChange(device.name(), field, old, now));
            }
        }
        return List.copyOf(changes);
    }

    private static List<Path> files(Path place) {
        if (!Files.exists(place)) {
            throw new IllegalArgumentException(
                    "device file (" + place + ") must exist\nMaybe give its path from the working folder.");
        }
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> entries = Files.list(place)) {
            List<Path> files = entries.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new IllegalArgumentException("folder of devices (" + place + ") must hold files *.json");
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the folder of devices " + place + ": " + e.getMessage(), e);
        }
    }

    private static String text(Path file) {
        try {
            long size = Files.size(file);
            if (size > LARGEST_FILE_BYTES) {
                throw new IllegalArgumentException("file (" + file + ", " + size + " bytes) must not exceed "
                        + LARGEST_FILE_BYTES + " bytes\nMaybe it is not a device catalogue.");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the device file " + file + ": " + e.getMessage(), e);
        }
    }

    private static Catalog readBuiltIn() {
        List<Text> texts = new ArrayList<>();
        for (String kind : FILES) {
            String file = "devices/" + kind + ".json";
            texts.add(new Text(file, resource(file)));
        }
        return new Catalog(new LinkedHashMap<>(), Set.of()).read(texts);
    }

    /** Reads a file that is packed beside this class. */
    static String resource(String file) {
        try (InputStream in = Catalog.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("resource " + file + " is missing from the sim-hardware jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the files when first asked. */
    private static final class Holder {
        private static final Catalog BUILT_IN = readBuiltIn();
    }
}
