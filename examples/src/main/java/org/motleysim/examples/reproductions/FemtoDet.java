package org.motleysim.examples.reproductions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.workloads.layers.Fusion;
import org.motleysim.workloads.layers.Network;
import org.motleysim.workloads.layers.Networks;

/** Paper 42, Tu et al.: FemtoDet (ICCV 2023): a detector of 68 thousand parameters on a phone. The backbone only, the head is not public. */
final class FemtoDet implements Reproduction {
    @Override
    public String folder() {
        return "42-femtodet";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        var blocks = new ArrayList<int[]>();
        int width = 8;
        for (JsonNode stage : inputs.items("stages")) {
            for (int block = 0; block < stage.get(2).intValue(); block++) {
                int stride = block == 0 ? stage.get(3).intValue() : 1;
                blocks.add(
                        new int[] {width * stage.get(0).intValue(), stage.get(1).intValue(), 3, stride});
                width = stage.get(1).intValue();
            }
        }
        Network network = Networks.invertedResiduals("femtodet", inputs.count("image"), 8, blocks, 0);
        NetworkTimes core = NetworkTimes.on(inputs, inputs.text("device"));
        double oneCore = 1 / core.inference(network, 1, NumberFormat.FP32, Fusion.EPILOGUE);
        List<Double> cores = inputs.numbers("cores");
        predictions.band(
                "E42-02",
                oneCore * cores.get(0),
                oneCore * cores.get(1),
                "cores used not stated; peak of the core reached, neck and head left out");
    }
}
