package org.motleysim.hardware.fitted;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.NumberFormats;

/**
 * All fits of a catalogue. For a device that was measured its own fit answers; for one that was not, that of the measured device most like
 * it per multiprocessor, if one is near; else that of its class. Immutable.
 */
public final class FittedKernels {
    /** Version of the file format. */
    private static final int VERSION = 1;

    private static final String CLASS = "class:";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Source> byDevice;
    private final Optional<Path> place;

    private FittedKernels(Map<String, Source> byDevice, Optional<Path> place) {
        this.byDevice = byDevice;
        this.place = place;
    }

    /** Where a device's fits are; they are read when first asked for. */
    private static final class Source {
        private final Supplier<List<FittedRecord>> reader;
        private @Nullable List<FittedRecord> records;

        Source(Supplier<List<FittedRecord>> reader) {
            this.reader = reader;
        }

        synchronized List<FittedRecord> records() {
            if (records == null) {
                records = List.copyOf(reader.get());
            }
            return records;
        }
    }

    /** A file of fits. */
    record FitFile(int fits, List<FittedRecord> records) {}

    /** Returns the fits that come with Motley. */
    public static FittedKernels builtIn() {
        return Holder.BUILT_IN;
    }

    /** Returns a set of fits. */
    public static FittedKernels of(List<FittedRecord> records) {
        return of(records, Optional.empty());
    }

