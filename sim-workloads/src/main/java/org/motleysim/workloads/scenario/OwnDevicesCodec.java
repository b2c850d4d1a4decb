package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormats;

/**
 * The scenario's own devices: a list of datasheets in the form of the catalogue, or the path of a catalogue file. Both are read by the
 * catalogue itself. Reading makes the devices known to everything read later.
 */
final class OwnDevicesCodec implements Codec<List<DeviceSpec>> {

    @Override
    public Optional<List<DeviceSpec>> read(Node node, Reading reading) {
        if (!(node instanceof Node.Text || node instanceof Node.Items)) {
            reading.problems().refuse(node, "a list of devices, or the path of a catalogue file as a string", "");
            return Optional.empty();
        }
        try {
            reading.catalog(
                    node instanceof Node.Text path
                            ? reading.catalog().with(reading.resolve(path))
                            : reading.catalog().with(node.place().path(), catalogue(node.json(), reading)));
            return Optional.of(List.of());
        } catch (UncheckedIOException e) {
            reading.problems().refuse(node, "a catalogue file that can be read: " + e.getMessage(), "");
        } catch (IllegalArgumentException e) {
            reading.problems().refuse(node.place(), e);
        }
        return Optional.empty();
    }

    private static String catalogue(JsonNode devices, Reading reading) {
        ObjectNode file = JsonNodeFactory.instance.objectNode().put("motley-catalog", 1);
        var own = reading.formats().all().stream().filter(NumberFormats::isOwn).toList();
        file.set("formats", JsonText.tree(NumberFormats.write(own)).get("formats"));
        return file.<ObjectNode>set("devices", devices).toString();
    }

    @Override
    public JsonNode write(List<DeviceSpec> devices) {
        return JsonText.tree(Catalog.write(devices)).get("devices");
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        var ways = schema.putArray("anyOf");
        ways.addObject().put("type", "string").put("description", "Path of a catalogue file, from this file's folder");
        ways.addObject()
                .put("type", "array")
                .putObject("items")
                .put("type", "object")
                .putArray("required")
                .add("name")
                .add("kind");
        return schema;
    }
}
