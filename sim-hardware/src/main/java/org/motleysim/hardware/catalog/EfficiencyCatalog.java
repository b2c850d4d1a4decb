package org.motleysim.hardware.catalog;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.quantity.Durations;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.NumberFormats;

/**
 * Measured efficiencies by (device, family, format), with class values per kind of device behind them. Immutable.
 *
 * <p>The built-in numbers are in {@code efficiency.json}, written by the calibration program of sim-bench from measured kernels (never
 * from end-to-end runs); docs/models/roofline.md says how, and how far off they are.
 *
 * <p>{@link #efficiency} answers with the first that exists: the device's own (format, then its {@code bf16}), the class of its kind
 * (format, then {@code bf16}, then family {@code other}), {@link Efficiency#PERFECT}.
 */
public final class EfficiencyCatalog {
    private final Map<String, Table> byDevice;
    private final Map<DeviceKind, Table> byKind;
    private final Map<DeviceKind, PowerShares> powerByKind;

    private record Key(KernelFamily family, NumberFormat format) {}

    private static final class Table {
        private final Map<Key, Efficiency> entries = new HashMap<>();

        @Nullable
        Efficiency get(KernelFamily family, NumberFormat format) {
            Efficiency exact = entries.get(new Key(family, format));
            return exact != null ? exact : entries.get(new Key(family, NumberFormat.BF16));
        }
    }

    private EfficiencyCatalog(
            Map<String, Table> byDevice, Map<DeviceKind, Table> byKind, Map<DeviceKind, PowerShares> powerByKind) {
        this.byDevice = byDevice;
        this.byKind = byKind;
        this.powerByKind = powerByKind;
    }

    /** Returns the numbers that come with Motley. */
    public static EfficiencyCatalog builtIn() {
        return Holder.BUILT_IN;
    }

    /** Returns how much of its peaks the device reaches with kernels of that family and format. */
    public Efficiency efficiency(DeviceSpec device, KernelFamily family, NumberFormat format) {
        Table own = byDevice.get(device.name());
        Efficiency found = own == null ? null : own.get(family, format);
        Table kind = byKind.get(device.kind());
        if (found == null && kind != null) {
            found = kind.get(family, format);
            if (found == null) {
                found = kind.get(KernelFamily.OTHER, format);
            }
        }
        return found == null ? Efficiency.PERFECT : found;
    }

    /** Returns how devices of a kind spend their TDP. */
    public PowerShares power(DeviceKind kind) {
        PowerShares own = powerByKind.get(kind);
        PowerShares shares = own != null ? own : powerByKind.get(DeviceKind.GPU);
        if (shares == null) {
            throw new IllegalArgumentException(
                    "power of kind " + kind.label() + " must be in the efficiency catalogue");
        }
        return shares;
    }

    /** Reads a file in the format of {@code efficiency.json}. */
    static EfficiencyCatalog read(String file, String json) {
        JsonFields root = JsonFields.parse(file, json);
        root.optionalText("$schema");
        CatalogFile.checkVersion(root, "motley-efficiency");
        Map<String, String> sources = CatalogFile.sources(root);
        Map<String, Table> byDevice = new LinkedHashMap<>();
        Map<DeviceKind, Table> byKind = new EnumMap<>(DeviceKind.class);
        for (JsonFields entry : root.objects("efficiencies")) {
            List<String> devices = entry.has("devices") ? entry.texts("devices") : List.of();
            Optional<DeviceKind> kind = entry.has("kind") ? Optional.of(kind(entry)) : Optional.empty();
            KernelFamily family = entry.parsed("family", text -> CatalogFile.choice(KernelFamily.values(), text));
            NumberFormat format = entry.parsed("format", NumberFormats.builtIn()::get);
            Key key = new Key(family, format);
            String fittedOn = kind.map(DeviceKind::label).orElseGet(() -> devices.isEmpty() ? "?" : devices.get(0));
            Efficiency efficiency = efficiency(entry, fittedOn, sources);
            List<Table> tables = new ArrayList<>();
            devices.forEach(device -> tables.add(byDevice.computeIfAbsent(device, name -> new Table())));
            kind.ifPresent(k -> tables.add(byKind.computeIfAbsent(k, name -> new Table())));
            if (tables.isEmpty()) {
                throw entry.error(new IllegalArgumentException("needs \"devices\" or \"kind\""));
            }
            for (Table table : tables) {
                if (table.entries.put(key, efficiency) != null) {
                    throw entry.error(new IllegalArgumentException(
                            fittedOn + " has " + family.label() + " in " + format.label() + " twice"));
                }
            }
        }
        Map<DeviceKind, PowerShares> power = new EnumMap<>(DeviceKind.class);
        for (JsonFields entry : root.objects("power")) {
            power.put(kind(entry), powerShares(entry, sources));
        }
        root.end();
        return new EfficiencyCatalog(byDevice, byKind, power);
    }

    private static DeviceKind kind(JsonFields entry) {
        return entry.parsed("kind", text -> CatalogFile.choice(DeviceKind.values(), text));
    }

    private static Efficiency efficiency(JsonFields entry, String fittedOn, Map<String, String> sources) {
        try {
            Efficiency efficiency = new Efficiency(
                    seconds(entry, "launch"),
                    entry.number("compute"),
                    seconds(entry, "computeRamp"),
                    entry.number("bandwidth"),
                    seconds(entry, "bandwidthRamp"),
                    new Efficiency.Origin(
                            fittedOn,
                            source(entry, sources),
                            entry.has("rows") ? entry.integer("rows") : 0,
                            entry.has("heldOutError")
                                    ? OptionalDouble.of(entry.number("heldOutError"))
                                    : OptionalDouble.empty()));
            entry.end();
            return efficiency;
        } catch (IllegalArgumentException e) {
            throw entry.error(e);
        }
    }

    private static PowerShares powerShares(JsonFields entry, Map<String, String> sources) {
        try {
            PowerShares shares = new PowerShares(
                    entry.number("idle"),
                    entry.number("active"),
                    entry.number("memory"),
                    entry.number("compute"),
                    source(entry, sources));
            entry.end();
            return shares;
        } catch (IllegalArgumentException e) {
            throw entry.error(e);
        }
    }

    private static double seconds(JsonFields entry, String field) {
        return Durations.seconds(entry.parsed(field, Durations::parse));
    }

    private static String source(JsonFields entry, Map<String, String> sources) {
        String key = entry.text("source");
        String source = sources.get(key);
        if (source == null) {
            throw new IllegalArgumentException("source (\"" + key + "\") is not an entry of \"sources\"");
        }
        return source;
    }

    /** Reads the file when first asked. */
    private static final class Holder {
        private static final EfficiencyCatalog BUILT_IN = read("efficiency.json", Catalog.resource("efficiency.json"));
    }
}
