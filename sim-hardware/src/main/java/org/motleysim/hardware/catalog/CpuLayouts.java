package org.motleysim.hardware.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Durations;
import org.motleysim.hardware.device.CpuLayout;

/**
 * The layouts of processors by the name of their device, one socket each, every number with its source. Immutable.
 *
 * <p>The file is {@code catalog/cpus.json}; a blank there is a blank of {@link CpuLayout}.
 */
public final class CpuLayouts {
    private final Map<String, CpuLayout> byDevice;

    private CpuLayouts(Map<String, CpuLayout> byDevice) {
        this.byDevice = Map.copyOf(byDevice);
    }

    /** Returns the layouts that come with Motley. */
    public static CpuLayouts builtIn() {
        return Holder.BUILT_IN;
    }

    /**
     * Reads layouts from JSON.
     *
     * @param file a name for errors
     * @throws IllegalArgumentException if something is missing, unknown or impossible, with its path
     */
    public static CpuLayouts read(String file, String json) {
        JsonFields root = JsonFields.parse(file, json);
        root.integer("motley-cpus");
        Map<String, CpuLayout> layouts = new LinkedHashMap<>();
        for (JsonFields entry : root.objects("cpus")) {
            String device = entry.text("device");
            if (layouts.put(device, layout(entry)) != null) {
                throw entry.error(new IllegalArgumentException("device (" + device + ") must be there once"));
            }
        }
        root.end();
        return new CpuLayouts(layouts);
    }

    /** Returns the layout of one socket of the device, if it is known. */
    public Optional<CpuLayout> find(String device) {
        return Optional.ofNullable(byDevice.get(device));
    }

    /** Returns the devices whose layout is known. */
    public Set<String> devices() {
        return byDevice.keySet();
    }

    private static CpuLayout layout(JsonFields entry) {
        try {
            var cpu = CpuLayout.builder(
                    count(entry, "cores"), count(entry, "nodes"), Bandwidth.parse(text(entry, "nodeBandwidth")));
            if (entry.has("simdBits")) {
                JsonFields clock = entry.object("vectorHertz");
                clock.text("source");
                cpu.vectors(count(entry, "simdBits"), count(entry, "fmaUnits"), clock.number("value"));
                clock.end();
            }
            if (entry.has("lastLevelCache")) {
                cpu.lastLevelCache(Bytes.parse(text(entry, "lastLevelCache")));
            }
            if (entry.has("linesInFlight")) {
                cpu.linesInFlight(count(entry, "linesInFlight"));
            }
            if (entry.has("localLatency")) {
                cpu.latency(
                        Durations.parse(text(entry, "localLatency")), Durations.parse(text(entry, "remoteLatency")));
            }
            if (entry.has("noWriteAllocate")) {
                JsonFields stores = entry.object("noWriteAllocate");
                stores.text("source");
                stores.end();
                cpu.noWriteAllocate();
            }
            entry.end();
            return cpu.build();
        } catch (IllegalArgumentException e) {
            throw entry.error(e);
        }
    }

    private static int count(JsonFields entry, String field) {
        JsonFields value = entry.object(field);
        value.text("source");
        int count = value.integer("value");
        value.end();
        return count;
    }

    private static String text(JsonFields entry, String field) {
        JsonFields value = entry.object(field);
        value.text("source");
        String text = value.text("value");
        value.end();
        return text;
    }

    /** Reads the file when first asked. */
    private static final class Holder {
        private static final CpuLayouts BUILT_IN = load();

        private static CpuLayouts load() {
            try (InputStream stream = CpuLayouts.class.getResourceAsStream("cpus.json")) {
                if (stream == null) {
                    throw new IllegalStateException("cpus.json must be beside CpuLayouts");
                }
                return read("cpus.json", new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
