package org.motleysim.hardware.calibration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.fitted.FitKey;
import org.motleysim.hardware.fitted.FittedKernels;
import org.motleysim.hardware.fitted.FittedRecord;
import org.motleysim.hardware.fitted.Fitting;

/**
 * Turns tables of measured kernels into the fits of the catalogue: one for each device, family, format and framework, and one for each
 * family and format of a whole kind of device, for those that were never measured. Equal tables give equal fits.
 */
public final class CatalogFit {
    private static final int CENTRES = 300;
    private static final int FEWEST = 16;

    /** With fewer rows, kernels lean on their relatives if that helps. */
    private static final int MANY = 500;

    /** As many rows as what others lean on has. */
    private static final int ENOUGH = 60;

    private static final int CLASS_SAMPLES = 2500;
    private static final double USELESS = 0.5;

    /** Formats that the machine's own name says nothing about. */
    private static final Set<String> PLAIN =
            Set.of("bfloat16", "bf16", "fp16", "float16", "half", "fp8", "nvfp4", "int8", "float32");

    private final SystemNames systems;
    private final String date;

    /**
     * @param systems names of devices in the tables
     * @param date written into the records
     */
    public CatalogFit(SystemNames systems, String date) {
        this.systems = systems;
        this.date = date;
    }

    /** Returns which fit answers for a measured kernel. */
    public static FitKey key(TableKernel row) {
        return FitKey.of(row.kernel(), row.framework(), flavour(row));
    }

    private static String flavour(TableKernel row) {
        if (row.kernel().family() == KernelFamily.NORM || row.kernel().family() == KernelFamily.ELEMENTWISE) {
            return row.operation().equals("norm") ? "" : row.operation();
        }
        String dtype = row.dtype();
        if (row.kernel().family() == KernelFamily.ALL_REDUCE) {
            // Messages are bytes to a model; sums of whole numbers are not as fast as those of halves.
            return dtype.equals("int8") ? dtype : "";
        }
        boolean plain = dtype.indexOf('/') >= 0 || PLAIN.contains(dtype);
        return plain ? "" : dtype;
    }

    /** Returns the fits of the devices that are wanted, device by device in the order of the tables. */
    public List<FittedRecord> fits(MeasuredKernels measured, Predicate<DeviceSpec> wanted) {
        Map<DeviceSpec, Map<FitKey, List<Measurement>>> groups = groups(measured, wanted);
        List<Fitting.Task> tasks = new ArrayList<>();
        groups.forEach((spec, byKey) -> byKey.forEach((key, rows) -> {
            boolean canBeJudged =
                    rows.stream().map(Measurement::shape).distinct().limit(2).count() == 2;
            if (rows.size() >= FEWEST && canBeJudged) {
                tasks.add(new Fitting.Task(List.of(spec.name()), key, samples(spec, rows, false), source(key), date));
            }
        }));
        tasks.addAll(classes(groups));
        List<Fitting.Fit> alone = each(tasks.size(), i -> Fitting.fit(tasks.get(i), CENTRES));
        return each(tasks.size(), i -> Fitting.leaning(alone.get(i), relatives(alone, alone.get(i)))
                        .record())
                .stream()
                .filter(CatalogFit::isWorthKeeping)
                .toList();
    }

    /** One thread a fit; the order of the results is that of the tasks whatever finishes first. */
    private static <T> List<T> each(int count, IntFunction<T> fit) {
        return IntStream.range(0, count).parallel().mapToObj(fit).toList();
    }

