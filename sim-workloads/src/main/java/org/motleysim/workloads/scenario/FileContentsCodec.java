package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is in a file, by the path of the file.
 *
 * @param noun what is in the file, for messages
 * @param reader reads it; what it refuses with an {@link IllegalArgumentException} becomes a problem at the path
 * @param source the file that a value was read from
 */
record FileContentsCodec<T>(String noun, Function<Path, T> reader, Function<T, Optional<Path>> source)
        implements Codec<T> {

    @Override
    public Optional<T> read(Node node, Reading reading) {
        if (!(node instanceof Node.Text text)) {
            reading.problems().refuse(node, "the path of a file of " + noun + " as a string", "");
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(reading.resolve(text)));
        } catch (IllegalArgumentException e) {
            reading.problems().refuse(node.place(), e);
        } catch (UncheckedIOException e) {
            reading.problems().refuse(node, "a file of " + noun + " that can be read: " + e.getMessage(), "");
        }
        return Optional.empty();
    }

    @Override
    public JsonNode write(T value) {
        return JsonNodeFactory.instance.textNode(source.apply(value)
                .orElseThrow(() -> new IllegalArgumentException("there must be a file of " + noun))
                .toString());
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        return JsonNodeFactory.instance.objectNode().put("type", "string");
    }
}
