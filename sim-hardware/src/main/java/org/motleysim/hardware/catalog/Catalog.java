package org.motleysim.hardware.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * {@code nvidia-smi} reports where we found it, otherwise the vendor's gigabytes taken as powers of 1000.
 */
public final class Catalog {
    private static final List<String> FILES = List.of("gpu", "npu", "cpu", "fpga", "edge", "phone");
    private static final long LARGEST_FILE_BYTES = 16L << 20;

    private final Map<String, DeviceSpec> devices;
    private final Set<String> overridden;

    private Catalog(Map<String, DeviceSpec> devices, Set<String> overridden) {
        this.devices = Collections.unmodifiableMap(devices);
        this.overridden = Collections.unmodifiableSet(overridden);
    }

    /** Returns the devices that come with Motley. */
    public static Catalog builtIn() {
        return Holder.BUILT_IN;
    }

    /**
     * Returns this catalogue with the devices of a file; a device whose name exists replaces it.
     *
     * @throws IllegalArgumentException if the file is not a catalogue, naming the path of the first fault
     * @throws UncheckedIOException if the file cannot be read
     */
    public Catalog with(Path file) {
        try {
            long size = Files.size(file);
            if (size > LARGEST_FILE_BYTES) {
                throw new IllegalArgumentException("file (" + file + ", " + size + " bytes) must not exceed "
                        + LARGEST_FILE_BYTES + " bytes\nMaybe it is not a device catalogue.");
            }
            return with(CatalogFile.read(file.toString(), Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the device file " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns this catalogue with the devices of a text in the format of a catalogue file.
     *
     * @param origin what the text is, for messages
     * @throws IllegalArgumentException if the text is not a catalogue, naming the path of the first fault
     */
    public Catalog with(String origin, String json) {
        return with(CatalogFile.read(origin, json));
    }

    /** Returns the devices as the text of a catalogue file, which gives equal devices when read; sources stand beside the numbers. */
    public static String write(List<DeviceSpec> devices) {
        return CatalogWriter.write(devices);
    }

    /** Returns this catalogue with one more device; a device whose name exists is replaced. */
    public Catalog with(DeviceSpec device) {
        return with(List.of(device));
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

    /**
     * Returns a device.
     *
     * @throws IllegalArgumentException if there is none of that name, with the nearest one
     */
    public DeviceSpec device(String name) {
        return find(name).orElseThrow(() -> {
            String hint = NearestName.of(name, devices.keySet())
                    .map(nearest -> "\nMaybe \"" + nearest + "\".")
                    .orElse("\nMaybe one of " + String.join(", ", devices.keySet()) + ".");
            return new IllegalArgumentException("device (\"" + name + "\") must be in the catalogue" + hint);
        });
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

    private static Catalog readBuiltIn() {
        List<DeviceSpec> all = new ArrayList<>();
        for (String kind : FILES) {
            String file = "devices/" + kind + ".json";
            all.addAll(CatalogFile.read(file, resource(file)));
        }
        Catalog catalog = new Catalog(new LinkedHashMap<>(), Set.of()).with(all);
        if (!catalog.overridden.isEmpty()) {
            throw new IllegalStateException("built-in devices " + catalog.overridden + " are listed twice");
        }
        return catalog;
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
