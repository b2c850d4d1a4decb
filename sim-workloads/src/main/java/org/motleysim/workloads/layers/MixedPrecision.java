package org.motleysim.workloads.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.NumberFormat;

/**
 * A network whose layers with weights have each their own number of bits, for weights and for what they read: sizes, bit-operations
 * (multiply-accumulates times both numbers of bits, as in HAWQ-V3, Yao et al., ICML 2021) and the kernels of an inference. Immutable.
 *
 * <pre>{@code
 * var mixed = MixedPrecision.inner(Networks.named("resnet-18"), 4, 8);  // first and last layer keep 8 bits
 * mixed.bitOperations();
 * }</pre>
 */
public final class MixedPrecision {
    private final Network network;
    private final Map<String, Integer> bits;

    private MixedPrecision(Network network, Map<String, Integer> bits) {
        this.network = network;
        this.bits = bits;
    }

    /**
     * Returns a network with as many bits for each layer with weights, in their order.
     *
     * @throws IllegalArgumentException if there is not one number for each, or one is not 1 to 64
     */
    public static MixedPrecision of(Network network, List<Integer> bits) {
        List<Layer> layers = weighted(network);
        if (bits.size() != layers.size()) {
            throw new IllegalArgumentException("bits (" + bits.size() + " numbers) must be one for each of the "
                    + layers.size() + " layers with weights of " + network);
        }
        Map<String, Integer> byLayer = new LinkedHashMap<>();
        for (int i = 0; i < bits.size(); i++) {
            int number = bits.get(i);
            if (number < 1 || number > 64) {
                throw new IllegalArgumentException("bits (" + number + ") must be 1 to 64");
            }
            byLayer.put(layers.get(i).name(), number);
        }
        return new MixedPrecision(network, byLayer);
    }

    /** Returns a network with the same bits everywhere. */
    public static MixedPrecision uniform(Network network, int bits) {
        return inner(network, bits, bits);
    }

    /** Returns a network with other bits in its first and last layer than between them, as is common. */
    public static MixedPrecision inner(Network network, int inner, int firstAndLast) {
        int layers = weighted(network).size();
        var bits = new ArrayList<Integer>();
        for (int i = 0; i < layers; i++) {
            bits.add(i == 0 || i == layers - 1 ? firstAndLast : inner);
        }
        return of(network, bits);
    }

    /** Returns the bytes of the weights; biases and norms are not counted. */
    public double weightBytes() {
        return weighted(network).stream()
                .mapToDouble(layer -> layer.weights() * (bits(layer) / 8.0))
                .sum();
    }

    /** Returns the multiply-accumulates of one image, each times the bits of its weight and the bits of its input. */
    public double bitOperations() {
        return weighted(network).stream()
                .mapToDouble(layer -> (double) layer.macs() * bits(layer) * bits(layer))
                .sum();
    }

    /**
     * Returns the kernels of an inference, norms and activations run at the end of products.
     *
     * @param sums bytes of a result as it is written; 4 when sums leave the kernel as 32-bit integers, 0 when they are rounded first and
     *     take the bits of their layer
     * @throws IllegalArgumentException if a layer has another number of bits than 4, 8, 16 or 32
     */
    public List<LayerKernel> inference(int batch, double sums) {
        Map<Integer, List<LayerKernel>> byBits = new LinkedHashMap<>();
        bits.values().stream()
                .distinct()
                .forEach(number ->
                        byBits.put(number, NetworkKernels.inference(network, batch, format(number), Fusion.EPILOGUE)));
        var kernels = new ArrayList<LayerKernel>();
        // What has no weights works on what the layer before it wrote.
        int latest = weighted(network).stream().mapToInt(this::bits).findFirst().orElse(8);
        int count = byBits.values().iterator().next().size();
        for (int i = 0; i < count; i++) {
            LayerKernel any = byBits.values().iterator().next().get(i);
            Integer own = bits.get(any.layer());
            if (own != null) {
                latest = own;
            }
            LayerKernel made = byBits.getOrDefault(latest, List.of()).get(i);
            kernels.add(own == null ? made : written(made, batch, latest, sums));
        }
        return List.copyOf(kernels);
    }

    private LayerKernel written(LayerKernel made, int batch, int number, double sums) {
        Kernel kernel = made.kernel();
        Layer layer = network.layers().stream()
                .filter(candidate -> candidate.name().equals(made.layer()))
                .findFirst()
                .orElseThrow();
        double bytes = (double) batch * layer.output().elements() * (sums > 0 ? sums : number / 8.0);
        return new LayerKernel(
                made.layer(),
                made.pass(),
                new Kernel(
                        kernel.family(), kernel.format(), kernel.flops(), kernel.bytesRead(), bytes, kernel.shape()));
    }

    private int bits(Layer layer) {
        return bits.getOrDefault(layer.name(), 32);
    }

    private static List<Layer> weighted(Network network) {
        return network.layers().stream().filter(layer -> layer.weights() > 0).toList();
    }

    private static NumberFormat format(int bits) {
        return switch (bits) {
            case 4 -> NumberFormat.INT4;
            case 8 -> NumberFormat.INT8;
            case 16 -> NumberFormat.FP16;
            case 32 -> NumberFormat.FP32;
            default ->
                throw new IllegalArgumentException("bits (" + bits + ") must be 4, 8, 16 or 32 for kernels\nMaybe 8.");
        };
    }
}
