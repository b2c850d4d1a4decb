package org.motleysim.examples.reproductions;

import java.time.Duration;
import java.util.List;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.hardware.strided.StridedBlocks;

/**
 * Paper 67, Pearson et al.: TEMPI (HPDC 2021): an MPI library that copies each block of a strided message by itself, against one kernel
 * that packs them all. What is gained is the host's time per copy.
 */
final class Tempi implements Reproduction {
    private static final String UNKNOWN = "a small copy takes the host 5 to 10 us";

    @Override
    public String folder() {
        return "67-tempi";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        DeviceSpec gpu = NetworkTimes.device(inputs, inputs.text("gpu"));
        BoundCostModel kernels = CostModel.builtIn().bind(gpu, OperatingPoint.nominal());
        Bandwidth memory = gpu.memory().get(0).bandwidth();
        double[] pack = new double[2];
        double[] send = new double[2];
        double[] halo = new double[2];
        List<Double> micros = inputs.numbers("copyMicros");
        for (int i = 0; i < 2; i++) {
            Duration copy = Duration.ofNanos(Math.round(1e3 * micros.get(i)));
            for (double target : inputs.numbers("targets")) {
                for (double block : inputs.numbers("blocks")) {
                    StridedBlocks blocks =
                            new StridedBlocks((long) (target / block), (long) block, inputs.count("stride"));
                    double copies = blocks.copiesSeconds(copy, memory);
                    double kernel = blocks.packSeconds(kernels);
                    double wire = 1e-6 * inputs.number("messageMicros")
                            + blocks.bytes() / (1e9 * inputs.number("nodeGigabytesPerSecond"));
                    pack[i] = Math.max(pack[i], copies / kernel);
                    // Both ends: packed at the one, unpacked at the other.
                    send[i] = Math.max(send[i], (2 * copies + wire) / (2 * kernel + wire));
                }
            }
            halo[i] = halo(
                    inputs,
                    kernels,
                    memory,
                    copy,
                    inputs.numbers("offNodeShare").get(1 - i));
        }
        predictions.band("67-1", pack[0], pack[1], UNKNOWN);
        predictions.band("67-2", send[0], send[1], UNKNOWN);
        predictions.band("67-3", halo[0], halo[1], UNKNOWN + "; layout of ranks not stated");
    }

    /** One exchange of all six faces, twelve edges and eight corners of a rank, block by block over packed. */
    private static double halo(Inputs inputs, BoundCostModel kernels, Bandwidth memory, Duration copy, double offNode) {
        int edge = inputs.count("edge");
        int radius = inputs.count("radius");
        int size = inputs.count("bytesPerNumber");
        long row = (long) (edge + 2 * radius) * size;
        double copies = 0;
        double packs = 0;
        double bytes = 0;
        for (int x = -1; x <= 1; x++) {
            for (int y = -1; y <= 1; y++) {
                for (int z = -1; z <= 1; z++) {
                    if (x == 0 && y == 0 && z == 0) {
                        continue;
                    }
                    long rows = (long) (y == 0 ? edge : radius) * (z == 0 ? edge : radius);
                    StridedBlocks blocks = new StridedBlocks(
                            inputs.count("quantities") * rows, (long) (x == 0 ? edge : radius) * size, row);
                    copies += 2 * blocks.copiesSeconds(copy, memory);
                    packs += 2 * blocks.packSeconds(kernels);
                    bytes += blocks.bytes();
                }
            }
        }
        double port = 1e9 * inputs.number("nodeGigabytesPerSecond") / inputs.count("ranksPerNode");
        double wire = bytes * offNode / port + 26e-6 * inputs.number("messageMicros");
        return (copies + wire) / (packs + wire);
    }
}
