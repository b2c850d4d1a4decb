package org.motleysim.examples.reproductions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The facts of one reproduction, each with its source, from {@code reproduction.json}:
 *
 * <pre>{@code
 * {
 *   "motley-reproduction": 1,
 *   "facts": [
 *     {"name": "gpu", "value": "nvidia-v100-sxm-16gb", "source": "..."},
 *     {"name": "batch", "value": 64, "source": "..."}
 *   ],
 *   "claims": [
 *     {"id": "E58-02", "what": "ResNet-50, 64 images", "reported": 57, "unit": "ms", "tolerance": "10%", "source": "..."}
 *   ]
 * }
 * }</pre>
 *
 * <p>A value may be any JSON: a number, a text, a list, an object. What is unknown is a fact too: a list of the lowest and highest
 * value of the band, and the source says why.
 */
public final class Inputs {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final String folder;
    private final InputsFolder files;
    private final Optional<Path> data;
    private final Map<String, JsonNode> facts = new LinkedHashMap<>();
    private final List<Claim> claims = new ArrayList<>();

    private Inputs(String folder, InputsFolder files, Optional<Path> data) {
        this.folder = folder;
        this.files = files;
        this.data = data;
    }

    static Inputs read(String folder, InputsFolder files, Optional<Path> data) {
        var inputs = new Inputs(folder, files, data);
        JsonNode root = inputs.json("reproduction.json");
        for (JsonNode row : root.path("facts")) {
            String name = inputs.text(row, "name");
            inputs.text(row, "source");
            if (!row.has("value") || inputs.facts.putIfAbsent(name, row.get("value")) != null) {
                throw inputs.fault("fact (" + name + ") must have a value and be there once");
            }
        }
        for (JsonNode row : root.path("claims")) {
            inputs.claims.add(inputs.claim(row));
        }
        if (inputs.claims.isEmpty()) {
            throw inputs.fault("claims must hold one row or more");
        }
        return inputs;
    }

    /**
     * Returns a number.
     *
     * @throws IllegalArgumentException if there is no such fact or it is not a number
     */
    public double number(String name) {
        JsonNode value = fact(name);
        if (!value.isNumber()) {
            throw fault("fact (" + name + ") must be a number");
        }
        return value.doubleValue();
    }

    /**
     * Returns a whole number.
     *
     * @throws IllegalArgumentException if there is no such fact or it is not a whole number
     */
    public int count(String name) {
        JsonNode value = fact(name);
        if (!value.canConvertToInt() || value.doubleValue() != value.intValue()) {
            throw fault("fact (" + name + ") must be a whole number");
        }
        return value.intValue();
    }

    /**
     * Returns a text.
     *
     * @throws IllegalArgumentException if there is no such fact or it is not a text
     */
    public String text(String name) {
        JsonNode value = fact(name);
        if (!value.isTextual()) {
            throw fault("fact (" + name + ") must be a text");
        }
        return value.textValue();
    }

    /** Returns a list of numbers. */
    public List<Double> numbers(String name) {
        return items(name).stream().map(JsonNode::doubleValue).toList();
    }

    /** Returns the items of a list. */
    public List<JsonNode> items(String name) {
        JsonNode value = fact(name);
        if (!value.isArray()) {
            throw fault("fact (" + name + ") must be a list");
        }
        return StreamSupport.stream(value.spliterator(), false).toList();
    }

    /** Returns another file of the folder, such as a scenario. */
    public String file(String name) {
        return files.text(folder + "/" + name);
    }

    /** Returns a file beside the folders of the papers, which several of them use. */
    public String shared(String name) {
        return files.text(name);
    }

    /** Returns the published tables of the papers, if the user has them; what needs them is not attempted otherwise. */
    public Optional<Path> data() {
        return data;
    }

    List<Claim> claims() {
        return claims;
    }

    private Claim claim(JsonNode row) {
        if (!row.path("reported").isNumber()) {
            throw fault("claim (" + row.path("id").asText() + ") must have a number as \"reported\"");
        }
        return new Claim(
                text(row, "id"),
                text(row, "what"),
                row.get("reported").doubleValue(),
                row.path("unit").asText(""),
                text(row, "source"),
                new Tolerance(text(row, "tolerance")),
                row.path("notAttempted").asText(""));
    }

    /**
     * Returns a fact of any form.
     *
     * @throws IllegalArgumentException if there is no such fact
     */
    public JsonNode fact(String name) {
        JsonNode value = facts.get(name);
        if (value == null) {
            throw fault("fact (" + name + ") must be one of " + facts.keySet());
        }
        return value;
    }

    private String text(JsonNode row, String field) {
        String text = row.path(field).asText("");
        if (text.isBlank()) {
            throw fault("row " + row + " must have a \"" + field + "\"");
        }
        return text;
    }

    private JsonNode json(String name) {
        try {
            return MAPPER.readTree(file(name));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    folder + "/" + name + " must be JSON: " + e.getOriginalMessage() + "\nMaybe a comma is missing.",
                    e);
        }
    }

    private IllegalArgumentException fault(String what) {
        return new IllegalArgumentException(folder + "/reproduction.json: " + what);
    }
}
