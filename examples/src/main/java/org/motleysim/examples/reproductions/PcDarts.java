package org.motleysim.examples.reproductions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.workloads.layers.LayerKernel;
import org.motleysim.workloads.layers.Network;
import org.motleysim.workloads.layers.NetworkKernels;
import org.motleysim.workloads.layers.NetworkMemory;
import org.motleysim.workloads.layers.Optimiser;
import org.motleysim.workloads.layers.SavedTensors;
import org.motleysim.workloads.layers.SearchSchedule;
import org.motleysim.workloads.layers.SuperNetwork;

/** Paper 19, Xu et al.: PC-DARTS (ICLR 2020): memory and time of an architecture search on a share of the channels. */
final class PcDarts implements Reproduction {
    private static final double GIGA = 1e9;
    private static final String CONTEXT = "tensors kept, weights and optimiser; workspace of the framework not counted";

    @Override
    public String folder() {
        return "19-pc-darts";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        Search partial = new Search(inputs, "pcDarts");
        Search full = new Search(inputs, "darts");
        Search imageNet = new Search(inputs, "imageNet");
        double[] days = partial.days();
        double[] before = full.days();
        predictions.value("E19-01", days[1], partial.bound());
        predictions.value("E19-01b", before[1], full.bound());
        predictions.value("E19-01c", before[1] / days[1]);
        double[] large = imageNet.days();
        predictions.band(
                "E19-02",
                large[0],
                large[1],
                "one process feeds eight GPUs, in 5 to 25 us an operation; loading images not counted");
        predictions.value("E19-03", partial.memory(inputs.count("smallBatch")), CONTEXT);
        predictions.value("E19-03b", partial.memory(partial.batch), CONTEXT);
        predictions.value("E19-03c", full.memory(full.batch), CONTEXT);
        predictions.value("E19-03d", imageNet.memory(imageNet.batch / imageNet.gpus), CONTEXT);
    }

    /** One search as its code sets it up. */
    private static final class Search {
        private final Network network;
        private final NetworkTimes times;
        private final int batch;
        private final int gpus;
        private final double forwards;
        private final List<Double> hostMicros;
        private final SearchSchedule schedule;

        Search(Inputs inputs, String name) {
            JsonNode fact = inputs.fact(name);
            SuperNetwork search = SuperNetwork.darts().share(fact.get("share").intValue());
            network = (fact.get("imageNet").booleanValue() ? search.forImageNet() : search).build(name);
            times = NetworkTimes.on(inputs, fact.get("gpu").asText());
            batch = fact.get("batch").intValue();
            gpus = fact.get("gpus").intValue();
            forwards = fact.get("forwards").doubleValue();
            hostMicros = inputs.numbers("hostMicrosPerKernel");
            schedule = new SearchSchedule(
                    fact.get("images").longValue(),
                    batch,
                    fact.get("epochs").intValue(),
                    fact.get("choosesFrom").intValue());
        }

        /** Days of all GPUs with the fastest and the slowest host. */
        double[] days() {
            double device = deviceSeconds();
            return new double[] {
                schedule.gpuDays(Math.max(device, hostSeconds(0)), gpus),
                schedule.gpuDays(Math.max(device, hostSeconds(1)), gpus)
            };
        }

        String bound() {
            return deviceSeconds() >= hostSeconds(1)
                    ? "bound by the device, not the host; depthwise kernels at the rate of today's inference libraries"
                    : "bound by the host";
        }

        double memory(int images) {
            return NetworkMemory.training(
                            network, images, NumberFormat.FP32, Optimiser.MOMENTUM, SavedTensors.Rule.EXACT)
                    / GIGA;
        }

        private List<LayerKernel> kernels() {
            return NetworkKernels.training(network, batch / gpus, NumberFormat.FP32, Optimiser.MOMENTUM);
        }

        private List<LayerKernel> forward() {
            return kernels().stream()
                    .filter(kernel -> kernel.pass() == LayerKernel.Pass.FORWARD)
                    .toList();
        }

        private double deviceSeconds() {
            return times.seconds(kernels()) + (forwards - 1) * times.seconds(forward());
        }

        /** One process launches the kernels of all its GPUs, one after the other. */
        private double hostSeconds(int which) {
            double launches = kernels().size() + (forwards - 1) * forward().size();
            return launches * gpus * hostMicros.get(which) * 1e-6;
        }
    }
}
