package org.motleysim.hardware.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.motleysim.core.name.NearestName;

/** Reads and writes files of number formats; tells everything that is wrong at once. */
final class FormatFile {
    private static final int VERSION = 1;
    private static final String RESOURCE = "formats.json";
    private static final String VERSION_FIELD = "motley-formats";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final List<String> FIELDS = List.of(
            "name", "element", "storedBits", "special", "block", "scale", "tensorScaleBits", "multiplier", "source");

    private final String file;
    private final Function<String, Optional<NumberFormat>> known;
    private final Map<String, NumberFormat> formats = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private FormatFile(String file, Function<String, Optional<NumberFormat>> known) {
        this.file = file;
        this.known = known;
    }

    static List<NumberFormat> builtIn() {
        return new FormatFile(RESOURCE, name -> Optional.empty()).read(resource());
    }

    /** Other names of the built-in formats, and what they stand for. */
    static Map<String, String> builtInAliases() {
        Map<String, String> aliases = new LinkedHashMap<>();
        for (JsonNode row : parse(RESOURCE, resource()).path("formats")) {
            row.path("aliases")
                    .forEach(alias ->
                            aliases.put(alias.asText(), row.path("name").asText()));
        }
        return aliases;
    }

    static List<NumberFormat> read(String file, String json, NumberFormats known) {
        return new FormatFile(file, known::find).read(json);
    }

    static String write(List<NumberFormat> formats) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put(VERSION_FIELD, VERSION);
        var rows = root.putArray("formats");
        for (NumberFormat format : formats) {
            ObjectNode row = rows.addObject().put("name", format.label()).put("element", format.elementText());
            if (format.elementBits() != format.element().bits()) {
                row.put("storedBits", format.elementBits());
            }
            row.put("special", format.special().name().toLowerCase(Locale.ROOT));
            format.scaleText()
                    .ifPresent(scale -> row.put("block", format.block()).put("scale", scale));
            if (format.tensorScaleBits() > 0) {
                row.put("tensorScaleBits", format.tensorScaleBits());
            }
            if (!format.multiplier().equals(format)) {
                row.put("multiplier", format.multiplier().label());
            }
            if (!format.source().isEmpty()) {
                row.put("source", format.source());
            }
        }
        return root.toPrettyString() + "\n";
    }

    private static String resource() {
        try (InputStream in = FormatFile.class.getResourceAsStream(RESOURCE)) {
            return new String(Objects.requireNonNull(in, RESOURCE).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String file, String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new IllegalArgumentException(file + where + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private List<NumberFormat> read(String json) {
        JsonNode root = parse(file, json);
        if (root.path(VERSION_FIELD).intValue() != VERSION) {
            complain("$." + VERSION_FIELD, root.path(VERSION_FIELD), "must be " + VERSION, "");
        }
        if (!root.path("formats").isArray()) {
            complain("$.formats", root.path("formats"), "must be a list", "");
        }
        int index = 0;
        for (JsonNode row : root.path("formats")) {
            read("$.formats[" + index++ + "]", row);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return List.copyOf(formats.values());
    }

    private void read(String path, JsonNode row) {
        int before = problems.size();
        row.fieldNames().forEachRemaining(name -> {
            // Other names are for the built-in formats alone.
            if (!FIELDS.contains(name) && !(file.equals(RESOURCE) && name.equals("aliases"))) {
                complain(
                        path + "." + name,
                        row.get(name),
                        "is no field of a format; allowed: " + String.join(", ", FIELDS),
                        NearestName.of(name, FIELDS)
                                .map(near -> "Maybe \"" + near + "\".")
                                .orElse(""));
            }
        });
        String name = text(path, row, "name");
        String element = text(path, row, "element");
        if (problems.size() > before) {
            return;
        }
        if (formats.containsKey(name)) {
            complain(path + ".name", row.get("name"), "must be a name of its own", "");
            return;
        }
        try {
            NumberFormat.Builder builder = NumberFormat.builder(name, element);
            whole(path, row, "storedBits", builder::storedBits);
            whole(path, row, "tensorScaleBits", builder::tensorScaleBits);
            special(path, row, builder);
            block(path, row, builder);
            multiplier(path, row, builder);
            if (row.has("source")) {
                builder.source(text(path, row, "source"));
            }
            if (problems.size() == before) {
                formats.put(name, builder.build());
            }
        } catch (IllegalArgumentException e) {
            problems.add(file + " " + path + " " + e.getMessage());
        }
    }

    private void special(String path, JsonNode row, NumberFormat.Builder builder) {
        if (!row.has("special")) {
            return;
        }
        String wanted = text(path, row, "special");
        for (NumberFormat.Special special : NumberFormat.Special.values()) {
            if (special.name().toLowerCase(Locale.ROOT).equals(wanted)) {
                builder.special(special);
                return;
            }
        }
        complain(path + ".special", row.get("special"), "must be \"ieee\", \"nan\" or \"none\"", "");
    }

    private void block(String path, JsonNode row, NumberFormat.Builder builder) {
        if (row.has("block") != row.has("scale")) {
            String missing = row.has("block") ? "scale" : "block";
            complain(path + "." + missing, row.path(missing), "must be there: blocks and scales go together", "");
        } else if (row.has("block")) {
            String scale = text(path, row, "scale");
            whole(path, row, "block", elements -> builder.block(elements, scale));
        }
    }

    private void multiplier(String path, JsonNode row, NumberFormat.Builder builder) {
        if (!row.has("multiplier")) {
            return;
        }
        String name = text(path, row, "multiplier");
        Optional<NumberFormat> found = Optional.ofNullable(formats.get(name)).or(() -> known.apply(name));
        if (found.isPresent()) {
            builder.multiplier(found.get());
        } else {
            complain(
                    path + ".multiplier",
                    row.get("multiplier"),
                    "must be the name of a format that is known or stands above",
                    NearestName.of(name, formats.keySet())
                            .map(near -> "Maybe \"" + near + "\".")
                            .orElse(""));
        }
    }

    private String text(String path, JsonNode row, String field) {
        JsonNode value = row.path(field);
        if (!value.isTextual() || value.textValue().isBlank()) {
            complain(path + "." + field, value, "must be a text in quotes", "");
            return "";
        }
        return value.textValue();
    }

    private void whole(String path, JsonNode row, String field, IntConsumer setter) {
        if (!row.has(field)) {
            return;
        }
        JsonNode value = row.get(field);
        if (value.isIntegralNumber() && value.canConvertToInt()) {
            try {
                setter.accept(value.intValue());
            } catch (IllegalArgumentException e) {
                problems.add(file + " " + path + "." + field + " " + e.getMessage());
            }
        } else {
            complain(path + "." + field, value, "must be a whole number", "");
        }
    }

    private void complain(String path, JsonNode value, String rule, String hint) {
        String shown = value.isMissingNode() ? "missing" : value.toString();
        problems.add(file + " " + path + " (" + shown + ") " + rule + (hint.isEmpty() ? "" : "\n" + hint));
    }
}
