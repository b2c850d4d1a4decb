package org.motleysim.examples.reproductions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.workloads.layers.Fusion;
import org.motleysim.workloads.layers.LayerKernel;
import org.motleysim.workloads.layers.MixedPrecision;
import org.motleysim.workloads.layers.Network;
import org.motleysim.workloads.layers.NetworkKernels;
import org.motleysim.workloads.layers.Networks;

/** Paper 71, Yao et al.: HAWQ-V3 (ICML 2021): sizes, bit-operations and T4 times of networks of 4 and 8 bits. */
final class HawqV3 implements Reproduction {
    private static final double MIB = 1 << 20;
    private static final String SUMS =
            "sums rounded before they are written, or written as 32-bit integers; not stated for whole networks";
    private static final String PEAK =
            SUMS + "; tensor cores at the rate of vendor libraries, the paper's own kernels reach a tenth of the peak";

    @Override
    public String folder() {
        return "71-hawq-v3";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        for (String model : List.of("R18", "R50")) {
            Network network = Networks.named(inputs.fact("networks").get(model).asText());
            sizes(predictions, "71-" + model + "-FP32", MixedPrecision.uniform(network, 32), "");
            sizes(predictions, "71-" + model + "-W8A8", MixedPrecision.uniform(network, 8), "");
            sizes(predictions, "71-" + model + "-W4A4", MixedPrecision.inner(network, 4, 8), "");
            for (JsonNode scheme : inputs.items("schemes" + model)) {
                sizes(
                        predictions,
                        "71-" + model + "-" + scheme.get(0).asText(),
                        mixed(network, scheme.get(1).asText()),
                        "of the bits published for each layer");
            }
            times(inputs, predictions, model, network);
        }
        mixedTime(inputs, predictions);
        kernels(inputs, predictions);
    }

    private static void sizes(Predictions predictions, String id, MixedPrecision mixed, String reason) {
        String and = reason.isEmpty() ? "" : reason + "; ";
        predictions.value(id + "-size", mixed.weightBytes() / MIB, and + "norms, biases and scales not counted");
        predictions.value(
                id + "-bops", mixed.bitOperations() / 1e9, and + "published figures look cut rather than rounded");
    }

    /** The bits of all layers but the first and the last, which have eight. */
    private static MixedPrecision mixed(Network network, String digits) {
        var bits = new ArrayList<Integer>();
        bits.add(8);
        digits.chars().forEach(digit -> bits.add(digit - '0'));
        bits.add(8);
        return MixedPrecision.of(network, bits);
    }

    private static void times(Inputs inputs, Predictions predictions, String model, Network network) {
        NetworkTimes gpu = NetworkTimes.on(inputs, inputs.text("gpu"));
        int batch = inputs.count("batch");
        double wide = inputs.number("sumBytes");
        double full = gpu.seconds(NetworkKernels.inference(network, batch, NumberFormat.FP32, Fusion.EPILOGUE));
        MixedPrecision eight = MixedPrecision.uniform(network, 8);
        MixedPrecision four = MixedPrecision.inner(network, 4, 8);
        double[] int8 = {gpu.seconds(eight.inference(batch, 0)), gpu.seconds(eight.inference(batch, wide))};
        double[] int4 = {gpu.seconds(four.inference(batch, 0)), gpu.seconds(four.inference(batch, wide))};
        predictions.band("71-" + model + "-W8A8-speed", full / int8[0], full / int8[1], PEAK);
        predictions.band("71-" + model + "-W4A4-speed", full / int4[0], full / int4[1], PEAK);
        predictions.band("71-" + model + "-1", int8[0] / int4[0], int8[1] / int4[1], SUMS);
        double[] layers = {
            inner(gpu, eight.inference(batch, 0)) / inner(gpu, four.inference(batch, 0)),
            inner(gpu, eight.inference(batch, wide)) / inner(gpu, four.inference(batch, wide))
        };
        predictions.band("71-" + model + "-sum", layers[0], layers[1], SUMS);
    }

    private static void mixedTime(Inputs inputs, Predictions predictions) {
        NetworkTimes gpu = NetworkTimes.on(inputs, inputs.text("gpu"));
        Network network = Networks.named(inputs.fact("networks").get("R50").asText());
        int batch = inputs.count("batch");
        double least = 100;
        double most = 0;
        for (JsonNode scheme : inputs.items("schemesR50")) {
            for (double sums : new double[] {0, inputs.number("sumBytes")}) {
                double eight = gpu.seconds(MixedPrecision.uniform(network, 8).inference(batch, sums));
                double mixed =
                        gpu.seconds(mixed(network, scheme.get(1).asText()).inference(batch, sums));
                least = Math.min(least, 100 * (1 - mixed / eight));
                most = Math.max(most, 100 * (1 - mixed / eight));
            }
        }
        predictions.band("71-2", least, most, "which of the nine mixes is not stated; " + SUMS);
    }

    /** Time of the convolutions between the first and the last layer. */
    private static double inner(NetworkTimes gpu, List<LayerKernel> kernels) {
        return gpu.seconds(kernels.stream()
                .filter(kernel -> kernel.layer().matches("s\\d\\.b\\d+\\.(a|b|c|proj)"))
                .toList());
    }

    /** Single kernels, tuned alone: sums are written as they are. */
    private static void kernels(Inputs inputs, Predictions predictions) {
        NetworkTimes gpu = NetworkTimes.on(inputs, inputs.text("gpu"));
        Network network = Networks.named(inputs.fact("networks").get("R50").asText());
        for (JsonNode row : inputs.items("kernels")) {
            for (int bits : new int[] {8, 4}) {
                List<LayerKernel> one =
                        MixedPrecision.uniform(network, bits)
                                .inference(inputs.count("batch"), inputs.number("sumBytes"))
                                .stream()
                                .filter(kernel ->
                                        kernel.layer().equals(row.get(1).asText()))
                                .toList();
                predictions.value(
                        "71-" + row.get(0).asText() + "-int" + bits,
                        1e6 * gpu.seconds(one),
                        "at the rate of vendor libraries, bound by the sums written");
            }
        }
    }
}
