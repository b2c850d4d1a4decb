package org.motleysim.workloads.llm.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.motleysim.core.name.NearestName;
import org.motleysim.core.random.Distribution;

/** The measured distributions in the resources, each a table of quantiles with its source. */
final class BuiltInLengths {
    private static final List<String> NAMES = List.of("azure-2023-conversation");

    private BuiltInLengths() {}

    static List<String> names() {
        return NAMES;
    }

    static RequestLengths get(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("request lengths (\"" + name + "\") must be one of "
                    + String.join(", ", NAMES)
                    + NearestName.of(name, NAMES)
                            .map(near -> "\nMaybe \"" + near + "\".")
                            .orElse(""));
        }
        try (InputStream in = BuiltInLengths.class.getResourceAsStream(name + ".json")) {
            if (in == null) {
                throw new IllegalStateException(name + ".json is not in the jar");
            }
            return table(name, new JsonMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RequestLengths table(String name, JsonNode json) {
        double[] levels = numbers(json.path("levels"));
        List<Distribution> outputs = new ArrayList<>();
        json.path("outputTokensByPromptClass").forEach(row -> outputs.add(distribution(row, levels)));
        return new QuantileLengths(name, distribution(json.path("promptTokens"), levels), outputs);
    }

    /** Quantiles may repeat where many requests have the same length; a distribution function needs each value once. */
    private static Distribution distribution(JsonNode quantiles, double[] levels) {
        double[] tokens = numbers(quantiles);
        int size = 0;
        double[] values = new double[tokens.length];
        double[] cumulative = new double[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            if (size == 0 || tokens[i] > values[size - 1]) {
                values[size++] = tokens[i];
            }
            cumulative[size - 1] = levels[i];
        }
        return Distribution.empiricalCdf(Arrays.copyOf(values, size), Arrays.copyOf(cumulative, size));
    }

    private static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).asDouble();
        }
        return numbers;
    }
}
