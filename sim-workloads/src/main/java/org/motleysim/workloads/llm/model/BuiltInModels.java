package org.motleysim.workloads.llm.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.motleysim.core.name.NearestName;

/** The models in {@code models.json}: the cost-relevant fields of public configurations, each with its source. */
final class BuiltInModels {
    private static final Map<String, Entry> ENTRIES = load();

    private BuiltInModels() {}

    private record Entry(ModelSpec spec, String source) {}

    static ModelSpec get(String name) {
        return entry(name).spec();
    }

    static String source(String name) {
        return entry(name).source();
    }

    static List<String> names() {
        return List.copyOf(ENTRIES.keySet());
    }

    private static Entry entry(String name) {
        Entry entry = ENTRIES.get(name);
        if (entry == null) {
            throw new IllegalArgumentException(
                    "model (\"" + name + "\") must be one of " + String.join(", ", names()) + "\n"
                            + NearestName.of(name, names())
                                    .map(near -> "Maybe \"" + near + "\".")
                                    .orElse("Maybe read its config.json."));
        }
        return entry;
    }

    private static Map<String, Entry> load() {
        Map<String, Entry> entries = new LinkedHashMap<>();
        try (InputStream in = BuiltInModels.class.getResourceAsStream("models.json")) {
            if (in == null) {
                throw new IllegalStateException("models.json is not in the jar");
            }
            JsonNode models = new JsonMapper().readTree(in).path("models");
            for (Map.Entry<String, JsonNode> model : models.properties()) {
                JsonNode config = model.getValue().path("config");
                ModelSpec spec = HuggingFaceConfig.parse("models.json, " + model.getKey(), model.getKey(), config);
                entries.put(
                        model.getKey(),
                        new Entry(spec, model.getValue().path("source").asText()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Collections.unmodifiableMap(entries);
    }
}
