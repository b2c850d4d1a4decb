package org.motleysim.examples.reproductions;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.motleysim.hardware.calibration.few.DeviceFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.workloads.layers.CellOperation;
import org.motleysim.workloads.layers.Fusion;
import org.motleysim.workloads.layers.Networks;

/**
 * Paper 24, Lee et al.: HELP (NeurIPS 2021): latency of networks on a device from ten measured ones and devices that are known. Ours is
 * {@link DeviceFamily} on the paper's devices and its ten reference networks; the counts of a network are what the paper's encoding of
 * it says.
 */
final class Help implements Reproduction {
    /** As the tables were measured: CIFAR-100. */
    private static final int CLASSES = 100;

    @Override
    public String folder() {
        return "24-help";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        Optional<Path> data = inputs.data().map(folder -> folder.resolve("24-help"));
        Map<String, SearchSpace> spaces = new TreeMap<>();
        for (JsonNode row : inputs.items("rows")) {
            String claim = row.path("claim").asText();
            if (data.isEmpty()) {
                predictions.notAttempted(claim, "needs the paper's measured tables: --data");
                continue;
            }
            String name = row.path("space").asText();
            SearchSpace space = spaces.computeIfAbsent(name, key -> SearchSpace.read(data.get(), key));
            JsonNode setting = inputs.fact(name);
            List<String> columns =
                    row.has("column") ? List.of(row.path("column").asText()) : texts(setting.path("test"));
            List<String> absent =
                    columns.stream().filter(column -> !space.has(column)).toList();
            if (!absent.isEmpty()) {
                predictions.notAttempted(claim, "the tables at hand leave out " + String.join(", ", absent));
                continue;
            }
            double sum = 0;
            for (String column : columns) {
                sum += correlation(
                        inputs, space, setting, column, row.path("by").asText());
            }
            predictions.value(
                    claim,
                    sum / columns.size(),
                    how(space, setting, row.path("by").asText()));
        }
    }

    private static double correlation(Inputs inputs, SearchSpace space, JsonNode setting, String column, String by) {
        int[] samples = space.references();
        if (by.equals("datasheet")) {
            return space.correlation(
                    column, datasheet(inputs, space, inputs.fact("datasheets").path(column)), samples);
        }
        double[] predicted = by.equals("samples")
                ? space.predicted(
                        space.family(texts(setting.path("train")), texts(setting.path("counts"))), column, samples)
                : space.counted(by);
        return space.correlation(column, predicted, samples);
    }

    /** What every network takes by the device's numbers alone: a GPU of the catalogue, or equal Arm cores. */
    private static double[] datasheet(Inputs inputs, SearchSpace space, JsonNode device) {
        int batch = device.path("batch").intValue();
        NetworkTimes times = device.has("gpu")
                ? NetworkTimes.on(inputs, device.path("gpu").textValue())
                : NetworkTimes.on(PhoneCores.spec(), PhoneCores.cores(device));
        Fusion fusion = device.has("gpu") ? Fusion.EAGER : Fusion.EPILOGUE;
        var seconds = new double[space.networks()];
        for (int i = 0; i < seconds.length; i++) {
            var edges = new ArrayList<CellOperation>();
            for (String edge : List.of("0to1", "0to2", "1to2", "0to3", "1to3", "2to3")) {
                edges.add(CellOperation.of(space.text("op_" + edge, i)));
            }
            seconds[i] = times.inference(Networks.nasBench201(edges, CLASSES), batch, NumberFormat.FP32, fusion);
        }
        return seconds;
    }

    private static String how(SearchSpace space, JsonNode setting, String by) {
        if (!by.equals("samples")) {
            return "";
        }
        List<String> train = texts(setting.path("train"));
        long present = train.stream().filter(space::has).count();
        return "from " + present + " of the paper's " + train.size() + " known devices";
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
