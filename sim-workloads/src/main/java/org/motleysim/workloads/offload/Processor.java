package org.motleysim.workloads.offload;

import java.util.OptionalDouble;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.workloads.layers.Fusion;
import org.motleysim.workloads.layers.NetworkCost;
import org.motleysim.workloads.layers.NetworkKernels;

/**
 * What computes, on a device or in a server: equal cores, of which a task uses one.
 *
 * @param cores one or more
 * @param speed of one core
 * @param idle power of all of it when nothing runs
 * @param busy power of all of it when all cores run; between the two it grows with the cores that run
 */
public record Processor(int cores, Speed speed, Power idle, Power busy) {
    /** How fast a core is. */
    public sealed interface Speed {}

    /**
     * A core that does so many instructions.
     *
     * @param perCore million instructions per second (MIPS), more than zero
     */
    public record Mips(double perCore) implements Speed {
        /** @throws IllegalArgumentException if the number is not above zero and finite */
        public Mips {
            if (!(perCore > 0 && perCore < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("mips per core (" + perCore + ") must be above zero and finite");
            }
        }
    }

    /**
     * A device of the catalogue, whole, as one core; the default cost model says how long an inference takes.
     *
     * @param spec its datasheet
     */
    public record Board(DeviceSpec spec) implements Speed {}

    /** @throws IllegalArgumentException if there is no core, or busy is below idle */
    public Processor {
        if (cores < 1) {
            throw new IllegalArgumentException("cores (" + cores + ") must be 1 or more");
        }
        if (busy.watts() < idle.watts()) {
            throw new IllegalArgumentException("busy (" + busy + ") must be at least idle (" + idle + ")");
        }
    }

    /** Returns cores counted in instructions. */
    public static Processor mips(int cores, double perCore, Power idle, Power busy) {
        return new Processor(cores, new Mips(perCore), idle, busy);
    }

    /**
     * Returns one device of the catalogue, with its idle power and its thermal design power as busy power.
     *
     * @throws IllegalArgumentException if the datasheet has no thermal design power; idle is then taken to be zero if unknown
     */
    public static Processor of(DeviceSpec spec) {
        Power busy = spec.tdp().orElseThrow(() -> spec.missing("tdp", "a processor that devices offload to"));
        return new Processor(1, new Board(spec), spec.idle().orElse(Power.ZERO), busy);
    }

    /** Returns the watts above idle of one core that runs. */
    double wattsPerCore() {
        return (busy.watts() - idle.watts()) / cores;
    }

    /**
     * Returns how long a task takes that has a core to itself, in seconds; empty when work and speed are of different kinds: instructions
     * on a board, or an inference on cores counted in instructions.
     */
    public OptionalDouble seconds(Work work) {
        if (work instanceof Work.Instructions instructions && speed instanceof Mips mips) {
            return OptionalDouble.of(instructions.millions() / mips.perCore());
        }
        if (work instanceof Work.Inference inference && speed instanceof Board board) {
            BoundCostModel model = CostModel.builtIn().bind(board.spec(), OperatingPoint.nominal());
            return OptionalDouble.of(NetworkCost.of(
                            NetworkKernels.inference(inference.network(), 1, inference.format(), Fusion.EPILOGUE),
                            model)
                    .seconds());
        }
        return OptionalDouble.empty();
    }
}
