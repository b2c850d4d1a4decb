package org.motleysim.workloads.layers;

import java.util.ArrayList;
import java.util.List;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.Shape;
import org.motleysim.workloads.layers.LayerKernel.Pass;

/**
 * The kernels of one inference or one training step of a batch, in the order they run.
 *
 * <p>Convolutions are convolution kernels, linear layers and matmuls matrix products (a matmul of h heads of a batch of b is one kernel
 * of the h b products), everything else traffic over elements: each input read and the output written once. A batch norm reads its input
 * twice in training (statistics, then values) and once at inference. The gradient with regard to inputs and that with regard to weights
 * each do the work of the forward product; the first layer has no gradient of its input. Views cost nothing.
 */
public final class NetworkKernels {
    private final int batch;
    private final NumberFormat format;
    private final Fusion fusion;

    private NetworkKernels(int batch, NumberFormat format, Fusion fusion) {
        if (batch < 1) {
            throw new IllegalArgumentException("batch (" + batch + ") must be 1 or more");
        }
        this.batch = batch;
        this.format = format;
        this.fusion = fusion;
    }

    /**
     * Returns the kernels of an inference.
     *
     * @throws IllegalArgumentException if the batch is below one
     */
    public static List<LayerKernel> inference(Network network, int batch, NumberFormat format, Fusion fusion) {
        var made = new NetworkKernels(batch, format, fusion);
        var kernels = new ArrayList<LayerKernel>();
        network.layers().forEach(layer -> made.forward(layer, false, kernels));
        return List.copyOf(kernels);
    }

    /**
     * Returns the kernels of a training step, its batch norms with statistics of the batch; kernels are not fused across layers.
     *
     * @throws IllegalArgumentException if the batch is below one
     */
    public static List<LayerKernel> training(Network network, int batch, NumberFormat format, Optimiser optimiser) {
        var made = new NetworkKernels(batch, format, Fusion.EAGER);
        var kernels = new ArrayList<LayerKernel>();
        network.layers().forEach(layer -> made.forward(layer, true, kernels));
        List<Layer> layers = network.layers();
        for (int i = layers.size() - 1; i >= 0; i--) {
            made.backward(layers.get(i), kernels);
        }
        made.update(network, optimiser, kernels);
        return List.copyOf(kernels);
    }

    private void forward(Layer layer, boolean training, List<LayerKernel> kernels) {
        long out = batch * layer.output().elements();
        boolean product = operation(layer, out, kernels);
        boolean norm = layer.terms().norm();
        boolean active = layer.activation() != Activation.NONE;
        if (fusion == Fusion.EPILOGUE && product) {
            return;
        }
        if (fusion == Fusion.EAGER) {
            if (norm) {
                int reads = training ? 2 : 1;
                add(
                        layer,
                        Pass.FORWARD,
                        elements(training ? KernelFamily.NORM : KernelFamily.ELEMENTWISE, out, reads, 4),
                        kernels);
            }
            if (active) {
                add(
                        layer,
                        Pass.FORWARD,
                        elements(
                                KernelFamily.ELEMENTWISE,
                                out,
                                1,
                                layer.activation().flops()),
                        kernels);
            }
        } else if (norm || active) {
            add(
                    layer,
                    Pass.FORWARD,
                    elements(
                            KernelFamily.ELEMENTWISE,
                            out,
                            1,
                            2 + layer.activation().flops()),
                    kernels);
        }
    }

    /** Adds the operation itself; returns whether what follows could be folded into it. */
    private boolean operation(Layer layer, long out, List<LayerKernel> kernels) {
        switch (layer.operation()) {
            case CONVOLUTION, UP_CONVOLUTION, LINEAR, MATMUL -> {
                add(layer, Pass.FORWARD, product(layer), kernels);
                return true;
            }
            case ADD -> {
                if (fusion != Fusion.EAGER) {
                    // The sum runs where the other input is made; only its second operand is read once more.
                    double bytes = out * format.bytesPerElement();
                    add(layer, Pass.FORWARD, traffic(KernelFamily.ELEMENTWISE, out, (double) out, bytes, 0), kernels);
                    return true;
                }
                add(layer, Pass.FORWARD, elements(KernelFamily.ELEMENTWISE, out, 2, 1), kernels);
            }
            case MULTIPLY -> add(layer, Pass.FORWARD, elements(KernelFamily.ELEMENTWISE, out, 1, 1), kernels);
            case NORM, SOFTMAX -> add(layer, Pass.FORWARD, rows(layer, out), kernels);
            case MAX_POOL, AVERAGE_POOL, GLOBAL_POOL, EMBEDDING, REARRANGE ->
                add(layer, Pass.FORWARD, moved(layer, out), kernels);
            case POINTWISE, VIEW -> {}
        }
        return false;
    }