    private static FittedKernels of(List<FittedRecord> records, Optional<Path> place) {
        Map<String, List<FittedRecord>> map = new LinkedHashMap<>();
        for (FittedRecord record : records) {
            for (String device : record.devices()) {
                map.computeIfAbsent(device, name -> new ArrayList<>()).add(record);
            }
        }
        Map<String, Source> sources = new LinkedHashMap<>();
        map.forEach((device, own) -> sources.put(device, new Source(() -> own)));
        return new FittedKernels(sources, place);
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

    /**
     * Reads a file of fits, or all files {@code *.json} of a folder.
     *
     * @throws IllegalArgumentException if it cannot be read or is not one, naming what is wrong
     */
    public static FittedKernels read(Path place) {
        if (!Files.exists(place)) {
            throw new IllegalArgumentException(
                    "fits (" + place + ") must be a file or a folder\nMaybe write it by calibrate.");
        }
        List<FittedRecord> records = new ArrayList<>();
        for (Path file : files(place)) {
            try (InputStream in = Files.newInputStream(file)) {
                records.addAll(read(file.toString(), in));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
            }
        }
        return of(records, Optional.of(place));
    }

    private static List<Path> files(Path place) {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> entries = Files.list(place)) {
            return entries.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + place + ": " + e.getMessage(), e);
        }
    }

    /** Returns the name of the file that the fits of a device or class come in. */
    public static String fileName(String device) {
        return device.replace(':', '-') + ".json";
    }

    /** Returns the file or folder they were read from; empty for those that come with Motley or were made in memory. */
    public Optional<Path> source() {
        return place;
    }

    /** Returns the devices that were measured, and the classes. */
    public List<String> devices() {
        return List.copyOf(byDevice.keySet());
    }

    /** Returns the fits of a device's own measurements; none if it was never measured. */
    public List<FittedRecord> records(String device) {
        Source source = byDevice.get(device);
        return source == null ? List.of() : source.records();
    }

    /**
     * Returns the fit that answers for kernels of this kind on a device, preferring a framework and flavour.
     *
     * @param framework whose kernels are meant; another's answer if it has none
     * @param flavour as {@link FitKey#flavour}; only a fit of that flavour answers
     */
    public Optional<FittedKernel> find(DeviceSpec spec, Kernel kernel, String framework, String flavour) {
        return answer(spec, FitKey.of(kernel, framework, flavour)).flatMap(answer -> FittedKernel.features(
                        kernel, spec, answer.record().physics())
                .map(features -> new FittedKernel(answer.record(), features, answer.fittedOn())));
    }

    /**
     * A fit and whose it is.
     *
     * @param record the fit
     * @param fittedOn the device that was measured, or the class
     */
    public record Answer(FittedRecord record, String fittedOn) {}

    /**
     * Returns what answers on a device for each kind of kernel that was measured on it, on the device most like it, or on any of its
     * class, preferring a framework; sorted by family and format.
     *
     * @param framework whose kernels are meant; another's answer if it has none
     */
    public List<Answer> answers(DeviceSpec spec, String framework) {
        Map<String, Answer> answers = new TreeMap<>();
        for (String name : byDevice.keySet()) {
            boolean ofKind = name.equals(className(spec.kind()))
                    || Catalog.builtIn()
                            .find(name)
                            .filter(other -> other.kind() == spec.kind())
                            .isPresent();
            for (FittedRecord record : ofKind ? records(name) : List.<FittedRecord>of()) {
                FitKey key = record.key();
                FitKey wanted = new FitKey(key.family(), key.format(), key.stored(), framework, key.flavour());
                if (Machine.describesAll(spec, key)) {
                    answer(spec, wanted).ifPresent(answer -> answers.put(wanted.toString(), answer));
                }
            }
        }
        return List.copyOf(answers.values());
    }

    private Optional<Answer> answer(DeviceSpec spec, FitKey key) {
        Optional<FitKey> twin = key.twin().filter(other -> sameRate(spec, key.format(), other.format()));
        Optional<FittedRecord> own = best(records(spec.name()), key, twin);
        if (own.isPresent()) {
            return Optional.of(new Answer(own.get(), spec.name()));
        }
        String fittedOn = sibling(spec, key, twin).map(DeviceSpec::name).orElseGet(() -> className(spec.kind()));
        return best(records(fittedOn), key, twin).map(record -> new Answer(record, fittedOn));
    }

    private static boolean sameRate(DeviceSpec spec, String format, String other) {
        NumberFormats formats = NumberFormats.builtIn();
        return spec.peak(formats.get(format)).equals(spec.peak(formats.get(other)));
    }

    /** The measured device that is most like another and was measured with such kernels. */
    private Optional<DeviceSpec> sibling(DeviceSpec spec, FitKey key, Optional<FitKey> twin) {
        record Candidate(DeviceSpec spec, double distance) {}
        return byDevice.keySet().stream()
                .flatMap(name -> Catalog.builtIn().find(name).stream())
                .map(other -> new Candidate(other, Likeness.distance(spec, other)))
                .filter(candidate -> candidate.distance() < Likeness.NEAR)
                .sorted(Comparator.comparingDouble(Candidate::distance))
                .map(Candidate::spec)
                .filter(other -> best(records(other.name()), key, twin).isPresent())
                .findFirst();
    }

    /** The fit of the format and framework asked for; else of its twin in that framework; else of any framework. */
    private static Optional<FittedRecord> best(List<FittedRecord> records, FitKey key, Optional<FitKey> twin) {
        Optional<FittedRecord> exact = best(records, key);
        if (exact.filter(record -> record.key().framework().equals(key.framework()))
                .isPresent()) {
            return exact;
        }
        Optional<FittedRecord> other = twin.flatMap(found -> best(records, found));
        return other.filter(record -> record.key().framework().equals(key.framework()) || exact.isEmpty())
                .or(() -> exact);
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

    /** Whether a name is that of a whole kind of device. */
    public static boolean isClass(String device) {
        return device.startsWith(CLASS);
    }

    /** Returns the name that fits of a whole kind of device carry. */
    public static String className(DeviceKind kind) {
        return CLASS + kind.label();
    }

    /** Finds out which devices have files when first asked. */
    private static final class Holder {
        private static final FittedKernels BUILT_IN = new FittedKernels(find(), Optional.empty());

        private static Map<String, Source> find() {
            Map<String, Source> sources = new LinkedHashMap<>();
            Stream<String> devices = Catalog.builtIn().devices().stream().map(DeviceSpec::name);
            Stream<String> classes = Arrays.stream(DeviceKind.values()).map(FittedKernels::className);
            Stream.concat(devices, classes).forEach(name -> {
                String file = fileName(name);
                if (FittedKernels.class.getResource(file) != null) {
                    sources.put(name, new Source(() -> readResource(file)));
                }
            });
            return sources;
        }

        private static List<FittedRecord> readResource(String file) {
            try (InputStream in = FittedKernels.class.getResourceAsStream(file)) {
                return read(file, Objects.requireNonNull(in, file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
