package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;

/**
 * Turns text into {@link Node}s: strict JSON (no comments, no trailing text, no field twice, no {@code NaN}), and bounded, so that a file which
 * is no scenario at all is refused after at most {@link #LONGEST} bytes.
 */
final class JsonText {

    /** The longest document, in bytes. A scenario is written by a person; data belongs in files beside it. */
    static final int LONGEST = 8 << 20;

    private static final int DEEPEST = 64;
    private static final int LONGEST_NUMBER = 100;
    private static final int MOST_VALUES = 1_000_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(LONGEST)
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxStringLength(1 << 20)
                    .maxNameLength(1_000)
                    .maxTokenCount(MOST_VALUES)
                    .build())
            .build();

    private final Place.Origin origin;
    private final Problems problems;

    private JsonText(Place.Origin origin, Problems problems) {
        this.origin = origin;
        this.problems = problems;
    }

    /** Reads a file; empty after reporting why it cannot be read. */
    static Optional<Node> read(Path file, Problems problems) {
        Place root = Place.root(Place.Origin.FILE);
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LONGEST + 1);
        } catch (NoSuchFileException e) {
            problems.add(
                    root, "the file \"" + file + "\" does not exist", "Maybe the path is meant from another folder.");
            return Optional.empty();
        } catch (IOException e) {
            String why = Files.isDirectory(file) ? "it is a folder" : String.valueOf(e.getMessage());
            problems.add(root, "the file \"" + file + "\" cannot be read: " + why, "");
            return Optional.empty();
        }
        if (bytes.length > LONGEST) {
            problems.add(
                    root,
                    "the file \"" + file + "\" is longer than the allowed " + (LONGEST >> 20) + " MiB",
                    "Maybe it is not a scenario. Requests belong in a trace file that the scenario names.");
            return Optional.empty();
        }
        try {
            return parse(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString(),
                    root,
                    problems);
        } catch (CharacterCodingException e) {
            problems.add(root, "the file \"" + file + "\" is not text in UTF-8", "Maybe it is not a scenario.");
            return Optional.empty();
        }
    }

    /** Parses a whole document or a value that will stand at the place; empty after reporting why it is not JSON. */
    static Optional<Node> parse(String text, Place place, Problems problems) {
        String document = text.startsWith("\uFEFF") ? text.substring(1) : text;
        var reader = new JsonText(place.origin(), problems);
        try (JsonParser parser = JSON.createParser(document)) {
            if (parser.nextToken() == null) {
                problems.add(place, "the text is empty, a JSON object is expected", "");
                return Optional.empty();
            }
            Node node = reader.value(parser, place.path());
            if (parser.nextToken() != null) {
                Place rest = reader.place(parser, place.path());
                problems.add(
                        rest,
                        "there is more text after the end of the JSON value, " + at(parser.currentTokenLocation()),
                        "");
                return Optional.empty();
            }
            return Optional.of(node);
        } catch (JsonProcessingException e) {
            problems.add(place, "the text is not JSON" + where(e) + ": " + firstLine(e), "");
            return Optional.empty();
        } catch (IOException e) {
            throw new AssertionError("a string cannot fail to be read", e);
        }
    }

    /** Jackson's tree of a text that we wrote ourselves. */
    static JsonNode tree(String json) {
        try {
            return new JsonMapper(JSON).readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("our own JSON can be read", e);
        }
    }

    private Node value(JsonParser parser, String path) throws IOException {
        Place place = place(parser, path);
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> fields(parser, place);
            case START_ARRAY -> items(parser, place);
            case VALUE_STRING -> new Node.Text(place, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Node.Numeric(place, parser.getDecimalValue());
            case VALUE_TRUE, VALUE_FALSE -> new Node.Flag(place, token == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> new Node.Nothing(place);
            default -> throw new AssertionError("no JSON value begins with " + token);
        };
    }

    private Node fields(JsonParser parser, Place place) throws IOException {
        var values = new LinkedHashMap<String, Node>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Place field = place(parser, Place.field(place.path(), name));
            parser.nextToken();
            Node value = value(parser, field.path());
            if (values.putIfAbsent(name, value) != null) {
                problems.add(field, "the field \"" + name + "\" appears twice, once is allowed", "Maybe remove one.");
            }
        }
        return new Node.Fields(place, values);
    }

    private Node items(JsonParser parser, Place place) throws IOException {
        var values = new ArrayList<Node>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser, Place.item(place.path(), values.size())));
        }
        return new Node.Items(place, values);
    }

    private Place place(JsonParser parser, String path) {
        JsonLocation location = parser.currentTokenLocation();
        return new Place(path, origin, location.getLineNr(), location.getColumnNr());
    }

    private static String where(JsonProcessingException e) {
        return e.getLocation() == null ? "" : " " + at(e.getLocation());
    }

    private static String at(JsonLocation location) {
        return String.format(Locale.ROOT, "at line %d, column %d", location.getLineNr(), location.getColumnNr());
    }

    private static String firstLine(JsonProcessingException e) {
        return e.getOriginalMessage()
                .lines()
                .findFirst()
                .orElse("")
                .replaceAll(" \\(start marker.*|, from `Stream[^`]*`", "");
    }
}
