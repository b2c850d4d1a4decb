package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.motleysim.workloads.traces.RequestTrace;
import org.motleysim.workloads.traces.TraceException;

/** Recorded requests, by the path of their file. */
final class TraceFileCodec implements Codec<RequestTrace> {

    @Override
    public Optional<RequestTrace> read(Node node, Reading reading) {
        if (!(node instanceof Node.Text text)) {
            reading.problems().refuse(node, "the path of a trace file as a string", "");
            return Optional.empty();
        }
        Path file = reading.resolve(text);
        if (!Files.isRegularFile(file)) {
            String setting = node.place().path().replaceFirst("^\\$\\.", "");
            reading.problems()
                    .refuse(
                            node,
                            "a trace file, and there is none at \"" + file + "\"",
                            "Maybe say where it is with --set " + setting + "=FILE.");
            return Optional.empty();
        }
        try {
            return Optional.of(reading.trace(file));
        } catch (TraceException e) {
            e.problems().forEach(problem -> reading.problems().add(node.place(), problem.toString(), ""));
        } catch (IOException e) {
            reading.problems().refuse(node, "a trace file that can be read: " + e, "");
        }
        return Optional.empty();
    }

    @Override
    public JsonNode write(RequestTrace trace) {
        Path file = trace.file()
                .orElseThrow(() -> new IllegalArgumentException("trace (" + trace
                        + ") has no form in a scenario file\nMaybe read it from a file with RequestTrace.read."));
        return JsonNodeFactory.instance.textNode(file.toString());
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        return JsonNodeFactory.instance.objectNode().put("type", "string");
    }
}
