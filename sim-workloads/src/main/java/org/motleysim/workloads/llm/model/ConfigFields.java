package org.motleysim.workloads.llm.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.motleysim.core.name.NearestName;

/** The fields of one JSON object, read with errors that say where. */
final class ConfigFields {
    private final String file;
    private final String path;
    private final JsonNode object;

    ConfigFields(String file, String path, JsonNode object) {
        this.file = file;
        this.path = path;
        this.object = object;
    }

    String file() {
        return file;
    }

    boolean has(String field) {
        return object.hasNonNull(field);
    }

    /** Whether the field is there and says null, which in some families means something else than its absence. */
    boolean isNull(String field) {
        return object.path(field).isNull();
    }

    ConfigFields child(String field) {
        return new ConfigFields(file, path + "." + field, object.path(field));
    }

    Optional<String> text(String field) {
        JsonNode value = object.path(field);
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }

    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        object.path(field).forEach(element -> texts.add(element.asText()));
        return texts;
    }

    boolean flag(String field, boolean otherwise) {
        if (!has(field)) {
            return otherwise;
        }
        JsonNode value = object.get(field);
        if (!value.isBoolean()) {
            throw wrong(field, shown(value) + " must be true or false", "");
        }
        return value.booleanValue();
    }

    /** A whole number of at least 1 that must be there. */
    int required(String field) {
        return positive(field).orElseThrow(() -> {
            List<String> present = new ArrayList<>();
            object.fieldNames().forEachRemaining(present::add);
            return wrong(
                    field,
                    "is missing",
                    NearestName.of(field, present)
                            .map(name -> "Maybe \"" + name + "\" was meant to be \"" + field + "\".")
                            .orElse("Maybe this is not the config.json of a language model."));
        });
    }

    int positive(String field, int otherwise) {
        return positive(field).orElse(otherwise);
    }

    /** A whole number of at least 1; empty when absent or null. */
    OptionalInt positive(String field) {
        OptionalInt number = whole(field);
        if (number.isPresent() && number.getAsInt() < 1) {
            throw wrong(field, number.getAsInt() + " must be at least 1", "");
        }
        return number;
    }

    int whole(String field, int otherwise) {
        OptionalInt number = whole(field);
        if (number.isPresent() && number.getAsInt() < 0) {
            throw wrong(field, number.getAsInt() + " must not be negative", "");
        }
        return number.orElse(otherwise);
    }

    private OptionalInt whole(String field) {
        if (!has(field)) {
            return OptionalInt.empty();
        }
        JsonNode value = object.get(field);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(field, shown(value) + " must be a whole number below 2^31", "");
        }
        return OptionalInt.of(value.intValue());
    }

    IllegalArgumentException wrong(String field, String message, String hint) {
        String place = field.isEmpty() ? path : path + "." + field;
        return new IllegalArgumentException(file + ": " + place + " " + message + (hint.isEmpty() ? "" : "\n" + hint));
    }

    static String shown(JsonNode value) {
        String text = value.toString();
        return "(" + (text.length() > 60 ? text.substring(0, 60) + "..." : text) + ")";
    }
}
