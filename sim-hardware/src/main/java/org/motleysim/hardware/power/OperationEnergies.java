package org.motleysim.hardware.power;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;

/**
 * Energy bottom up, from what an operation and a byte cost: for devices whose shares of the TDP nobody measured.
 *
 * <pre>
 * joules = voltage^2 * ( flops * perFlop + bytes * perChipByte + active * clock * seconds )
 *          + bytes * perMemoryByte        (the main memory, which has a voltage of its own)
 * </pre>
 *
 * <p>The bytes of a kernel are those of its main memory; they cross the chip once. An all-reduce moves its bytes over the device link
 * instead of the memory. Every operation counts as half a product and half a sum, as in a matrix product.
 *
 * <p>What arithmetic alone costs is far below what a processor draws: instruction fetch, registers and clocks are the active power here,
 * which has to be measured. Without it the answer is a lower bound.
 *
 * @param perFlop by the format computed in
 * @param perMemoryByte by the name of the main memory, such as {@code HBM2}
 * @param perChipByte between main memory and arithmetic
 * @param perLinkByte over the link between devices
 * @param active power on top of idle while any kernel runs, at the nominal point
 */
public record OperationEnergies(
        Map<NumberFormat, Energy> perFlop,
        Map<String, Energy> perMemoryByte,
        Energy perChipByte,
        Energy perLinkByte,
        Power active)
        implements PowerModel {
    private static final String NEEDED_BY = "energies per operation";

    /** Copies the maps, in their order. */
    public OperationEnergies {
        perFlop = Collections.unmodifiableMap(new LinkedHashMap<>(perFlop));
        perMemoryByte = Collections.unmodifiableMap(new LinkedHashMap<>(perMemoryByte));
    }

    /**
     * Returns the published energies of a process ({@link EnergyFacts}): arithmetic by format, memory by kind, a byte of on-chip memory.
     *
     * @param process {@code 45nm} or {@code 7nm}
     * @throws IllegalArgumentException if no arithmetic is known of the process
     */
    public static OperationEnergies ofProcess(String process) {
        EnergyFacts facts = EnergyFacts.builtIn();
        Map<NumberFormat, Energy> flops = new LinkedHashMap<>();
        for (NumberFormat format : NumberFormat.builtIn()) {
            Optional<Energy> sum = facts.find("add", format.label(), process);
            Optional<Energy> product = facts.find("mul", format.label(), process);
            if (sum.isPresent() && product.isPresent()) {
                flops.put(format, sum.get().plus(product.get()).dividedBy(2));
            }
        }
        if (flops.isEmpty()) {
            throw new IllegalArgumentException("process (" + process + ") must be 45nm or 7nm");
        }
        Map<String, Energy> memory = new LinkedHashMap<>();
        facts.all().stream()
                .filter(fact -> fact.kind().equals("memory"))
                .forEach(fact -> memory.put(fact.name(), fact.energy()));
        Energy chip = facts.find("chip", "sram-1MiB", process).orElse(Energy.ZERO);
        return new OperationEnergies(flops, memory, chip, Energy.ZERO, Power.ZERO);
    }

    /** Returns the model with another active power. */
    public OperationEnergies withActive(Power active) {
        return new OperationEnergies(perFlop, perMemoryByte, perChipByte, perLinkByte, active);
    }

    @Override
    public double dynamicJoules(Kernel kernel, double seconds, DeviceSpec spec, OperatingPoint point) {
        double square = point.voltage() * point.voltage();
        double bytes = kernel.bytes();
        boolean message = kernel.family() == KernelFamily.ALL_REDUCE;
        double onChip =
                flopJoules(kernel, spec) + bytes * perChipByte.joules() + active.watts() * point.clock() * seconds;
        return square * onChip + bytes * (message ? perLinkByte.joules() : memoryJoules(spec));
    }

    private double flopJoules(Kernel kernel, DeviceSpec spec) {
        if (kernel.flops() == 0) {
            return 0;
        }
        NumberFormat format = spec.computeFormat(kernel.format()).orElse(kernel.format());
        Energy each = perFlop.get(format);
        if (each == null) {
            throw spec.missing(
                    "energy of an operation in " + format.label() + " (known: " + perFlop.keySet() + ")", NEEDED_BY);
        }
        return kernel.flops() * each.joules();
    }

    private double memoryJoules(DeviceSpec spec) {
        String name = spec.mainMemory().name();
        Energy each = perMemoryByte.get(name);
        if (each == null) {
            throw spec.missing("energy of a byte of " + name + " (known: " + perMemoryByte.keySet() + ")", NEEDED_BY);
        }
        return each.joules();
    }
}
