package org.motleysim.examples.reproductions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.Shape;
import org.motleysim.hardware.dispatch.Host;
import org.motleysim.hardware.dispatch.Hosts;
import org.motleysim.hardware.dispatch.LaunchTimes;
import org.motleysim.hardware.power.OperatingPoint;

/**
 * Paper 57, Amoros et al.: The Fused Kernel Library (arXiv:2508.07071): chains of library calls, and the same call on many images, as one
 * kernel. What is saved is launches and the traffic between the calls.
 */
final class FusedKernelLibrary implements Reproduction {
    private static final String HOST = "a library call takes the host 2.26 us, an empty launch, to 5 us";

    @Override
    public String folder() {
        return "57-fused-kernels";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        BoundCostModel gpu =
                CostModel.builtIn().bind(NetworkTimes.device(inputs, inputs.text("gpu")), OperatingPoint.nominal());
        List<Host> hosts = hosts(inputs);
        predictions.band("57-2", crops(inputs, gpu, hosts.get(0)), crops(inputs, gpu, hosts.get(1)), HOST);
        double[] fast = range(inputs, gpu, hosts.get(0));
        double[] slow = range(inputs, gpu, hosts.get(1));
        predictions.band("57-1-least", fast[0], slow[0], HOST);
        predictions.band("57-1-most", fast[1], slow[1], HOST);
        predictions.band("57-4", fast[1], slow[1], HOST);
    }

    private static List<Host> hosts(Inputs inputs) {
        Host empty = Hosts.EPYC_7313_A100;
        Duration slow = Duration.ofNanos(Math.round(1e3 * inputs.number("slowHostMicros")));
        return List.of(empty, empty.perKernel(slow));
    }

    /** Resize, cast, multiply, subtract, divide and split of every crop, call by call over all in one. */
    private static double crops(Inputs inputs, BoundCostModel gpu, Host host) {
        long crops = inputs.count("crops");
        long pixels = (long) inputs.count("cropRows") * inputs.count("cropColumns") * 3;
        List<Kernel> calls = List.of(
                pass(pixels, 1, 1, 8),
                pass(pixels, 1, 4, 1),
                pass(pixels, 4, 4, 1),
                pass(pixels, 4, 4, 1),
                pass(pixels, 4, 4, 1));
        var apart = new ArrayList<Kernel>();
        for (int crop = 0; crop < crops; crop++) {
            apart.addAll(calls);
        }
        return seconds(gpu, host, apart) / seconds(gpu, host, List.of(pass(crops * pixels, 1, 4, 12)));
    }

    /** The least and the most that chains and batches of the sweep gain. */
    private static double[] range(Inputs inputs, BoundCostModel gpu, Host host) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (double elements : inputs.numbers("sweepElements")) {
            for (double batch : inputs.numbers("sweepBatches")) {
                for (double chain : inputs.numbers("sweepChains")) {
                    double gain = gain(gpu, host, (long) elements, (int) batch, (int) chain);
                    least = Math.min(least, gain);
                    most = Math.max(most, gain);
                }
            }
        }
        return new double[] {least, most};
    }

    /** One kernel for a chain of operations on a batch of images, over one kernel for each operation and image. */
    static double gain(BoundCostModel gpu, Host host, long elements, int batch, int chain) {
        double each = gpu.cost(pass(elements, 4, 4, 1)).seconds();
        LaunchTimes apart = LaunchTimes.ofEqual(host, (double) batch * chain, batch * chain * each);
        return apart.seconds() / seconds(gpu, host, List.of(pass(batch * elements, 4, 4, chain)));
    }

    private static double seconds(BoundCostModel gpu, Host host, List<Kernel> kernels) {
        double[] each = new double[kernels.size()];
        Arrays.setAll(each, i -> gpu.cost(kernels.get(i)).seconds());
        return LaunchTimes.of(host, each).seconds();
    }

    /** Every element read once, worked on and written once. */
    private static Kernel pass(long elements, int bytesRead, int bytesWritten, double flopsEach) {
        return new Kernel(
                KernelFamily.ELEMENTWISE,
                NumberFormat.FP32,
                flopsEach * elements,
                (double) bytesRead * elements,
                (double) bytesWritten * elements,
                new Shape.Elements(elements));
    }
}
