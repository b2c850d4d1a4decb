package org.motleysim.workloads.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.motleysim.core.name.NearestName;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.workloads.layers.Fusion;
import org.motleysim.workloads.layers.Layer;
import org.motleysim.workloads.layers.LayerKernel;
import org.motleysim.workloads.layers.Network;
import org.motleysim.workloads.layers.NetworkKernels;
import org.motleysim.workloads.layers.Tensor;

/**
 * Every place where a network can be cut in the order of its layers: what the head takes on a device, what has to cross, what the tail takes
 * on a server. Cut k leaves k layers on the device: at 0 the input crosses, at the last nothing has to but the result.
 */
public final class NetworkCuts {
    private final Network network;
    private final double[] head; // seconds of the first k layers
    private final double[] tail; // seconds of the others
    private final long[] crossing; // elements

    private NetworkCuts(Network network, double[] device, double[] server) {
        this.network = network;
        int layers = network.layers().size();
        head = new double[layers + 1];
        tail = new double[layers + 1];
        crossing = new long[layers + 1];
        for (int k = 1; k <= layers; k++) {
            head[k] = head[k - 1] + device[k - 1];
        }
        for (int k = layers - 1; k >= 0; k--) {
            tail[k] = tail[k + 1] + server[k];
        }
        int[] lastUse = lastUses(network);
        for (int k = 0; k <= layers; k++) {
            crossing[k] = lastUse[0] >= k ? network.input().elements() : 0;
            for (int layer = 0; layer < k; layer++) {
                if (lastUse[layer + 1] >= k) {
                    crossing[k] += network.layers().get(layer).output().elements();
                }
            }
        }
    }

    /**
     * Returns the cuts of a network.
     *
     * @param format of weights and activations on both sides
     * @param fusion on both sides
     * @param device cost model of the device
     * @param server cost model of the server
     */
    public static NetworkCuts of(
            Network network, NumberFormat format, Fusion fusion, BoundCostModel device, BoundCostModel server) {
        return new NetworkCuts(
                network, layerSeconds(network, format, fusion, device), layerSeconds(network, format, fusion, server));
    }

    /** Returns the seconds of each layer of a network, by itself. */
    public static double[] layerSeconds(Network network, NumberFormat format, Fusion fusion, BoundCostModel model) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (Layer layer : network.layers()) {
            if (numbers.put(layer.name(), numbers.size()) != null) {
                throw new IllegalArgumentException("layer (" + layer.name() + ") of " + network.name()
                        + " must have a name of its own in a network that is cut");
            }
        }
        var seconds = new double[numbers.size()];
        for (LayerKernel kernel : NetworkKernels.inference(network, 1, format, fusion)) {
            Integer number = numbers.get(kernel.layer());
            if (number == null) {
                throw new IllegalStateException("kernel of " + kernel.layer() + " belongs to no layer");
            }
            seconds[number] += model.cost(kernel.kernel()).seconds();
        }
        return seconds;
    }

    /** The last layer that reads the input (entry 0) or the output of each layer; -1 for none. The result is nobody's. */
    private static int[] lastUses(Network network) {
        var last = new int[network.layers().size() + 1];
        Arrays.fill(last, -1);
        for (int i = 0; i < network.layers().size(); i++) {
            for (Tensor read : network.layers().get(i).inputs()) {
                last[read.layer() + 1] = i;
            }
        }
        return last;
    }

    /** Returns the network. */
    public Network network() {
        return network;
    }

    /** Returns how many layers there are; cuts go from 0 to this. */
    public int layers() {
        return network.layers().size();
    }

    /** Returns the seconds of the first layers on the device. */
    public double headSeconds(int cut) {
        return head[cut];
    }

    /** Returns the seconds of the others on the server. */
    public double tailSeconds(int cut) {
        return tail[cut];
    }

    /** Returns how many elements cross: all that later layers still read; 0 after the last layer. */
    public long crossingElements(int cut) {
        return crossing[cut];
    }

    /**
     * Returns the cut behind a layer.
     *
     * @throws IllegalArgumentException if there is no layer of that name, with the nearest one
     */
    public int after(String layer) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < layers(); i++) {
            String name = network.layers().get(i).name();
            if (name.equals(layer)) {
                return i + 1;
            }
            names.add(name);
        }
        throw new IllegalArgumentException("layer (\"" + layer + "\") must be one of " + network.name()
                + NearestName.of(layer, names)
                        .map(near -> "\nMaybe \"" + near + "\".")
                        .orElse(""));
    }

    /**
     * Returns the cut with the least time over a link, by trying all; among equals the earliest.
     *
     * @param bytesPerElement of what crosses
     * @param inputBytes of the input as it is sent, such as a compressed image
     * @param bytesPerSecond of the link; zero if there is none
     * @param latencySeconds that a transfer takes besides
     */
    public int fastest(double bytesPerElement, double inputBytes, double bytesPerSecond, double latencySeconds) {
        int best = layers();
        double least = head[best];
        for (int cut = layers() - 1; cut >= 0; cut--) {
            double bytes = cut == 0 ? inputBytes : crossing[cut] * bytesPerElement;
            double seconds = head[cut] + latencySeconds + bytes / bytesPerSecond + tail[cut];
            if (seconds <= least) {
                least = seconds;
                best = cut;
            }
        }
        return best;
    }
}
