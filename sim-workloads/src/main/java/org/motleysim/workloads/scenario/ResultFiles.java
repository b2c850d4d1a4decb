package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import org.motleysim.core.metric.Metric;
import org.motleysim.core.report.OutputFolder;
import org.motleysim.core.report.Report;
import org.motleysim.hardware.catalog.DeviceChange;
import org.motleysim.workloads.RowLog;

/**
 * The files of a result: {@code result.json}, {@code metrics.csv}, one CSV per log such as {@code requests.csv}, and {@code report.html}.
 * The same result gives the same bytes on every machine.
 */
public final class ResultFiles {

    private ResultFiles() {}

    /**
     * Stages all files; {@link OutputFolder#commit} moves them into place.
     *
     * @throws IOException when one cannot be written
     */
    public static void stage(RunResult result, OutputFolder folder) throws IOException {
        Report report = result.report();
        folder.write("result.json", json(result));
        report.writeCsv(folder.stage("metrics.csv"));
        for (RowLog log : result.logs()) {
            folder.write(log.name() + ".csv", out -> {
                var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
                log.writeCsv(writer);
                writer.flush();
            });
        }
        report.writeHtml(folder.stage("report.html"));
    }

    /**
     * The content of {@code result.json}: {@code digest}, {@code seed}, {@code scenario}, {@code overrides}, a list of {@code {device,
     * field, catalogue, run}} where devices differ from the built-in catalogue, and {@code metrics}, an object from name to {@code {value,
     * unit}} in SI units. A value that is not a number, such as the mean of nothing, is {@code null}.
     */
    public static String json(RunResult result) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("digest", result.digestText())
                .put("seed", result.seed());
        json.set("scenario", ScenarioCodec.SCENARIO.write(result.scenario()));
        var overrides = json.putArray("overrides");
        for (DeviceChange change : RunReport.changes(result.scenario())) {
            overrides
                    .addObject()
                    .put("device", change.device())
                    .put("field", change.field())
                    .put("catalogue", change.before().orElse(null))
                    .put("run", change.after().orElse(null));
        }
        ObjectNode metrics = json.putObject("metrics");
        for (Metric metric : result.metrics()) {
            ObjectNode entry = metrics.putObject(metric.name());
            if (Double.isFinite(metric.value())) {
                entry.put("value", metric.value());
            } else {
                entry.putNull("value");
            }
            entry.put("unit", metric.unit());
        }
        return JsonPrinter.print(json);
    }
}
