package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.motleysim.hardware.fitted.FittedKernels;

/** Fits of kernels, by the path of their file or folder. */
final class FitsCodec implements Codec<FittedKernels> {
    @Override
    public Optional<FittedKernels> read(Node node, Reading reading) {
        if (!(node instanceof Node.Text text)) {
            reading.problems().refuse(node, "the path of a file or of a folder of fits as a string", "");
            return Optional.empty();
        }
        try {
            return Optional.of(FittedKernels.read(reading.resolve(text)));
        } catch (IllegalArgumentException e) {
            reading.problems().add(node.place(), String.valueOf(e.getMessage()), "");
            return Optional.empty();
        }
    }

    @Override
    public JsonNode write(FittedKernels fits) {
        return JsonNodeFactory.instance.textNode(fits.source()
                .orElseThrow(() -> new IllegalArgumentException(
                        "fits (made in memory) have no form in a scenario file\nMaybe write them to a file first."))
                .toString());
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        return JsonNodeFactory.instance.objectNode().put("type", "string");
    }
}
