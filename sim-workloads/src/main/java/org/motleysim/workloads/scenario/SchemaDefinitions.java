package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;

/** The {@code $defs} of a JSON Schema: parts that have a name of their own are written once and referred to. */
final class SchemaDefinitions {

    private final ObjectNode definitions = JsonNodeFactory.instance.objectNode();

    /** A reference to the part with this name, which is asked for once. */
    ObjectNode reference(String name, Supplier<ObjectNode> part) {
        if (!definitions.has(name)) {
            definitions.putObject(name); // holds its place in the order
            definitions.set(name, part.get());
        }
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/$defs/" + name);
    }

    ObjectNode json() {
        return definitions;
    }
}
