package org.motleysim.hardware.fitted;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;

/**
 * All fits of a catalogue. For a device that was measured its own fit answers; for one that was not, that of the measured device most like
 * it per multiprocessor, if one is near; else that of its class. Immutable.
 */
public final class FittedKernels {
    /** Version of the file format. */
    private static final int VERSION = 1;

    private static final String CLASS = "class:";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, List<FittedRecord>> byDevice;

    private FittedKernels(List<FittedRecord> records) {
        Map<String, List<FittedRecord>> map = new LinkedHashMap<>();
        for (FittedRecord record : records) {
            for (String device : record.devices()) {
                map.computeIfAbsent(device, name -> new ArrayList<>()).add(record);
            }
        }
        byDevice = map;
    }

    /** A file of fits. */
    record FitFile(int fits, List<FittedRecord> records) {}

    /** Returns the fits that come with Motley. */
    public static FittedKernels builtIn() {
        return Holder.BUILT_IN;
    }

    /** Returns a set of fits. */
    public static FittedKernels of(List<FittedRecord> records) {
        return new FittedKernels(records);
    }

    /** Returns the text of a file with such fits: equal for equal fits. */
    public static String write(List<FittedRecord> records) {
        try {
            StringBuilder text = new StringBuilder("{\"fits\": " + VERSION + ", \"records\": [\n");
            for (int i = 0; i < records.size(); i++) {
                text.append(JSON.writeValueAsString(records.get(i))).append(i + 1 < records.size() ? ",\n" : "\n");
            }
            return text.append("]}\n").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a file of fits.
     *
     * @throws IllegalArgumentException if it is not one, naming what is wrong
     */
    public static List<FittedRecord> read(String file, InputStream json) {
        try {
            FitFile read = JSON.readValue(json, FitFile.class);
            if (read.fits() != VERSION) {
                throw new IllegalArgumentException(
                        file + ": fits (" + read.fits() + ") must be " + VERSION + ", the version this Motley reads");
            }
            return read.records();
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " must be a file of fits: " + e.getMessage(), e);
        }
    }

    /** Returns the devices that were measured, and the classes. */
    public List<String> devices() {
        return List.copyOf(byDevice.keySet());
    }

    /** Returns the fits of a device's own measurements; none if it was never measured. */
    public List<FittedRecord> records(String device) {
        return List.copyOf(byDevice.getOrDefault(device, List.of()));
    }

    /**
     * Returns the fit that answers for kernels of this kind on a device, preferring a framework and flavour.
     *
     * @param framework whose kernels are meant; another's answer if it has none
     * @param flavour as {@link FitKey#flavour}; only a fit of that flavour answers
     */
    public Optional<FittedKernel> find(DeviceSpec spec, Kernel kernel, String framework, String flavour) {
        FitKey key = FitKey.of(kernel, framework, flavour);
        Optional<FittedRecord> own = best(records(spec.name()), key);
        Optional<Features> features = FittedKernel.features(kernel, spec);
        if (features.isEmpty()) {
            return Optional.empty();
        }
        if (own.isPresent()) {
            return Optional.of(new FittedKernel(own.get(), features.get(), spec.name()));
        }
        Optional<DeviceSpec> sibling = sibling(spec, key);
        if (sibling.isPresent()) {
            FittedRecord record = best(records(sibling.get().name()), key).orElseThrow();
            return Optional.of(
                    new FittedKernel(record, features.get(), sibling.get().name()));
        }
        String kind = CLASS + spec.kind().label();
        return best(records(kind), key).map(record -> new FittedKernel(record, features.get(), kind));
    }

    private Optional<DeviceSpec> sibling(DeviceSpec spec, FitKey key) {
        DeviceSpec nearest = null;
        double least = Likeness.NEAR;
        for (Map.Entry<String, List<FittedRecord>> entry : byDevice.entrySet()) {
            Optional<DeviceSpec> other = Catalog.builtIn().find(entry.getKey());
            if (other.isPresent() && best(entry.getValue(), key).isPresent()) {
                double distance = Likeness.distance(spec, other.get());
                if (distance < least) {
                    least = distance;
                    nearest = other.get();
                }
            }
        }
        return Optional.ofNullable(nearest);
    }

    private static Optional<FittedRecord> best(List<FittedRecord> records, FitKey key) {
        FittedRecord found = null;
        for (FittedRecord record : records) {
            FitKey other = record.key();
            if (other.family().equals(key.family())
                    && other.format().equals(key.format())
                    && other.stored().equals(key.stored())
                    && other.flavour().equals(key.flavour())
                    && (found == null || other.framework().equals(key.framework()))) {
                found = record;
                if (other.framework().equals(key.framework())) {
                    break;
                }
            }
        }
        return Optional.ofNullable(found);
    }

    /** Returns the name that fits of a whole kind of device carry. */
    public static String className(DeviceKind kind) {
        return CLASS + kind.label();
    }

    /** Reads the file when first asked. */
    private static final class Holder {
        private static final FittedKernels BUILT_IN = readBuiltIn();

        private static FittedKernels readBuiltIn() {
            try (InputStream in = FittedKernels.class.getResourceAsStream("fits.json")) {
                return in == null ? of(List.of()) : of(read("fits.json", in));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
