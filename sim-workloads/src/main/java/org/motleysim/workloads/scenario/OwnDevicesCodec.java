package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.catalog.CatalogException;
import org.motleysim.hardware.catalog.CatalogFault;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormats;

/**
 * The scenario's own devices: a list of datasheets in the form of the catalogue, or the path of a catalogue file or of a folder of them.
 * All are read by the catalogue itself, which tells everything that is wrong with them. Reading makes the devices known to everything
 * read later.
 */
final class OwnDevicesCodec implements Codec<List<DeviceSpec>> {

    @Override
    public Optional<List<DeviceSpec>> read(Node node, Reading reading) {
        if (!(node instanceof Node.Text || node instanceof Node.Items)) {
            reading.problems()
                    .refuse(
                            node,
                            "a list of devices, or the path of a device file or of a folder of them as a string",
                            "");
            return Optional.empty();
        }
        try {
            reading.catalog(
                    node instanceof Node.Text path
                            ? reading.catalog().with(reading.resolve(path))
                            : reading.catalog().with(node.place().path(), catalogue(node.json(), reading)));
            return Optional.of(List.of());
        } catch (CatalogException e) {
            e.faults().forEach(fault -> refuse(fault, node, reading.problems()));
        } catch (UncheckedIOException e) {
            reading.problems().refuse(node, "a device file that can be read: " + e.getMessage(), "");
        } catch (IllegalArgumentException e) {
            reading.problems().refuse(node.place(), e);
        }
        return Optional.empty();
    }

    /** A fault in the scenario's own text has its path there; one in another file is told with that file and the path in it. */
    private static void refuse(CatalogFault fault, Node node, Problems problems) {
        Place place = node.place();
        if (node instanceof Node.Text) {
            problems.add(place, fault.file() + " " + fault.path() + ": " + fault.message(), fault.hint());
        } else {
            problems.add(
                    new Place(fault.path(), place.origin(), place.line(), place.column()),
                    fault.message(),
                    fault.hint());
        }
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
        ways.addObject()
                .put("type", "string")
                .put("description", "Path of a device file, or of a folder of them, from this file's folder");
        ways.addObject()
                .put("type", "array")
                .putObject("items")
                .put("type", "object")
                .putArray("required")
                .add("name");
        return schema;
    }
}
