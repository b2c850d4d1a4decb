package org.motleysim.examples.reproductions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.workloads.layers.Activation;
import org.motleysim.workloads.layers.Fusion;
import org.motleysim.workloads.layers.Layer;
import org.motleysim.workloads.layers.Network;
import org.motleysim.workloads.layers.NetworkKernels;
import org.motleysim.workloads.layers.Networks;
import org.motleysim.workloads.layers.Operation;
import org.motleysim.workloads.layers.Tensor;
import org.motleysim.workloads.layers.Terms;

/** A network whose first part is replaced by a head with a bottleneck, and a decoder on the server: times of all three ways on one device. */
final class SplitSides {
    private final Network head;
    private final Network decoder;
    private final double localSeconds;
    private final double headSeconds;
    private final double wholeOnServer;
    private final double tailOnServer;
    private final double cutBytes;
    private final double inputBytes;

    /**
     * Reads both sides.
     *
     * @param device of the head
     * @param scale how many times as large the image is as that of the network by name
     */
    SplitSides(Inputs inputs, NetworkTimes device, double scale) {
        Network whole = Networks.named(inputs.text("network"));
        head = convolutions("head", inputs.items("head"));
        decoder = convolutions("decoder", inputs.items("decoder"));
        NetworkTimes server = NetworkTimes.on(inputs, inputs.text("server"));
        localSeconds = scale * seconds(device, whole);
        headSeconds = seconds(device, head);
        wholeOnServer = scale * seconds(server, whole);
        tailOnServer = seconds(server, decoder) + scale * seconds(server, whole, inputs.text("after"));
        cutBytes = inputs.number("cutBytes");
        inputBytes = inputs.number("inputBytes");
    }

    private static double seconds(NetworkTimes times, Network network) {
        return times.inference(network, 1, NumberFormat.FP32, Fusion.EPILOGUE);
    }

    /** Of the layers behind one. */
    private static double seconds(NetworkTimes times, Network network, String after) {
        List<String> names = network.layers().stream().map(Layer::name).toList();
        int last = names.indexOf(after);
        if (last < 0) {
            throw new IllegalArgumentException("layer (" + after + ") must be one of " + network.name());
        }
        return times.seconds(NetworkKernels.inference(network, 1, NumberFormat.FP32, Fusion.EPILOGUE).stream()
                .filter(kernel -> names.indexOf(kernel.layer()) > last)
                .toList());
    }

    /** Convolutions in a row, each with its sizes; what pools between them do is not counted. */
    private static Network convolutions(String name, List<JsonNode> rows) {
        List<Layer> layers = new ArrayList<>();
        Tensor first = new Tensor(-1, 1, 1, 1);
        for (JsonNode row : rows) {
            int at = layers.size();
            var input = new Tensor(at - 1, number(row, 0), number(row, 1), number(row, 2));
            first = at == 0 ? input : first;
            layers.add(new Layer(
                    name + at,
                    Operation.CONVOLUTION,
                    List.of(input),
                    new Tensor(at, number(row, 3), number(row, 4), number(row, 5)),
                    number(row, 6),
                    number(row, 7),
                    1,
                    Terms.NORM,
                    Activation.RELU,
                    0));
        }
        return new Network(name, first, layers);
    }

    private static int number(JsonNode row, int index) {
        return row.get(index).intValue();
    }

    double local() {
        return localSeconds;
    }

    double offloaded(double megabits) {
        return inputBytes * 8e-6 / megabits + wholeOnServer;
    }

    double split(double megabits) {
        return headSeconds + cutBytes * 8e-6 / megabits + tailOnServer;
    }

    boolean splitIsBest(double megabits) {
        return split(megabits) < Math.min(local(), offloaded(megabits));
    }

    double headMegaMacs() {
        return head.macs() / 1e6;
    }

    double compressedPercent() {
        return 100 * (1 - cutBytes / inputBytes);
    }

    /** Percent of the time of one of the other ways that the split saves, the most over the rates. */
    double mostSaved(List<Double> megabits, boolean againstLocal) {
        return megabits.stream()
                .mapToDouble(rate -> 100 * (1 - split(rate) / (againstLocal ? local() : offloaded(rate))))
                .max()
                .orElseThrow();
    }
}
