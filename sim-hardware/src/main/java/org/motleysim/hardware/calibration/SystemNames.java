package org.motleysim.hardware.calibration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motleysim.core.name.NearestName;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.device.DeviceSpec;

/** Finds the device of a catalogue that a table means: by its name, or by what tables call it, such as {@code "h100_sxm"}. */
public final class SystemNames {
    private static final Map<String, String> KNOWN = known();

    private final Catalog catalog;

    private SystemNames(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Returns the names in a catalogue. */
    public static SystemNames in(Catalog catalog) {
        return new SystemNames(catalog);
    }

    /** Returns the device, or empty if the catalogue has none of that name. */
    public Optional<DeviceSpec> find(String system) {
        Optional<DeviceSpec> own = catalog.find(system);
        return own.isPresent() ? own : Optional.ofNullable(KNOWN.get(system)).flatMap(catalog::find);
    }

    /**
     * Returns the device.
     *
     * @throws IllegalArgumentException if the catalogue has none of that name, with the nearest names
     */
    public DeviceSpec device(String system) {
        return find(system).orElseThrow(() -> {
            List<String> names = new ArrayList<>(KNOWN.keySet());
            names.addAll(catalog.names());
            String hint = NearestName.of(system, names)
                    .map(nearest -> "Maybe \"" + nearest + "\".")
                    .orElse("Maybe one of " + String.join(", ", names) + ".");
            return new IllegalArgumentException("device (\"" + system + "\") must be in the catalogue\n" + hint);
        });
    }

    private static Map<String, String> known() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("a100_sxm", "nvidia-a100-sxm-80gb");
        names.put("h100_sxm", "nvidia-h100-sxm-80gb");
        names.put("b200_sxm", "nvidia-b200-sxm-180gb");
        names.put("l40s", "nvidia-l40s-48gb");
        names.put("a100", "nvidia-a100-sxm-80gb");
        names.put("A100", "nvidia-a100-sxm-80gb");
        names.put("h100", "nvidia-h100-sxm-80gb");
        names.put("a100-80gb", "nvidia-a100-sxm-80gb");
        names.put("h100-80gb", "nvidia-h100-sxm-80gb");
        names.put("a100_dgx", "nvidia-a100-sxm-80gb");
        names.put("h100_dgx", "nvidia-h100-sxm-80gb");
        names.put("RTX4090", "nvidia-rtx-4090-24gb");
        names.put("RTXPRO6000", "nvidia-rtx-pro-6000-blackwell-96gb");
        names.put("NVIDIA A100 SXM", "nvidia-a100-sxm-80gb");
        names.put("NVIDIA A100 PCIe", "nvidia-a100-pcie-80gb");
        names.put("NVIDIA H100 SXM", "nvidia-h100-sxm-80gb");
        names.put("NVIDIA H200 SXM", "nvidia-h200-sxm-141gb");
        names.put("NVIDIA GH200 SXM", "nvidia-gh200");
        names.put("NVIDIA B200 SXM", "nvidia-b200-sxm-180gb");
        names.put("NVIDIA B300 SXM", "nvidia-b300-sxm-270gb");
        names.put("NVIDIA GB200 SXM", "nvidia-gb200-186gb");
        names.put("AMD MI300X", "amd-mi300x-192gb");
        names.put("AMD MI325X", "amd-mi325x-256gb");
        names.put("AMD MI355X", "amd-mi355x-288gb");
        return names;
    }
}
