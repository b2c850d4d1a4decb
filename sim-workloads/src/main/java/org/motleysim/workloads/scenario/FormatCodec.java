package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.NumberFormats;

/** A number format by its name: a built-in one, one of the scenario's own, or one whose name says what it is. */
final class FormatCodec implements Codec<NumberFormat> {

    @Override
    public Optional<NumberFormat> read(Node node, Reading reading) {
        NumberFormats formats = reading.formats();
        Optional<NumberFormat> format = node instanceof Node.Text name ? formats.find(name.value()) : Optional.empty();
        if (format.isEmpty()) {
            String hint = node instanceof Node.Text name ? "Maybe " + formats.nearest(name.value()) : "";
            reading.problems().refuse(node, "a number format: " + formats.allowed(), hint);
        }
        return format;
    }

    @Override
    public JsonNode write(NumberFormat format) {
        return JsonNodeFactory.instance.textNode(format.label());
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        return definitions.reference("number-format", () -> {
            ObjectNode schema = JsonNodeFactory.instance.objectNode();
            var ways = schema.putArray("anyOf");
            NumberFormats.builtIn().names().forEach(ways.addObject().putArray("enum")::add);
            ways.addObject()
                    .put("type", "string")
                    .put(
                            "description",
                            "A format of your own, from \"formats\", or one whose name says what it is: int3, uint5, e3m4, int4-b128s16");
            return schema;
        });
    }
}