    private void backward(Layer layer, List<LayerKernel> kernels) {
        long out = batch * layer.output().elements();
        boolean first = layer.inputs().stream().allMatch(input -> input.layer() < 0);
        if (layer.activation() != Activation.NONE) {
            add(
                    layer,
                    Pass.INPUT_GRADIENT,
                    elements(
                            KernelFamily.ELEMENTWISE, out, 2, layer.activation().flops()),
                    kernels);
        }
        if (layer.terms().norm()) {
            // Two sums over gradients and values, then the gradient from both.
            add(layer, Pass.INPUT_GRADIENT, elements(KernelFamily.NORM, out, 4, 8), kernels);
        }
        switch (layer.operation()) {
            case CONVOLUTION, UP_CONVOLUTION, LINEAR -> {
                if (!first) {
                    add(layer, Pass.INPUT_GRADIENT, product(layer), kernels);
                }
                add(layer, Pass.WEIGHT_GRADIENT, product(layer), kernels);
            }
            case MATMUL -> {
                add(layer, Pass.INPUT_GRADIENT, product(layer), kernels);
                add(layer, Pass.INPUT_GRADIENT, product(layer), kernels);
            }
            case ADD -> add(layer, Pass.INPUT_GRADIENT, elements(KernelFamily.ELEMENTWISE, out, 2, 1), kernels);
            case MULTIPLY -> add(layer, Pass.INPUT_GRADIENT, elements(KernelFamily.ELEMENTWISE, out, 3, 2), kernels);
            case NORM, SOFTMAX -> add(layer, Pass.INPUT_GRADIENT, elements(KernelFamily.NORM, out, 4, 8), kernels);
            case MAX_POOL, AVERAGE_POOL, GLOBAL_POOL, EMBEDDING, REARRANGE ->
                add(layer, Pass.INPUT_GRADIENT, moved(layer, out), kernels);
            case POINTWISE, VIEW -> {}
        }
    }

    private void update(Network network, Optimiser optimiser, List<LayerKernel> kernels) {
        for (Layer layer : network.layers()) {
            long parameters = layer.parameters();
            if (parameters > 0) {
                double read = (2 + optimiser.states()) * parameters * format.bytesPerElement();
                double written = (1 + optimiser.states()) * parameters * format.bytesPerElement();
                add(
                        layer,
                        Pass.UPDATE,
                        traffic(
                                KernelFamily.ELEMENTWISE,
                                parameters,
                                (2 + 4.0 * optimiser.states()) * parameters,
                                read,
                                written),
                        kernels);
            }
        }
    }

    private Kernel product(Layer layer) {
        Tensor in = layer.input();
        Tensor out = layer.output();
        return switch (layer.operation()) {
            case CONVOLUTION ->
                Kernel.convolution(
                        new Shape.Convolution(
                                batch,
                                in.channels(),
                                out.channels(),
                                out.height(),
                                out.width(),
                                layer.kernel(),
                                layer.stride(),
                                layer.groups()),
                        in.height(),
                        in.width(),
                        format);
            // The same products as the convolution that it is the gradient of.
            case UP_CONVOLUTION ->
                Kernel.convolution(
                        new Shape.Convolution(
                                batch,
                                out.channels(),
                                in.channels(),
                                in.height(),
                                in.width(),
                                layer.kernel(),
                                layer.stride(),
                                1),
                        out.height(),
                        out.width(),
                        format);
            case LINEAR -> Kernel.gemm(batch * out.places(), out.channels(), in.channels(), format);
            default -> matmul(layer);
        };
    }

    private Kernel matmul(Layer layer) {
        long products = (long) batch * layer.groups();
        long inner = layer.inner() / layer.groups();
        Tensor out = layer.output();
        long rows = out.channels() == layer.groups() ? out.height() : out.places();
        long columns = out.elements() / layer.groups() / rows;
        double element = format.bytesPerElement();
        double read = (double) products * inner * (rows + columns) * element;
        return new Kernel(
                KernelFamily.GEMM,
                format,
                2.0 * products * rows * columns * inner,
                read,
                (double) products * rows * columns * element,
                new Shape.Product(products * rows, columns, inner, format));
    }

    private Kernel rows(Layer layer, long elements) {
        long columns = layer.operation() == Operation.SOFTMAX
                ? layer.output().width()
                : layer.output().channels();
        return Kernel.norm(elements / columns, columns, format);
    }

    private Kernel moved(Layer layer, long out) {
        long in = layer.inputs().stream().mapToLong(Tensor::elements).sum() * batch;
        double element = format.bytesPerElement();
        boolean embedding = layer.operation() == Operation.EMBEDDING;
        long read = embedding ? out : in;
        return traffic(
                embedding ? KernelFamily.EMBEDDING : KernelFamily.ELEMENTWISE, out, 0, read * element, out * element);
    }

    private Kernel elements(KernelFamily family, long elements, int reads, double flopsEach) {
        double bytes = elements * format.bytesPerElement();
        return traffic(family, elements, flopsEach * elements, reads * bytes, bytes);
    }

    private Kernel traffic(KernelFamily family, long elements, double flops, double read, double written) {
        return new Kernel(family, format, flops, read, written, new Shape.Elements(elements));
    }

    private static void add(Layer layer, Pass pass, Kernel kernel, List<LayerKernel> kernels) {
        kernels.add(new LayerKernel(layer.name(), pass, kernel));
    }
}