    /**
     * Fits that few rows may lean on: of most rows of the same family on the same device, under the same framework and under any; and of
     * the same kernels on the device of most rows.
     */
    private static List<Fitting.Fit> relatives(List<Fitting.Fit> all, Fitting.Fit of) {
        Fitting.Task task = of.task();
        if (rows(of) >= MANY || isClass(task)) {
            return List.of();
        }
        Predicate<Fitting.Fit> alike = other -> other != of
                && other.task().key().family().equals(task.key().family())
                && !isClass(other.task())
                && rows(other) >= ENOUGH;
        Predicate<Fitting.Fit> sameDevice = other -> other.task().devices().equals(task.devices());
        Predicate<Fitting.Fit> sameFramework =
                other -> other.task().key().framework().equals(task.key().framework());
        return Stream.of(
                        largest(all, alike.and(sameDevice).and(sameFramework)),
                        largest(all, alike.and(sameDevice)),
                        largest(all, alike.and(other -> other.task().key().equals(task.key()))))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private static Optional<Fitting.Fit> largest(List<Fitting.Fit> all, Predicate<Fitting.Fit> wanted) {
        return all.stream().filter(wanted).max(Comparator.comparingInt(CatalogFit::rows));
    }

    private static int rows(Fitting.Fit fit) {
        return fit.task().samples().size();
    }

    private static boolean isClass(Fitting.Task task) {
        return FittedKernels.isClass(task.devices().get(0));
    }

    /** A fit that is further off than a plain roofline would be is no help. */
    private static boolean isWorthKeeping(FittedRecord record) {
        return record.heldOutError() < USELESS;
    }

    private static String source(FitKey key) {
        return switch (key.framework()) {
            case "vidur" -> "operator latencies of Vidur (MIT)";
            case "pytorch" -> "kernel timings of an A100 under PyTorch";
            default -> "kernel latencies of NVIDIA AIConfigurator (Apache-2.0)";
        };
    }

    private Map<DeviceSpec, Map<FitKey, List<Measurement>>> groups(
            MeasuredKernels measured, Predicate<DeviceSpec> wanted) {
        Map<DeviceSpec, Map<FitKey, List<Measurement>>> groups = new LinkedHashMap<>();
        for (Measurement row : measured.all()) {
            Optional<DeviceSpec> spec = systems.find(row.system());
            if (spec.isPresent() && wanted.test(spec.get()) && isFitted(row)) {
                groups.computeIfAbsent(spec.get(), device -> new LinkedHashMap<>())
                        .computeIfAbsent(key(row.asked()), key -> new ArrayList<>())
                        .add(row);
            }
        }
        return groups;
    }

    /** Some tables are there to judge by, not to fit on. */
    static boolean isFitted(Measurement row) {
        return !row.table().equals("mamf_matmul")
                && !ProfileTables.isProfile(row.table())
                && !row.table().equals("collectives_ms")
                && !(row.table().equals("dense_ops_ms") && row.kernel().family() == KernelFamily.GEMM);
    }

    /** Fits of a kind of device over all that were measured, each device weighing the same. */
    private List<Fitting.Task> classes(Map<DeviceSpec, Map<FitKey, List<Measurement>>> groups) {
        Set<FitKey> keys = new LinkedHashSet<>();
        groups.values().forEach(byKey -> keys.addAll(byKey.keySet()));
        List<Fitting.Task> tasks = new ArrayList<>();
        for (FitKey key : keys) {
            List<DeviceSpec> devices = groups.keySet().stream()
                    .filter(spec -> rows(groups, spec, key).size() >= FEWEST)
                    .toList();
            if (devices.size() < 2) {
                continue;
            }
            List<Fitting.Sample> samples = new ArrayList<>();
            for (DeviceSpec spec : devices) {
                List<Measurement> rows = rows(groups, spec, key);
                int share = CLASS_SAMPLES / devices.size();
                List<Fitting.Sample> all = samples(spec, rows, true);
                int step = Math.max(1, all.size() / share);
                for (int i = 0; i < all.size(); i += step) {
                    samples.add(all.get(i));
                }
            }
            tasks.add(new Fitting.Task(
                    List.of(FittedKernels.className(devices.get(0).kind())), key, samples, source(key), date));
        }
        return tasks;
    }

    private static List<Measurement> rows(
            Map<DeviceSpec, Map<FitKey, List<Measurement>>> groups, DeviceSpec spec, FitKey key) {
        return groups.getOrDefault(spec, Map.of()).getOrDefault(key, List.of());
    }

    private static List<Fitting.Sample> samples(DeviceSpec spec, List<Measurement> rows, boolean wholeDevice) {
        return rows.stream()
                .map(row ->
                        new Fitting.Sample(spec, row.kernel(), row.seconds(), wholeDevice ? spec.name() : row.shape()))
                .toList();
    }
}
