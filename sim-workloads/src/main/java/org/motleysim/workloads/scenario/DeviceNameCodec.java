package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.device.DeviceSpec;

/** A device by its name in the catalogue of the scenario. */
final class DeviceNameCodec implements Codec<DeviceSpec> {

    @Override
    public Optional<DeviceSpec> read(Node node, Reading reading) {
        if (!(node instanceof Node.Text name)) {
            reading.problems().refuse(node, "the name of a device as a string", "");
            return Optional.empty();
        }
        Optional<DeviceSpec> device = reading.catalog().find(name.value());
        if (device.isEmpty()) {
            reading.problems()
                    .refuse(
                            name,
                            "the name of one of the "
                                    + reading.catalog().names().size() + " devices that motley devices lists",
                            reading.catalog()
                                    .nearest(name.value())
                                    .map(nearest -> "Maybe \"" + nearest + "\".")
                                    .orElse(""));
        }
        return device;
    }

    @Override
    public JsonNode write(DeviceSpec device) {
        return JsonNodeFactory.instance.textNode(device.name());
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        return definitions.reference("device-name", () -> {
            ObjectNode schema = JsonNodeFactory.instance.objectNode();
            var ways = schema.putArray("anyOf");
            Catalog.builtIn().names().forEach(ways.addObject().putArray("enum")::add);
            ways.addObject().put("type", "string").put("description", "A device of your own, from \"devices\"");
            return schema;
        });
    }
}
