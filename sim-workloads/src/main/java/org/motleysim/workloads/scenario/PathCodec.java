package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;

/** The path of a file, from the folder of the scenario file. */
record PathCodec(String noun) implements Codec<Path> {
    @Override
    public Optional<Path> read(Node node, Reading reading) {
        if (node instanceof Node.Text text) {
            return Optional.of(reading.resolve(text));
        }
        reading.problems().refuse(node, "the path of " + noun + " as a string", "");
        return Optional.empty();
    }

    @Override
    public JsonNode write(Path path) {
        return JsonNodeFactory.instance.textNode(path.toString());
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        return JsonNodeFactory.instance.objectNode().put("type", "string");
    }
}
