package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A value that is read from a CSV file, by the path of the file. What was read does not know where it came from, so it is never written
 * this way.
 */
final class CsvFileCodec<T> implements Codec<T> {

    /** Reads the file. */
    @FunctionalInterface
    interface Reader<T> {
        /** @throws IllegalArgumentException if something in the file is wrong */
        T read(Path file) throws IOException;
    }

    private final Reader<T> reader;

    CsvFileCodec(Reader<T> reader) {
        this.reader = reader;
    }

    @Override
    public Optional<T> read(Node node, Reading reading) {
        if (!(node instanceof Node.Text text)) {
            reading.problems().refuse(node, "the path of a CSV file as a string", "");
            return Optional.empty();
        }
        try {
            return Optional.of(reader.read(reading.resolve(text)));
        } catch (IOException e) {
            reading.problems().refuse(node, "a CSV file that can be read: " + e, "");
        } catch (IllegalArgumentException e) {
            reading.problems().refuse(node.place(), e);
        }
        return Optional.empty();
    }

    @Override
    public JsonNode write(T value) {
        throw new IllegalArgumentException("value (" + value + ") is written as its steps, not as a file");
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        return JsonNodeFactory.instance.objectNode().put("type", "string");
    }
}
