package org.motleysim.hardware.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.motleysim.core.name.NearestName;

/**
 * One JSON object, read strictly: every field is asked for by name, and {@link #end()} refuses those nobody asked for. Errors carry the
 * file and the path of the value, such as {@code gpu.json $.devices[3].tdp.value}.
 */
final class JsonFields {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String file;
    private final String path;
    private final JsonNode object;
    private final Set<String> asked = new LinkedHashSet<>();

    private JsonFields(String file, String path, JsonNode object) {
        this.file = file;
        this.path = path;
        this.object = object;
        if (!object.isObject()) {
            throw error(path, "must be an object, such as {...}");
        }
    }

    /** Reads a whole file. */
    static JsonFields parse(String file, String json) {
        try {
            JsonNode root = MAPPER.readTree(json);
            return new JsonFields(file, "$", root == null ? MissingNode.getInstance() : root);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? "the text"
                    : "line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new JsonFieldException(file, where, ": is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Returns the tree of a text that is known to be JSON. */
    static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Returns the path of a field. */
    String pathOf(String field) {
        return path + "." + field;
    }

    boolean has(String field) {
        asked.add(field);
        return object.has(field);
    }

    /** Returns the names of all fields, asked for or not. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        asked.addAll(names);
        return names;
    }

    boolean isObject(String field) {
        return has(field) && object.path(field).isObject();
    }

    /** Whether the field is there and says {@code null}. */
    boolean isNull(String field) {
        return has(field) && object.path(field).isNull();
    }

    String text(String field) {
        JsonNode value = required(field);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw error(pathOf(field), "(" + value + ") must be a text in quotes");
        }
        return value.textValue();
    }

    Optional<String> optionalText(String field) {
        return has(field) ? Optional.of(text(field)) : Optional.empty();
    }

    /** Returns the text of a value of any kind. */
    String json(String field) {
        return required(field).toString();
    }

    double number(String field) {
        JsonNode value = required(field);
        if (!value.isNumber()) {
            throw error(pathOf(field), "(" + value + ") must be a number without unit or quotes");
        }
        return value.doubleValue();
    }

    int integer(String field) {
        JsonNode value = required(field);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw error(pathOf(field), "(" + value + ") must be a whole number");
        }
        return value.intValue();
    }

    /** Reads a text with a parser whose complaint is given the path of the field. */
    <T> T parsed(String field, Function<String, T> parser) {
        String text = text(field);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw error(pathOf(field), e);
        }
    }

    JsonFields object(String field) {
        return new JsonFields(file, pathOf(field), required(field));
    }

    List<JsonFields> objects(String field) {
        int size = size(field);
        List<JsonFields> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            items.add(item(field, i));
        }
        return items;
    }

    /** Returns the length of a list. */
    int size(String field) {
        JsonNode array = required(field);
        if (!array.isArray()) {
            throw error(pathOf(field), "must be a list, such as [...]");
        }
        return array.size();
    }

    /** Returns an object in a list. */
    JsonFields item(String field, int index) {
        return new JsonFields(
                file, pathOf(field) + "[" + index + "]", required(field).path(index));
    }

    List<String> texts(String field) {
        JsonNode array = required(field);
        if (!array.isArray()) {
            throw error(pathOf(field), "must be a list of texts, such as [\"a\", \"b\"]");
        }
        List<String> items = new ArrayList<>();
        for (JsonNode item : array) {
            if (!item.isTextual()) {
                throw error(pathOf(field), "(" + item + ") must be a text in quotes");
            }
            items.add(item.textValue());
        }
        return items;
    }

    /** Refuses fields that were never asked for. */
    void end() {
        unknown().stream().findFirst().ifPresent(first -> {
            throw first;
        });
    }

    /** Returns a refusal of each field that was never asked for. */
    List<JsonFieldException> unknown() {
        List<JsonFieldException> refusals = new ArrayList<>();
        object.fieldNames().forEachRemaining(name -> {
            if (!asked.contains(name)) {
                String hint = NearestName.of(name, asked)
                        .map(nearest -> "\nMaybe \"" + nearest + "\".")
                        .orElse("");
                refusals.add(
                        error(pathOf(name), "is not a known field; known here: " + String.join(", ", asked) + hint));
            }
        });
        return refusals;
    }

    /** Returns the error with the path of this object, or unchanged when it already has a path. */
    JsonFieldException error(IllegalArgumentException cause) {
        return error(path, cause);
    }

    JsonFieldException error(String where, String complaint) {
        return new JsonFieldException(file, where, complaint, null);
    }

    JsonFieldException error(String where, IllegalArgumentException cause) {
        return cause instanceof JsonFieldException known
                ? known
                : new JsonFieldException(file, where, ": " + cause.getMessage(), cause);
    }

    private JsonNode required(String field) {
        if (!has(field)) {
            throw error(pathOf(field), "is missing");
        }
        return object.get(field);
    }
}
