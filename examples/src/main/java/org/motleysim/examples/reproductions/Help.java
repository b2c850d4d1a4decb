package org.motleysim.examples.reproductions;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.motleysim.hardware.calibration.few.DeviceFamily;

/**
 * Paper 24, Lee et al.: HELP (NeurIPS 2021): latency of networks on a device from ten measured ones and devices that are known. Ours is
 * {@link DeviceFamily} on the paper's devices and its ten reference networks; the counts of a network are what the paper's encoding of
 * it says.
 */
final class Help implements Reproduction {
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
                sum += correlation(space, setting, column, row.path("by").asText());
            }
            predictions.value(
                    claim,
                    sum / columns.size(),
                    how(space, setting, row.path("by").asText()));
        }
    }

    private static double correlation(SearchSpace space, JsonNode setting, String column, String by) {
        int[] samples = space.references();
        double[] predicted = by.equals("samples")
                ? space.predicted(
                        space.family(texts(setting.path("train")), texts(setting.path("counts"))), column, samples)
                : space.counted(by);
        return space.correlation(column, predicted, samples);
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
