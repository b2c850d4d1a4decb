package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A list of at least {@code fewest} values of one type. */
record ListCodec<T>(Codec<T> item, int fewest) implements Codec<List<T>> {

    @Override
    public Optional<List<T>> read(Node node, Reading reading) {
        if (!(node instanceof Node.Items items) || items.values().size() < fewest) {
            String least = fewest == 0 ? "" : " of at least " + fewest;
            reading.problems()
                    .refuse(node, "a list" + least, node instanceof Node.Fields ? "Maybe [ ... ] around it." : "");
            return Optional.empty();
        }
        var values = new ArrayList<T>();
        items.values().forEach(each -> item.read(each, reading).ifPresent(values::add));
        return values.size() == items.values().size() ? Optional.of(List.copyOf(values)) : Optional.empty();
    }

    @Override
    public JsonNode write(List<T> values) {
        var array = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> array.add(item.write(value)));
        return array;
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "array");
        schema.set("items", item.schema(definitions));
        return fewest == 0 ? schema : schema.put("minItems", fewest);
    }

    @Override
    public void differences(List<T> values, String path, Differences into) {
        for (int i = 0; i < values.size(); i++) {
            item.differences(values.get(i), path + "[" + i + "]", into);
        }
    }
}
