package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.motleysim.workloads.offload.TableException;

/**
 * A list, or a CSV table that stands for one: {@code {"file": "apps.csv", "source": "..."}}. Written as a list.
 *
 * @param noun what the list is of
 * @param list its form in JSON
 * @param reader of tables
 */
record TableOrListCodec<T>(String noun, ListCodec<T> list, Reader<T> reader) implements Codec<List<T>> {
    /** Reads a table; all of it, or the rows of one source. */
    @FunctionalInterface
    interface Reader<T> {
        List<T> read(Path file, Optional<String> source) throws IOException;
    }

    private record Table(Path file, Optional<String> source) {}

    private static final RecordCodec<Table> TABLE = RecordCodec.of("a table", fields -> {
        var file =
                fields.required("file", new PathCodec("a CSV file"), Table::file, "Path of a CSV file with a header");
        var source = fields.optional(
                "source", ScalarCodec.text(), Table::source, "Which rows, by the column source; all by default");
        return given -> new Table(given.get(file), given.find(source));
    });

    @Override
    public Optional<List<T>> read(Node node, Reading reading) {
        if (!(node instanceof Node.Fields)) {
            return list.read(node, reading);
        }
        Optional<Table> table = TABLE.read(node, reading);
        if (table.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.read(table.get().file(), table.get().source()));
        } catch (TableException e) {
            e.problems().forEach(problem -> {
                List<String> lines = problem.lines().toList();
                reading.problems().add(node.place(), lines.get(0), String.join("\n", lines.subList(1, lines.size())));
            });
        } catch (IOException e) {
            reading.problems().add(node.place(), noun + " must be in a file that can be read: " + e, "");
        }
        return Optional.empty();
    }

    @Override
    public JsonNode write(List<T> values) {
        return list.write(values);
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.putArray("anyOf").add(list.schema(definitions)).add(TABLE.schema(definitions));
        return schema;
    }
}
