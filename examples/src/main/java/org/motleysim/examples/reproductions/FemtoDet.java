package org.motleysim.examples.reproductions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.motleysim.hardware.cost.CpuCostModel;
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
        CpuCostModel phone = PhoneCores.cores(inputs.fact("phone"));
        List<Double> threads = inputs.numbers("threads");
        double[] rates = inputs.items("measured").stream()
                .mapToDouble(row -> PhoneCores.shareReached(row))
                .flatMap(share -> threads.stream()
                        .mapToDouble(count -> 1
                                / PhoneCores.seconds(
                                        network, PhoneCores.threads(phone.reaching(share), count.intValue()))))
                .sorted()
                .toArray();
        predictions.band(
                "E42-02",
                rates[0],
                rates[rates.length - 1],
                "one to four cores, and the share of the peak that two frameworks reached with MobileNetV2; neck and head left out");
    }
}
