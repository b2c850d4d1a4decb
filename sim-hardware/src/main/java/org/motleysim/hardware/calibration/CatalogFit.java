package org.motleysim.hardware.calibration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
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
    private static final int CENTRES = 160;
    private static final int FEWEST = 24;
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
        boolean plain = dtype.indexOf('/') >= 0 || PLAIN.contains(dtype);
        return plain ? "" : dtype;
    }

    /** Returns the fits of the devices that are wanted, device by device in the order of the tables. */
    public List<FittedRecord> fits(MeasuredKernels measured, Predicate<DeviceSpec> wanted) {
        Map<DeviceSpec, Map<FitKey, List<Measurement>>> groups = groups(measured, wanted);
        List<FitTask> tasks = new ArrayList<>();
        groups.forEach((spec, byKey) -> byKey.forEach((key, rows) -> {
            if (rows.size() >= FEWEST) {
                tasks.add(new FitTask(List.of(spec.name()), key, samples(spec, rows, false)));
            }
        }));
        tasks.addAll(classes(groups));
        // One thread a fit; the order of the records is that of the tasks whatever finishes first.
        return IntStream.range(0, tasks.size())
                .parallel()
                .mapToObj(i -> tasks.get(i).run(date))
                .filter(CatalogFit::isWorthKeeping)
                .toList();
    }

    /** A fit that is further off than a plain roofline would be is no help. */
    private static boolean isWorthKeeping(FittedRecord record) {
        return record.heldOutError() < USELESS;
    }

    private record FitTask(List<String> devices, FitKey key, List<Fitting.Sample> samples) {
        FittedRecord run(String date) {
            return Fitting.fit(devices, key, samples, CENTRES, source(key), date);
        }
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

    private static boolean isFitted(Measurement row) {
        return !row.table().equals("mamf_matmul")
                && !row.table().equals("collectives_ms")
                && !(row.table().equals("dense_ops_ms") && row.kernel().family() == KernelFamily.GEMM);
    }

    /** Fits of a kind of device over all that were measured, each device weighing the same. */
    private static List<FitTask> classes(Map<DeviceSpec, Map<FitKey, List<Measurement>>> groups) {
        Set<FitKey> keys = new LinkedHashSet<>();
        groups.values().forEach(byKey -> keys.addAll(byKey.keySet()));
        List<FitTask> tasks = new ArrayList<>();
        for (FitKey key : keys) {
            List<DeviceSpec> devices = groups.keySet().stream()
                    .filter(spec -> rows(groups, spec, key).size() >= FEWEST)
                    .toList();
            if (devices.size() < 2 || !key.flavour().isEmpty()) {
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
            tasks.add(new FitTask(List.of(FittedKernels.className(devices.get(0).kind())), key, samples));
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
