package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import org.motleysim.hardware.calibration.MeasuredKernels;
import org.motleysim.hardware.calibration.MeasuredTableCostModel;
import org.motleysim.hardware.calibration.few.FewSampleCostModel;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cost.CostModel;

/** Measured kernels, by the path of their table or of a folder of tables. */
final class MeasuredTablesCodec implements Codec<MeasuredTablesCodec.Tables> {

    /** Measured kernels, and the devices that were known where they were named. */
    record Tables(Path source, Optional<MeasuredKernels> rows, Catalog catalog) {
        static Tables of(MeasuredTableCostModel model) {
            return of(model, model.source());
        }

        static Tables of(FewSampleCostModel model) {
            return of(model, model.source());
        }

        private static Tables of(CostModel model, Optional<Path> source) {
            return new Tables(
                    source.orElseThrow(() -> new IllegalArgumentException("cost model (" + model
                            + ") has no form in a scenario file\nMaybe read its rows from a file.")),
                    Optional.empty(),
                    Catalog.builtIn());
        }

        MeasuredKernels measured() {
            return rows.orElseThrow();
        }

        MeasuredTableCostModel model(CostModel next) {
            return MeasuredTableCostModel.of(measured(), catalog, next);
        }
    }

    @Override
    public Optional<Tables> read(Node node, Reading reading) {
        if (!(node instanceof Node.Text text)) {
            reading.problems().refuse(node, "the path of a table or of a folder of tables as a string", "");
            return Optional.empty();
        }
        Path file = reading.resolve(text);
        try {
            return Optional.of(new Tables(file, Optional.of(MeasuredKernels.readAny(file)), reading.catalog()));
        } catch (IllegalArgumentException e) {
            reading.problems().add(node.place(), String.valueOf(e.getMessage()), "");
            return Optional.empty();
        }
    }

    @Override
    public JsonNode write(Tables tables) {
        return JsonNodeFactory.instance.textNode(tables.source().toString());
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        return JsonNodeFactory.instance.objectNode().put("type", "string");
    }
}
