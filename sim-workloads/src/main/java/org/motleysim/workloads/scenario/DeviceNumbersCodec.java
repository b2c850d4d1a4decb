package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A number, zero or more, for each of some devices, by their names in the catalogue of the scenario. */
final class DeviceNumbersCodec implements Codec<Map<String, Double>> {
    private static final Codec<Double> NUMBER = ScalarCodec.number(NumberRange.notNegative());

    @Override
    public Optional<Map<String, Double>> read(Node node, Reading reading) {
        if (!(node instanceof Node.Fields object)) {
            reading.problems().refuse(node, "an object from names of devices to numbers", "");
            return Optional.empty();
        }
        Map<String, Double> numbers = new LinkedHashMap<>();
        boolean good = true;
        for (var entry : object.values().entrySet()) {
            String name = entry.getKey();
            Optional<Double> number = NUMBER.read(entry.getValue(), reading);
            if (reading.catalog().find(name).isEmpty()) {
                reading.problems()
                        .add(
                                entry.getValue().place(),
                                "\"" + name + "\" must be the name of a device of the catalogue or of this scenario",
                                Problems.nearest(name, reading.catalog().names()));
                good = false;
            }
            good &= number.isPresent();
            number.ifPresent(value -> numbers.put(name, value));
        }
        return good ? Optional.of(numbers) : Optional.empty();
    }

    @Override
    public JsonNode write(Map<String, Double> numbers) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        numbers.forEach((name, number) -> object.set(name, NUMBER.write(number)));
        return object;
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.set("additionalProperties", NUMBER.schema(definitions));
        return schema;
    }
}
