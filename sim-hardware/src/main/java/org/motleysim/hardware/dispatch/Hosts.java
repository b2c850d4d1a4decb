package org.motleysim.hardware.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Hosts whose launches were measured. The times are those of an empty kernel from the call to its start: Vellaisamy et al., Characterizing
 * and Optimizing LLM Inference Workloads on CPU-GPU Coupled Architectures (ISPASS 2025, arXiv 2504.11750). They are the floor of an eager
 * framework, which adds its own time per kernel.
 */
public final class Hosts {
    /** EPYC 7313 and A100 SXM over PCIe: 2260.5 ns, rounded to the clock of the simulation. */
    public static final Host EPYC_7313_A100 = Host.of(Duration.ofNanos(2_260)).named("epyc-7313-a100-sxm");

    /** Xeon Platinum 8468V and H100 over PCIe: 2374.6 ns. */
    public static final Host XEON_8468V_H100 = Host.of(Duration.ofNanos(2_375)).named("xeon-8468v-h100-pcie");

    private Hosts() {}

    /** Returns the measured hosts. */
    public static List<Host> builtIn() {
        return List.of(EPYC_7313_A100, XEON_8468V_H100);
    }

    /** Finds one by its name. */
    public static Optional<Host> find(String name) {
        return builtIn().stream().filter(host -> host.name().equals(name)).findFirst();
    }
}
